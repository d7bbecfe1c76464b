//! 信息台账: the items of the organs whose work one may see.

use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::{Frame, minute};
use askama::Template;
use axum::extract::{Query, State};
use gongkai_app::App;
use gongkai_app::items::{Filter, Line, Page, read, state_name};
use gongkai_domain::organ::Organ;
use serde::Deserialize;

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    state: String,
    page: String,
}

/// One line as it is shown.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where the item's page in the workplace is.
    pub address: String,
    /// The title.
    pub title: String,
    /// The organ's short name.
    pub organ: String,
    /// The state, as a word.
    pub state: &'static str,
    /// The key of the state, for its colour.
    pub key: String,
    /// The last day for publishing in time.
    pub due: String,
    /// When it was last changed.
    pub changed: String,
}

#[derive(Template)]
#[template(path = "work/list.html")]
struct List {
    frame: Frame,
    rows: Vec<Row>,
    page: i64,
    state: String,
    has_more: bool,
}

/// Lines as they are shown.
pub fn rows(lines: Vec<Line>, organs: &[Organ]) -> Vec<Row> {
    let name = |line: &Line| {
        let organ = organs.iter().find(|organ| organ.id == line.organ);
        organ.map(|organ| organ.short_name.clone()).unwrap_or_default()
    };
    let row = |line: Line| Row {
        address: format!("/work/items/{}", line.id),
        organ: name(&line),
        state: state_name(&line.state),
        due: line.due_on.map(|day| day.to_string()).unwrap_or_default(),
        changed: minute(line.changed_at),
        key: line.state,
        title: line.title,
    };
    lines.into_iter().map(row).collect()
}

/// Shows one page of the register.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Query(asked): Query<Asked>,
) -> Answer {
    const LINES: usize = 30;
    let page: i64 = asked.page.parse().unwrap_or(1).clamp(1, 10_000);
    let states = Some(asked.state.clone()).filter(|state| !state.is_empty());
    let filter = Filter { states: states.into_iter().collect(), ..Filter::default() };
    let part = Page { skip: (page - 1) * 30, limit: 31 };
    let mut lines = read::own_lines(&app, &current.caller, filter, part).await?;
    let has_more = LINES < lines.len();
    lines.truncate(LINES);
    let organs = app.organs().await?;
    html(&List {
        frame: Frame::work(&app, &current),
        rows: rows(lines, &organs),
        page,
        state: asked.state,
        has_more,
    })
}
