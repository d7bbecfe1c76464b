//! 法定主动公开内容: public items as a list, narrowed by organ, kind and year.

use crate::answer::{Answer, html};
use crate::page::{Frame, day};
use askama::Template;
use axum::extract::{Query, State};
use gongkai_app::App;
use gongkai_app::items::{Filter, Line, Page, read};
use gongkai_domain::organ::Organ;
use serde::Deserialize;

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    organ: String,
    kind: String,
    year: String,
    page: String,
}

/// One line as it is shown.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where the item's page is.
    pub address: String,
    /// The title.
    pub title: String,
    /// The organ's short name.
    pub organ: String,
    /// 发文字号, or nothing.
    pub document_number: String,
    /// The day of publication.
    pub published: String,
}

#[derive(Template)]
#[template(path = "public/list.html")]
struct List {
    frame: Frame,
    rows: Vec<Row>,
    organs: Vec<Organ>,
    asked_organ: String,
    page: i64,
    has_more: bool,
    query: String,
}

const LINES: i64 = 20;

/// Lines as they are shown.
pub fn rows(lines: Vec<Line>, organs: &[Organ]) -> Vec<Row> {
    let name = |line: &Line| {
        let organ = organs.iter().find(|organ| organ.id == line.organ);
        organ.map(|organ| organ.short_name.clone()).unwrap_or_default()
    };
    let row = |line: Line| Row {
        address: format!("/items/{}", line.id),
        organ: name(&line),
        document_number: line.document_number.unwrap_or_default(),
        published: line.published_at.map(day).unwrap_or_default(),
        title: line.title,
    };
    lines.into_iter().map(row).collect()
}

/// Shows one page of the list.
pub async fn show(State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let organs = app.organs().await?;
    let page: i64 = asked.page.parse().unwrap_or(1).clamp(1, 10_000);
    let filter = Filter {
        organs: asked.organ.parse().ok().into_iter().collect(),
        kinds: Some(asked.kind.clone()).filter(|kind| !kind.is_empty()).into_iter().collect(),
        year: asked.year.parse().ok(),
        ..Filter::default()
    };
    let part = Page { skip: (page - 1) * LINES, limit: LINES + 1 };
    let mut lines = read::public_lines(&app, filter, part).await?;
    let has_more = i64::try_from(lines.len()).is_ok_and(|n_lines| LINES < n_lines);
    lines.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    html(&List {
        frame: Frame::public(&app),
        rows: rows(lines, &organs),
        organs,
        query: format!("organ={}&kind={}&year={}", asked.organ, asked.kind, asked.year),
        asked_organ: asked.organ,
        page,
        has_more,
    })
}
