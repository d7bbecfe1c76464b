//! Addresses of the feeds.

use super::Table;
use super::public::kept;
use crate::public::feed;
use axum::routing::get;

pub(super) fn add(table: Table) -> Table {
    table.public("/feed.xml", kept(get(feed::show)))
}
