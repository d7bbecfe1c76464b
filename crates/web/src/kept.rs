//! Rendered public pages kept in memory: for visitors who are not signed in, by address and mode, valid
//! for one generation of what is public, bounded by bytes. It decides nothing about what is public.

use crate::current;
use crate::public::site::mode;
use crate::public::views::{Client, is_ahead_of_time, item_of, record_view};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use gongkai_app::App;
use gongkai_domain::audit::digest;
use moka::sync::Cache;
use std::net::SocketAddr;
use std::time::Duration;

/// The memory of all pages together, in bytes.
const CAPACITY: u64 = 32 << 20;
/// A larger answer is not kept, in bytes.
const LARGEST: usize = 1 << 20;
/// A longer address is not kept, in bytes: nobody fills the memory with inventions.
const LONGEST_ADDRESS: usize = 300;
/// How long a page stays, so that the number of its readings grows in sight.
const AGE: Duration = Duration::from_secs(60);
/// What an entry costs beside its text, in bytes: an estimate of map and headers.
const ENTRY: usize = 1_024;

/// Marks an answer that may be kept; the routes set it.
#[derive(Clone, Copy)]
pub struct Keep;

/// The pages.
#[derive(Clone)]
pub struct Pages {
    app: App,
    cache: Cache<String, Page>,
}

#[derive(Clone)]
struct Page {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Pages {
    /// None yet.
    pub fn new(app: App) -> Self {
        let weight = |key: &String, page: &Page| {
            u32::try_from(key.len() + page.body.len() + ENTRY).unwrap_or(u32::MAX)
        };
        let cache = Cache::builder().max_capacity(CAPACITY).weigher(weight).time_to_live(AGE);
        Self { app, cache: cache.build() }
    }

    /// What a request is kept under; `None` where it may not be answered from memory.
    fn key(&self, request: &Request) -> Option<String> {
        let headers = request.headers();
        let address = request.uri().path_and_query()?.as_str();
        let plain = request.method() == Method::GET
            && address.len() <= LONGEST_ADDRESS
            && current::token(headers).is_none();
        let packed = text(headers, header::ACCEPT_ENCODING).contains("gzip");
        let mode = mode(headers).word();
        // The day stands in it because validity turns at midnight.
        let (generation, today) = (self.app.generation(), self.app.clock.today());
        plain.then(|| format!("{generation} {today} {mode} {packed} {address}"))
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Answers from memory, or keeps what is answered; tells of every item's page that was read.
pub async fn serve(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let read = (request.method() == Method::GET).then(|| item_of(request.uri().path())).flatten();
    let headers = request.headers().clone();
    let client = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let address = client.map_or_else(String::new, |ConnectInfo(each)| each.ip().to_string());
    let response = match pages.key(&request) {
        Some(key) => kept(&pages, key, &headers, request, next).await,
        None => next.run(request).await,
    };
    let shown = matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED);
    if let Some(id) = read.filter(|_| shown && !is_ahead_of_time(&headers)) {
        record_view(&pages.app, &id, Client::of(&address, &headers));
    }
    response
}

async fn kept(
    pages: &Pages,
    key: String,
    asked: &HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    if let Some(page) = pages.cache.get(&key) {
        return page.answer(asked);
    }
    let response = next.run(request).await;
    let lasting = matches!(response.status(), StatusCode::OK | StatusCode::GONE);
    if response.extensions().get::<Keep>().is_none() || !lasting {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut headers = parts.headers;
    let tag = format!("\"{}\"", &digest(&body)[..32]);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
    let page = Page { status: parts.status, headers, body };
    if page.body.len() <= LARGEST {
        pages.cache.insert(key, page.clone());
    }
    page.answer(asked)
}

impl Page {
    /// The page, or only that it has not changed since the visitor's copy.
    fn answer(self, asked: &HeaderMap) -> Response {
        let tag = self.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
        let copies = text(asked, header::IF_NONE_MATCH);
        let same = tag.is_some_and(|tag| copies.split(',').any(|each| each.trim() == tag));
        let (status, body) = match same && self.status == StatusCode::OK {
            true => (StatusCode::NOT_MODIFIED, Body::empty()),
            false => (self.status, Body::from(self.body)),
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = self.headers;
        if status == StatusCode::NOT_MODIFIED {
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        response
    }
}
