//! Files sealed in pieces, each file with a key of its own. That key, sealed as texts are, stands in the
//! database: a new key of the installation reaches it, and the bytes of the file stay as they are. With
//! the key gone nothing opens the file any more, in no copy of it.

use super::cipher::{Algorithm, SealingKey};
use super::{Vault, VaultError};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gongkai_domain::audit::digest;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Stands in front of every sealed file.
const HEAD: &[u8] = b"gongkai sealed file 1\n";
/// How long a piece of the open content is. Our own choice: large files are never twice in memory as a
/// whole of one cipher call.
const PIECE: usize = 1 << 20;
/// What a sealed piece has more: the nonce and the tag.
const MORE: usize = 12 + 16;

/// A sealed file.
pub struct SealedFile {
    /// What lies in the file store.
    pub bytes: Vec<u8>,
    /// What opens it; it has to be sealed itself.
    pub opener: Zeroizing<String>,
}

/// What opens a file.
#[derive(Serialize, Deserialize)]
struct Opener {
    algorithm: Algorithm,
    key: String,
    /// The SHA-256 of the open content.
    digest: String,
    n_bytes: usize,
}

/// What a piece is bound to: its place, and whether it is the last. Pieces cannot change places, and
/// none can be left out.
fn place(number: usize, is_last: bool) -> String {
    format!("{number}/{is_last}")
}

impl Vault {
    /// Seals a content with a new key of its own.
    pub fn seal_file(&self, content: &[u8]) -> SealedFile {
        let key = SealingKey::fresh(self.algorithm);
        let mut bytes = HEAD.to_vec();
        let n_pieces = content.len().div_ceil(PIECE).max(1);
        for number in 0..n_pieces {
            let from = number * PIECE;
            let piece = &content[from..content.len().min(from + PIECE)];
            bytes.extend(key.seal(place(number, number + 1 == n_pieces).as_bytes(), piece));
        }
        let opener = Opener {
            algorithm: key.algorithm(),
            key: STANDARD.encode(key.bytes()),
            digest: digest(content),
            n_bytes: content.len(),
        };
        let opener = serde_json::to_string(&opener).expect("texts and a number");
        SealedFile { bytes, opener: Zeroizing::new(opener) }
    }

    /// Opens what [`Vault::seal_file`] sealed.
    ///
    /// # Errors
    /// When it was changed, cut, or is not the file that the opener belongs to.
    pub fn open_file(&self, opener: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let opener: Opener = serde_json::from_str(opener).map_err(|_| VaultError::Damaged)?;
        let key = Zeroizing::new(STANDARD.decode(&opener.key).map_err(|_| VaultError::Damaged)?);
        let key = SealingKey::of(opener.algorithm, key).ok_or(VaultError::Damaged)?;
        let sealed = sealed.strip_prefix(HEAD).ok_or(VaultError::NotSealed)?;
        let n_pieces = sealed.len().div_ceil(PIECE + MORE);
        let mut content = Vec::with_capacity(opener.n_bytes.min(sealed.len()));
        for (number, piece) in sealed.chunks(PIECE + MORE).enumerate() {
            let place = place(number, number + 1 == n_pieces);
            let opened = key.unseal(place.as_bytes(), piece).ok_or(VaultError::Damaged)?;
            content.extend_from_slice(&opened);
        }
        let is_whole = content.len() == opener.n_bytes && digest(&content) == opener.digest;
        if is_whole { Ok(content) } else { Err(VaultError::Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(n_bytes: usize) -> Vec<u8> {
        (0..n_bytes).map(|n| u8::try_from(n % 251).unwrap()).collect()
    }

    #[test]
    fn a_file_of_any_length_opens_to_the_same_bytes_and_shows_none_of_them_before() {
        for algorithm in [Algorithm::Aes256Gcm, Algorithm::Sm4Gcm] {
            let vault = Vault { algorithm, ..Vault::default() };
            for n_bytes in [0, 1, 40, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 7] {
                let content = content(n_bytes);
                let sealed = vault.seal_file(&content);
                let opened = vault.open_file(&sealed.opener, &sealed.bytes).unwrap();
                assert!(opened == content, "{n_bytes}");
                let shown = 40 <= n_bytes
                    && sealed.bytes.windows(40).any(|window| window == &content[..40]);
                assert!(!shown, "{n_bytes}");
            }
        }
    }

    #[test]
    fn a_changed_cut_lengthened_or_foreign_file_stays_shut() {
        let vault = Vault::default();
        let content = content(2 * PIECE + 7);
        let SealedFile { bytes, opener } = vault.seal_file(&content);
        let opens = |bytes: &[u8]| vault.open_file(&opener, bytes).is_ok();
        assert!(opens(&bytes));
        for position in [0, HEAD.len(), HEAD.len() + PIECE, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[position] ^= 1;
            assert!(!opens(&changed), "{position}");
        }
        let piece = PIECE + MORE;
        for end in [0, HEAD.len(), HEAD.len() + piece, HEAD.len() + 2 * piece, bytes.len() - 1] {
            assert!(!opens(&bytes[..end]), "cut at {end}");
        }
        let mut swapped = bytes.clone();
        swapped[HEAD.len()..HEAD.len() + 2 * piece].rotate_left(piece);
        assert!(!opens(&swapped), "pieces changed places");
        assert!(!opens(&[bytes.as_slice(), b"x"].concat()));
        let other = vault.seal_file(&content);
        assert!(!opens(&other.bytes), "sealed with another key");
        assert!(vault.open_file("{}", &bytes).is_err());
    }
}
