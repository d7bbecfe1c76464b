//! Settings of the vault: what secrets are sealed with, and where the keys stand.

use crate::vault::Algorithm;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What secrets in the database are sealed with.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Vault {
    /// `aes256gcm` or `sm4gcm`. After a change the next start makes a key of the new kind; old ones
    /// go on opening.
    pub algorithm: Algorithm,
    /// The folder of the key file; empty means `keys` in the data directory.
    pub folder: String,
}

impl Vault {
    /// The key file.
    pub fn file(&self, data: &Path) -> PathBuf {
        let folder = match self.folder.as_str() {
            "" => data.join("keys"),
            folder => PathBuf::from(folder),
        };
        folder.join("vault.key")
    }
}
