//! 依申请公开台账: the register of requests, filtered, a page at a time, and as a file.

use super::filter::{Asked, written};
use crate::answer::{Answer, html};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use gongkai_app::App;
use gongkai_app::items::read::seen;
use gongkai_app::requests::board::{Pace, pace};
use gongkai_app::requests::list::{Counts, Lines, counts, lines};
use gongkai_app::requests::saved_views::{SavedView, saved};
use gongkai_app::requests::{Filter, Line, Order, Page, export};
use gongkai_app::sign_in::Current;
use gongkai_domain::organ::Organ;
use gongkai_domain::outcome::outcomes;
use gongkai_domain::request::{Matter, ReceivedChannel, RequesterKind};
use jiff::civil::Date;
use serde::Deserialize;

/// A line as it is shown.
pub(super) struct Row {
    line: Line,
    organ: String,
    due: Option<(Pace, Date)>,
}

impl Row {
    fn outcome(&self) -> String {
        self.line.outcome.map(|outcome| outcome.label()).unwrap_or_default()
    }
}

/// The colour of a pace.
pub(super) fn colour(pace: &Pace) -> &'static str {
    match pace {
        Pace::Late => "late",
        Pace::Today | Pace::Soon => "near",
        Pace::InTime | Pace::Open => "ample",
    }
}

#[derive(Template)]
#[template(path = "work/requests/register.html")]
struct Register {
    frame: Frame,
    rows: Vec<Row>,
    next: Option<String>,
    counts: Counts,
    asked: Asked,
    query: String,
    organs: Vec<Organ>,
    views: Vec<SavedView>,
    may_register: bool,
    by_name: bool,
}

impl Register {
    fn kinds(&self) -> [RequesterKind; 6] {
        RequesterKind::ALL
    }

    fn channels(&self) -> [ReceivedChannel; 7] {
        ReceivedChannel::ALL
    }

    fn matters(&self) -> [Matter; 2] {
        Matter::ALL
    }

    fn outcomes(&self) -> Vec<(&'static str, String)> {
        outcomes().iter().map(|each| (each.key().as_str(), each.key().label())).collect()
    }

    fn total(&self) -> i64 {
        self.counts.states.iter().map(|(_, n)| n).sum()
    }
}

/// Whoever is not of this organ's handlers reads and does not register.
pub(super) fn may_register(current: &Current, organs: &[Organ]) -> bool {
    organs.iter().any(|organ| current.caller.actor.handles_requests(&organ.id))
}

async fn page(
    app: &App,
    current: &Current,
    asked: Asked,
    (found, by_name): (Lines, bool),
) -> Answer {
    let today = app.clock.today();
    let organs = app.organs().await?;
    let seen = seen(&current.caller, &organs);
    let counts = counts(app, &current.caller, &asked.filter(today).organs).await?;
    let last = found.lines.last().filter(|_| found.has_more && !by_name).map(Line::place);
    let next = last.map(|place| format!("{}&after={}", asked.query(), written(&place)));
    let name = |line: &Line| {
        let organ = organs.iter().find(|organ| organ.id == line.organ);
        organ.map(|organ| organ.short_name.clone()).unwrap_or_default()
    };
    let row = |line: Line| {
        let due = line.due_on.filter(|_| line.state.is_open());
        Row { organ: name(&line), due: due.map(|due| (pace(Some(due), today), due)), line }
    };
    html(&Register {
        frame: Frame::work(app, current),
        rows: found.lines.into_iter().map(row).collect(),
        next,
        counts,
        query: asked.query(),
        asked,
        views: saved(app, &current.caller).await?,
        may_register: may_register(current, &organs),
        organs: organs.iter().filter(|organ| seen.contains(&organ.id)).cloned().collect(),
        by_name,
    })
}

/// Shows a page of the register.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Query(asked): Query<Asked>,
) -> Answer {
    let filter = asked.filter(app.clock.today());
    let found = lines(&app, &current.caller, filter, None, asked.page()).await?;
    page(&app, &current, asked, (found, false)).await
}

/// A name to look for: it is compared, never shown, and never stands in an address.
#[derive(Deserialize)]
pub struct ByName {
    #[serde(default)]
    name: String,
}

/// Shows the requests of whoever has this name.
pub async fn by_name(State(app): State<App>, Checked { current, form }: Checked<ByName>) -> Answer {
    let all = Page { order: Order::Newest, after: None, limit: 200 };
    let found = lines(&app, &current.caller, Filter::default(), Some(&form.name), all).await?;
    page(&app, &current, Asked::default(), (found, true)).await
}

fn download(media_type: &'static str, name: &'static str, bytes: Vec<u8>) -> Answer {
    let headers = [(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// The register as CSV.
pub async fn csv(
    State(app): State<App>,
    Signed(current): Signed,
    Query(asked): Query<Asked>,
) -> Answer {
    let bytes = export::csv(&app, &current.caller, asked.filter(app.clock.today())).await?;
    download("text/csv; charset=utf-8", "attachment; filename=\"requests.csv\"", bytes)
}

/// The register as a workbook.
pub async fn xlsx(
    State(app): State<App>,
    Signed(current): Signed,
    Query(asked): Query<Asked>,
) -> Answer {
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let bytes = export::xlsx(&app, &current.caller, asked.filter(app.clock.today())).await?;
    download(TYPE, "attachment; filename=\"requests.xlsx\"", bytes)
}
