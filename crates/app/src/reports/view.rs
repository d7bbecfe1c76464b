//! A report as it is worked on: its paper, what the checks say, last year's figures, and what changed
//! in the registers since it was compiled.

use super::act::{Ground, ground, load, who};
use super::compile::{Counted, count};
use super::{Draft, board, paper, rolled};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::check::across::{Digest, between};
use gongkai_domain::check::inside;
use gongkai_domain::figure::{CellKey, Figures};
use gongkai_domain::filing::{Concern, Filing, FilingAct, concerns, differences};
use gongkai_domain::form::{Form, TableKind};
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_domain::refusal::Refusal;
use gongkai_domain::report::AnnualReport;
use gongkai_papers::annual_report::file::as_read;
use gongkai_store::Db;
use gongkai_store::reports::{earlier, find, of_year};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A figure that is another now: cell, on the report, counted now.
pub type Drift = (CellKey, Option<Decimal>, Option<Decimal>);

/// What is found of a report.
#[derive(Clone, Debug)]
pub struct Examined {
    /// What stands between it and its handing in.
    pub concerns: Vec<Concern>,
    /// Figures that are others in the registers now.
    pub drift: Vec<Drift>,
    /// What must be known about the parts of a sum.
    pub remarks: Vec<String>,
    /// What could not be counted.
    pub problems: Vec<String>,
    /// Why a sum no longer holds.
    pub outdated: Vec<String>,
    /// The figures of the year before.
    pub previous: Option<Figures>,
    draft: Draft,
}

/// A report as a page shows it.
#[derive(Clone, Debug)]
pub struct View {
    /// Whose.
    pub organ: Organ,
    /// The report.
    pub filing: Filing,
    /// Its paper, explanations in.
    pub paper: Draft,
    /// What stands between it and its handing in.
    pub concerns: Vec<Concern>,
    /// What else is found.
    pub examined: Examined,
    /// The day by which it is due.
    pub due: Option<Date>,
    /// Whether organs below are added up in it.
    pub is_sum: bool,
    /// Every act with why it is not possible now, if it is not.
    pub possible: Vec<(FilingAct, Option<Refusal>)>,
}

impl View {
    /// Whether an act is possible now.
    pub fn can(&self, act: FilingAct) -> bool {
        self.possible.iter().any(|(each, refusal)| *each == act && refusal.is_none())
    }

    /// Why an act is not possible now.
    pub fn refusal(&self, act: FilingAct) -> Option<&Refusal> {
        self.possible.iter().find(|(each, _)| *each == act)?.1.as_ref()
    }
}

/// The report of the year before as it can be held against this one: handed in or in work here, or
/// read from a file.
async fn previous(
    db: &mut Db,
    ground: &Ground,
    year: i16,
) -> Result<Option<AnnualReport>, AppError> {
    let (organ, before) = (&ground.organ.id, year - 1);
    let agency = ground.agency(year);
    let kept = find(db, organ, before).await?.filter(|kept| !kept.filing.figures.is_empty());
    if let Some(kept) = kept {
        let (draft, _) = paper::draft(&kept.filing, None)?;
        let mut report = as_read(&draft).map_err(AppError::Broken)?;
        report.agency = Some(agency);
        report.figures = kept.filing.figures;
        return Ok(Some(report));
    }
    let read = earlier::find(db, organ, before).await?;
    Ok(read.map(|loaded| loaded.report.report(&agency)))
}

/// The figures of the year before.
pub(super) async fn previous_figures(
    db: &mut Db,
    ground: &Ground,
    year: i16,
) -> Result<Option<Figures>, AppError> {
    Ok(previous(db, ground, year).await?.map(|report| report.figures))
}

/// Checks a report the way the command does, and holds it against the registers.
pub(super) async fn examined(
    db: &mut Db,
    ground: &Ground,
    filing: &Filing,
) -> Result<Examined, AppError> {
    let year = filing.year;
    let previous = previous(db, ground, year).await?;
    let figures = previous.as_ref().map(|report| report.figures.clone());
    let (draft, faults) = paper::draft(filing, figures.as_ref())?;
    let Counted { compilation, remarks, problems } = count(db, ground, year).await?;
    let lines = of_year(db, year).await?;
    let outdated = rolled::outdated(ground, filing, &compilation.own, &lines);
    let mut examined = Examined {
        concerns: faults,
        drift: Vec::new(),
        remarks,
        problems,
        outdated,
        previous: figures,
        draft,
    };
    if !filing.figures.is_empty() {
        examined.drift = differences(&filing.figures, &compilation.figures);
        let found = checked(&examined.draft, previous)?;
        examined.concerns.extend(found);
        examined
            .concerns
            .extend(examined.remarks.iter().map(|remark| Concern::remark(remark.as_str())));
    }
    Ok(examined)
}

/// The concerns that the checks give: inside the report, and against the year before.
fn checked(draft: &Draft, previous: Option<AnnualReport>) -> Result<Vec<Concern>, AppError> {
    let unsigned = Draft { signed_on: None, ..draft.clone() };
    let mut report = as_read(&unsigned).map_err(AppError::Broken)?;
    // The figures are known; the paper is read for its text.
    report.figures = draft.cells().collect();
    report.forms = draft.table_forms();
    let mut findings = inside(&report);
    if let Some(mut before) = previous {
        before.source = "上一年度报告".to_owned();
        let digests = [Digest::of(&before), Digest::of(&report)];
        let found = between(&digests).into_iter().filter(|(position, _)| *position == 1);
        findings.extend(found.map(|(_, finding)| finding));
    }
    Ok(concerns(findings.iter()))
}

/// A report as the caller works on it.
///
/// # Errors
/// When no form is laid down for the year, or the caller may not see it.
pub async fn view(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<View, AppError> {
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, organ).await?;
    let filing = load(&mut reader, &ground, year).await?.filing;
    let examined = examined(&mut reader, &ground, &filing).await?;
    let who = who(app, caller, &ground);
    let possible = FilingAct::ALL.map(|act| (act, filing.permits(act, &who).err())).to_vec();
    let paper = paper::with_explanations(examined.draft.clone(), &filing, &examined.concerns);
    let is_sum = ground.children(year).next().is_some();
    Ok(View {
        due: board::due(&ground.organ, year),
        is_sum,
        concerns: examined.concerns.clone(),
        organ: ground.organ,
        filing,
        paper,
        examined,
        possible,
    })
}

/// A figure's name for people: row and column of its table in the form of a year.
pub fn cell_name(year: i16, cell: CellKey) -> String {
    let form = Form::for_year(year);
    let tables = TableKind::ALL.into_iter().filter_map(|kind| Some(form?.table(kind)));
    let mut names = tables.filter_map(|table| table.cell_name(cell));
    names.next().unwrap_or_else(|| cell.to_string())
}

/// The report as a part of a page, its figures leading to `{address}/cells/{key}`.
pub fn fragment(paper: &Draft, address: &str) -> String {
    let link = |key: &str| Some(format!("{address}/cells/{key}"));
    gongkai_papers::annual_report::write::fragment(paper, &link)
}
