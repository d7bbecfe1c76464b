//! What a public page starts from: the program and the frame, in the mode the visitor chose.

use crate::page::{Frame, Mode};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum_extra::extract::cookie::CookieJar;
use gongkai_app::App;
use std::convert::Infallible;

/// The cookie with the visitor's mode; it holds nothing else and says nothing of who it is.
pub const MODE: &str = "mode";

/// The program and the frame of a public page.
pub struct Site {
    /// The program.
    pub app: App,
    /// The frame.
    pub frame: Frame,
}

/// The mode that the cookie asks for.
pub fn mode(headers: &HeaderMap) -> Mode {
    let jar = CookieJar::from_headers(headers);
    jar.get(MODE).map(|cookie| Mode::of_word(cookie.value())).unwrap_or_default()
}

impl FromRequestParts<App> for Site {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let frame = Frame { mode: mode(&parts.headers), ..Frame::public(app) };
        Ok(Self { app: app.clone(), frame })
    }
}
