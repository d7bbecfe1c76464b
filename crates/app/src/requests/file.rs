//! Files that come with a request or go out with a reply: looked at, kept under their digest.

use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::request::RequestFile;
use gongkai_papers::item_text::inspect_attachment;

/// Most files of one submission.
pub const MOST: usize = 10;

/// Looks into a file and keeps it; nothing refers to it yet.
///
/// # Errors
/// When it is empty, of a kind that may not be attached, or too large.
pub async fn keep(app: &App, name: &str, content: Bytes) -> Result<RequestFile, AppError> {
    if content.is_empty() {
        return Err(AppError::invalid("file", "请选择文件；空文件不能上传"));
    }
    let (shown, bytes) = (name.to_owned(), content.clone());
    let looked = tokio::task::spawn_blocking(move || inspect_attachment(&shown, &bytes)).await;
    let inspection = looked
        .map_err(|error| AppError::Broken(error.to_string()))?
        .map_err(|refusal| AppError::invalid("file", refusal.to_string()))?;
    let size_bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
    let digest = app.files.keep(content).await?;
    let media_type = inspection.media_type.to_owned();
    Ok(RequestFile { name: inspection.safe_name, digest, media_type, size_bytes })
}
