//! 登录, 退出.

use crate::answer::{Answer, Failure, go, html};
use crate::current::{Checked, cookie, no_cookie, origin, token};
use crate::page::Frame;
use askama::Template;
use axum::extract::FromRequest;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use axum_extra::extract::cookie::CookieJar;
use gongkai_app::{App, AppError};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "work/sign_in.html")]
struct SignIn {
    frame: Frame,
    login: String,
    problem: Option<String>,
    /// What stands on the button of the identity service, where there is one.
    oidc: Option<String>,
}

/// The page, with what was wrong.
pub(super) fn page(app: &App, login: String, problem: Option<String>) -> Answer {
    let oidc = &app.config.oidc;
    let oidc = oidc.is_on().then(|| oidc.title.clone());
    html(&SignIn { frame: Frame::public(app), login, problem, oidc })
}

/// What is filled in.
#[derive(Deserialize)]
pub struct Filled {
    login: String,
    password: String,
}

/// Nothing is filled in.
#[derive(Deserialize)]
pub struct Nothing {}

/// Shows the sign-in page.
pub async fn show(State(app): State<App>) -> Answer {
    page(&app, String::new(), None)
}

/// Signs in.
pub async fn sign_in(State(app): State<App>, request: Request) -> Answer {
    let (parts, body) = request.into_parts();
    let (origin, old) = (origin(&parts), token(&parts.headers));
    let request = Request::from_parts(parts, body);
    let Form(filled): Form<Filled> = Form::from_request(request, &app)
        .await
        .map_err(|_| Failure(AppError::invalid("login", "请填写登录名和密码")))?;
    match gongkai_app::sign_in::sign_in(&app, &filled.login, &filled.password, &origin).await {
        Ok(signed_in) => {
            if let Some(old) = old {
                gongkai_app::sign_in::sign_out(&app, &old, &origin).await?;
            }
            let next = if signed_in.asks_second_factor { "/sign-in/code" } else { "/work" };
            let jar = CookieJar::new().add(cookie(signed_in.token, app.config.site.https));
            Ok((jar, Redirect::to(next)).into_response())
        }
        Err(AppError::Forbidden(problem)) => page(&app, filled.login, Some(problem)),
        Err(error) => Err(error.into()),
    }
}

/// Signs out.
pub async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    if let Some(token) = token(&headers) {
        gongkai_app::sign_in::sign_out(&app, &token, &current.caller.origin).await?;
    }
    let jar = CookieJar::from_headers(&headers).remove(no_cookie());
    Ok((jar, go("/sign-in")?).into_response())
}
