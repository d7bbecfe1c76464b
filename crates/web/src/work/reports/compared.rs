//! Reports beside each other: the years of an organ, the organs of a year.

use super::organ;
use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::Frame;
use askama::Template;
use axum::extract::{Path, Query, State};
use gongkai_app::App;
use gongkai_app::reports::board::current_year;
use gongkai_app::reports::compared::{self, OrganLine, Reliability, YearLine};
use gongkai_domain::figure::plain_text;
use rust_decimal::Decimal;
use serde::Deserialize;

/// Which year.
#[derive(Deserialize)]
pub struct Asked {
    year: Option<i16>,
}

/// A value as it is shown.
struct Cell {
    value: String,
    beside: String,
    is_break: bool,
}

/// One indicator.
struct Row {
    title: String,
    cells: Vec<Cell>,
    median: String,
}

#[derive(Template)]
#[template(path = "work/reports/compared.html")]
struct Page {
    frame: Frame,
    heading: String,
    back: String,
    columns: Vec<String>,
    rows: Vec<Row>,
    notes: Vec<String>,
    has_median: bool,
}

/// `—` where it is not known, `~` where it rests on too few cases.
fn shown(value: Option<Decimal>, reliability: Option<Reliability>) -> String {
    let mark = if reliability == Some(Reliability::TooFew) { "~" } else { "" };
    value.map_or("—".to_owned(), plain_text) + mark
}

fn signed(value: Decimal) -> String {
    if value.is_zero() {
        return "持平".to_owned();
    }
    let sign = if value.is_sign_positive() { "+" } else { "" };
    format!("{sign}{}", plain_text(value))
}

fn year_row(line: &YearLine) -> Row {
    let cell = |point: &gongkai_domain::report::compare::YearPoint| {
        let growth = point.growth.map(|growth| format!("，{}%", signed(growth)));
        let difference = point.difference.map(signed);
        Cell {
            value: shown(point.value, point.reliability),
            beside: difference.map_or_else(String::new, |d| d + &growth.unwrap_or_default()),
            is_break: point.r#break.is_some(),
        }
    };
    Row {
        title: format!("{}（{}）", line.title, line.unit),
        cells: line.points.iter().map(cell).collect(),
        median: String::new(),
    }
}

fn notes(lines: &[YearLine]) -> Vec<String> {
    let found = lines.iter().flat_map(|line| &line.points).filter_map(|point| point.r#break);
    let mut notes: Vec<String> =
        found.map(|each| format!("{}（{}）", each.reason, each.source)).collect();
    notes.sort_unstable();
    notes.dedup();
    notes
}

/// Shows the years of an organ.
pub async fn years(
    State(app): State<App>,
    Signed(current): Signed,
    Path(id): Path<String>,
) -> Answer {
    let (found, lines) = compared::of_organ(&app, &current.caller, &organ(&id)?).await?;
    let columns = lines.first().into_iter().flat_map(|line| &line.points);
    html(&Page {
        frame: Frame::work(&app, &current),
        heading: format!("{} 逐年比较", found.name),
        back: format!("/work/earlier-reports/{id}"),
        columns: columns.map(|point| point.year.to_string()).collect(),
        rows: lines.iter().map(year_row).collect(),
        notes: notes(&lines),
        has_median: false,
    })
}

fn organ_row(line: &OrganLine) -> Row {
    let cell = |point: &gongkai_domain::report::compare::OrganPoint| {
        let rank = point.rank.map(|rank| format!("第 {rank}"));
        let share = point.share.map(|share| format!("占 {}%", plain_text(share)));
        let beside: Vec<String> = rank.into_iter().chain(share).collect();
        Cell {
            value: shown(point.value, point.reliability),
            beside: beside.join("，"),
            is_break: false,
        }
    };
    Row {
        title: format!("{}（{}）", line.title, line.unit),
        cells: line.points.iter().map(cell).collect(),
        median: shown(line.median, None),
    }
}

/// Shows the organs of a year.
pub async fn organs(
    State(app): State<App>,
    Signed(current): Signed,
    Query(asked): Query<Asked>,
) -> Answer {
    let year = asked.year.unwrap_or_else(|| current_year(app.clock.today()));
    let lines = compared::of_year(&app, &current.caller, year).await?;
    let columns = lines.first().into_iter().flat_map(|line| &line.points);
    html(&Page {
        frame: Frame::work(&app, &current),
        heading: format!("{year} 年度各机关比较"),
        back: format!("/work/reports?year={year}"),
        columns: columns.map(|point| point.agency.clone()).collect(),
        rows: lines.iter().map(organ_row).collect(),
        notes: Vec::new(),
        has_median: true,
    })
}
