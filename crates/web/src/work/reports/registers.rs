//! The registers that table two is compiled from: the list, entering, importing with a preview, undoing.

use super::organ;
use crate::answer::{Answer, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::{Frame, minute};
use crate::parts::CheckedParts;
use askama::Template;
use axum::extract::{Path, Query, State};
use gongkai_app::reports::board::current_year;
use gongkai_app::reports::registers::{self, Preview, Register};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError, tickets};
use gongkai_domain::figure::plain_text;
use gongkai_domain::register::{Line, RecordKind, Typed, line_of, lines};
use serde::Deserialize;

/// Which year.
#[derive(Deserialize)]
pub struct Asked {
    year: Option<i16>,
}

/// A record as it is filled in.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Filled {
    kind: String,
    line: String,
    number: String,
    title: String,
    on: String,
    until: String,
    amount: String,
    ticket: String,
}

/// A file that was shown and is to be taken.
#[derive(Deserialize)]
pub struct Taken {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    file: String,
}

/// A batch to undo.
#[derive(Deserialize)]
pub struct Undoing {
    #[serde(default)]
    batch: String,
    #[serde(default)]
    reason: String,
}

/// A row of the register.
struct Row {
    line: &'static str,
    kind: &'static str,
    number: String,
    title: String,
    on: String,
    until: String,
    amount: String,
}

/// A batch as it is shown.
struct BatchRow {
    id: String,
    at: String,
    by: String,
    source: String,
    n: i64,
    digest: String,
    undone: String,
}

#[derive(Template)]
#[template(path = "work/reports/registers.html")]
struct Page {
    frame: Frame,
    organ: String,
    name: String,
    year: i16,
    can_write: bool,
    is_locked: bool,
    rows: Vec<Row>,
    batches: Vec<BatchRow>,
    lines: Vec<Line>,
    kinds: [RecordKind; 2],
    filled: Filled,
    ticket: String,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "work/reports/preview.html")]
struct PreviewPage {
    frame: Frame,
    organ: String,
    n_faulty: usize,
    preview: Preview,
}

fn rows(register: &Register) -> Vec<Row> {
    let row = |kept: &registers::Kept| {
        let record = &kept.record;
        Row {
            line: line_of(&record.line).map(|line| line.name).unwrap_or_default(),
            kind: record.kind.name(),
            number: record.number.clone(),
            title: record.title.clone(),
            on: record.on.to_string(),
            until: record.until.map(|day| day.to_string()).unwrap_or_default(),
            amount: match record.amount.is_zero() {
                true => String::new(),
                false => plain_text(record.amount),
            },
        }
    };
    register.rows.iter().map(row).collect()
}

fn batches(register: &Register) -> Vec<BatchRow> {
    let row = |batch: &registers::Batch| BatchRow {
        id: batch.id.clone(),
        at: minute(batch.made_at),
        by: batch.made_by.clone(),
        source: batch.source.clone(),
        n: batch.n_rows,
        digest: batch.digest.get(..16).unwrap_or_default().to_owned(),
        undone: batch.undone.as_ref().map_or_else(String::new, |(by, at, reason)| {
            format!("{} 由 {by} 撤销：{reason}", minute(*at))
        }),
    };
    register.batches.iter().map(row).collect()
}

async fn page(
    app: &App,
    current: &Current,
    (id, year): (&str, Option<i16>),
    filled: Filled,
    problem: Option<String>,
) -> Answer {
    let year = year.unwrap_or_else(|| current_year(app.clock.today()));
    let register = registers::register(app, &current.caller, &organ(id)?, year).await?;
    html(&Page {
        frame: Frame::work(app, current),
        rows: rows(&register),
        batches: batches(&register),
        organ: id.to_owned(),
        can_write: register.can_write,
        is_locked: register.is_locked,
        name: register.organ.name,
        lines: lines(),
        kinds: RecordKind::ALL,
        year,
        filled,
        ticket: tickets::ticket(),
        problem,
    })
}

/// Shows the register of a year.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    page(&app, &current, (&id, asked.year), Filled::default(), None).await
}

fn kind(text: &str) -> Result<RecordKind, AppError> {
    RecordKind::of(text).ok_or_else(|| AppError::invalid("kind", "请选择台账的种类"))
}

/// 登记.
pub async fn enter(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked { current, form }: Checked<Filled>,
) -> Answer {
    let typed = Typed {
        line: form.line.clone(),
        number: form.number.clone(),
        title: form.title.clone(),
        on: form.on.clone(),
        until: form.until.clone(),
        amount: form.amount.clone(),
    };
    let year = form.on.get(..4).and_then(|year| year.parse().ok());
    let record = (kind(&form.kind)?, &typed);
    let (own, ticket) = (organ(&id)?, form.ticket.as_str());
    match registers::enter_once(&app, &current.caller, &own, record, ticket).await {
        Ok(()) => {
            let year = year.unwrap_or_else(|| current_year(app.clock.today()));
            go(&format!("/work/registers/{id}?year={year}"))
        }
        Err(error) => {
            let problem = mendable(error)?;
            page(&app, &current, (&id, year), form, Some(problem)).await
        }
    }
}

/// Shows what a file says before it is taken.
pub async fn preview(
    State(app): State<App>,
    Path(id): Path<String>,
    mut parts: CheckedParts,
) -> Answer {
    let (kind, file) = (kind(parts.get("kind"))?, parts.file()?);
    let current = parts.current;
    let read = registers::preview(&app, &current.caller, &organ(&id)?, kind, file).await;
    match read {
        Ok(preview) => html(&PreviewPage {
            frame: Frame::work(&app, &current),
            n_faulty: preview.n_faulty(),
            organ: id,
            preview,
        }),
        Err(error) => {
            let problem = mendable(error)?;
            page(&app, &current, (&id, None), Filled::default(), Some(problem)).await
        }
    }
}

/// 导入.
pub async fn import(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked { current, form }: Checked<Taken>,
) -> Answer {
    let file = (form.name, form.file);
    let kind = kind(&form.kind)?;
    registers::import(&app, &current.caller, &organ(&id)?, kind, file).await?;
    go(&format!("/work/registers/{id}#batches"))
}

/// 撤销.
pub async fn undo(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked { current, form }: Checked<Undoing>,
) -> Answer {
    registers::undo(&app, &current.caller, &form.batch, &form.reason).await?;
    go(&format!("/work/registers/{id}#batches"))
}
