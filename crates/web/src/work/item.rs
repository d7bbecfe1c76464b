//! The page of an item in the workplace: the text, the review, and the acts that are possible now.

use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::{Frame, minute};
use crate::public::item::id;
use crate::work::channels::item_box::{ItemBox, item_box};
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::items::{content_digest, read};
use gongkai_domain::item::{EditionState, Item};

/// One signature or waiting step as it is shown.
struct StepRow {
    title: String,
    by: String,
    at: String,
    opinion: String,
    done: bool,
}

/// One event as it is shown.
struct EventRow {
    at: String,
    by: String,
    what: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "work/item.html")]
struct ItemPage {
    frame: Frame,
    item: Item,
    organ: String,
    digest: String,
    title: String,
    text: String,
    steps: Vec<StepRow>,
    events: Vec<EventRow>,
    acts: read::Possible,
    channels: ItemBox,
}

fn steps(item: &Item) -> Vec<StepRow> {
    let working = item.working.as_ref().or(item.public.as_ref());
    let Some(review) = working.and_then(|edition| edition.state.review()) else {
        return Vec::new();
    };
    let row = |(position, step): (usize, &gongkai_domain::review::Step)| {
        let signature = review.signatures.get(position);
        StepRow {
            title: step.title.clone(),
            by: signature.map(|each| each.name.clone()).unwrap_or_default(),
            at: signature.map(|each| minute(each.at)).unwrap_or_default(),
            opinion: signature.map(|each| each.opinion.clone()).unwrap_or_default(),
            done: signature.is_some(),
        }
    };
    review.chain.steps().iter().enumerate().map(row).collect()
}

/// Shows the item.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    let id = id(&text)?;
    let loaded = read::own(&app, &current.caller, &id).await?;
    let item = loaded.item;
    let organs = app.organs().await?;
    let organ = organs.into_iter().find(|organ| organ.id == item.organ);
    let events = read::history(&app, &current.caller, &id).await?;
    let event = |each: gongkai_domain::audit::Link| EventRow {
        at: minute(each.event.at),
        by: each.event.actor_name,
        what: gongkai_app::items::act_name(&each.event.act).to_owned(),
        reason: each.event.reason,
    };
    let latest = item.latest().map(|edition| edition.content.clone());
    let (title, body) = latest.map(|content| (content.title, content.html)).unwrap_or_default();
    html(&ItemPage {
        frame: Frame::work(&app, &current),
        organ: organ.map(|organ| organ.name).unwrap_or_default(),
        digest: item.working.as_ref().map(|each| content_digest(&each.content)).unwrap_or_default(),
        title,
        text: body,
        steps: steps(&item),
        events: events.into_iter().map(event).collect(),
        acts: read::possible(&app, &current.caller, &item),
        channels: item_box(&app, &current, &item.id).await?,
        item,
    })
}

/// What was returned and why, where it was.
impl ItemPage {
    fn returned(&self) -> Option<(&str, &str, &str)> {
        match self.item.working.as_ref().map(|working| &working.state) {
            Some(EditionState::Returned { step, by, comment, .. }) => Some((step, by, comment)),
            _ => None,
        }
    }

    fn publish_at(&self) -> Option<String> {
        match self.item.working.as_ref().map(|working| &working.state) {
            Some(EditionState::Scheduled { publish_at, .. }) => Some(minute(*publish_at)),
            _ => None,
        }
    }
}
