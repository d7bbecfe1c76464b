//! Files of a public form, all together: one that may not come is said before any is kept.

use super::file;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::request::RequestFile;
use gongkai_papers::item_text::inspect_attachment;

/// Looks into every file, then keeps them; nothing refers to them yet.
///
/// # Errors
/// When there are too many, or one is empty, of a kind that may not be attached, or too large.
pub async fn keep_all(
    app: &App,
    files: Vec<(String, Bytes)>,
) -> Result<Vec<RequestFile>, AppError> {
    if file::MOST < files.len() {
        let message = format!("附件最多 {} 个，请合并后再提交", file::MOST);
        return Err(AppError::invalid("file", message));
    }
    let looked = files.clone();
    let look = move || looked.iter().try_for_each(|(name, content)| inspect(name, content));
    let result = tokio::task::spawn_blocking(look).await;
    result.map_err(|error| AppError::Broken(error.to_string()))??;
    let mut kept = Vec::new();
    for (name, content) in files {
        kept.push(file::keep(app, &name, content).await?);
    }
    Ok(kept)
}

fn inspect(name: &str, content: &Bytes) -> Result<(), AppError> {
    let wrong = |reason: String| AppError::invalid("file", format!("附件“{name}”：{reason}"));
    if content.is_empty() {
        return Err(wrong("是空文件，请重新选择".to_owned()));
    }
    inspect_attachment(name, content).map(|_| ()).map_err(|refusal| wrong(refusal.to_string()))
}
