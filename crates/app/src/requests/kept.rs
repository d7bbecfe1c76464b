//! Files of requests in the store: sealed before they lie there, opened for those who were let in.

use crate::vault::VaultError;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::id::RequestId;
use gongkai_domain::request::DisclosureRequest;
use gongkai_store::Db;
use gongkai_store::requests::files::{self, KeptFile};
use gongkai_store::sealed::REQUEST_FILE;

/// What is said of a file whose time was over.
const ERASED: AppError = AppError::NotFound("这个文件的内容：已按规定删除");
const MISSING: AppError = AppError::NotFound("这个文件的内容，请从备份恢复");

fn broken(error: impl std::fmt::Display) -> AppError {
    AppError::Broken(error.to_string())
}

/// Seals a content and puts it into the store under the hash of what lies there; without a name of its
/// own that is its name. Nothing of it stands in the database yet.
pub(super) async fn seal(
    app: &App,
    name: Option<&str>,
    content: Bytes,
) -> Result<KeptFile, AppError> {
    let vault = app.vault.clone();
    let sealed = tokio::task::spawn_blocking(move || vault.seal_file(&content)).await;
    let sealed = sealed.map_err(broken)?;
    let stored = app.files.keep(Bytes::from(sealed.bytes)).await?;
    let name = name.unwrap_or(&stored).to_owned();
    Ok(KeptFile {
        opener: app.vault.seal(&REQUEST_FILE, &name, &sealed.opener),
        name,
        stored,
        request: None,
        is_package: false,
        kept_at: app.clock.now(),
        erased_on: None,
    })
}

/// Seals and keeps a content that no request names yet; answers its name.
///
/// # Errors
/// When the store fails.
pub(super) async fn keep(app: &App, content: Bytes) -> Result<String, AppError> {
    let file = seal(app, None, content).await?;
    let mut transaction = app.store.begin().await?;
    files::add(&mut transaction, &file).await?;
    transaction.commit().await?;
    Ok(file.name)
}

/// Seals and keeps a content of a request, in its transaction; answers its name.
///
/// # Errors
/// When the store fails.
pub(super) async fn keep_for(
    app: &App,
    db: &mut Db,
    of: &RequestId,
    content: Bytes,
) -> Result<String, AppError> {
    let file = KeptFile { request: Some(of.clone()), ..seal(app, None, content).await? };
    files::add(db, &file).await?;
    Ok(file.name)
}

/// Says that a request names these files: what no request names goes after some days.
///
/// # Errors
/// When the store fails.
pub(super) async fn attach(db: &mut Db, request: &DisclosureRequest) -> Result<(), AppError> {
    for file in super::file::all(request) {
        files::attach(db, &file.digest, &request.id).await?;
    }
    Ok(())
}

/// The content of a file by the name that rows give it. One from before files were sealed is read as
/// it lies.
///
/// # Errors
/// When it was erased, is not there, does not open, or the store fails.
pub(super) async fn read(app: &App, db: &mut Db, name: &str) -> Result<Bytes, AppError> {
    match files::find(db, name).await? {
        None => app.files.read(name).await?.ok_or(MISSING),
        Some(file) => open(app, &file).await,
    }
}

/// Whether the time of a file was over.
///
/// # Errors
/// When the store fails.
pub(super) async fn is_erased(db: &mut Db, name: &str) -> Result<bool, AppError> {
    Ok(files::find(db, name).await?.is_some_and(|file| file.stored.is_empty()))
}

/// The content of a kept file.
///
/// # Errors
/// When it was erased, is not there, does not open, or the store fails.
pub(super) async fn open(app: &App, file: &KeptFile) -> Result<Bytes, AppError> {
    if file.stored.is_empty() {
        return Err(ERASED);
    }
    let sealed = app.files.read(&file.stored).await?.ok_or(MISSING)?;
    let opener = app.vault.unseal(&REQUEST_FILE, &file.name, &file.opener)?;
    let vault = app.vault.clone();
    let opened = tokio::task::spawn_blocking(move || vault.open_file(&opener, &sealed)).await;
    opened.map_err(broken)?.map(Bytes::from).map_err(|error: VaultError| {
        AppError::Broken(format!("文件 {} 打不开：{error}", file.stored))
    })
}
