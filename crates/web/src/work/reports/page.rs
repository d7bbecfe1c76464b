//! The report as the official table, each figure leading to what it counts, with the checks beside it
//! and the acts that are possible.

use super::{address, organ};
use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::figures::{Figured, figured, picture};
use crate::page::{Frame, minute};
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::reports::charts;
use gongkai_app::reports::view::{self, View, cell_name};
use gongkai_domain::figure::plain_text;
use gongkai_domain::filing::{FilingAct, FilingState, Weight};
use rust_decimal::Decimal;

/// A concern with what was said to it.
struct Row {
    key: String,
    check: String,
    weight: &'static str,
    is_error: bool,
    message: String,
    hint: String,
    basis: String,
    said: String,
}

/// A figure twice: last year and this, on the report and now, before and after.
struct Pair {
    key: String,
    name: String,
    first: String,
    second: String,
}

/// A restatement with what it changed.
struct Restated {
    at: String,
    by: String,
    reason: String,
    changes: Vec<Pair>,
}

#[derive(Template)]
#[template(path = "work/reports/page.html")]
struct Page {
    frame: Frame,
    address: String,
    organ: String,
    title: String,
    year: i16,
    key: &'static str,
    state: &'static str,
    due: String,
    compiles: &'static str,
    prepares: &'static str,
    is_compiled: bool,
    paper: String,
    charts: Vec<Figured>,
    rows: Vec<Row>,
    n_open: usize,
    drift: Vec<Pair>,
    last_year: Vec<Pair>,
    notes: Vec<String>,
    returned: Option<Returned>,
    restating: Option<String>,
    restated: Vec<Restated>,
    item: Option<String>,
    held_up: Option<String>,
    refusals: Vec<String>,
    events: Vec<(String, String, &'static str, String)>,
    view: View,
}

/// Who returned it, with what comment, and the comments on single cells.
type Returned = (String, String, Vec<(String, String)>);

/// A figure's name for people.
pub fn name(year: &i16, cell: &gongkai_domain::figure::CellKey) -> String {
    cell_name(*year, *cell)
}

impl Page {
    fn can(&self, act: FilingAct) -> bool {
        self.view.can(act)
    }
}

fn shown(value: Option<Decimal>) -> String {
    value.map_or_else(|| "—".to_owned(), plain_text)
}

fn rows(view: &View) -> Vec<Row> {
    let row = |each: &gongkai_domain::filing::Concern| Row {
        key: each.key.clone(),
        check: each.check.clone(),
        weight: each.weight.name(),
        is_error: each.weight == Weight::Blocks,
        message: each.message.clone(),
        hint: each.hint.clone(),
        basis: each.basis.clone(),
        said: view
            .filing
            .given_to(&each.key)
            .map(|given| given.sentence.clone())
            .unwrap_or_default(),
    };
    view.concerns.iter().map(row).collect()
}

/// Last year's figures beside this year's, where one of them is not zero.
fn last_year(view: &View) -> Vec<Pair> {
    let Some(previous) = &view.examined.previous else { return Vec::new() };
    let is_some = |value: Option<Decimal>| value.is_some_and(|value| !value.is_zero());
    let both = view.filing.figures.iter().map(|(cell, now)| (cell, previous.get(cell), now));
    let told = both.filter(|(_, before, now)| is_some(*before) || is_some(*now));
    told.map(|(cell, before, now)| pair(view.filing.year, (cell, before, now))).collect()
}

fn pair(year: i16, (cell, first, second): view::Drift) -> Pair {
    Pair {
        key: cell.to_string(),
        name: cell_name(year, cell),
        first: shown(first),
        second: shown(second),
    }
}

fn restated(view: &View) -> Vec<Restated> {
    let one = |(at, each): (usize, &gongkai_domain::filing::Restatement)| Restated {
        at: minute(each.at),
        by: each.by.clone(),
        reason: each.reason.clone(),
        changes: view.filing.changes(at).into_iter().map(|p| pair(view.filing.year, p)).collect(),
    };
    view.filing.restatements.iter().enumerate().map(one).collect()
}

/// What the person may not do though the report is in the state for it: said, not hidden.
fn refusals(view: &View) -> Vec<String> {
    let is_next = |act: &FilingAct| act.states().contains(&view.filing.state.key());
    let waiting = [FilingAct::HandIn, FilingAct::Accept, FilingAct::Publish];
    let told = waiting.into_iter().filter(is_next).filter_map(|act| view.refusal(act));
    told.map(ToString::to_string).collect()
}

fn page(frame: Frame, view: View, plans: &[charts::Plan]) -> Page {
    let filing = &view.filing;
    let address = address(filing.organ.as_str(), filing.year);
    let year = filing.year;
    let returned = match &filing.state {
        FilingState::Returned { by, comment, cells, .. } => {
            let name =
                |key: &str| gongkai_domain::filing::cell_of(key).map(|cell| cell_name(year, cell));
            let said = cells.iter();
            let said =
                said.map(|each| (name(&each.cell).unwrap_or_default(), each.comment.clone()));
            Some((by.clone(), comment.clone(), said.collect()))
        }
        _ => None,
    };
    let restating = match &filing.state {
        FilingState::Restating { reason, by, .. } => Some(format!("{by}：{reason}")),
        _ => None,
    };
    let examined = &view.examined;
    // What is remarked on the parts of a sum stands among the checks.
    let notes = [&examined.problems, &examined.outdated];
    let events = filing.events.iter().rev();
    let events = events
        .map(|event| (minute(event.at), event.by.clone(), event.act.name(), event.note.clone()));
    let rows = rows(&view);
    Page {
        title: view.paper.title(),
        key: filing.state.key().key(),
        state: filing.state.name(),
        due: view.due.map(|day| day.to_string()).unwrap_or_default(),
        compiles: if view.is_sum { "汇总（含下级）" } else { "从台账汇总" },
        prepares: if filing.item.is_some() { "更新公开稿" } else { "生成公开稿" },
        is_compiled: !filing.figures.is_empty(),
        paper: view::fragment(&view.paper, &address),
        charts: figured(plans, &address),
        n_open: rows.iter().filter(|row| row.said.is_empty()).count(),
        drift: examined.drift.iter().map(|each| pair(year, *each)).collect(),
        last_year: last_year(&view),
        notes: notes.into_iter().flatten().cloned().collect(),
        restated: restated(&view),
        item: filing.item.as_ref().map(ToString::to_string),
        held_up: filing.held_up_by(&view.concerns),
        refusals: refusals(&view),
        events: events.collect(),
        organ: filing.organ.to_string(),
        returned,
        restating,
        address,
        year,
        rows,
        frame,
        view,
    }
}

/// Shows the report.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path((id, year)): Path<(String, i16)>,
) -> Answer {
    let organ = organ(&id)?;
    let view = view::view(&app, &current.caller, &organ, year).await?;
    let plans = charts::of_report(&app, &current.caller, &organ, year).await?;
    html(&page(Frame::work(&app, &current), view, &plans))
}

/// One of the charts, as SVG.
pub async fn chart(
    State(app): State<App>,
    Signed(current): Signed,
    Path((id, year, key)): Path<(String, i16, String)>,
) -> Answer {
    picture(&charts::of_report(&app, &current.caller, &organ(&id)?, year).await?, &key)
}
