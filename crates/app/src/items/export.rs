//! The register as a file: CSV for programs, XLSX for people.

use super::board::due;
use super::read;
use crate::caller::Caller;
use crate::{App, AppError, ledger};
use gongkai_domain::catalogue::Catalogue;
use gongkai_domain::item::state_name;
use gongkai_domain::item_kind;
use gongkai_domain::time::china;
use gongkai_store::items::{Filter, Line, Page};

/// Most lines of one file.
const LINES: i64 = 20_000;

/// The columns.
const HEADS: [&str; 12] = [
    "标题",
    "机关",
    "信息种类",
    "状态",
    "发文字号",
    "索引号",
    "主题分类",
    "成文日期",
    "公开期限",
    "期限状态",
    "发布时间",
    "浏览次数",
];

/// The rows of the register as texts, the heads first.
async fn rows(app: &App, caller: &Caller, filter: Filter) -> Result<Vec<[String; 12]>, AppError> {
    let lines = read::own_lines(app, caller, filter, Page { skip: 0, limit: LINES }).await?;
    let organs = app.organs().await?;
    let today = app.clock.today();
    let row = |line: Line| {
        let organ = organs.iter().find(|organ| organ.id == line.organ);
        let kind = item_kind::kind(&line.kind);
        let due = due(today, &line);
        let subject = line.subject.as_deref();
        let subject = subject.and_then(|key| Catalogue::official().subject_path(key));
        let published =
            line.published_at.map(|at| china(at).strftime("%Y-%m-%d %H:%M").to_string());
        [
            line.title,
            organ.map(|organ| organ.name.clone()).unwrap_or_default(),
            kind.map(|kind| kind.title.clone()).unwrap_or_default(),
            state_name(&line.state).to_owned(),
            line.document_number.unwrap_or_default(),
            line.index_number.unwrap_or_default(),
            subject.unwrap_or_default(),
            line.formed_on.map(|day| day.to_string()).unwrap_or_default(),
            due.map(|due| due.on.to_string()).unwrap_or_default(),
            due.map(|due| due.pace.name().to_owned()).unwrap_or_default(),
            published.unwrap_or_default(),
            line.n_views.to_string(),
        ]
    };
    Ok(lines.into_iter().map(row).collect())
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
    ledger::workbook("信息台账", &HEADS, &rows(app, caller, filter).await?)
}
