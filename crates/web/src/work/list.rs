//! 信息台账: the items of the organs whose work one may see.

use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::{Frame, day, minute};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use gongkai_app::App;
use gongkai_app::items::deadline::Shown;
use gongkai_app::items::{Filter, Line, Page, board, export, read};
use gongkai_domain::item::{listed_states, state_name};
use gongkai_domain::item_kind::{self, kinds};
use gongkai_domain::organ::Organ;
use jiff::civil::Date;
use serde::Deserialize;

/// Lines on a page.
const LINES: i64 = 30;

/// What the address asks for.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Asked {
    organ: String,
    kind: String,
    state: String,
    year: String,
    due: String,
    page: String,
}

/// A last day as it is shown: the day, a word and its colour.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DueView {
    /// The day.
    pub on: String,
    /// The word.
    pub word: &'static str,
    /// The key of its colour.
    pub key: &'static str,
    /// How many days are left or over, and whether a notice may still move it.
    pub detail: String,
}

impl DueView {
    /// A last day as it is shown.
    pub fn of(due: Shown) -> Self {
        let days = match due.pace {
            gongkai_domain::item::Pace::Late => format!("超 {} 个工作日", due.n_days),
            _ => format!("还有 {} 个工作日", due.n_days),
        };
        let open = if due.provisional { "，暂定：放假安排未公布" } else { "" };
        Self {
            on: due.on.to_string(),
            word: due.pace.name(),
            key: due.pace.key(),
            detail: format!("{days}{open}"),
        }
    }
}

/// One line as it is shown.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where the item's page in the workplace is.
    pub address: String,
    /// The title.
    pub title: String,
    /// 发文字号.
    pub number: String,
    /// The organ's short name.
    pub organ: String,
    /// The kind.
    pub kind: String,
    /// The state, as a word.
    pub state: &'static str,
    /// The key of the state, for its colour.
    pub key: String,
    /// The last day for publishing in time.
    pub due: Option<DueView>,
    /// When it was published.
    pub published: String,
    /// When it was last changed.
    pub changed: String,
}

#[derive(Template)]
#[template(path = "work/list.html")]
struct List {
    frame: Frame,
    rows: Vec<Row>,
    asked: Asked,
    query: String,
    page: i64,
    n_pages: i64,
    n_lines: i64,
    organs: Vec<Organ>,
    years: Vec<i16>,
}

impl List {
    fn states(&self) -> &'static [(&'static str, &'static str)] {
        listed_states()
    }

    fn kinds(&self) -> &'static [item_kind::ItemKind] {
        kinds()
    }
}

/// Lines as they are shown.
pub fn rows(lines: Vec<Line>, organs: &[Organ], today: Date) -> Vec<Row> {
    let name = |line: &Line| {
        let organ = organs.iter().find(|organ| organ.id == line.organ);
        organ.map(|organ| organ.short_name.clone()).unwrap_or_default()
    };
    let row = |line: Line| Row {
        address: format!("/work/items/{}", line.id),
        organ: name(&line),
        kind: item_kind::kind(&line.kind).map(|kind| kind.title.clone()).unwrap_or_default(),
        state: state_name(&line.state),
        due: board::due(today, &line).map(DueView::of),
        published: line.published_at.map(day).unwrap_or_default(),
        changed: minute(line.changed_at),
        number: line.document_number.unwrap_or_default(),
        key: line.state,
        title: line.title,
    };
    lines.into_iter().map(row).collect()
}

impl Asked {
    fn filter(&self, today: Date) -> Filter {
        let one = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let due_by = match self.due.as_str() {
            "late" => today.yesterday().ok(),
            "week" => today.checked_add(jiff::Span::new().days(7)).ok(),
            _ => None,
        };
        Filter {
            organs: self.organ.parse().into_iter().collect(),
            kinds: one(&self.kind).into_iter().collect(),
            states: one(&self.state).into_iter().collect(),
            year: self.year.parse().ok(),
            due_by,
            ..Filter::default()
        }
    }

    /// The same asked again, without its page. The values are those of lists; what is none of them
    /// has no sign that could leave its place.
    fn query(&self) -> String {
        let parts = [
            ("organ", &self.organ),
            ("kind", &self.kind),
            ("state", &self.state),
            ("year", &self.year),
            ("due", &self.due),
        ];
        let filled = parts.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = filled
            .map(|(name, value)| format!("{name}={}", super::files::encoded(value)))
            .collect();
        pairs.join("&")
    }
}

/// Shows one page of the register.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Query(asked): Query<Asked>,
) -> Answer {
    let today = app.clock.today();
    let filter = asked.filter(today);
    let n_lines = read::own_count(&app, &current.caller, filter.clone()).await?;
    let n_pages = ((n_lines + LINES - 1) / LINES).max(1);
    let page: i64 = asked.page.parse().unwrap_or(1).clamp(1, n_pages);
    let part = Page { skip: (page - 1) * LINES, limit: LINES };
    let lines = read::own_lines(&app, &current.caller, filter, part).await?;
    let organs = app.organs().await?;
    let seen = read::seen(&current.caller, &organs);
    html(&List {
        frame: Frame::work(&app, &current),
        rows: rows(lines, &organs, today),
        query: asked.query(),
        asked,
        page,
        n_pages,
        n_lines,
        organs: organs.into_iter().filter(|organ| seen.contains(&organ.id)).collect(),
        years: (0..6).map(|back| today.year() - back).collect(),
    })
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
    download("text/csv; charset=utf-8", "attachment; filename=\"items.csv\"", bytes)
}

/// The register as a workbook.
pub async fn xlsx(
    State(app): State<App>,
    Signed(current): Signed,
    Query(asked): Query<Asked>,
) -> Answer {
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let bytes = export::xlsx(&app, &current.caller, asked.filter(app.clock.today())).await?;
    download(TYPE, "attachment; filename=\"items.xlsx\"", bytes)
}
