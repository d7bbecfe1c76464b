//! Seals what must not stand open in the database: secrets of accounts, of second factors, of people.
//!
//! The keys stand in a file beside the database and never in it: a copy of the database alone opens
//! nothing. It is no store of secrets; the sealed texts stand in the rows they belong to.

mod cipher;
mod error;
mod file;
mod keys;
mod open;
mod rotate;

pub use cipher::Algorithm;
pub use error::VaultError;
pub use file::SealedFile;
pub use gongkai_store::sealed::{CHANNEL_ACCOUNT, COLUMNS, Column, PENDING_TOTP, TOTP};
pub(crate) use keys::write as write_key_file;
pub(crate) use open::{known as known_keys, open};
pub(crate) use rotate::seal_columns;
pub use rotate::{Rotated, rotate};
pub use zeroize::Zeroizing;

use crate::config;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keys::Keys;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

/// Stands in front of every sealed text, then the id of the key and the text itself.
const PREFIX: &str = "sealed:";
/// What the program wrote before keys had ids.
const OLD_PREFIX: &str = "aes256gcm:";

/// What seals and opens. Old keys open for ever, the newest one seals.
pub struct Vault {
    keys: RwLock<Keys>,
    /// Where the keys stand; `None` when they are in memory only.
    path: Option<PathBuf>,
    algorithm: Algorithm,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Default for Vault {
    /// Keys that live as long as the program: for tests, and until [`open`] puts others in their place.
    fn default() -> Self {
        let algorithm = Algorithm::default();
        Self { keys: RwLock::new(Keys::fresh(algorithm)), path: None, algorithm }
    }
}

impl Vault {
    /// Opens the key file; makes one where there is none and nothing was sealed yet. A newest key of
    /// another algorithm than the settings ask for gets a successor.
    ///
    /// # Errors
    /// When the file is missing though `known` keys were used, lacks one of them, cannot be read or
    /// made, or holds what is no key.
    pub fn open(
        data: &Path,
        settings: &config::Vault,
        known: &[String],
    ) -> Result<Self, VaultError> {
        let algorithm = settings.algorithm;
        let path = settings.file(data);
        let mut keys = match Keys::read(&path)? {
            Some(keys) => keys,
            None => match Keys::read_old(&path)? {
                Some(keys) => keys,
                None if known.is_empty() => Keys::fresh(algorithm),
                None => return Err(VaultError::Missing(path.display().to_string())),
            },
        };
        if let Some(missing) = known.iter().find(|id| !keys.holds(id)) {
            return Err(VaultError::LacksKey(path.display().to_string(), missing.clone()));
        }
        if keys.newest().algorithm() != algorithm {
            keys.add(algorithm);
        }
        keys.write(&path)?;
        Ok(Self { keys: RwLock::new(keys), path: Some(path), algorithm })
    }

    /// Looks whether a key file is there, is one, and holds the keys that were used; changes nothing.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn check(path: &Path, known: &[String]) -> Result<(), VaultError> {
        let shown = || path.display().to_string();
        let keys = Keys::read(path)?.ok_or_else(|| VaultError::Missing(shown()))?;
        match known.iter().find(|id| !keys.holds(id)) {
            Some(missing) => Err(VaultError::LacksKey(shown(), missing.clone())),
            None => Ok(()),
        }
    }

    fn keys(&self) -> std::sync::RwLockReadGuard<'_, Keys> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The ids of all keys, the newest last.
    pub fn key_ids(&self) -> Vec<String> {
        self.keys().ids()
    }

    /// Makes a new key that seals from now on; answers its id.
    fn add_key(&self) -> Result<String, VaultError> {
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        let mut next = keys.clone();
        let id = next.add(self.algorithm);
        if let Some(path) = &self.path {
            next.write(path)?;
        }
        *keys = next;
        Ok(id)
    }

    /// Seals a secret for one row of a column; it opens in no other place.
    pub fn seal(&self, column: &Column, row: &str, secret: &str) -> String {
        let keys = self.keys();
        let key = keys.newest();
        let sealed = key.seal(place(key.id(), column, row).as_bytes(), secret.as_bytes());
        format!("{PREFIX}{}:{}", key.id(), STANDARD.encode(sealed))
    }

    /// Opens what was sealed for this row of this column.
    ///
    /// # Errors
    /// When it was not sealed, its key is gone, or it was changed or moved from another place.
    pub fn unseal(
        &self,
        column: &Column,
        row: &str,
        sealed: &str,
    ) -> Result<Zeroizing<String>, VaultError> {
        if let Some(old) = sealed.strip_prefix(OLD_PREFIX) {
            let bytes = STANDARD.decode(old).map_err(|_| VaultError::Damaged)?;
            return text(self.keys().unseal_old(row.as_bytes(), &bytes));
        }
        let rest = sealed.strip_prefix(PREFIX).ok_or(VaultError::NotSealed)?;
        let (id, content) = rest.split_once(':').ok_or(VaultError::Damaged)?;
        let bytes = STANDARD.decode(content).map_err(|_| VaultError::Damaged)?;
        let keys = self.keys();
        let key = keys.find(id).ok_or_else(|| VaultError::NoKey(id.to_owned()))?;
        text(key.unseal(place(id, column, row).as_bytes(), &bytes))
    }

    /// The same; what stands open from before it was sealed is given as it stands.
    ///
    /// # Errors
    /// When its key is gone, or it was changed or moved from another place.
    pub fn unseal_or_plain(
        &self,
        column: &Column,
        row: &str,
        kept: &str,
    ) -> Result<Zeroizing<String>, VaultError> {
        match self.unseal(column, row, kept) {
            Err(VaultError::NotSealed) => Ok(Zeroizing::new(kept.to_owned())),
            other => other,
        }
    }

    /// Whether this was sealed with the newest key.
    pub fn is_newest(&self, sealed: &str) -> bool {
        let rest = sealed.strip_prefix(PREFIX).and_then(|rest| rest.split_once(':'));
        rest.is_some_and(|(id, _)| id == self.keys().newest().id())
    }

    /// The keyed hash of a text, in hexadecimal: the same text gives the same, and nobody without the
    /// key can try texts out. For looking sealed values up by equality; bring the text to one form
    /// first. The key is one of its own and outlives rotation.
    pub fn blind(&self, column: &Column, text: &str) -> String {
        self.keys().blind(&[column.name().as_bytes(), b"\n", text.as_bytes()])
    }
}

/// What a sealed text is bound to: the key, the column and the row.
fn place(id: &str, column: &Column, row: &str) -> String {
    format!("{id}\n{}\n{row}", column.name())
}

fn text(opened: Option<Zeroizing<Vec<u8>>>) -> Result<Zeroizing<String>, VaultError> {
    let bytes = opened.ok_or(VaultError::Damaged)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| VaultError::Damaged)?;
    Ok(Zeroizing::new(text.to_owned()))
}

#[cfg(test)]
mod tests;
