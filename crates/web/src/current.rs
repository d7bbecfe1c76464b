//! Who a request is from, and whether a form really comes from our own page.

use crate::answer::Failure;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use gongkai_app::sign_in::{self, Current};
use gongkai_app::{App, AppError};
use serde::de::DeserializeOwned;
use std::net::SocketAddr;

const COOKIE_NAME: &str = "gongkai";

/// Somebody signed in; whoever is not is sent to the sign-in page.
pub struct Signed(pub Current);

/// A form of somebody signed in, sent by our own page.
pub struct Checked<T> {
    /// Who sent it.
    pub current: Current,
    /// What was filled in.
    pub form: T,
}

#[derive(serde::Deserialize)]
struct Token {
    #[serde(default)]
    form_token: String,
}

/// The session token in the cookie.
pub fn token(headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(COOKIE_NAME).map(|cookie| cookie.value().to_owned())
}

/// The cookie that carries a session token.
pub fn cookie(token: String, https: bool) -> Cookie<'static> {
    Cookie::build((COOKIE_NAME, token))
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Lax)
        .build()
}

/// The cookie that takes it back.
pub fn no_cookie() -> Cookie<'static> {
    Cookie::build((COOKIE_NAME, "")).path("/").build()
}

/// The address of the client.
pub fn origin(parts: &Parts) -> String {
    let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    info.map_or_else(|| "unknown".to_owned(), |ConnectInfo(address)| address.ip().to_string())
}

async fn current(parts: &Parts, app: &App) -> Result<Option<Current>, Failure> {
    if !parts.headers.contains_key(COOKIE) {
        return Ok(None);
    }
    let Some(token) = token(&parts.headers) else { return Ok(None) };
    Ok(sign_in::current(app, &token, &origin(parts)).await?)
}

/// Where somebody may go who has to change the password first.
fn is_let_through(parts: &Parts) -> bool {
    matches!(parts.uri.path(), "/work/account/password" | "/work/sign-out")
}

impl FromRequestParts<App> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match current(parts, app).await {
            Ok(Some(current)) if current.must_change_password && !is_let_through(parts) => {
                Err(Redirect::to("/work/account/password").into_response())
            }
            Ok(Some(current)) => Ok(Self(current)),
            Ok(None) if parts.method == Method::GET => {
                Err(Redirect::to("/sign-in").into_response())
            }
            Ok(None) => {
                let message = "您还没有登录，或者登录已过期；请重新登录后再提交".to_owned();
                Err(Failure(AppError::Forbidden(message)).into_response())
            }
            Err(failure) => Err(failure.into_response()),
        }
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Checked<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Signed(current) = Signed::from_request_parts(&mut parts, app).await?;
        // The router bounds the body; past the bound, or when it breaks off, it ends here.
        let bytes = axum::body::to_bytes(body, usize::MAX)
            .await
            .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
        if bytes.contains(&0) || bytes.windows(3).any(|each| each == b"%00") {
            return Err(refuse("表单里有不能保存的字符（空字符），请删去后重新提交"));
        }
        let again = || Request::from_parts(parts.clone(), axum::body::Body::from(bytes.clone()));
        let Form(Token { form_token }) = Form::from_request(again(), app)
            .await
            .map_err(|_| refuse("提交的内容无法识别，请回到页面重新填写"))?;
        if form_token != current.form_token {
            return Err(refuse(
                "这份表单不是从本系统的页面提交的，或者页面已经过期；请刷新页面后重试",
            ));
        }
        let Form(form) = Form::from_request(again(), app)
            .await
            .map_err(|error| refuse(&format!("表单有一项填写有误：{error}")))?;
        Ok(Self { current, form })
    }
}

fn refuse(message: &str) -> Response {
    Failure(AppError::Forbidden(message.to_owned())).into_response()
}
