//! 初始化: the one-time address of the first start.

use crate::answer::{Answer, html};
use crate::current::origin;
use crate::page::Frame;
use crate::work::organs::Filled as OrganFilled;
use askama::Template;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use gongkai_app::accounts::add::{Added, New};
use gongkai_app::accounts::setup::{self, Filled as SetUp, ROLES};
use gongkai_app::{App, AppError};
use gongkai_domain::organ::OrganKind;
use serde::Deserialize;

/// What is filled in.
#[derive(Deserialize, Clone, Default)]
#[serde(default)]
pub struct Filled {
    id: String,
    kind: String,
    name: String,
    short_name: String,
    code: String,
    login: Vec<String>,
    person: Vec<String>,
}

/// One of the three as it is shown.
struct Row {
    role: &'static str,
    login: String,
    name: String,
    password: String,
}

#[derive(Template)]
#[template(path = "work/admin/setup.html")]
struct Page {
    frame: Frame,
    token: String,
    kinds: [OrganKind; 4],
    filled: Filled,
    rows: Vec<Row>,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "work/admin/setup_done.html")]
struct Done {
    frame: Frame,
    rows: Vec<Row>,
}

fn page(app: &App, token: String, filled: Filled, problem: Option<String>) -> Answer {
    let at = |texts: &[String], place: usize| texts.get(place).cloned().unwrap_or_default();
    let row = |(place, role): (usize, gongkai_domain::access::Role)| Row {
        role: role.name(),
        login: at(&filled.login, place),
        name: at(&filled.person, place),
        password: String::new(),
    };
    let rows = ROLES.into_iter().enumerate().map(row).collect();
    html(&Page { frame: Frame::public(app), token, kinds: OrganKind::ALL, rows, filled, problem })
}

/// Shows the form, or says why the address cannot be used.
pub async fn show(State(app): State<App>, Path(token): Path<String>) -> Answer {
    setup::look(&app, &token).await?;
    page(&app, token, Filled::default(), None)
}

fn set_up_of(filled: &Filled) -> Result<SetUp, AppError> {
    let new = |place: usize| New {
        login: filled.login.get(place).cloned().unwrap_or_default(),
        name: filled.person.get(place).cloned().unwrap_or_default(),
    };
    let organ = OrganFilled {
        id: filled.id.clone(),
        kind: filled.kind.clone(),
        name: filled.name.clone(),
        short_name: filled.short_name.clone(),
        code: filled.code.clone(),
        order: "1".to_owned(),
        ..OrganFilled::default()
    };
    Ok(SetUp { organ: organ.fields()?, people: [new(0), new(1), new(2)] })
}

/// Makes the first organ and the three accounts, and shows their one-time passwords.
pub async fn set_up(State(app): State<App>, Path(token): Path<String>, request: Request) -> Answer {
    let (parts, body) = request.into_parts();
    let origin = origin(&parts);
    setup::look(&app, &token).await?;
    let Form(filled): Form<Filled> = Form::from_request(Request::from_parts(parts, body), &app)
        .await
        .map_err(|_| AppError::invalid("id", "提交的内容无法识别，请回到页面重新填写"))?;
    let made = match set_up_of(&filled) {
        Ok(set_up) => setup::set_up(&app, &token, &set_up, &origin).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(added) => done(&app, added),
        Err(error @ AppError::Invalid(_)) => page(&app, token, filled, Some(error.to_string())),
        Err(error) => Err(error.into()),
    }
}

fn done(app: &App, added: Vec<Added>) -> Answer {
    let row = |(role, added): (gongkai_domain::access::Role, Added)| Row {
        role: role.name(),
        login: added.login,
        name: added.name,
        password: added.password,
    };
    let rows = ROLES.into_iter().zip(added).map(row).collect();
    let page = html(&Done { frame: Frame::public(app), rows })?;
    Ok(([(header::CACHE_CONTROL, "no-store")], page).into_response())
}
