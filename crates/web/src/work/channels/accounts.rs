//! Accounts on platforms: the form to register or change one, and its closing.

use super::list::platforms;
use crate::answer::{Answer, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::channels::account::{Filled, change, close, open};
use gongkai_app::channels::read;
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::channel::{AccountFields, title};
use gongkai_domain::organ::Organ;
use serde::Deserialize;

/// What is filled in.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct AccountForm {
    organ: String,
    channel: String,
    name: String,
    unit: String,
    operator: String,
    responsible: String,
    registered_on: String,
    address: String,
    cover: String,
    secret: String,
}

/// Why it is closed.
#[derive(Deserialize)]
pub struct Closing {
    #[serde(default)]
    note: String,
}

#[derive(Template)]
#[template(path = "work/channels/account.html")]
struct AccountPage {
    frame: Frame,
    heading: String,
    action: String,
    is_new: bool,
    id: String,
    organs: Vec<Organ>,
    platforms: Vec<(String, String)>,
    form: AccountForm,
    problem: Option<String>,
}

fn filled(form: &AccountForm) -> Filled {
    let text = |value: &str| value.trim().to_owned();
    let fields = AccountFields {
        name: text(&form.name),
        unit: text(&form.unit),
        operator: text(&form.operator),
        responsible: text(&form.responsible),
        registered_on: form.registered_on.parse().ok(),
        address: text(&form.address),
        cover: text(&form.cover),
    };
    Filled { fields, secret: form.secret.clone() }
}

async fn new_page(
    app: &App,
    current: &Current,
    form: AccountForm,
    problem: Option<String>,
) -> Answer {
    html(&AccountPage {
        frame: Frame::work(app, current),
        heading: "登记账号".to_owned(),
        action: "/work/channels/accounts/new".to_owned(),
        is_new: true,
        id: String::new(),
        organs: read::writable_organs(app, &current.caller).await?,
        platforms: platforms(),
        form,
        problem,
    })
}

/// The empty form.
pub async fn show_new(State(app): State<App>, Signed(current): Signed) -> Answer {
    new_page(&app, &current, AccountForm::default(), None).await
}

/// 登记.
pub async fn create(
    State(app): State<App>,
    Checked { current, form }: Checked<AccountForm>,
) -> Answer {
    let organ = form.organ.parse().map_err(|_| AppError::invalid("organ", "请选择机关"))?;
    match open(&app, &current.caller, organ, &form.channel, filled(&form)).await {
        Ok(_) => go("/work/channels"),
        Err(error) => {
            let form = AccountForm { secret: String::new(), ..form };
            new_page(&app, &current, form, Some(mendable(error)?)).await
        }
    }
}

async fn page(
    app: &App,
    current: &Current,
    id: &str,
    form: Option<AccountForm>,
    problem: Option<String>,
) -> Answer {
    let accounts = read::accounts(app, &current.caller).await?;
    let account = accounts.into_iter().find(|each| each.id == id && each.is_open());
    let account = account.ok_or(AppError::NotFound("这个账号"))?;
    let fields = account.fields;
    let kept = AccountForm {
        name: fields.name,
        unit: fields.unit,
        operator: fields.operator,
        responsible: fields.responsible,
        registered_on: fields.registered_on.map(|day| day.to_string()).unwrap_or_default(),
        address: fields.address,
        cover: fields.cover,
        ..AccountForm::default()
    };
    html(&AccountPage {
        frame: Frame::work(app, current),
        heading: format!("{}账号", title(&account.channel)),
        action: format!("/work/channels/accounts/{id}"),
        is_new: false,
        id: id.to_owned(),
        organs: Vec::new(),
        platforms: Vec::new(),
        form: form.unwrap_or(kept),
        problem,
    })
}

/// The form of an account.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(id): Path<String>,
) -> Answer {
    page(&app, &current, &id, None, None).await
}

/// 变更.
pub async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked { current, form }: Checked<AccountForm>,
) -> Answer {
    match change(&app, &current.caller, &id, filled(&form)).await {
        Ok(_) => go("/work/channels"),
        Err(error) => {
            let form = AccountForm { secret: String::new(), ..form };
            page(&app, &current, &id, Some(form), Some(mendable(error)?)).await
        }
    }
}

/// 关停.
pub async fn shut(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked { current, form }: Checked<Closing>,
) -> Answer {
    close(&app, &current.caller, &id, &form.note).await?;
    go("/work/channels")
}
