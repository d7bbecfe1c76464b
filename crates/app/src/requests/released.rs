//! What is kept of a file on its way out, opened: the words taken out of it stand sealed in the store.

use crate::vault::Column;
use crate::{App, AppError};
use gongkai_domain::id::RequestId;
use gongkai_domain::request::RequestFile;
use gongkai_store::requests::{self, KeptRelease};
use gongkai_store::sealed::{RELEASE_REPORT, RELEASE_WORDS};
use gongkai_store::{Db, requests::files};
use jiff::Timestamp;

/// A file on its way out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Release {
    /// Its name in addresses.
    pub id: String,
    /// What was brought.
    pub source: RequestFile,
    /// What may go out; none until it was made.
    pub product: Option<RequestFile>,
    /// The words that were taken out.
    pub words: Vec<String>,
    /// Why it may go out whole; empty where words were taken out.
    pub reason: String,
    /// The proof that the words are gone and what was remarked, as JSON; empty where there is none.
    pub report: String,
    /// Who made it, by the name of that time.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

fn sealed(app: &App, column: &Column, row: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { app.vault.seal(column, row, text) }
}

fn opened(app: &App, column: &Column, row: &str, kept: &str) -> Result<String, AppError> {
    if kept.is_empty() {
        return Ok(String::new());
    }
    Ok(app.vault.unseal_or_plain(column, row, kept)?.to_string())
}

/// Keeps a file on its way out; the same again is what became of it.
///
/// # Errors
/// When the store fails.
pub(super) async fn keep(
    app: &App,
    db: &mut Db,
    of: &RequestId,
    release: &Release,
) -> Result<(), AppError> {
    let Release { id, words, report, .. } = release;
    let words = match words.is_empty() {
        true => String::new(),
        false => serde_json::to_string(words).expect("texts"),
    };
    let kept = KeptRelease {
        id: id.clone(),
        source: release.source.clone(),
        product: release.product.clone(),
        words: sealed(app, &RELEASE_WORDS, id, &words),
        reason: release.reason.clone(),
        report: sealed(app, &RELEASE_REPORT, id, report),
        by: release.by.clone(),
        at: release.at,
    };
    requests::keep_release(db, of, &kept).await?;
    for file in [Some(&kept.source), kept.product.as_ref()].into_iter().flatten() {
        files::attach(db, &file.digest, of).await?;
    }
    Ok(())
}

/// The files of a request on their way out, the earliest first.
///
/// # Errors
/// When something does not open, or the store fails.
pub(super) async fn all(app: &App, db: &mut Db, of: &RequestId) -> Result<Vec<Release>, AppError> {
    let kept = requests::releases(db, of).await?;
    kept.into_iter().map(|each| open(app, each)).collect()
}

fn open(app: &App, kept: KeptRelease) -> Result<Release, AppError> {
    let words = opened(app, &RELEASE_WORDS, &kept.id, &kept.words)?;
    let broken = |error| AppError::Broken(format!("去掉的字句的记录：{error}"));
    let words = match words.is_empty() {
        true => Vec::new(),
        false => serde_json::from_str(&words).map_err(broken)?,
    };
    Ok(Release {
        words,
        report: opened(app, &RELEASE_REPORT, &kept.id, &kept.report)?,
        id: kept.id,
        source: kept.source,
        product: kept.product,
        reason: kept.reason,
        by: kept.by,
        at: kept.at,
    })
}
