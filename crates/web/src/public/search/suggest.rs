//! Suggestions while typing: titles of what is public, as JSON.

use crate::answer::Failure;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use gongkai_app::{App, search};
use serde::Deserialize;

/// What is typed so far.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Begun {
    q: String,
}

/// Titles that go on from what is typed, at most ten.
#[utoipa::path(
    get,
    path = "/search/suggest",
    tag = "search",
    params(("q" = String, Query, description = "已输入的字")),
    responses((status = 200, description = "标题，最多十条", body = Vec<String>))
)]
pub async fn show(
    State(app): State<App>,
    Query(begun): Query<Begun>,
) -> Result<impl IntoResponse, Failure> {
    let titles = titles(&app, &begun.q).await;
    Ok(([(header::CACHE_CONTROL, "max-age=60")], Json(titles)))
}

/// The same for a page, which can do without.
pub async fn titles(app: &App, typed: &str) -> Vec<String> {
    match search::suggest(app, typed).await {
        Ok(titles) => titles,
        Err(error) => {
            tracing::warn!("检索提示没有给出：{error}");
            Vec::new()
        }
    }
}
