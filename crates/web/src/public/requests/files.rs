//! Files that were given with a reply: sent by their true type, kept by no browser, run by none.

use super::visit::Visiting;
use crate::answer::Answer;
use crate::public::query::encoded;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use gongkai_app::App;
use gongkai_app::requests::track;

/// Sends a file.
pub async fn show(
    State(app): State<App>,
    visiting: Visiting,
    Path(digest): Path<String>,
) -> Answer {
    let (file, content) = track::given(&app, visiting.known(), &digest).await?;
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
