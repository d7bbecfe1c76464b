//! 机构职能: the tree of organs, the platform page of one organ, and its guide.

use crate::answer::{Answer, html};
use crate::page::Frame;
use crate::public::columns::{Column, column};
use crate::public::guide::contact_rows;
use crate::public::rows::{Row, rows};
use crate::public::site::Site;
use askama::Template;
use axum::extract::Path;
use gongkai_app::items::{Filter, Page};
use gongkai_app::site::groups::{Groups, groups};
use gongkai_app::site::lists;
use gongkai_app::{App, AppError};
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;

/// An organ in its place in the tree: those below follow it, one step deeper.
pub(super) struct Place {
    pub organ: Organ,
    /// The short name of the organ it was merged into.
    pub merged_into: Option<String>,
    /// How far below the top; deeper than the last step is shown like that.
    pub depth: usize,
}

#[derive(Template)]
#[template(path = "public/organs.html")]
pub(super) struct Organs {
    pub frame: Frame,
    pub column: &'static Column,
    pub places: Vec<Place>,
    pub rows: Vec<Row>,
}

/// A column of an organ with its newest lines.
pub(super) struct Block {
    pub title: String,
    pub address: String,
    pub rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "public/organ.html")]
pub(super) struct OrganPage {
    pub frame: Frame,
    pub organ: Organ,
    pub above: Option<Organ>,
    pub merged_into: Option<Organ>,
    pub below: Vec<Organ>,
    pub blocks: Vec<Block>,
    pub groups: Groups,
    pub contact: Vec<(&'static str, String)>,
}

const DEEPEST: usize = 5;

/// Moves the organs below one, and those below them, from `left` to `places`: nobody stands in the
/// tree twice, even where the data is a ring.
fn grow(
    places: &mut Vec<Place>,
    left: &mut Vec<Organ>,
    above: Option<&OrganId>,
    depth: usize,
    all: &[Organ],
) {
    let is_here = |organ: &Organ| match above {
        Some(above) => organ.parent.as_ref() == Some(above),
        None => organ.parent.as_ref().is_none_or(|up| all.iter().all(|each| each.id != *up)),
    };
    let (here, rest): (Vec<_>, Vec<_>) = left.drain(..).partition(is_here);
    *left = rest;
    for organ in here {
        let id = organ.id.clone();
        places.push(place(organ, depth, all));
        grow(places, left, Some(&id), DEEPEST.min(depth + 1), all);
    }
}

fn place(organ: Organ, depth: usize, all: &[Organ]) -> Place {
    let into = organ.merged_into.as_ref().map(|(into, _)| into);
    let into = into.and_then(|into| all.iter().find(|each| each.id == *into));
    Place { merged_into: into.map(|into| into.short_name.clone()), depth, organ }
}

/// Every organ in its place; one whose line upwards is a ring stands at the top.
pub(super) fn tree(organs: &[Organ]) -> Vec<Place> {
    let (mut places, mut left) = (Vec::new(), organs.to_vec());
    grow(&mut places, &mut left, None, 0, organs);
    places.extend(left.into_iter().map(|organ| place(organ, 0, organs)));
    places
}

/// Shows the tree.
pub async fn all(Site { app, frame }: Site) -> Answer {
    let column = column("organs").ok_or(AppError::NotFound("这个栏目"))?;
    let organs = app.organs().await?;
    let filter = Filter { kinds: column.kinds.clone(), ..Filter::default() };
    let (lines, _) = lists::lines(&app, &filter, Page { skip: 0, limit: 10 }).await?;
    html(&Organs { frame, column, places: tree(&organs), rows: rows(lines, &organs) })
}

/// The organ of an address.
pub(super) fn find(organs: &[Organ], text: &str) -> Result<Organ, AppError> {
    let found = organs.iter().find(|organ| organ.id.as_str() == text);
    found.cloned().ok_or(AppError::NotFound("这个机关，请核对地址"))
}

/// The columns of an organ's own page with how many lines each, in the order of the platform.
const BLOCKS: [(&str, i64); 6] = [
    ("rules", 5),
    ("statutory", 8),
    ("annual_reports", 5),
    ("policies", 5),
    ("interpretations", 5),
    ("organs", 5),
];

async fn blocks(app: &App, organ: &Organ, organs: &[Organ]) -> Result<Vec<Block>, AppError> {
    let mut made = Vec::new();
    for (column, limit) in BLOCKS.iter().filter_map(|(key, n)| Some((column(key)?, *n))) {
        let (organs_asked, kinds) = (vec![organ.id.clone()], column.kinds.clone());
        let filter = Filter { organs: organs_asked, kinds, ..Filter::default() };
        let (lines, _) = lists::lines(app, &filter, Page { skip: 0, limit }).await?;
        if !lines.is_empty() {
            // The list of institutional facts is one group of the statutory list.
            let list = match column.key {
                "organs" => "/items?item=20.2&",
                _ => &format!("{}?", column.address),
            };
            made.push(Block {
                title: column.title.clone(),
                address: format!("{list}organ={}", organ.id),
                rows: rows(lines, organs),
            });
        }
    }
    Ok(made)
}

/// Shows the platform page of one organ; columns without anything are left out.
pub async fn one(Site { app, frame }: Site, Path(text): Path<String>) -> Answer {
    let organs = app.organs().await?;
    let organ = find(&organs, &text)?;
    let by_id = |id: &OrganId| organs.iter().find(|each| each.id == *id).cloned();
    let below = organs.iter().filter(|each| each.parent.as_ref() == Some(&organ.id));
    let filter = Filter { organs: vec![organ.id.clone()], ..Filter::default() };
    html(&OrganPage {
        frame,
        above: organ.parent.as_ref().and_then(by_id),
        merged_into: organ.merged_into.as_ref().and_then(|(into, _)| by_id(into)),
        below: below.filter(|each| each.merged_into.is_none()).cloned().collect(),
        blocks: blocks(&app, &organ, &organs).await?,
        groups: groups(&app, &filter).await?,
        contact: contact_rows(&organ.contact),
        organ,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::public::samples::organ;

    #[test]
    fn every_organ_stands_in_the_tree_once_even_in_a_ring() {
        let mut organs = vec![organ("a", None), organ("b", Some("a")), organ("c", Some("gone"))];
        organs.extend([organ("x", Some("y")), organ("y", Some("x"))]);
        let made = tree(&organs);
        let shown: Vec<_> =
            made.iter().map(|place| (place.organ.id.as_str(), place.depth)).collect();
        assert_eq!(shown, [("a", 0), ("b", 1), ("c", 0), ("x", 0), ("y", 0)]);
    }
}
