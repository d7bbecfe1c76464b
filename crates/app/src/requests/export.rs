//! The register of requests as a file: CSV for programs, XLSX for people, in the columns of the ledgers.

use super::list::lines;
use crate::caller::Caller;
use crate::{App, AppError, ledger};
use gongkai_store::requests::{Filter, Line, Order, Page};
use jiff::civil::Date;

/// Most lines of one file.
const LINES: i64 = 20_000;

/// The columns.
const HEADS: [&str; 14] = [
    "登记号",
    "受理机关",
    "登记日期",
    "收到申请日期",
    "申请人",
    "申请人类别",
    "收到方式",
    "申请事项",
    "申请内容",
    "状态",
    "答复期限",
    "办结日期",
    "办理结果",
    "是否逾期",
];

type Row = [String; HEADS.len()];

/// The rows of the register as texts.
async fn rows(app: &App, caller: &Caller, filter: Filter) -> Result<Vec<Row>, AppError> {
    let page = Page { order: Order::Newest, after: None, limit: LINES };
    let found = lines(app, caller, filter, None, page).await?;
    let organs = app.organs().await?;
    let today = app.clock.today();
    let row = |line: Line| {
        let organ = organs.iter().find(|organ| organ.id == line.organ);
        row(&line, organ.map(|organ| organ.name.clone()).unwrap_or_default(), today)
    };
    Ok(found.lines.into_iter().map(row).collect())
}

fn row(line: &Line, organ: String, today: Date) -> Row {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let is_late =
        line.was_late || (line.state.is_open() && line.due_on.is_some_and(|due| due < today));
    [
        line.number.clone(),
        organ,
        line.arrived_on.to_string(),
        day(line.received_on),
        line.shown.clone(),
        line.kind.word().to_owned(),
        line.channel.word().to_owned(),
        line.matter.word().to_owned(),
        line.title.clone(),
        line.state.word().to_owned(),
        day(line.due_on),
        day(line.closed_on),
        line.outcome.map(|outcome| outcome.label()).unwrap_or_default(),
        if is_late { "是" } else { "否" }.to_owned(),
    ]
}

/// The register as CSV.
///
/// # Errors
/// When the store fails.
pub async fn csv(app: &App, caller: &Caller, filter: Filter) -> Result<Vec<u8>, AppError> {
    ledger::csv(&HEADS, &rows(app, caller, filter).await?)
}

/// The register as a workbook.
///
/// # Errors
/// When the store fails.
pub async fn xlsx(app: &App, caller: &Caller, filter: Filter) -> Result<Vec<u8>, AppError> {
    ledger::workbook("依申请公开台账", &HEADS, &rows(app, caller, filter).await?)
}
