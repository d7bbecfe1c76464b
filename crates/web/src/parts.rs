//! Forms that carry files, sent in parts: the token first, then what was typed, then the files.

use crate::answer::Failure;
use crate::current::{Checked, Signed};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};

/// A form with files of somebody signed in, sent by our own page.
pub struct CheckedParts {
    /// Who sent it.
    pub current: Current,
    /// What was typed, by the name of its input.
    pub typed: Vec<(String, String)>,
    /// The files that were chosen, by their names.
    pub files: Vec<(String, Bytes)>,
}

impl CheckedParts {
    /// The first value of an input; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        let found = self.typed.iter().find(|(each, _)| each == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The one file.
    ///
    /// # Errors
    /// When none was chosen, or it is empty.
    pub fn file(&mut self) -> Result<(String, Bytes), AppError> {
        let filled = self.files.pop().filter(|(_, content)| !content.is_empty());
        filled.ok_or_else(|| AppError::invalid("file", "请选择文件；空文件不能上传"))
    }
}

impl FromRequest<App> for CheckedParts {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut head, body) = request.into_parts();
        let Signed(current) = Signed::from_request_parts(&mut head, app).await?;
        // A form of another kind is not from our page either.
        let sent = Multipart::from_request(Request::from_parts(head, body), app).await;
        let parts = sent.map_err(|_| strange().into_response())?;
        read(current, parts).await.map_err(IntoResponse::into_response)
    }
}

/// A form of somebody signed in, sent by our own page in one part or in many: its page decides whether
/// files can be chosen.
pub struct CheckedForm {
    /// Who sent it.
    pub current: Current,
    /// What was typed, by the name of its input.
    pub typed: Vec<(String, String)>,
    /// The files that were chosen, by their names.
    pub files: Vec<(String, Bytes)>,
}

impl FromRequest<App> for CheckedForm {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/")) {
            let parts = CheckedParts::from_request(request, app).await?;
            let CheckedParts { current, typed, files } = parts;
            return Ok(Self { current, typed, files });
        }
        let Checked { current, form } = Checked::from_request(request, app).await?;
        Ok(Self { current, typed: form, files: Vec::new() })
    }
}

async fn read(current: Current, mut parts: Multipart) -> Result<CheckedParts, Failure> {
    let mut is_ours = false;
    let (mut typed, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|_| torn())? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        if name == "form_token" {
            is_ours = part.text().await.map_err(|_| torn())? == current.form_token;
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
    if is_ours { Ok(CheckedParts { current, typed, files }) } else { Err(strange()) }
}

fn torn() -> Failure {
    Failure(AppError::Forbidden("上传的内容没有传完或者过大，请重新上传".to_owned()))
}

fn strange() -> Failure {
    let message = "这份表单不是从本系统的页面提交的，或者页面已经过期；请刷新页面后重试";
    Failure(AppError::Forbidden(message.to_owned()))
}
