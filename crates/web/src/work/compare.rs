//! 版本差异: what changed between two editions of an item.

use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::Frame;
use crate::public::item::id;
use askama::Template;
use axum::extract::{Path, Query, State};
use gongkai_app::App;
use gongkai_app::items::compare::{ChangeKind, Comparison, Mark, compare};
use serde::Deserialize;

/// Which editions.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "work/differences.html")]
struct Differences {
    frame: Frame,
    item: String,
    comparison: Comparison,
}

impl Differences {
    fn is_same(&self) -> bool {
        let same = |kind| matches!(kind, ChangeKind::Same);
        self.comparison.fields.is_empty()
            && self.comparison.changes.iter().all(|change| same(change.kind))
    }
}

/// Shows what changed.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let numbers = (asked.from.parse().ok(), asked.to.parse().ok());
    let comparison = compare(&app, &current.caller, &id(&text)?, numbers).await?;
    html(&Differences { frame: Frame::work(&app, &current), item: text, comparison })
}
