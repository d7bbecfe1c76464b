//! 登录第二步: the code of the second factor.

use crate::answer::{Answer, Failure, html};
use crate::current::{cookie, origin, token};
use crate::page::Frame;
use askama::Template;
use axum::extract::{FromRequest, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use axum_extra::extract::cookie::CookieJar;
use gongkai_app::sign_in::{give_code, half};
use gongkai_app::{App, AppError};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "work/admin/code.html")]
struct Code {
    frame: Frame,
    problem: Option<String>,
}

/// What is filled in.
#[derive(Deserialize)]
pub struct Filled {
    code: String,
    #[serde(default)]
    form_token: String,
}

fn page(app: &App, form_token: String, problem: Option<String>) -> Answer {
    html(&Code { frame: Frame { form_token, ..Frame::public(app) }, problem })
}

/// Asks for the code; without a first step it goes back there.
pub async fn show(State(app): State<App>, headers: HeaderMap) -> Answer {
    let half = match token(&headers) {
        Some(token) => half(&app, &token).await?,
        None => None,
    };
    match half {
        Some(half) => page(&app, half.form_token, None),
        None => Ok(Redirect::to("/sign-in").into_response()),
    }
}

/// Takes the code.
pub async fn give(State(app): State<App>, request: Request) -> Answer {
    let (parts, body) = request.into_parts();
    let (origin, token) = (origin(&parts), token(&parts.headers).unwrap_or_default());
    let Some(half) = half(&app, &token).await? else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let Form(filled): Form<Filled> = Form::from_request(Request::from_parts(parts, body), &app)
        .await
        .map_err(|_| Failure(AppError::invalid("code", "请填写验证码")))?;
    if filled.form_token != half.form_token {
        let message = "页面已经过期，请刷新后重新输入验证码".to_owned();
        return Err(Failure(AppError::Forbidden(message)));
    }
    match give_code(&app, &token, &filled.code, &origin).await {
        Ok(signed_in) => {
            let jar = CookieJar::new().add(cookie(signed_in.token, app.config.site.https));
            Ok((jar, Redirect::to("/work")).into_response())
        }
        Err(AppError::Forbidden(problem)) => page(&app, half.form_token, Some(problem)),
        Err(error) => Err(error.into()),
    }
}
