//! The board of a year's reports: one line an organ.

use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::Frame;
use askama::Template;
use axum::extract::{Query, State};
use gongkai_app::App;
use gongkai_app::reports::board;
use gongkai_domain::filing::FilingKey;
use serde::Deserialize;

/// Which year.
#[derive(Deserialize)]
pub struct Asked {
    year: Option<i16>,
}

/// A line of the board.
struct Row {
    organ: String,
    name: String,
    depth: usize,
    key: &'static str,
    state: &'static str,
    due: String,
    handed_in_on: String,
    n_days_late: i32,
    is_in: bool,
    n_restatements: u32,
    outdated: Vec<String>,
}

#[derive(Template)]
#[template(path = "work/reports/board.html")]
struct Board {
    frame: Frame,
    year: i16,
    years: Vec<i16>,
    rows: Vec<Row>,
    n_in: usize,
    n_late: usize,
}

fn row(row: board::Row) -> Row {
    Row {
        organ: row.organ.id.to_string(),
        name: row.organ.name,
        depth: row.depth.min(6),
        key: row.state.map_or("none", FilingKey::key),
        state: row.state.map_or("未编制", FilingKey::name),
        due: row.due.map(|day| day.to_string()).unwrap_or_default(),
        handed_in_on: row.handed_in_on.map(|day| day.to_string()).unwrap_or_default(),
        n_days_late: row.n_days_late,
        is_in: row.state.is_some_and(FilingKey::is_locked),
        n_restatements: row.n_restatements,
        outdated: row.outdated,
    }
}

/// How many years back the board leads.
const YEARS: i16 = 6;

/// Shows the board.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Query(asked): Query<Asked>,
) -> Answer {
    let last = board::current_year(app.clock.today());
    let year = asked.year.unwrap_or(last);
    let rows = board::board(&app, &current.caller, year).await?;
    let rows: Vec<Row> = rows.into_iter().map(row).collect();
    html(&Board {
        frame: Frame::work(&app, &current),
        year,
        years: (0..YEARS).map(|n| last + 1 - n).collect(),
        n_in: rows.iter().filter(|row| row.is_in).count(),
        n_late: rows.iter().filter(|row| 0 < row.n_days_late).count(),
        rows,
    })
}
