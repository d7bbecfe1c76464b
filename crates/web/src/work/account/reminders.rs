//! 提醒: whether and where one is reminded outside the pages.

use crate::answer::{Answer, go, mendable};
use crate::current::Checked;
use axum::extract::State;
use gongkai_app::App;
use gongkai_app::remind::{Reach, set_reach};
use serde::Deserialize;

/// How one wants to be reminded.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Filled {
    address: String,
    mail: Option<String>,
    push: Option<String>,
}

/// Sets it.
pub async fn set(State(app): State<App>, Checked { current, form }: Checked<Filled>) -> Answer {
    let wanted = Reach {
        address: form.address.clone(),
        mail_off: form.mail.is_none(),
        push_off: form.push.is_none(),
    };
    match set_reach(&app, &current.caller, wanted.clone()).await {
        Ok(()) => go("/work/account#reminders"),
        Err(error) => super::page(&app, &current, Some(wanted), Some(mendable(error)?)).await,
    }
}
