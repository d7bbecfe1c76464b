//! 统一身份认证登录: leaves for the identity service, and comes back from it.

use super::sign_in::page;
use crate::answer::Answer;
use crate::current::{cookie, origin, token};
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use gongkai_app::oidc::{self, RETURN, Returned};
use gongkai_app::{App, AppError};
use serde::Deserialize;

const COOKIE_NAME: &str = "gongkai-oidc";

/// What the address of the return holds.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Brought {
    state: String,
    code: String,
}

/// Leaves.
pub async fn leave(State(app): State<App>) -> Answer {
    match oidc::begin(&app).await {
        Ok(begun) => {
            let kept = Cookie::build((COOKIE_NAME, begun.browser))
                .path(RETURN)
                .http_only(true)
                .secure(app.config.site.https)
                .same_site(SameSite::Lax)
                .build();
            Ok((CookieJar::new().add(kept), Redirect::to(&begun.address)).into_response())
        }
        Err(AppError::Forbidden(problem)) => page(&app, String::new(), Some(problem)),
        Err(error) => Err(error.into()),
    }
}

/// Comes back.
pub async fn back(
    State(app): State<App>,
    Query(brought): Query<Brought>,
    request: Request,
) -> Answer {
    let (parts, _) = request.into_parts();
    let jar = CookieJar::from_headers(&parts.headers);
    let browser = jar.get(COOKIE_NAME).map(|kept| kept.value().to_owned()).unwrap_or_default();
    let (origin, old) = (origin(&parts), token(&parts.headers));
    let returned = Returned { state: brought.state, code: brought.code, browser };
    match oidc::finish(&app, &returned, &origin).await {
        Ok(signed_in) => {
            if let Some(old) = old {
                gongkai_app::sign_in::sign_out(&app, &old, &origin).await?;
            }
            let next = if signed_in.asks_second_factor { "/sign-in/code" } else { "/work" };
            let gone = Cookie::build((COOKIE_NAME, "")).path(RETURN).build();
            let jar = jar.remove(gone).add(cookie(signed_in.token, app.config.site.https));
            Ok((jar, Redirect::to(next)).into_response())
        }
        Err(AppError::Forbidden(problem) | AppError::Conflict(problem)) => {
            page(&app, String::new(), Some(problem))
        }
        Err(error) => Err(error.into()),
    }
}
