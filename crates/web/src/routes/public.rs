//! Addresses of the public site.

use super::Table;
use crate::{assets, public};
use axum::routing::get;

pub(super) fn add(table: Table) -> Table {
    table
        .public("/", get(public::home::show))
        .public("/items", get(public::list::show))
        .public("/items/{id}", get(public::item::show))
        .public("/assets/{*path}", get(assets::show))
}
