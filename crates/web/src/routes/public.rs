//! Addresses of the public site.

use super::Table;
use crate::assets;
use crate::kept::Keep;
use crate::public::{
    files, guide, home, item, leaving, list, mode, on_request, open_data, organs, sitemap,
    statistics,
};
use axum::Extension;
use axum::middleware::map_response;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get};
use gongkai_app::App;
use tower_http::compression::CompressionLayer;

pub(super) fn add(table: Table) -> Table {
    let table = pages(table);
    table
        .public("/", kept(get(home::show)))
        .public("/items/{id}", kept(get(item::show)))
        .public("/items/{id}/charts/{key}", kept(get(item::chart)))
        .public("/items/{id}/qr.svg", kept(get(files::share_code)))
        .public("/items/{id}/files/{number}", get(files::attachment))
        .public("/statistics/charts/{key}", kept(get(statistics::chart)))
        .public("/leaving", get(leaving::show))
        .public("/elder", get(mode::elder))
        .public("/contrast", get(mode::contrast))
        .public("/sitemap.xml", kept(get(sitemap::index)))
        .public("/sitemaps/{number}", kept(get(sitemap::part)))
        .public("/robots.txt", get(sitemap::robots))
        .public("/data/items.csv", kept(get(open_data::items_csv)))
        .public("/data/items.json", kept(get(open_data::items_json)))
        .public("/data/organs.csv", kept(get(open_data::organs_csv)))
        .public("/data/organs.json", kept(get(open_data::organs_json)))
        .public("/data/statistics.csv", kept(get(statistics::table)))
        .public("/assets/{*path}", get(assets::show).layer(CompressionLayer::new()))
}

/// The columns.
fn pages(table: Table) -> Table {
    table
        .public("/guide", kept(get(guide::all)))
        .public("/rules", kept(get(list::rules)))
        .public("/items", kept(get(list::statutory)))
        .public("/annual-reports", kept(get(list::annual_reports)))
        .public("/on-request", kept(get(on_request::show)))
        .public("/policies", kept(get(list::policies)))
        .public("/interpretations", kept(get(list::interpretations)))
        .public("/organs", kept(get(organs::all)))
        .public("/organs/{id}", kept(get(organs::one)))
        .public("/organs/{id}/guide", kept(get(guide::one)))
        .public("/statistics", kept(get(statistics::show)))
        .public("/news", kept(get(list::news)))
        .public("/open-data", kept(get(open_data::show)))
        .public("/site-map", kept(get(sitemap::page)))
}

/// What may be kept in memory: the same for everybody who is not signed in. It is packed once, then kept.
pub(super) fn kept(answer: MethodRouter<App>) -> MethodRouter<App> {
    let mark = map_response(|response: axum::response::Response| async move {
        (Extension(Keep), response).into_response()
    });
    answer.layer(CompressionLayer::new()).layer(mark)
}
