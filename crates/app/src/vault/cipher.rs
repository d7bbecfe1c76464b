//! One key with its cipher: AES-256 or SM4, both in GCM, so that what was changed does not open.

use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, AesGcm, Nonce};
use hmac::{Hmac, Mac};
use rand::TryRngCore;
use rand::rngs::OsRng;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use sm4::Sm4;
use std::sync::Arc;
use zeroize::Zeroizing;

type Sm4Gcm = AesGcm<Sm4, U12>;

const NONCE_LEN: usize = 12;

/// What seals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// AES-256 in GCM.
    #[default]
    Aes256Gcm,
    /// SM4 (GB/T 32907) in GCM (GB/T 36624), the commercial cryptography of China.
    Sm4Gcm,
}

impl Algorithm {
    /// The word in the settings and in the key file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Aes256Gcm => "aes256gcm",
            Self::Sm4Gcm => "sm4gcm",
        }
    }

    /// The algorithm with this word.
    pub fn of_key(key: &str) -> Option<Self> {
        [Self::Aes256Gcm, Self::Sm4Gcm].into_iter().find(|each| each.key() == key)
    }

    fn key_bytes(self) -> usize {
        match self {
            Self::Aes256Gcm => 32,
            Self::Sm4Gcm => 16,
        }
    }
}

/// Random bytes of the operating system.
pub(super) fn random(n_bytes: usize) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(vec![0; n_bytes]);
    OsRng.try_fill_bytes(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// The name of a key, made of the key itself: another key under its name shows.
pub(super) fn id_of(key: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length will do");
    mac.update(b"gongkai key id");
    mac.finalize().into_bytes()[..6].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(Clone)]
enum Cipher {
    Aes(Arc<Aes256Gcm>),
    Sm4(Arc<Sm4Gcm>),
}

/// A key that seals and opens.
#[derive(Clone)]
pub(super) struct SealingKey {
    id: String,
    bytes: Zeroizing<Vec<u8>>,
    cipher: Cipher,
}

impl SealingKey {
    /// A new one.
    pub fn fresh(algorithm: Algorithm) -> Self {
        let bytes = random(algorithm.key_bytes());
        Self::of(algorithm, bytes).expect("it has the length of the algorithm")
    }

    /// Of its bytes; `None` when the length is not that of the algorithm.
    pub fn of(algorithm: Algorithm, bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        let cipher = match algorithm {
            Algorithm::Aes256Gcm => Cipher::Aes(Arc::new(Aes256Gcm::new_from_slice(&bytes).ok()?)),
            Algorithm::Sm4Gcm => Cipher::Sm4(Arc::new(Sm4Gcm::new_from_slice(&bytes).ok()?)),
        };
        Some(Self { id: id_of(&bytes), bytes, cipher })
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn algorithm(&self) -> Algorithm {
        match self.cipher {
            Cipher::Aes(_) => Algorithm::Aes256Gcm,
            Cipher::Sm4(_) => Algorithm::Sm4Gcm,
        }
    }

    /// A random nonce, then the sealed bytes with their tag.
    pub fn seal(&self, aad: &[u8], msg: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_LEN] =
            random(NONCE_LEN).as_slice().try_into().expect("as many as were asked for");
        let payload = Payload { msg, aad };
        let sealed = match &self.cipher {
            Cipher::Aes(cipher) => cipher.encrypt(&Nonce::from(nonce), payload),
            Cipher::Sm4(cipher) => cipher.encrypt(&Nonce::from(nonce), payload),
        };
        let sealed = sealed.expect("a secret is far shorter than the limit of the cipher");
        [nonce.as_slice(), &sealed].concat()
    }

    /// `None` when it was sealed with another key, for another place, or changed.
    pub fn unseal(&self, aad: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, msg) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let payload = Payload { msg, aad };
        let opened = match &self.cipher {
            Cipher::Aes(cipher) => cipher.decrypt(&Nonce::from(*nonce), payload),
            Cipher::Sm4(cipher) => cipher.decrypt(&Nonce::from(*nonce), payload),
        };
        opened.ok().map(Zeroizing::new)
    }
}
