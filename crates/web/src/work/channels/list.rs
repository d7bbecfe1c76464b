//! 发布渠道: what failed or waits first, then the accounts, then the counts.

use super::counts;
use super::item_box::{Row, row};
use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::Frame;
use askama::Template;
use axum::extract::State;
use gongkai_app::App;
use gongkai_app::channels::read;
use gongkai_domain::channel::{Account, AccountState, channels, title};
use gongkai_domain::organ::Organ;

/// An account as it is shown: everything but its secret.
struct AccountRow {
    id: String,
    organ: String,
    channel: &'static str,
    name: String,
    unit: String,
    operator: String,
    responsible: String,
    registered_on: String,
    state: &'static str,
    note: String,
    can_change: bool,
}

#[derive(Template)]
#[template(path = "work/channels/list.html")]
struct List {
    frame: Frame,
    open: Vec<(String, Row)>,
    accounts: Vec<AccountRow>,
    counts: Vec<counts::Row>,
    organs: Vec<Organ>,
}

fn account_row(account: Account, organs: &[Organ], writable: &[Organ]) -> AccountRow {
    let organ = organs.iter().find(|organ| organ.id == account.organ);
    let can_change = account.is_open() && writable.iter().any(|each| each.id == account.organ);
    let (state, note) = match &account.state {
        AccountState::Open => ("使用中", String::new()),
        AccountState::Closed { on, note, .. } => ("已关停", format!("{on}，{note}")),
    };
    let fields = account.fields;
    AccountRow {
        id: account.id,
        organ: organ.map(|organ| organ.short_name.clone()).unwrap_or_default(),
        channel: title(&account.channel),
        name: fields.name,
        unit: fields.unit,
        operator: fields.operator,
        responsible: fields.responsible,
        registered_on: fields.registered_on.map(|day| day.to_string()).unwrap_or_default(),
        state,
        note,
        can_change,
    }
}

/// The channels on which organs have accounts.
pub fn platforms() -> Vec<(String, String)> {
    let with_accounts = channels().iter().filter(|each| each.account);
    with_accounts.map(|each| (each.key.clone(), each.title.clone())).collect()
}

/// Shows the page.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    let caller = &current.caller;
    let organs = app.organs().await?;
    let writable = read::writable_organs(&app, caller).await?;
    let open = read::open_releases(&app, caller).await?;
    let open = open.into_iter().map(|each| (each.release.item.to_string(), row(each, false)));
    let accounts = read::accounts(&app, caller).await?;
    let accounts = accounts.into_iter().map(|each| account_row(each, &organs, &writable));
    html(&List {
        frame: Frame::work(&app, &current),
        open: open.collect(),
        accounts: accounts.collect(),
        counts: counts::rows(read::counts(&app, caller).await?),
        organs: writable,
    })
}
