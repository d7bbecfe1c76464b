//! The report as a file.

use super::organ;
use crate::answer::Answer;
use crate::current::Signed;
use crate::work::files::encoded;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use gongkai_app::reports::{Format, paper};
use gongkai_app::{App, AppError};

/// Sends the report in a format; a page of its own is never run in ours.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path((id, year, ending)): Path<(String, i16, String)>,
) -> Answer {
    let (organ, caller) = (organ(&id)?, &current.caller);
    let bytes = match Format::by_ending(&ending) {
        Some(format) => paper::file(&app, caller, &organ, year, format).await?,
        None if ending == "pdf" => paper::pdf(&app, caller, &organ, year).await?,
        None => return Err(AppError::NotFound("这种格式").into()),
    };
    let name = format!("年度报告-{id}-{year}.{ending}");
    let name = format!("attachment; filename=\"file\"; filename*=UTF-8''{}", encoded(&name));
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    Ok((headers, bytes).into_response())
}
