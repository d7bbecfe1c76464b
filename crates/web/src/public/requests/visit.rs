//! Who follows a request in this browser: a sealed cookie that ends with the session, and its draft.

use super::received::Received;
use crate::answer::Failure;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use gongkai_app::requests::visit::{self, Visit};
use gongkai_app::{App, AppError};

const FOLLOW: &str = "follow";
const DRAFT: &str = "draft";
/// Only these pages get the cookies.
const PATH: &str = "/on-request";

/// Somebody who gave code and contact; whoever did not is asked for them.
pub struct Visiting(pub Visit);

impl FromRequestParts<App> for Visiting {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let jar = CookieJar::from_headers(&parts.headers);
        let visit = jar.get(FOLLOW).and_then(|cookie| visit::recall(app, cookie.value()));
        if let Some(visit) = visit {
            return Ok(Self(visit));
        }
        if parts.method == Method::GET {
            return Err(Redirect::to("/on-request/track?over=1").into_response());
        }
        let message = "查询已经结束，没有提交；请到“申请进度查询”重新填写查询码和联系方式";
        Err(Failure(AppError::Forbidden(message.to_owned())).into_response())
    }
}

impl Visiting {
    /// Refuses a form that another site made.
    ///
    /// # Errors
    /// When it carries another token.
    pub fn check(&self, app: &App, received: &Received) -> Result<(), Failure> {
        if received.get("form_token") == visit::form_token(app, &self.0) {
            return Ok(());
        }
        let message = "这份表单不是从本系统的页面提交的，或者页面已经过期；请回到查询页面重试";
        Err(Failure(AppError::Forbidden(message.to_owned())))
    }

    /// What the actions ask for.
    pub fn known(&self) -> (&str, &str) {
        (&self.0.code, &self.0.contact)
    }
}

fn cookie(app: &App, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path(PATH)
        .http_only(true)
        .secure(app.config.site.https)
        .same_site(SameSite::Strict)
        .build()
}

/// The answer with the visit in a cookie; each page begins its half hour anew.
pub fn with_visit(app: &App, visit: &Visit, answer: Response) -> Response {
    let carried = visit::remember(app, visit.clone());
    (CookieJar::new().add(cookie(app, FOLLOW, carried)), answer).into_response()
}

/// The answer that takes the visit back.
pub fn without_visit(answer: Response) -> Response {
    (gone(FOLLOW), answer).into_response()
}

fn gone(name: &'static str) -> CookieJar {
    let gone = Cookie::build((name, "")).path(PATH).removal().build();
    CookieJar::new().add(gone)
}

/// The token of the draft of this browser.
pub fn draft(headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(DRAFT).map(|cookie| cookie.value().to_owned())
}

/// The answer with the token of a draft, which the browser keeps; the draft itself goes earlier.
pub fn with_draft(app: &App, token: String, answer: Response) -> Response {
    let mut cookie = cookie(app, DRAFT, token);
    cookie.make_permanent();
    (CookieJar::new().add(cookie), answer).into_response()
}

/// The answer that takes it back.
pub fn without_draft(answer: Response) -> Response {
    (gone(DRAFT), answer).into_response()
}
