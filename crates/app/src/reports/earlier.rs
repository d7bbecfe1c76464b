//! Reports of years before the installation: read from a file, looked at beside the original, and
//! corrected with who and why.

use super::act::ground;
use super::{form, thing};
use crate::caller::Caller;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::filing::EarlierReport;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_domain::refusal::Refusal;
use gongkai_papers::annual_report::file;
use gongkai_store::events;
use gongkai_store::reports::earlier;

const ACT: &str = "导入以前年度报告";
const NOT_FOUND: AppError = AppError::NotFound("这一年的报告");

fn may_write(caller: &Caller, organ: &OrganId) -> Result<(), AppError> {
    if caller.actor.writes_for(organ) {
        return Ok(());
    }
    Err(Refusal::new(ACT, "以前年度报告", "由本机关信息员或信息公开工作机构办理").into())
}

/// Reads a file and keeps it as the organ's report on the year that it tells, or that is given.
///
/// # Errors
/// When it cannot be read, no year is told, the year has a report, or the caller may not write.
pub async fn import(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: Option<i16>,
    (name, content): (String, Bytes),
) -> Result<i16, AppError> {
    may_write(caller, organ)?;
    let (bytes, shown) = (content.clone(), name.clone());
    let read = tokio::task::spawn_blocking(move || file::open(&bytes, &shown)).await;
    let report = read
        .map_err(|error| AppError::Broken(error.to_string()))?
        .map_err(|error| AppError::invalid("file", error))?;
    let none = || AppError::invalid("year", "从文件里看不出报告年度，请填写年度后再上传");
    if let (Some(given), Some(told)) = (year, report.year)
        && given != told
    {
        let message = format!("文件写的是 {told} 年度，填写的是 {given} 年度，请核对后再上传");
        return Err(AppError::invalid("year", message));
    }
    let year = year.or(report.year).ok_or_else(none)?;
    // Labels without values are a table too: every figure is then a doubt to be looked at.
    if report.figures.is_empty() {
        let message = "文件里没有读到年度报告的表格，请核对文件";
        return Err(AppError::invalid("file", message));
    }
    let kept = app.files.keep(content).await?;
    let earlier_report = EarlierReport::of(organ.clone(), year, &report, kept);
    let mut transaction = app.store.begin().await?;
    ground(&mut transaction, caller, organ).await?;
    if earlier::find(&mut transaction, organ, year).await?.is_some() {
        return Err(AppError::Conflict(format!("{year} 年度的报告已经导入过，可以直接更正")));
    }
    earlier::save(&mut transaction, &earlier_report, 0).await?;
    let now = app.clock.now();
    let mut event = caller.event("report.import_earlier", thing(organ, year), organ.as_str(), now);
    event.after = state(&earlier_report);
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok(year)
}

/// An earlier report beside its original.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Whose.
    pub organ: Organ,
    /// As it was read and corrected.
    pub report: EarlierReport,
    /// The lines of the original.
    pub lines: Vec<String>,
    /// Whether the caller may correct.
    pub can_write: bool,
}

/// An earlier report with its original.
///
/// # Errors
/// When it is not there, or the caller may not see it.
pub async fn beside(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<Beside, AppError> {
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, organ).await?;
    let report = earlier::find(&mut reader, organ, year).await?.ok_or(NOT_FOUND)?.report;
    let content = app.files.read(&report.file).await?.unwrap_or_default();
    let lines = file::lines(&content).unwrap_or_else(|error| vec![error]);
    let can_write = caller.actor.writes_for(organ);
    Ok(Beside { organ: ground.organ, report, lines, can_write })
}

/// The years of which an organ has an earlier report, the latest first.
///
/// # Errors
/// When the caller may not see them.
pub async fn years(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
) -> Result<(Organ, Vec<EarlierReport>), AppError> {
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, organ).await?;
    let all = earlier::of_organ(&mut reader, organ).await?;
    Ok((ground.organ, all.into_iter().map(|loaded| loaded.report).collect()))
}

/// The original of an earlier report: its name and its bytes.
///
/// # Errors
/// When it is not there, or the caller may not see it.
pub async fn original(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<(String, Bytes), AppError> {
    let report = beside(app, caller, organ, year).await?.report;
    let bytes = app.files.read(&report.file).await?.ok_or(AppError::NotFound("原件"))?;
    Ok((report.name, bytes))
}

/// Sets a figure by what the original says.
///
/// # Errors
/// When there is no such figure, it is no number, nothing is said, or the caller may not write.
pub async fn correct(
    app: &App,
    caller: &Caller,
    (organ, year): (&OrganId, i16),
    (cell, value): (&str, &str),
    why: &str,
) -> Result<EarlierReport, AppError> {
    may_write(caller, organ)?;
    let mut transaction = app.store.begin().await?;
    ground(&mut transaction, caller, organ).await?;
    let loaded = earlier::find(&mut transaction, organ, year).await?.ok_or(NOT_FOUND)?;
    let now = app.clock.now();
    let who = (caller.actor.name.as_str(), now);
    let before = state(&loaded.report);
    let changed = loaded.report.correct(cell, value, who, why);
    let changed = changed.map_err(|error| AppError::invalid("value", error.to_string()))?;
    earlier::save(&mut transaction, &changed, loaded.version).await?;
    let mut event = caller.event("report.correct_earlier", thing(organ, year), organ.as_str(), now);
    (event.before, event.after) = (before, state(&changed));
    event.reason = why.trim().to_owned();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok(changed)
}

fn state(report: &EarlierReport) -> String {
    serde_json::to_string(report).expect("a report has text keys and finite numbers")
}

/// Whether a form is laid down for a year: only then can figures be held against each other.
pub fn has_form(year: i16) -> bool {
    form(year).is_ok()
}
