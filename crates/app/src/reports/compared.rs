//! 比较: the years of an organ beside each other, and the organs of a year; by the reports in work, those
//! handed in, and those read from papers of earlier years. Nothing is judged here.

use super::act::{Ground, ground};
use super::{board, form};
use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::figure::Figures;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_domain::report::compare::{Entry, organs, years};
pub use gongkai_domain::report::compare::{OrganLine, Reliability, YearLine};
use gongkai_store::Db;
use gongkai_store::reports::{self, earlier};
use jiff::civil::date;

/// A report to be compared: the organ's name, the year, the figures.
type Kept = (String, i16, Figures);

fn entries(kept: &[Kept]) -> Vec<Entry<'_>> {
    kept.iter().map(|(agency, year, figures)| Entry { agency, year: *year, figures }).collect()
}

/// The years of an organ, the earliest first in every line.
///
/// # Errors
/// When the caller may not see its reports.
pub async fn of_organ(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
) -> Result<(Organ, Vec<YearLine>), AppError> {
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, organ).await?;
    let mut kept = own_years(&mut reader, &ground).await?;
    for read in earlier::of_organ(&mut reader, organ).await? {
        let report = read.report;
        if kept.iter().all(|(_, year, _)| *year != report.year) {
            kept.push((report.agency, report.year, report.figures));
        }
    }
    Ok((ground.organ, years(&entries(&kept))))
}

async fn own_years(db: &mut Db, ground: &Ground) -> Result<Vec<Kept>, AppError> {
    let organ = &ground.organ.id;
    let mut kept = Vec::new();
    for year in reports::years(db, organ).await? {
        let found = reports::find(db, organ, year).await?.map(|loaded| loaded.filing);
        let filing = found.filter(|filing| !filing.figures.is_empty());
        kept.extend(filing.map(|filing| (filing.agency, year, filing.figures)));
    }
    Ok(kept)
}

/// The organs of a year that have a report, each by its name of that year; who has others of them below
/// it is left out.
///
/// # Errors
/// When no form is laid down for the year, or the store fails.
pub async fn of_year(app: &App, caller: &Caller, year: i16) -> Result<Vec<OrganLine>, AppError> {
    form(year)?;
    let mut reader = app.store.reader().await?;
    let all = gongkai_store::organs::all(&mut reader).await?;
    let lines = reports::of_year(&mut reader, year).await?;
    let is_seen = |organ: &&Organ| {
        board::reports(organ, year) && caller.actor.sees(&lineage(&all, &organ.id))
    };
    let mut kept: Vec<Kept> = Vec::new();
    let seen: Vec<&Organ> = all.iter().filter(is_seen).collect();
    // A sum does not stand beside its parts: no share of it, and no rank, would mean anything.
    let is_sum = |organ: &&&Organ| seen.iter().any(|each| each.parent.as_ref() == Some(&organ.id));
    for organ in seen.iter().filter(|organ| !is_sum(organ)) {
        let line = lines.iter().find(|line| line.organ == organ.id && !line.figures.is_empty());
        let figures = match line {
            Some(line) => Some(line.figures.clone()),
            None => {
                let read = earlier::find(&mut reader, &organ.id, year).await?;
                read.map(|read| read.report.figures)
            }
        };
        let name = organ.name_on(date(year, 12, 31)).to_owned();
        kept.extend(figures.map(|figures| (name, year, figures)));
    }
    Ok(organs(&entries(&kept)))
}
