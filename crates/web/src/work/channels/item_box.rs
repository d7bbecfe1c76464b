//! The box on an item's page: on which channels it is wanted, sent or done, with the buttons.

use crate::answer::Failure;
use crate::page::minute;
use askama::Template;
use gongkai_app::App;
use gongkai_app::channels::{LoadedRelease, read};
use gongkai_app::sign_in::Current;
use gongkai_domain::channel::{Delivery, FollowUp, ReleaseState, channel, title};
use gongkai_domain::id::ItemId;

/// One release as it is shown.
pub struct Row {
    /// The key of the release.
    pub id: String,
    /// The channel.
    pub channel: &'static str,
    /// The number of the edition.
    pub edition: u32,
    /// The key of the state.
    pub key: &'static str,
    /// The state in words.
    pub state: &'static str,
    /// Since when.
    pub at: String,
    /// What there is to know: why it failed, who did it, what asks for a follow-up.
    pub note: String,
    /// Where people read it; empty where it has no address.
    pub address: String,
    /// Whether it can be taken back.
    pub can_withdraw: bool,
    /// Whether it can be sent again.
    pub can_retry: bool,
    /// Whether a person can record that it was done.
    pub can_do: bool,
    /// Whether a follow-up waits.
    pub can_follow_up: bool,
}

/// The box; a template shows it by `{{ channels|safe }}`.
#[derive(Template)]
#[template(path = "work/channels/item_box.html")]
pub struct ItemBox {
    item: String,
    form_token: String,
    today: String,
    writes: bool,
    rows: Vec<Row>,
    choices: Vec<(String, String)>,
}

fn note(state: &ReleaseState) -> String {
    match state {
        ReleaseState::Failed { reason, .. } | ReleaseState::Withdrawn { reason, .. } => {
            reason.clone()
        }
        ReleaseState::DoneByHand(out) => format!("{}：{}", out.by, out.evidence),
        ReleaseState::FollowUpDue { cause: FollowUp::NewEdition(number), .. } => {
            format!("已公开第 {number} 稿，请更正或者替换这个渠道上的内容")
        }
        ReleaseState::FollowUpDue { cause: FollowUp::Withdrawn(reason), .. } => {
            format!("信息已撤下（{reason}），请删除或者更正这个渠道上的内容")
        }
        ReleaseState::FollowedUp { note, by, .. } => format!("{by}：{note}"),
        _ => String::new(),
    }
}

/// A release as it is shown; the buttons only for whom they are.
pub fn row(loaded: LoadedRelease, writes: bool) -> Row {
    let release = loaded.release;
    let key = release.state.key();
    let delivery = channel(&release.channel).map(|each| each.delivery);
    let out = release.state.out();
    Row {
        channel: title(&release.channel),
        edition: release.edition,
        key,
        state: release.state.name(),
        at: minute(out.map_or(loaded.changed_at, |out| out.at)),
        note: note(&release.state),
        address: out.map(|out| out.address.clone()).unwrap_or_default(),
        can_withdraw: writes && matches!(key, "wanted" | "approved" | "failed"),
        can_retry: writes && key == "failed" && delivery == Some(Delivery::Machine),
        can_do: writes
            && (key == "failed" || (key == "approved" && delivery == Some(Delivery::Hand))),
        can_follow_up: writes && key == "follow_up_due",
        id: release.id,
    }
}

/// The box of an item that the person may see.
///
/// # Errors
/// When the item is not to be seen, or the store fails.
pub async fn item_box(app: &App, current: &Current, id: &ItemId) -> Result<ItemBox, Failure> {
    let found = read::of_item(app, &current.caller, id).await?;
    let writes = found.writes;
    let choice = |each: &&gongkai_domain::channel::Channel| (each.key.clone(), each.title.clone());
    Ok(ItemBox {
        item: id.to_string(),
        form_token: current.form_token.clone(),
        today: app.clock.today().to_string(),
        writes,
        rows: found.releases.into_iter().map(|each| row(each, writes)).collect(),
        choices: found.choices.iter().map(choice).collect(),
    })
}
