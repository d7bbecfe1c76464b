//! Seals the secrets of accounts: AES-256-GCM with a key in a file that only the program may read.
//!
//! The key is not in the database: a copy of the database alone opens nothing.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::TryRngCore;
use rand::rngs::OsRng;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::io::{self, Write};
use std::path::Path;

const PREFIX: &str = "aes256gcm:";
const KEY_LEN: usize = 32;

/// What seals and opens.
pub struct Vault(LessSafeKey);

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

impl Vault {
    /// Opens the key in `keys/channels.key` of the data directory; makes one that is not there, for
    /// the owner's eyes only.
    ///
    /// # Errors
    /// When the file cannot be made or read, or holds no key.
    pub fn open(data: &Path) -> io::Result<Self> {
        let folder = data.join("keys");
        std::fs::create_dir_all(&folder)?;
        let path = folder.join("channels.key");
        if !path.exists() {
            make(&folder, &path)?;
        }
        let text = std::fs::read_to_string(&path)?;
        let wrong = || {
            let reason = "keys/channels.key 不是有效的密钥文件，请从备份恢复";
            io::Error::new(io::ErrorKind::InvalidData, reason)
        };
        let bytes = STANDARD.decode(text.trim()).map_err(|_| wrong())?;
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| wrong())?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Seals a secret for the thing with this name; it opens under no other name.
    pub fn seal(&self, name: &str, secret: &str) -> String {
        let nonce: [u8; NONCE_LEN] = random();
        let mut bytes = secret.as_bytes().to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(name.as_bytes()),
                &mut bytes,
            )
            .expect("a secret is far shorter than the limit of the cipher");
        format!("{PREFIX}{}", STANDARD.encode([nonce.as_slice(), &bytes].concat()))
    }

    /// Opens what was sealed under this name; `None` when it was sealed with another key or changed.
    pub fn unseal(&self, name: &str, sealed: &str) -> Option<String> {
        let mut bytes = STANDARD.decode(sealed.strip_prefix(PREFIX)?).ok()?;
        let (nonce, rest) = bytes.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let opened = self.0.open_in_place(nonce, Aad::from(name.as_bytes()), rest).ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }
}

/// Writes a new key beside its place and moves it there: a crash leaves no half key.
fn make(folder: &Path, path: &Path) -> io::Result<()> {
    let half = folder.join("channels.key.new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&half)?;
    file.write_all(STANDARD.encode(random::<KEY_LEN>()).as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&half, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_with_its_key_and_name_only() {
        let one = tempfile::tempdir().unwrap();
        let vault = Vault::open(one.path()).unwrap();
        let sealed = vault.seal("account-1", "机密");
        assert!(!sealed.contains("机密"));
        let again = Vault::open(one.path()).unwrap();
        assert_eq!(again.unseal("account-1", &sealed).as_deref(), Some("机密"));
        assert_eq!(again.unseal("account-2", &sealed), None);
        assert_eq!(again.unseal("account-1", "aes256gcm:AAAA"), None);
        let other = tempfile::tempdir().unwrap();
        assert_eq!(Vault::open(other.path()).unwrap().unseal("account-1", &sealed), None);
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_for_the_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        Vault::open(data.path()).unwrap();
        let mode = std::fs::metadata(data.path().join("keys/channels.key")).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }
}
