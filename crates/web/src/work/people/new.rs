//! 新增人员; the one-time password is shown once.

use crate::answer::{Answer, Failure, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use gongkai_app::App;
use gongkai_app::accounts::add::{New, add, may_add};
use gongkai_app::sign_in::Current;
use serde::Deserialize;

/// What is filled in.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Filled {
    login: String,
    name: String,
}

#[derive(Template)]
#[template(path = "work/admin/person_new.html")]
struct Page {
    frame: Frame,
    filled: Filled,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "work/admin/password_once.html")]
struct Once {
    frame: Frame,
    heading: &'static str,
    login: String,
    name: String,
    password: String,
    address: String,
}

/// Shows a one-time password; the browser keeps no copy.
pub fn once(
    app: &App,
    current: &Current,
    heading: &'static str,
    (login, name, password): (String, String, String),
    address: String,
) -> Result<Response, Failure> {
    let frame = Frame::work(app, current);
    let page = html(&Once { frame, heading, login, name, password, address })?;
    Ok(([(header::CACHE_CONTROL, "no-store")], page).into_response())
}

/// Shows the form.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    may_add(&current.caller)?;
    let frame = Frame::work(&app, &current);
    html(&Page { frame, filled: Filled::default(), problem: None })
}

/// Adds somebody.
pub async fn create(State(app): State<App>, Checked { current, form }: Checked<Filled>) -> Answer {
    let new = New { login: form.login.clone(), name: form.name.clone() };
    match add(&app, &current.caller, &new).await {
        Ok(added) => {
            let address = format!("/work/people/{}", added.person);
            let shown = (added.login, added.name, added.password);
            once(&app, &current, "已新增人员", shown, address)
        }
        Err(error) => {
            let problem = Some(mendable(error)?);
            html(&Page { frame: Frame::work(&app, &current), filled: form, problem })
        }
    }
}
