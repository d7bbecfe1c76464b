//! Switching 适老模式 and 高对比度: a cookie, and back to the page one came from.

use crate::page::Mode;
use crate::public::site::{MODE, mode};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use gongkai_app::App;
use serde::Deserialize;

/// `on=1` or `on=0`; without it the mode is turned on.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    on: String,
}

/// Turns 适老模式 on or off.
pub async fn elder(
    State(app): State<App>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let mode = Mode { elder: asked.on != "0", ..mode(&headers) };
    keep(&app, &headers, mode)
}

/// Turns 高对比度 on or off.
pub async fn contrast(
    State(app): State<App>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let mode = Mode { contrast: asked.on != "0", ..mode(&headers) };
    keep(&app, &headers, mode)
}

fn keep(app: &App, headers: &HeaderMap, mode: Mode) -> Response {
    let cookie = Cookie::build((MODE, mode.word()))
        .path("/")
        .http_only(true)
        .secure(app.config.site.https)
        .same_site(SameSite::Lax)
        .permanent();
    (CookieJar::new().add(cookie), Redirect::to(&back(headers))).into_response()
}

/// The path the visitor came from on this site; the home page where that is not known.
fn back(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let path = text(header::REFERER).zip(text(header::HOST)).and_then(|(referer, host)| {
        let (_, rest) = referer.split_once("://")?;
        rest.strip_prefix(host)
    });
    let local = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.starts_with("/\\")
            && !path.starts_with("/elder")
            && !path.starts_with("/contrast")
    };
    path.filter(local).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(referer: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "a.example".parse().expect("a value"));
        headers.insert(header::REFERER, referer.parse().expect("a value"));
        back(&headers)
    }

    #[test]
    fn one_comes_back_to_the_page_and_never_to_another_site() {
        assert_eq!(from("http://a.example/items?page=2"), "/items?page=2");
        assert_eq!(from("http://evil.example/items"), "/");
        assert_eq!(from("http://a.example//evil.example"), "/");
        assert_eq!(from("http://a.example.evil.example/"), "/");
        assert_eq!(from("http://a.example/elder?on=1"), "/");
    }
}
