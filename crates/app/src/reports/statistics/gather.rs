//! What the registers of the organs that a paper covers hold.

use super::Place;
use crate::AppError;
use crate::reports::act::Ground;
use crate::reports::facts;
use gongkai_domain::id::OrganId;
use gongkai_domain::statistics::{Covers, Published, Sources};
use gongkai_domain::time::china_date;
use gongkai_store::Db;
use gongkai_store::items::{Filter, Page, lines};

/// Items of a year that are counted at most; no county publishes a tenth of it.
const MOST: i64 = 1_000_000;

/// The organ, and where the paper covers them, all organs under it.
pub(super) fn covered(ground: &Ground, place: Place<'_>) -> Vec<OrganId> {
    let mut covered = vec![place.organ.clone()];
    if place.paper.covers == Covers::Own {
        return covered;
    }
    let mut at = 0;
    while at < covered.len() {
        let above = covered[at].clone();
        let below = ground.organs.iter().filter(|each| each.parent.as_ref() == Some(&above));
        let new: Vec<OrganId> =
            below.map(|each| each.id.clone()).filter(|id| !covered.contains(id)).collect();
        covered.extend(new);
        at += 1;
    }
    covered
}

/// What is counted, and what could not be, a sentence each.
pub(super) async fn gather(
    db: &mut Db,
    organs: &[OrganId],
    year: i16,
) -> Result<(Sources, Vec<String>), AppError> {
    let mut sources = Sources::default();
    let mut problems = Vec::new();
    for organ in organs {
        let gathered = facts::gather(db, organ, year).await?;
        sources.facts.requests.extend(gathered.facts.requests);
        sources.facts.acts.extend(gathered.facts.acts);
        sources.facts.remedies.extend(gathered.facts.remedies);
        problems.extend(gathered.problems);
    }
    let filter =
        Filter { readable: true, organs: organs.to_vec(), year: Some(year), ..Filter::default() };
    let found = lines(db, &filter, Page { skip: 0, limit: MOST }).await?;
    let items = found.into_iter().filter_map(|line| {
        Some(Published {
            on: china_date(line.published_at?),
            id: line.id.to_string(),
            kind: line.kind,
        })
    });
    sources.items.extend(items);
    Ok((sources, problems))
}
