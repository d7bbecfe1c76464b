//! 修改密码.

use crate::answer::{Answer, html};
use crate::current::{Checked, Signed, cookie};
use crate::page::Frame;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::cookie::CookieJar;
use gongkai_app::accounts::password::{Filled as New, change_own};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "work/admin/password.html")]
struct Password {
    frame: Frame,
    forced: bool,
    min_length: usize,
    min_kinds: usize,
    problem: Option<String>,
}

/// What is filled in.
#[derive(Deserialize)]
pub struct Filled {
    old: String,
    new: String,
    again: String,
}

fn page(app: &App, current: &Current, problem: Option<String>) -> Answer {
    html(&Password {
        frame: Frame::work(app, current),
        forced: current.must_change_password,
        min_length: app.config.passwords.min_length,
        min_kinds: app.config.passwords.min_kinds,
        problem,
    })
}

/// Shows the form.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    page(&app, &current, None)
}

/// Changes the password; the session goes on under a new token.
pub async fn change(State(app): State<App>, Checked { current, form }: Checked<Filled>) -> Answer {
    let filled = New { old: form.old, new: form.new, again: form.again };
    match change_own(&app, &current.caller, &filled).await {
        Ok(signed_in) => {
            let jar = CookieJar::new().add(cookie(signed_in.token, app.config.site.https));
            Ok((jar, Redirect::to("/work")).into_response())
        }
        Err(error @ (AppError::Invalid(_) | AppError::Forbidden(_))) => {
            page(&app, &current, Some(error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}
