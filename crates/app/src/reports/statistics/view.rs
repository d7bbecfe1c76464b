//! A paper of statistics as it is worked on: each figure with where it comes from, and what it counts.

use super::gather::{covered, gather};
use super::{ACT, Place};
use crate::caller::Caller;
use crate::reports::act::{Ground, ground};
use crate::reports::cases::{Case, MOST, case};
use crate::{App, AppError};
use gongkai_domain::id::{ItemId, OrganId};
use gongkai_domain::organ::Organ;
use gongkai_domain::refusal::Refusal;
use gongkai_domain::statistics::{Compiled, Period, Row, StatisticPaper, compile, papers};
use gongkai_papers::statistics::{Line, Statistics};
use gongkai_store::Db;
use gongkai_store::reports::registers;
use gongkai_store::reports::statistics::{self as kept, TypedValue, Which};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Where a figure comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Counted: so many cases.
    Counted(usize),
    /// Added up from other rows.
    Sum,
    /// Typed by somebody.
    Typed(TypedValue),
    /// Nobody typed it yet.
    Missing,
}

/// A figure of a paper.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What is laid down of it.
    pub row: &'static Row,
    /// Its value.
    pub value: Option<Decimal>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A paper as the caller works on it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Whose.
    pub organ: Organ,
    /// The blocks with their figures.
    pub blocks: Vec<(&'static str, Vec<Figure>)>,
    /// What could not be counted.
    pub problems: Vec<String>,
    /// Whether the caller may write.
    pub can_write: bool,
    /// The item as which it is published, or will be.
    pub item: Option<ItemId>,
    /// The paper itself.
    pub paper: Statistics,
}

/// The papers of an organ.
#[derive(Clone, Debug)]
pub struct List {
    /// Whose.
    pub organ: Organ,
    /// Each with the periods that are shown, the latest first.
    pub papers: Vec<(&'static StatisticPaper, Vec<Period>)>,
}

/// How many periods back a list leads: a year of quarters and one more.
const PERIODS: usize = 5;

/// The papers that an organ makes.
///
/// # Errors
/// When the caller may not see its work.
pub async fn list(app: &App, caller: &Caller, organ: &OrganId) -> Result<List, AppError> {
    let ground = ground(&mut *app.store.reader().await?, caller, organ).await?;
    let today = app.clock.today();
    let periods = |paper: &StatisticPaper| {
        let last = Period::last_over(paper.period, today);
        std::iter::successors(Some(last), |period| Some(period.before())).take(PERIODS).collect()
    };
    let made = papers().iter().filter(|paper| paper.kinds.contains(&ground.organ.kind));
    let papers = made.map(|paper| (paper, periods(paper))).collect();
    Ok(List { organ: ground.organ, papers })
}

/// Refuses a paper that the organ does not make, or whose time has not begun.
pub(super) fn checked(ground: &Ground, place: Place<'_>) -> Result<(), AppError> {
    if place.paper.kinds.contains(&ground.organ.kind) {
        return Ok(());
    }
    let reason = format!("{}不编制{}", ground.organ.name, place.paper.name);
    Err(Refusal::new(ACT, "统计表", reason).into())
}

/// What was typed last of each row.
fn latest(all: Vec<TypedValue>) -> BTreeMap<String, TypedValue> {
    all.into_iter().map(|typed| (typed.cell.clone(), typed)).collect()
}

async fn counted(
    db: &mut Db,
    ground: &Ground,
    place: Place<'_>,
) -> Result<(Compiled, BTreeMap<String, TypedValue>, Vec<String>), AppError> {
    checked(ground, place)?;
    let period = place.period.key();
    let which = Which { organ: place.organ, paper: &place.paper.key, period: &period };
    let typed = latest(kept::all(db, which).await?);
    let (sources, problems) = gather(db, &covered(ground, place), place.period.year()).await?;
    let values = typed.iter().map(|(key, typed)| (key.clone(), typed.value)).collect();
    Ok((compile(place.paper, place.period, &sources, &values), typed, problems))
}

/// A paper with all its figures.
///
/// # Errors
/// When the organ does not make it, or the caller may not see it.
pub async fn view(app: &App, caller: &Caller, place: Place<'_>) -> Result<Seen, AppError> {
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, place.organ).await?;
    let (compiled, typed, problems) = counted(&mut reader, &ground, place).await?;
    let figure = |row: &'static Row| Figure {
        value: compiled.value(&row.key),
        origin: match typed.get(&row.key).filter(|_| row.is_typed()) {
            Some(typed) => Origin::Typed(typed.clone()),
            None if row.count.is_some() => Origin::Counted(compiled.list(&row.key).len()),
            None if row.is_typed() => Origin::Missing,
            None => Origin::Sum,
        },
        row,
    };
    let blocks = place.paper.blocks.iter();
    let blocks = blocks.map(|block| {
        (block.title.as_str(), block.rows.iter().map(figure).collect::<Vec<Figure>>())
    });
    let blocks: Vec<(&'static str, Vec<Figure>)> = blocks.collect();
    let period = place.period.key();
    let which = Which { organ: place.organ, paper: &place.paper.key, period: &period };
    Ok(Seen {
        paper: statistics(&ground, place, &blocks),
        item: kept::item(&mut reader, which).await?,
        can_write: caller.actor.writes_for(place.organ),
        organ: ground.organ,
        problems,
        blocks,
    })
}

fn statistics(
    ground: &Ground,
    place: Place<'_>,
    blocks: &[(&'static str, Vec<Figure>)],
) -> Statistics {
    let name = ground.organ.name_on(place.period.last_day());
    let line = |figure: &Figure| -> Line {
        let row = figure.row;
        (row.key.clone(), row.label.clone(), row.unit.clone(), figure.value)
    };
    let block = |(title, figures): &(&'static str, Vec<Figure>)| {
        ((*title).to_owned(), figures.iter().map(line).collect())
    };
    Statistics {
        title: place.paper.title(name, place.period),
        organ: name.to_owned(),
        blocks: blocks.iter().map(block).collect(),
        notes: vec![format!("依据：{}。“—”表示没有数字。", place.paper.source)],
        day: place.period.last_day(),
    }
}

/// What a counted figure lists, as it is called, with how many there are.
///
/// # Errors
/// When the row is not counted, or the caller may not see the paper.
pub async fn cases(
    app: &App,
    caller: &Caller,
    place: Place<'_>,
    cell: &str,
) -> Result<(&'static Row, usize, Vec<Case>), AppError> {
    let none = || AppError::NotFound("这一格");
    let row = place.paper.row(cell).ok_or_else(none)?;
    let count = row.count.as_ref().ok_or_else(none)?;
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, place.organ).await?;
    let (compiled, ..) = counted(&mut reader, &ground, place).await?;
    let ids = compiled.list(cell);
    let mut records = Vec::new();
    for organ in covered(&ground, place) {
        records.extend(registers::of_year(&mut reader, &organ, place.period.year()).await?);
    }
    let mut cases = Vec::new();
    for id in ids.iter().take(MOST) {
        cases.push(case(&mut reader, count.table(), id, &records).await?);
    }
    Ok((row, ids.len(), cases))
}
