//! A form with one file, sent by our own page; what stands before the file decides nothing yet.

use crate::answer::Failure;
use axum::body::Bytes;
use axum::extract::Multipart;
use axum::http::HeaderMap;
use gongkai_app::AppError;
use gongkai_app::sign_in::Current;
use std::collections::BTreeMap;

/// What was sent.
pub struct Sent {
    /// The fields beside the file.
    pub fields: BTreeMap<String, String>,
    /// The name of the file.
    pub name: String,
    /// Its content.
    pub content: Bytes,
}

fn torn() -> Failure {
    Failure(AppError::Forbidden("上传的内容没有传完或者过大，请重新上传".to_owned()))
}

/// Reads the form; the token must come before the file.
pub async fn read(
    current: &Current,
    headers: &HeaderMap,
    mut parts: Multipart,
) -> Result<Sent, Failure> {
    let site = headers.get("sec-fetch-site");
    let foreign = site.is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none"));
    let mut sent = Sent { fields: BTreeMap::new(), name: String::new(), content: Bytes::new() };
    let mut is_ours = false;
    while let Some(part) = parts.next_field().await.map_err(|_| torn())? {
        let field = part.name().unwrap_or_default().to_owned();
        if field == "form_token" {
            is_ours = !foreign && part.text().await.map_err(|_| torn())? == current.form_token;
            continue;
        }
        if !is_ours {
            let message = "这份表单不是从本系统的页面提交的，或者页面已经过期；请刷新页面后重试";
            return Err(Failure(AppError::Forbidden(message.to_owned())));
        }
        if let Some(name) = part.file_name() {
            sent.name = name.to_owned();
            sent.content = part.bytes().await.map_err(|_| torn())?;
        } else {
            sent.fields.insert(field, part.text().await.map_err(|_| torn())?);
        }
    }
    if !is_ours {
        return Err(torn());
    }
    if sent.content.is_empty() {
        return Err(Failure(AppError::invalid("file", "请选择文件；空文件不能上传")));
    }
    Ok(sent)
}
