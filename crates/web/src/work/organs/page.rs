//! The page of an organ: its fields, names, contact; renaming and merging.

use super::{Filled, organ_id};
use crate::answer::{Answer, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use crate::work::people::day;
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::organs::{change as act_change, merge as act_merge, read, rename as act_rename};
use gongkai_app::sign_in::Current;
use gongkai_domain::organ::{Organ, OrganKind};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "work/admin/organ.html")]
struct Page {
    frame: Frame,
    organ: Organ,
    filled: Filled,
    kinds: [OrganKind; 4],
    others: Vec<Organ>,
    missing: String,
    merged: String,
    today: String,
    problem: Option<String>,
}

/// A new name.
#[derive(Deserialize)]
pub struct Name {
    name: String,
    short_name: String,
    from: String,
}

/// Into which organ, and from when.
#[derive(Deserialize)]
pub struct Merger {
    into: String,
    from: String,
}

async fn page(
    app: &App,
    current: &Current,
    text: &str,
    filled: Option<Filled>,
    problem: Option<String>,
) -> Answer {
    let organ = read::one(app, &current.caller, &organ_id(text)?).await?;
    let tree = read::tree(app, &current.caller).await?;
    let merged = organ.merged_into.as_ref().map(|(into, day)| {
        let found = tree.iter().find(|branch| branch.organ.id == *into);
        let name = found.map(|branch| branch.organ.name.clone()).unwrap_or_default();
        format!("自 {day} 起并入{name}，原有信息仍可查阅，不再改动")
    });
    let can_take = |branch: &read::Branch| {
        branch.is_own && branch.organ.merged_into.is_none() && branch.organ.id != organ.id
    };
    html(&Page {
        frame: Frame::work(app, current),
        filled: filled.unwrap_or_else(|| Filled::of(&organ)),
        kinds: OrganKind::ALL,
        others: tree.iter().filter(|each| can_take(each)).map(|each| each.organ.clone()).collect(),
        missing: organ.contact.missing().join("、"),
        merged: merged.unwrap_or_default(),
        today: app.clock.today().to_string(),
        organ,
        problem,
    })
}

/// Shows an organ.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    page(&app, &current, &text, None, None).await
}

/// Changes kind, short name, code, order, contact.
pub async fn change(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Filled>,
) -> Answer {
    let changed = match form.fields() {
        Ok(fields) => act_change::change(&app, &current.caller, &organ_id(&text)?, &fields).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => go(&format!("/work/organs/{text}")),
        Err(error) => page(&app, &current, &text, Some(form), Some(mendable(error)?)).await,
    }
}

/// 更名.
pub async fn rename(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Name>,
) -> Answer {
    let (id, from) = (organ_id(&text)?, day("from", &form.from)?);
    let Name { name, short_name, .. } = form;
    act_rename::rename(&app, &current.caller, &id, &name, &short_name, from).await?;
    go(&format!("/work/organs/{text}"))
}

/// 合并.
pub async fn merge(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Merger>,
) -> Answer {
    let (into, from) = (organ_id(&form.into)?, day("from", &form.from)?);
    act_merge::merge(&app, &current.caller, &organ_id(&text)?, &into, from).await?;
    go(&format!("/work/organs/{text}"))
}
