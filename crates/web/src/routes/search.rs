//! Addresses of the search.

use super::Table;
use crate::public::search;
use axum::routing::get;

pub(super) fn add(table: Table) -> Table {
    table
        .public("/search", get(search::page::show))
        .public("/search/suggest", get(search::suggest::show))
        .public("/api/v1/search", get(search::api::show))
}
