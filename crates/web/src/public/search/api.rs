//! The search as JSON: the same answer as the page, in pieces and never in markup.

use super::Typed;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gongkai_app::search::{self, Answered, Hit, LINES, Piece};
use gongkai_app::{App, AppError};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The answer.
#[derive(Serialize, ToSchema)]
pub struct SearchAnswer {
    /// 命中总数.
    pub n_hits: u64,
    /// 其中完全符合的条数；其余是相近的.
    pub n_exact: u64,
    /// 第几页，从 1 起.
    pub page: usize,
    /// 共几页.
    pub n_pages: usize,
    /// 每页条数.
    pub page_size: usize,
    /// 本页的信息.
    pub hits: Vec<SearchHit>,
    /// 各筛选项的命中数.
    pub counts: SearchCounts,
}

/// One hit.
#[derive(Serialize, ToSchema)]
pub struct SearchHit {
    /// 标识.
    pub id: String,
    /// 网页地址.
    pub address: String,
    /// 标题.
    pub title: String,
    /// 标题，按是否命中分段.
    pub title_pieces: Vec<SearchPiece>,
    /// 正文摘要，按是否命中分段.
    pub snippet: Vec<SearchPiece>,
    /// 发布机关的标识.
    pub organ: String,
    /// 信息类型.
    pub kind: String,
    /// 索引号.
    pub index_number: Option<String>,
    /// 发文字号.
    pub document_number: Option<String>,
    /// 主题分类.
    pub subject: Option<String>,
    /// 有效性.
    pub validity: String,
    /// 发布时间.
    pub published_at: Option<String>,
}

/// A piece of a text.
#[derive(Serialize, ToSchema)]
pub struct SearchPiece {
    /// 文字.
    pub text: String,
    /// 是否命中.
    pub is_hit: bool,
}

/// How many hits each value of a filter has.
#[derive(Serialize, ToSchema)]
pub struct SearchCounts {
    /// 发布机关（含下级）.
    pub organ: BTreeMap<String, u64>,
    /// 信息类型.
    pub kind: BTreeMap<String, u64>,
    /// 发布年份.
    pub year: BTreeMap<i16, u64>,
    /// 有效性.
    pub validity: BTreeMap<String, u64>,
    /// 主题分类.
    pub subject: BTreeMap<String, u64>,
}

/// Why there is no answer.
#[derive(Serialize, ToSchema)]
pub struct SearchProblem {
    /// 原因和办法.
    pub error: String,
}

/// Searches what is public.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    tag = "search",
    params(
        ("q" = String, Query, description = "要查找的词；引号内的短语原样查找；可用发文字号、索引号"),
        ("organ" = Option<String>, Query, description = "发布机关的标识，含下级"),
        ("kind" = Option<String>, Query, description = "信息类型"),
        ("year" = Option<String>, Query, description = "发布年份"),
        ("validity" = Option<String>, Query, description = "有效性"),
        ("subject" = Option<String>, Query, description = "主题分类"),
        ("sort" = Option<String>, Query, description = "date 按时间，不写按相关程度"),
        ("page" = Option<String>, Query, description = "第几页，从 1 起")
    ),
    responses(
        (status = 200, description = "查到的信息", body = SearchAnswer),
        (status = 422, description = "输入不能查找", body = SearchProblem),
        (status = 503, description = "检索索引正在建立", body = SearchProblem)
    )
)]
pub async fn show(State(app): State<App>, Query(typed): Query<Typed>) -> Response {
    match search::search(&app, &typed.asked()).await {
        Ok(answered) => Json(answer(answered)).into_response(),
        Err(error) => problem(&error).into_response(),
    }
}

fn problem(error: &AppError) -> (StatusCode, Json<SearchProblem>) {
    let (status, message) = match error {
        AppError::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
        AppError::Conflict(_) => (StatusCode::SERVICE_UNAVAILABLE, error.to_string()),
        _ => {
            tracing::error!("{error}");
            (StatusCode::INTERNAL_SERVER_ERROR, "服务器没有完成这次检索".to_owned())
        }
    };
    (status, Json(SearchProblem { error: message }))
}

fn answer(answered: Answered) -> SearchAnswer {
    let counts = answered.counts;
    SearchAnswer {
        n_hits: answered.n_hits,
        n_exact: answered.n_exact,
        page: answered.page,
        n_pages: answered.n_pages,
        page_size: LINES,
        hits: answered.hits.into_iter().map(hit).collect(),
        counts: SearchCounts {
            organ: counts.organs,
            kind: counts.kinds,
            year: counts.years,
            validity: counts.validities,
            subject: counts.subjects,
        },
    }
}

fn hit(hit: Hit) -> SearchHit {
    let Hit { item, title, snippet, validity } = hit;
    let pieces = |pieces: Vec<Piece>| {
        pieces.into_iter().map(|Piece { text, is_hit }| SearchPiece { text, is_hit }).collect()
    };
    let published_at = item.standing.since().map(|at| at.to_string());
    let content = item.public.map(|public| public.content);
    SearchHit {
        address: format!("/items/{}", item.id),
        id: item.id.to_string(),
        title: content.as_ref().map(|content| content.title.clone()).unwrap_or_default(),
        title_pieces: pieces(title),
        snippet: pieces(snippet),
        organ: item.organ.to_string(),
        kind: item.kind,
        index_number: item.index_number,
        document_number: content.as_ref().and_then(|content| content.document_number.clone()),
        subject: content.and_then(|content| content.subject),
        validity: validity.to_owned(),
        published_at,
    }
}
