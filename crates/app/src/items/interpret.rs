//! 政策解读: which policies still want one, and the links between the two.

use super::deadline::{Shown, shown};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::id::{ItemId, OrganId};
use gongkai_domain::item::{Item, LapseKind, due};
use gongkai_domain::item_kind::{self, Interpretation, ItemKind};
use gongkai_domain::organ::OrganKind;
use gongkai_domain::time::china_date;
use gongkai_store::Db;
use gongkai_store::items::{self, Filter, Line, Page};
use jiff::civil::Date;

/// Most policies that the board names.
const MOST: i64 = 50;

/// A policy whose interpretation is missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanting {
    /// The policy.
    pub line: Line,
    /// The last day of its interpretation.
    pub due: Option<Shown>,
}

fn asking(of: Interpretation) -> Vec<String> {
    let kinds = item_kind::kinds().iter().filter(|kind| kind.interpretation == of);
    kinds.map(|kind| kind.key.clone()).collect()
}

/// Whether an item is a policy that somebody may explain.
pub fn is_policy(kind: &ItemKind) -> bool {
    kind.interpretation != Interpretation::Never
}

/// The public policies of the organs that must be explained and are not.
pub(super) async fn wanting(
    db: &mut Db,
    organs: &[OrganId],
    today: Date,
) -> Result<Vec<Wanting>, AppError> {
    let lines = items::unexplained(db, organs, &asking(Interpretation::Always), MOST).await?;
    let mut found = Vec::new();
    for line in lines {
        let item = items::find(db, &line.id).await?.map(|loaded| loaded.item);
        let gone = |item: &Item| item.lapses.iter().any(|each| each.kind != LapseKind::Amended);
        if item.as_ref().is_none_or(gone) {
            continue;
        }
        let published = line.published_at.map(china_date);
        found.push(Wanting { due: published.and_then(|day| last_day(today, day)), line });
    }
    Ok(found)
}

fn last_day(today: Date, published: Date) -> Option<Shown> {
    let kind = item_kind::kind("interpretation")?;
    let organ = OrganKind::Department;
    let (due, _) = due(Calendar::embedded(), kind, organ, published, Some(published))?;
    Some(shown(today, Some(published), due.date))
}

/// What an item is linked with, as it is shown in the workplace.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Links {
    /// The policy that it interprets.
    pub policy: Option<Item>,
    /// The interpretations of it, those in work included.
    pub interpretations: Vec<Line>,
    /// Until when it has to be explained, where it must be and is not.
    pub due: Option<Shown>,
    /// Whether an interpretation can be started for it.
    pub explainable: bool,
}

/// The links of an item.
///
/// # Errors
/// When the store fails.
pub async fn links(app: &App, item: &Item) -> Result<Links, AppError> {
    let mut reader = app.store.reader().await?;
    let mut links = Links::default();
    if let Some(policy) = item.latest().and_then(|edition| edition.content.interprets.clone()) {
        links.policy = items::find(&mut reader, &policy).await?.map(|loaded| loaded.item);
    }
    links.interpretations = items::explaining(&mut reader, &item.id).await?;
    let Some(kind) = item_kind::kind(&item.kind) else { return Ok(links) };
    links.explainable = is_policy(kind) && item.public.is_some();
    let explained = links.interpretations.iter().any(|line| line.published_at.is_some());
    if kind.interpretation == Interpretation::Always && !explained {
        let since = item.standing.since().map(china_date);
        links.due = since.and_then(|day| last_day(app.clock.today(), day));
    }
    Ok(links)
}

/// The public policies that an interpretation of the caller's organs may belong to, newest first.
///
/// # Errors
/// When the store fails.
pub async fn policies(app: &App, caller: &Caller) -> Result<Vec<Line>, AppError> {
    let mut kinds = asking(Interpretation::Always);
    kinds.extend(asking(Interpretation::IfPublic));
    let filter = Filter { readable: true, kinds, ..Filter::default() };
    super::read::own_lines(app, caller, filter, Page { skip: 0, limit: 200 }).await
}

/// Whether there is a public policy with this id.
pub(super) async fn is_public_policy(db: &mut Db, id: &ItemId) -> Result<bool, AppError> {
    let found = items::find(db, id).await?;
    Ok(found.is_some_and(|loaded| {
        loaded.item.standing.is_readable()
            && item_kind::kind(&loaded.item.kind).is_some_and(is_policy)
    }))
}
