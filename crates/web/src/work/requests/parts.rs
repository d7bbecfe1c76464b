//! Forms with files, sent in parts: the token first, then what was typed, then the files.

use super::typed::Typed;
use crate::answer::Failure;
use axum::body::Bytes;
use axum::extract::Multipart;
use axum::http::HeaderMap;
use gongkai_app::AppError;
use gongkai_app::sign_in::Current;

/// What came in a form with files.
pub(super) struct Parts {
    /// What was typed.
    pub typed: Typed,
    /// The files that were chosen, by their names.
    pub files: Vec<(String, Bytes)>,
}

fn torn() -> Failure {
    Failure(AppError::Forbidden("上传的内容没有传完或者过大，请重新上传".to_owned()))
}

fn strange() -> Failure {
    let message = "这份表单不是从本系统的页面提交的，或者页面已经过期；请刷新页面后重试";
    Failure(AppError::Forbidden(message.to_owned()))
}

/// Reads a form; the token must stand before everything else.
///
/// # Errors
/// When it is not a form of our own page, or broke off.
pub(super) async fn read(
    current: &Current,
    headers: &HeaderMap,
    mut parts: Multipart,
) -> Result<Parts, Failure> {
    let mut is_ours = false;
    let (mut typed, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|_| torn())? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        if name == "form_token" {
            let token = part.text().await.map_err(|_| torn())?;
            is_ours = !crate::guard::is_foreign(headers) && token == current.form_token;
            continue;
        }
        if !is_ours {
            return Err(strange());
        }
        match file {
            Some(file) => {
                let bytes = part.bytes().await.map_err(|_| torn())?;
                if !(file.is_empty() && bytes.is_empty()) {
                    files.push((file, bytes));
                }
            }
            None => typed.push((name, part.text().await.map_err(|_| torn())?.replace('\0', ""))),
        }
    }
    if is_ours { Ok(Parts { typed: Typed(typed), files }) } else { Err(strange()) }
}
