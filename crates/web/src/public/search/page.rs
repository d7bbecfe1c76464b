//! The search page: a form that works without scripts, hits with marks, filters as links.

use super::links::{Group, groups};
use super::{Typed, suggest};
use crate::answer::{Failure, html};
use crate::page::{Frame, day};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gongkai_app::search::{self, Answered, Hit, Piece};
use gongkai_app::{App, AppError};
use gongkai_domain::catalogue::Validity;
use gongkai_domain::item_kind;
use gongkai_domain::organ::Organ;

/// One hit as it is shown.
struct Row {
    address: String,
    title: Vec<Piece>,
    snippet: Vec<Piece>,
    organ: String,
    kind: String,
    document_number: String,
    published: String,
    validity: &'static str,
    is_archived: bool,
}

#[derive(Template)]
#[template(path = "public/search.html")]
struct SearchPage {
    frame: Frame,
    typed: Typed,
    /// Why the words cannot be searched for.
    problem: Option<String>,
    /// Whether anything was asked at all.
    is_asked: bool,
    n_hits: u64,
    n_exact: u64,
    /// What may have been meant, and where it leads.
    meant: Option<(String, String)>,
    rows: Vec<Row>,
    groups: Vec<Group>,
    suggestions: Vec<String>,
    by_relevance: String,
    by_date: String,
    without_filters: String,
    previous: Option<String>,
    next: Option<String>,
    page: usize,
    n_pages: usize,
}

/// Shows the form, and the hits where something was asked.
pub async fn show(State(app): State<App>, Query(typed): Query<Typed>) -> Result<Response, Failure> {
    if typed.q.trim().is_empty() && !typed.is_narrowed() {
        return html(&empty(&app, typed, None));
    }
    let answered = match search::search(&app, &typed.asked()).await {
        Ok(answered) => answered,
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let status = match error {
                AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
                _ => StatusCode::SERVICE_UNAVAILABLE,
            };
            let page = empty(&app, typed, Some(error.to_string()));
            return Ok((status, html(&page)?).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let organs = app.organs().await?;
    let suggestions = suggest::titles(&app, &typed.q).await;
    let meant = match answered.n_exact {
        0 => search::meant(&app, &typed.asked()).await?,
        _ => None,
    };
    let leads = |text: &str| Typed { q: text.to_owned(), ..typed.clone() }.with("page", "");
    let meant = meant.map(|text| (text.clone(), leads(&text)));
    html(&SearchPage { meant, ..filled(&app, typed, answered, &organs, suggestions) })
}

fn empty(app: &App, typed: Typed, problem: Option<String>) -> SearchPage {
    SearchPage {
        frame: Frame::public(app),
        problem,
        is_asked: false,
        n_hits: 0,
        n_exact: 0,
        meant: None,
        rows: Vec::new(),
        groups: Vec::new(),
        suggestions: Vec::new(),
        by_relevance: String::new(),
        by_date: String::new(),
        without_filters: String::new(),
        previous: None,
        next: None,
        page: 1,
        n_pages: 1,
        typed,
    }
}

fn filled(
    app: &App,
    typed: Typed,
    answered: Answered,
    organs: &[Organ],
    suggestions: Vec<String>,
) -> SearchPage {
    let Answered { page, n_pages, .. } = answered;
    let turned = |to: usize| typed.with("page", &to.to_string());
    let blank = Typed { q: typed.q.clone(), sort: typed.sort.clone(), ..Typed::default() };
    SearchPage {
        is_asked: true,
        n_hits: answered.n_hits,
        n_exact: answered.n_exact,
        groups: groups(&typed, &answered.counts, organs),
        rows: answered.hits.into_iter().map(|hit| row(hit, organs)).collect(),
        suggestions,
        by_relevance: typed.with("sort", ""),
        by_date: typed.with("sort", "date"),
        without_filters: blank.with("sort", &typed.sort),
        previous: (1 < page).then(|| turned(page - 1)),
        next: (page < n_pages).then(|| turned(page + 1)),
        page,
        n_pages,
        ..empty(app, typed, None)
    }
}

fn row(hit: Hit, organs: &[Organ]) -> Row {
    let Hit { item, title, snippet, validity } = hit;
    let organ = organs.iter().find(|organ| organ.id == item.organ);
    let kind = item_kind::kind(&item.kind).map(|kind| kind.title.clone());
    let validity = Validity::ALL.into_iter().find(|value| value.key() == validity);
    let number = item.public.as_ref().and_then(|public| public.content.document_number.clone());
    Row {
        address: format!("/items/{}", item.id),
        title,
        snippet,
        organ: organ.map(|organ| organ.short_name.clone()).unwrap_or_default(),
        kind: kind.unwrap_or_default(),
        document_number: number.unwrap_or_default(),
        published: item.standing.since().map(day).unwrap_or_default(),
        // In force is what everybody expects; only what is not is said.
        validity: validity.filter(|v| *v != Validity::InForce).map_or("", Validity::title),
        is_archived: item.standing.key() == "archived",
    }
}
