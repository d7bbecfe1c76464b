//! Addresses of the JSON API, open to pages of every site.

use super::Table;
use super::public::kept;
use crate::api;
use axum::http::{HeaderValue, header};
use axum::routing::{MethodRouter, get, post};
use gongkai_app::App;
use tower_http::set_header::SetResponseHeaderLayer;

pub(super) fn add(table: Table) -> Table {
    table
        .public("/api", kept(get(api::page)))
        .public("/api/v1/openapi.json", open(get(api::openapi)))
        .public("/api/v1/organs", open(get(api::organs)))
        .public("/api/v1/items", open(get(api::items)))
        .public("/api/v1/items/{id}", open(get(api::item)))
        .public("/api/v1/catalogue", open(get(api::catalogue)))
        .public("/api/v1/statistics", open(get(api::statistics)))
        .open_form("/api/v1/registers/{register}", post(api::take_records))
}

/// Kept, and readable for scripts of other sites: nothing here is for one visitor only.
fn open(answer: MethodRouter<App>) -> MethodRouter<App> {
    let everybody = HeaderValue::from_static("*");
    let header = header::ACCESS_CONTROL_ALLOW_ORIGIN;
    kept(answer).layer(SetResponseHeaderLayer::overriding(header, everybody))
}
