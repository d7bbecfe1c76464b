//! A public form as it comes in, in one part or in many: its fields, its files, who sent it.

use super::filled::Filled;
use crate::answer::{Failure, failure};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use gongkai_app::{App, AppError};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::IpAddr;

/// The most fields and files of a form: twice what the largest page has.
const MOST_FIELDS: usize = 80;
/// The longest text of a field, in bytes: twice the longest description.
const LONGEST_TEXT: usize = 64 << 10;

/// A public form.
#[derive(Debug, Default)]
pub struct Received {
    /// The fields of a request.
    pub filled: Filled,
    /// All other fields.
    pub other: BTreeMap<String, String>,
    /// The files with their names; those not chosen are left out.
    pub files: Vec<(String, Bytes)>,
}

impl Received {
    /// Another field, empty where it did not come.
    pub fn get(&self, name: &str) -> &str {
        self.other.get(name).map(String::as_str).unwrap_or_default()
    }

    fn take(&mut self, name: &str, value: String) -> Result<(), Failure> {
        if value.contains('\0') {
            return Err(refuse("表单里有不能保存的字符（空字符），请删去后重新提交"));
        }
        if LONGEST_TEXT < value.len() || MOST_FIELDS <= self.other.len() {
            return Err(refuse("有一项内容太长，没有提交；请把长的内容作为附件提交"));
        }
        if !self.filled.set(name, value.clone()) {
            self.other.insert(name.to_owned(), value);
        }
        Ok(())
    }
}

fn refuse(message: &'static str) -> Failure {
    Failure(AppError::invalid("form", message))
}

const BROKEN: &str = "提交的内容没有传完，或者无法识别；请回到页面重新填写";

impl FromRequest<App> for Received {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.map(|kind| kind.as_bytes().to_ascii_lowercase()).unwrap_or_default();
        if kind.starts_with(b"multipart/form-data") {
            let parts = Multipart::from_request(request, app).await;
            let parts = parts.map_err(|_| refuse(BROKEN).into_response())?;
            return in_parts(parts).await.map_err(IntoResponse::into_response);
        }
        if !kind.starts_with(b"application/x-www-form-urlencoded") {
            return Err(refuse(BROKEN).into_response());
        }
        let body = Bytes::from_request(request, app).await.map_err(IntoResponse::into_response)?;
        let mut received = Self::default();
        for (name, value) in form_urlencoded::parse(&body) {
            received.take(&name, value.into_owned()).map_err(IntoResponse::into_response)?;
        }
        Ok(received)
    }
}

async fn in_parts(mut parts: Multipart) -> Result<Received, Failure> {
    let mut received = Received::default();
    let mut n_parts = 0;
    while let Some(part) = parts.next_field().await.map_err(|_| refuse(BROKEN))? {
        n_parts += 1;
        if MOST_FIELDS < n_parts {
            return Err(refuse(BROKEN));
        }
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file) => {
                let content = part.bytes().await.map_err(|_| refuse(BROKEN))?;
                if !file.is_empty() || !content.is_empty() {
                    received.files.push((file, content));
                }
            }
            None => {
                let text = part.text().await.map_err(|_| refuse(BROKEN))?;
                received.take(&name, text)?;
            }
        }
    }
    Ok(received)
}

/// The address of whoever sent a request: that of the connection, or what an own proxy names.
pub struct Client(pub String);

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let named = named(&parts.headers, &app.config.intake.client_header);
        Ok(Self(named.unwrap_or_else(|| crate::current::origin(parts))))
    }
}

/// The last entry of the proxy's header: those before it anybody can write.
fn named(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get_all(name).iter().last().filter(|_| !name.is_empty())?;
    let last = value.to_str().ok()?.rsplit(',').next()?.trim();
    last.parse::<IpAddr>().ok().map(|address| address.to_string())
}

/// A page for who came too often.
pub fn too_often(seconds: i64) -> Response {
    let minutes = (seconds.max(1) + 59) / 60;
    let message = format!(
        "这个网络地址提交或者查询得太频繁，请约 {minutes} 分钟后再试。当面提交、邮政寄送不受影响，随时可以办理"
    );
    let page = failure(StatusCode::TOO_MANY_REQUESTS, "访问过于频繁", &message);
    ([(header::RETRY_AFTER, seconds.to_string())], page).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_entry_of_the_proxy_counts() {
        let mut headers = HeaderMap::new();
        let value = header::HeaderValue::from_static("203.0.113.9, 192.0.2.1");
        headers.insert("x-forwarded-for", value);
        assert_eq!(named(&headers, "x-forwarded-for").as_deref(), Some("192.0.2.1"));
        assert_eq!(named(&headers, ""), None);
        headers.insert("x-forwarded-for", header::HeaderValue::from_static("nonsense"));
        assert_eq!(named(&headers, "x-forwarded-for"), None);
    }
}
