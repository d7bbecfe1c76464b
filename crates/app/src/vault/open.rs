//! Opening the vault of an installation: the database remembers which keys were used, so that a lost
//! or foreign key file is told before anything is sealed with another.

use super::Vault;
use crate::config;
use crate::start::StartError;
use gongkai_store::{Db, Store, StoreError, settings};
use std::path::Path;

const KNOWN: &str = "vault.keys";

/// Opens the vault and writes down which keys it holds.
///
/// # Errors
/// When the key file is missing, foreign or broken, or the store fails.
pub(crate) async fn open(
    data: &Path,
    config: &config::Vault,
    store: &Store,
) -> Result<Vault, StartError> {
    let known = known(&mut *store.reader().await?).await?;
    let vault = Vault::open(data, config, &known)?;
    if vault.key_ids() != known {
        remember(&vault, store).await?;
    }
    Ok(vault)
}

/// The ids of the keys that were used.
pub(crate) async fn known(db: &mut Db) -> Result<Vec<String>, StoreError> {
    let known = settings::get(db, KNOWN).await?.unwrap_or_default();
    Ok(known.split_whitespace().map(str::to_owned).collect())
}

/// Writes down which keys there are.
pub(super) async fn remember(vault: &Vault, store: &Store) -> Result<(), StoreError> {
    let mut transaction = store.begin().await?;
    settings::set(&mut transaction, KNOWN, &vault.key_ids().join(" ")).await?;
    transaction.commit().await
}
