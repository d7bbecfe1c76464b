//! The buttons of channels: each a form that calls one action and comes back to the item's page.

use crate::answer::{Answer, go};
use crate::current::Checked;
use crate::public::item::id;
use axum::extract::{Path, State};
use gongkai_app::{App, AppError, channels};
use gongkai_domain::channel::ChannelRelease;
use serde::Deserialize;

/// Which channel.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    channel: String,
}

/// A reason, or what was done.
#[derive(Deserialize)]
pub struct Note {
    #[serde(default)]
    note: String,
}

/// When it was done, and what shows it.
#[derive(Deserialize)]
pub struct Done {
    #[serde(default)]
    on: String,
    #[serde(default)]
    evidence: String,
}

fn back(release: &ChannelRelease) -> Answer {
    go(&format!("/work/items/{}#channels", release.item))
}

/// 选定渠道.
pub async fn want(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Wanted>,
) -> Answer {
    back(&channels::want(&app, &current.caller, &id(&text)?, &form.channel).await?)
}

/// 取消.
pub async fn withdraw(
    State(app): State<App>,
    Path(release): Path<String>,
    Checked { current, form }: Checked<Note>,
) -> Answer {
    back(&channels::withdraw(&app, &current.caller, &release, &form.note).await?)
}

/// 重新发出.
pub async fn retry(
    State(app): State<App>,
    Path(release): Path<String>,
    Checked { current, .. }: Checked<Note>,
) -> Answer {
    back(&channels::retry(&app, &current.caller, &release).await?)
}

/// 登记人工办理.
pub async fn do_by_hand(
    State(app): State<App>,
    Path(release): Path<String>,
    Checked { current, form }: Checked<Done>,
) -> Answer {
    let on = form.on.parse().map_err(|_| AppError::invalid("on", "办理日期请写成 2025-03-04"))?;
    back(&channels::do_by_hand(&app, &current.caller, &release, on, &form.evidence).await?)
}

/// 登记跟进.
pub async fn follow_up(
    State(app): State<App>,
    Path(release): Path<String>,
    Checked { current, form }: Checked<Note>,
) -> Answer {
    back(&channels::follow_up(&app, &current.caller, &release, &form.note).await?)
}
