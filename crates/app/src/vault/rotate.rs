//! 更换密钥: a new key seals from now on, and what the old ones sealed is sealed anew.

use super::open::remember;
use crate::caller::system_event;
use crate::{App, AppError};
use gongkai_store::sealed::{self, COLUMNS, Column};
use gongkai_store::{events, sealed::Sealed};

/// How many rows one transaction seals anew. Our own choice: others wait for it.
const PIECE: i64 = 200;

/// What was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rotated {
    /// The id of the new key.
    pub key: String,
    /// How many secrets were sealed anew.
    pub n_sealed: usize,
    /// The places of those that do not open, with the reason: they are left as they are.
    pub closed: Vec<String>,
}

/// Makes a new key and seals everything anew. Cut off in the middle nothing is lost, for old keys go
/// on opening; doing it again seals the rest.
///
/// # Errors
/// When the key file cannot be written, or the store fails.
pub async fn rotate(app: &App) -> Result<Rotated, AppError> {
    let before = app.vault.key_ids().pop().unwrap_or_default();
    let key = app.vault.add_key()?;
    remember(&app.vault, &app.store).await?;
    let mut rotated = Rotated { key, n_sealed: 0, closed: Vec::new() };
    for column in COLUMNS {
        reseal(app, column, &mut rotated).await?;
    }
    let mut transaction = app.store.begin().await?;
    let mut event =
        system_event("vault.rotate", format!("key/{}", rotated.key), "", app.clock.now());
    (event.before, event.after) = (before, rotated.key.clone());
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok(rotated)
}

/// Seals what stands open in the columns, from before they were sealed; answers how many texts.
///
/// # Errors
/// When the store fails.
pub(crate) async fn seal_columns(app: &App) -> Result<usize, AppError> {
    let mut sealed = Rotated { key: String::new(), n_sealed: 0, closed: Vec::new() };
    for column in COLUMNS {
        reseal(app, column, &mut sealed).await?;
    }
    Ok(sealed.n_sealed)
}

async fn reseal(app: &App, column: &Column, rotated: &mut Rotated) -> Result<(), AppError> {
    let mut after = String::new();
    loop {
        let mut transaction = app.store.begin().await?;
        let rows = sealed::after(&mut transaction, column, &after, PIECE).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after.clone_from(&last.row);
        for Sealed { row, text } in rows {
            if app.vault.is_newest(&text) {
                continue;
            }
            match app.vault.unseal_or_plain(column, &row, &text) {
                Ok(secret) => {
                    let anew = app.vault.seal(column, &row, &secret);
                    sealed::replace(&mut transaction, column, &row, &anew).await?;
                    rotated.n_sealed += 1;
                }
                Err(error) => rotated.closed.push(format!("{} {row}：{error}", column.name())),
            }
        }
        transaction.commit().await?;
    }
}
