//! The board of a year's reports: who has handed in, who has not, who is late, whose sum no longer holds.

use super::act::Ground;
use super::{form, rolled};
use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::filing::FilingKey;
use gongkai_domain::item;
use gongkai_domain::item_kind::kind;
use gongkai_domain::organ::{Organ, OrganKind};
use gongkai_store::reports::{FilingLine, find, of_year};
use jiff::civil::{Date, date};

/// The key of the kind of item that a report is published as.
pub(super) const KIND: &str = "annual_report";

/// An organ on the board.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub organ: Organ,
    /// How many organs of the board stand above it.
    pub depth: usize,
    /// Where its report stands; `None` while there is none.
    pub state: Option<FilingKey>,
    /// The day by which it is due.
    pub due: Option<Date>,
    /// The day it was handed in first.
    pub handed_in_on: Option<Date>,
    /// By how many days it is or was late; 0 where it is not.
    pub n_days_late: i32,
    /// How often it was restated.
    pub n_restatements: u32,
    /// Why its sum no longer holds.
    pub outdated: Vec<String>,
}

/// Whether an organ hands in a report on a year by 条例第四十九条: one that was merged into another after
/// the year still reports on it.
pub(super) fn reports(organ: &Organ, year: i16) -> bool {
    let ended = date(year, 12, 31);
    let stood = organ.merged_into.as_ref().is_none_or(|(_, from)| ended < *from);
    organ.kind != OrganKind::Institution && stood
}

/// The day by which an organ's report on a year is due (条例第四十九条; `data/catalogue/kinds.toml`).
pub fn due(organ: &Organ, year: i16) -> Option<Date> {
    let ended = date(year, 12, 31);
    let due = item::due(Calendar::embedded(), kind(KIND)?, organ.kind, ended, None);
    due.map(|(due, _)| due.date)
}

/// The last year that is over: whose reports are in work.
pub fn current_year(today: Date) -> i16 {
    today.year() - 1
}

/// The board of a year: every organ whose work the caller sees.
///
/// # Errors
/// When no form is laid down for the year, or the store fails.
pub async fn board(app: &App, caller: &Caller, year: i16) -> Result<Vec<Row>, AppError> {
    form(year)?;
    let today = app.clock.today();
    let mut reader = app.store.reader().await?;
    let organs = gongkai_store::organs::all(&mut reader).await?;
    let lines = of_year(&mut reader, year).await?;
    let seen: Vec<&Organ> = organs
        .iter()
        .filter(|organ| reports(organ, year) && caller.actor.sees(&lineage(&organs, &organ.id)))
        .collect();
    let mut rows = Vec::with_capacity(seen.len());
    for organ in &seen {
        let line = lines.iter().find(|line| line.organ == organ.id);
        let above = lineage(&organs, &organ.id);
        let depth = above.iter().skip(1).filter(|id| seen.iter().any(|each| each.id == **id));
        let mut row = row((*organ).clone(), depth.count(), line, year, today);
        if organs.iter().any(|each| each.parent.as_ref() == Some(&organ.id))
            && let Some(loaded) = find(&mut reader, &organ.id, year).await?
        {
            let filing = loaded.filing;
            let ground = Ground { organ: (*organ).clone(), lineage: above, organs: organs.clone() };
            row.outdated = rolled::outdated(&ground, &filing, &filing.own, &lines);
        }
        rows.push(row);
    }
    Ok(rows)
}

fn row(organ: Organ, depth: usize, line: Option<&FilingLine>, year: i16, today: Date) -> Row {
    let due = due(&organ, year);
    let handed_in_on = line.and_then(|line| line.handed_in_on);
    let late = due.map(|due| (handed_in_on.unwrap_or(today) - due).get_days());
    let state =
        line.and_then(|line| FilingKey::ALL.into_iter().find(|key| key.key() == line.state));
    Row {
        depth,
        state,
        due,
        handed_in_on,
        n_days_late: late.unwrap_or_default().max(0),
        n_restatements: line.map_or(0, |line| line.n_restatements),
        outdated: Vec::new(),
        organ,
    }
}
