//! Papers of statistics beside the annual report: which there are, one with its figures, what a figure
//! counts, files, publication.

use super::organ;
use crate::answer::{Answer, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::{Frame, minute};
use crate::work::acts::Nothing;
use crate::work::files::encoded;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use gongkai_app::reports::cases::Case;
use gongkai_app::reports::statistics::{
    Ending, Figure, Origin, Place, Seen, cases as counted, enter as keep, file as written,
    list as made, prepare as prepared, view,
};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::figure::plain_text;
use gongkai_domain::id::OrganId;
use serde::Deserialize;

/// A figure as it is typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Filled {
    cell: String,
    value: String,
    why: String,
}

/// A paper with the periods that the list leads to.
struct PaperRow {
    key: &'static str,
    name: &'static str,
    source: &'static str,
    periods: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "work/reports/statistics_list.html")]
struct ListPage {
    frame: Frame,
    organ: String,
    name: String,
    papers: Vec<PaperRow>,
}

/// A figure as it is shown.
struct Row {
    key: &'static str,
    label: &'static str,
    unit: &'static str,
    value: String,
    origin: String,
    is_counted: bool,
    is_typed: bool,
    why: String,
}

#[derive(Template)]
#[template(path = "work/reports/statistics.html")]
struct Page {
    frame: Frame,
    address: String,
    organ: String,
    title: String,
    can_write: bool,
    blocks: Vec<(&'static str, Vec<Row>)>,
    n_missing: usize,
    problems: Vec<String>,
    item: Option<String>,
    filled: Filled,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "work/reports/statistics_cases.html")]
struct CasesPage {
    frame: Frame,
    address: String,
    title: String,
    name: &'static str,
    n_cases: usize,
    cases: Vec<Case>,
}

/// Shows which papers an organ makes.
pub async fn list(
    State(app): State<App>,
    Signed(current): Signed,
    Path(id): Path<String>,
) -> Answer {
    let found = made(&app, &current.caller, &organ(&id)?).await?;
    let row = |(paper, periods): (&'static gongkai_domain::statistics::StatisticPaper, Vec<_>)| {
        let period =
            |period: gongkai_domain::statistics::Period| (period.key(), period.to_string());
        PaperRow {
            key: &paper.key,
            name: &paper.name,
            source: &paper.source,
            periods: periods.into_iter().map(period).collect(),
        }
    };
    html(&ListPage {
        frame: Frame::work(&app, &current),
        papers: found.papers.into_iter().map(row).collect(),
        name: found.organ.name,
        organ: id,
    })
}

fn address(place: Place<'_>) -> String {
    format!("/work/statistics/{}/{}/{}", place.organ, place.paper.key, place.period.key())
}

fn row(figure: &Figure) -> Row {
    let is_typed = figure.row.is_typed();
    let (origin, why) = match &figure.origin {
        Origin::Counted(n) => (format!("台账计数，{n} 条"), String::new()),
        Origin::Sum => ("各项相加".to_owned(), String::new()),
        Origin::Missing => ("还没有填写".to_owned(), String::new()),
        Origin::Typed(typed) => {
            (format!("{}　{} {}", typed.why, typed.by, minute(typed.at)), typed.why.clone())
        }
    };
    Row {
        key: &figure.row.key,
        label: &figure.row.label,
        unit: &figure.row.unit,
        value: figure.value.map_or_else(|| "—".to_owned(), plain_text),
        is_counted: figure.row.count.is_some(),
        is_typed,
        origin,
        why,
    }
}

fn page(
    (app, current): (&App, &Current),
    place: Place<'_>,
    seen: Seen,
    (filled, problem): (Filled, Option<String>),
) -> Answer {
    let figures = || seen.blocks.iter().flat_map(|(_, figures)| figures);
    html(&Page {
        frame: Frame::work(app, current),
        address: address(place),
        organ: place.organ.to_string(),
        n_missing: figures().filter(|figure| figure.origin == Origin::Missing).count(),
        blocks: seen
            .blocks
            .iter()
            .map(|(title, figures)| (*title, figures.iter().map(row).collect()))
            .collect(),
        title: seen.paper.title,
        can_write: seen.can_write,
        problems: seen.problems,
        item: seen.item.map(String::from),
        filled,
        problem,
    })
}

/// Where in the workplace: organ, paper, period.
type At = Path<(String, String, String)>;

/// Shows a paper.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path((id, paper, period)): At,
) -> Answer {
    let organ: OrganId = organ(&id)?;
    let place = Place::of(&organ, &paper, &period)?;
    let seen = view(&app, &current.caller, place).await?;
    page((&app, &current), place, seen, (Filled::default(), None))
}

/// Shows what a figure counts.
pub async fn cases(
    State(app): State<App>,
    Signed(current): Signed,
    Path((id, paper, period, cell)): Path<(String, String, String, String)>,
) -> Answer {
    let organ: OrganId = organ(&id)?;
    let place = Place::of(&organ, &paper, &period)?;
    let (row, n_cases, cases) = counted(&app, &current.caller, place, &cell).await?;
    html(&CasesPage {
        frame: Frame::work(&app, &current),
        address: address(place),
        title: format!("{}（{}）", place.paper.name, place.period),
        name: &row.label,
        n_cases,
        cases,
    })
}

/// 填写.
pub async fn enter(
    State(app): State<App>,
    Path((id, paper, period)): At,
    Checked { current, form }: Checked<Filled>,
) -> Answer {
    let organ: OrganId = organ(&id)?;
    let place = Place::of(&organ, &paper, &period)?;
    let typed = (form.value.as_str(), form.why.as_str());
    match keep(&app, &current.caller, place, &form.cell, typed).await {
        Ok(()) => go(&format!("{}#f-{}", address(place), form.cell)),
        Err(error) => {
            let problem = mendable(error)?;
            let seen = view(&app, &current.caller, place).await?;
            page((&app, &current), place, seen, (form, Some(problem)))
        }
    }
}

/// 生成公开稿.
pub async fn prepare(
    State(app): State<App>,
    Path((id, paper, period)): At,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    let organ: OrganId = organ(&id)?;
    let place = Place::of(&organ, &paper, &period)?;
    let item = prepared(&app, &current.caller, place).await?;
    go(&format!("/work/items/{item}"))
}

/// Sends the paper as a file.
pub async fn file(
    State(app): State<App>,
    Signed(current): Signed,
    Path((id, paper, period, format)): Path<(String, String, String, String)>,
) -> Answer {
    let organ: OrganId = organ(&id)?;
    let place = Place::of(&organ, &paper, &period)?;
    let ending = Ending::of(&format).ok_or(AppError::NotFound("这种格式"))?;
    let bytes = written(&app, &current.caller, place, ending).await?;
    let name = format!("{}-{id}-{period}.{format}", place.paper.name);
    let name = format!("attachment; filename=\"file\"; filename*=UTF-8''{}", encoded(&name));
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}
