//! 可能已经公开: what is public already and may be what is wanted, and whether it was.

use super::received::{Client, Received, too_often};
use crate::answer::{Answer, go};
use crate::page::day;
use crate::public::item::id;
use axum::extract::State;
use gongkai_app::requests::flood::{Doing, Standing};
use gongkai_app::requests::suggest;
use gongkai_app::{App, AppError};
use gongkai_domain::id::OrganId;

/// Something public that may be what is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// The id of the item.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The day it was published.
    pub published: String,
}

/// What the organ has published, or else what anybody has.
pub(super) async fn suggestions(
    app: &App,
    organ: &OrganId,
    wanted: &str,
) -> Result<Vec<Suggestion>, AppError> {
    let mut hits = suggest::published(app, Some(organ.clone()), wanted).await?;
    if hits.is_empty() {
        hits = suggest::published(app, None, wanted).await?;
    }
    let one = |hit: gongkai_app::search::Hit| Suggestion {
        id: hit.item.id.to_string(),
        title: hit.title.iter().map(|piece| piece.text.as_str()).collect(),
        published: hit.item.standing.since().map(day).unwrap_or_default(),
    };
    Ok(hits.into_iter().map(one).collect())
}

/// The requester found it: that is kept, and the item is shown.
pub async fn found(State(app): State<App>, Client(origin): Client, received: Received) -> Answer {
    if let Standing::Wait { seconds } = app.flood.count(&app, Doing::Keep, &origin) {
        return Ok(too_often(seconds));
    }
    let item = id(received.get("item"))?;
    let organ = organ(&received.filled.organ)?;
    suggest::record(&app, &organ, &item, received.get("wanted"), true).await?;
    go(&format!("/items/{item}"))
}

fn organ(text: &str) -> Result<OrganId, AppError> {
    text.parse().map_err(|_| AppError::NotFound("这个机关"))
}

/// Keeps that what was suggested did not answer; the request is made whatever comes of it.
pub(super) async fn unanswered(app: &App, organ: &OrganId, received: &Received) {
    let wanted = received.filled.wanted();
    for text in received.get("suggested").split(',').take(5) {
        let Ok(item) = text.parse() else { continue };
        if let Err(error) = suggest::record(app, organ, &item, &wanted, false).await {
            tracing::warn!("a suggestion was not kept: {error}");
        }
    }
}
