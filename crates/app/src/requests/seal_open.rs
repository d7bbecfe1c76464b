//! 加密存量: files and texts of requests that stood open before they were sealed are sealed, once an
//! installation.

use super::kept;
use crate::vault::seal_columns;
use crate::{App, AppError};
use gongkai_store::requests::files::{self, KeptFile};
use gongkai_store::{settings, whole};

/// The setting that says that nothing stands open any more.
const SETTING: &str = "requests_sealed";

/// Seals what stands open; answers how many files and texts. Cut off in the middle it goes on where it
/// was.
///
/// # Errors
/// When the store fails.
pub async fn seal_open(app: &App) -> Result<usize, AppError> {
    let mut reader = app.store.reader().await?;
    if settings::get(&mut reader, SETTING).await?.is_some() {
        return Ok(0);
    }
    let ours = whole::files_of_requests(&mut reader).await?;
    let others = whole::files_of_others(&mut reader).await?;
    drop(reader);
    let mut n_sealed = seal_columns(app).await?;
    for (name, request) in &ours {
        n_sealed += usize::from(seal_one(app, name, request).await?);
    }
    // A file that an item shows to everybody stays open there.
    for file in files::renamed(&mut *app.store.reader().await?).await? {
        if !others.contains_key(&file.name) {
            app.files.remove(&file.name).await?;
        }
    }
    let mut transaction = app.store.begin().await?;
    settings::set(&mut transaction, SETTING, "1").await?;
    transaction.commit().await?;
    Ok(n_sealed)
}

async fn seal_one(app: &App, name: &str, request: &str) -> Result<bool, AppError> {
    if files::find(&mut *app.store.reader().await?, name).await?.is_some() {
        return Ok(false);
    }
    // One that is lost stays lost, and is told by the verification.
    let Some(content) = app.files.read(name).await? else { return Ok(false) };
    let sealed = kept::seal(app, Some(name), content).await?;
    let request = request.parse().map_err(|_| AppError::Broken(format!("申请 {request}")))?;
    let mut transaction = app.store.begin().await?;
    files::add(&mut transaction, &KeptFile { request: Some(request), ..sealed }).await?;
    transaction.commit().await?;
    Ok(true)
}
