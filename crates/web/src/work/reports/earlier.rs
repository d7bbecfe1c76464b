//! Reports of earlier years: uploaded, shown beside the original, corrected with who and why.

use super::organ;
use crate::answer::{Answer, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::{Frame, minute};
use crate::parts::CheckedParts;
use crate::work::files::encoded;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use gongkai_app::App;
use gongkai_app::reports::earlier as reports;
use gongkai_app::reports::view::cell_name;
use gongkai_app::sign_in::Current;
use gongkai_domain::figure::plain_text;
use gongkai_domain::filing::EarlierReport;
use serde::Deserialize;

/// A correction.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Correction {
    cell: String,
    value: String,
    why: String,
}

#[derive(Template)]
#[template(path = "work/reports/earlier.html")]
struct ListPage {
    frame: Frame,
    organ: String,
    name: String,
    can_write: bool,
    reports: Vec<EarlierReport>,
    problem: Option<String>,
    outcomes: Vec<Outcome>,
}

/// What became of one of several files: the year that was read, or why none was.
struct Outcome {
    file: String,
    result: Result<i16, String>,
}

/// A figure as it was read.
struct Row {
    key: String,
    name: String,
    value: String,
    doubt: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "work/reports/beside.html")]
struct BesidePage {
    frame: Frame,
    organ: String,
    name: String,
    year: i16,
    file: String,
    can_write: bool,
    rows: Vec<Row>,
    n_doubts: usize,
    lines: Vec<String>,
    corrections: Vec<(String, String, String, String)>,
}

async fn list(
    app: &App,
    current: &Current,
    id: &str,
    (problem, outcomes): (Option<String>, Vec<Outcome>),
) -> Answer {
    let organ = organ(id)?;
    let (found, reports) = reports::years(app, &current.caller, &organ).await?;
    html(&ListPage {
        frame: Frame::work(app, current),
        organ: id.to_owned(),
        can_write: current.caller.actor.writes_for(&organ),
        name: found.name,
        reports,
        problem,
        outcomes,
    })
}

/// Shows the earlier years.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(id): Path<String>,
) -> Answer {
    list(&app, &current, &id, (None, Vec::new())).await
}

/// 导入.
pub async fn import(
    State(app): State<App>,
    Path(id): Path<String>,
    mut parts: CheckedParts,
) -> Answer {
    if 1 < parts.files.len() {
        return import_many(&app, &id, parts).await;
    }
    let (year, file) = (parts.get("year").trim().parse().ok(), parts.file()?);
    let current = parts.current;
    match reports::import(&app, &current.caller, &organ(&id)?, year, file).await {
        Ok(year) => go(&format!("/work/earlier-reports/{id}/{year}")),
        Err(error) => list(&app, &current, &id, (Some(mendable(error)?), Vec::new())).await,
    }
}

/// Each of several files for itself: one that cannot be read keeps no other out.
async fn import_many(app: &App, id: &str, parts: CheckedParts) -> Answer {
    if !parts.get("year").trim().is_empty() {
        let message = "几个文件一起读取时不填年度，按各自写明的年度导入".to_owned();
        return list(app, &parts.current, id, (Some(message), Vec::new())).await;
    }
    let organ = organ(id)?;
    let mut outcomes = Vec::new();
    for file in parts.files {
        let name = file.0.clone();
        let result = match reports::import(app, &parts.current.caller, &organ, None, file).await {
            Ok(year) => Ok(year),
            Err(error) => Err(mendable(error)?),
        };
        outcomes.push(Outcome { file: name, result });
    }
    list(app, &parts.current, id, (None, outcomes)).await
}

fn rows(report: &EarlierReport) -> Vec<Row> {
    let row = |(cell, value): (gongkai_domain::figure::CellKey, Option<_>)| {
        let doubt = report.doubts.iter().find(|doubt| doubt.cell == cell.as_str());
        Row {
            key: cell.to_string(),
            name: cell_name(report.year, cell),
            value: value.map(plain_text).unwrap_or_default(),
            doubt: doubt.map(|doubt| (doubt.text.clone(), doubt.reason.clone())),
        }
    };
    let mut rows: Vec<Row> = report.figures.iter().map(row).collect();
    rows.sort_by_key(|row| row.doubt.is_none());
    rows
}

/// Shows a report as read beside its original.
pub async fn beside(
    State(app): State<App>,
    Signed(current): Signed,
    Path((id, year)): Path<(String, i16)>,
) -> Answer {
    let seen = reports::beside(&app, &current.caller, &organ(&id)?, year).await?;
    let report = &seen.report;
    let blank = || "空".to_owned();
    let corrections = report.corrections.iter().rev().map(|each| {
        let name = gongkai_domain::filing::cell_of(&each.cell).map(|cell| cell_name(year, cell));
        let before = each.before.clone().unwrap_or_else(blank);
        let after = each.after.clone().unwrap_or_else(blank);
        let change = format!("{before} → {after}");
        (
            name.unwrap_or_default(),
            change,
            each.why.clone(),
            format!("{}　{}", each.by, minute(each.at)),
        )
    });
    html(&BesidePage {
        frame: Frame::work(&app, &current),
        organ: id,
        name: seen.organ.name.clone(),
        file: report.name.clone(),
        rows: rows(report),
        n_doubts: report.doubts.len(),
        corrections: corrections.collect(),
        can_write: seen.can_write,
        lines: seen.lines,
        year,
    })
}

/// 更正.
pub async fn correct(
    State(app): State<App>,
    Path((id, year)): Path<(String, i16)>,
    Checked { current, form }: Checked<Correction>,
) -> Answer {
    let place = (&organ(&id)?, year);
    let set = (form.cell.as_str(), form.value.as_str());
    reports::correct(&app, &current.caller, place, set, &form.why).await?;
    go(&format!("/work/earlier-reports/{id}/{year}"))
}

/// Sends the original.
pub async fn original(
    State(app): State<App>,
    Signed(current): Signed,
    Path((id, year)): Path<(String, i16)>,
) -> Answer {
    let (name, bytes) = reports::original(&app, &current.caller, &organ(&id)?, year).await?;
    let name = format!("attachment; filename=\"file\"; filename*=UTF-8''{}", encoded(&name));
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}
