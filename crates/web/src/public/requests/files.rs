//! Files that were given with a reply: sent by their true type, kept by no browser, run by none.

use super::received::Client;
use super::visit::Visiting;
use crate::answer::Answer;
use crate::public::query::encoded;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use gongkai_app::requests::{served_papers, track};
use gongkai_app::{App, AppError};

/// Sends a file.
pub async fn show(
    State(app): State<App>,
    visiting: Visiting,
    Client(origin): Client,
    Path(digest): Path<String>,
) -> Answer {
    let (file, content) = match track::given(&app, visiting.known(), &digest).await {
        Err(AppError::NotFound(_)) => {
            served_papers::open(&app, visiting.known(), &digest, &origin).await?
        }
        given => given?,
    };
    let media_type = HeaderValue::from_str(&file.media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let name = format!("attachment; filename*=UTF-8''{}", encoded(&file.name));
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, name),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
    ];
    Ok((headers, content).into_response())
}
