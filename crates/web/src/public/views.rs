//! Where the reading of an item's page is told to whoever counts it; it counts nothing itself.
//!
//! Answers from the cache are told too.

use axum::http::{HeaderMap, header};
use gongkai_app::App;
use gongkai_domain::id::ItemId;

/// Who read a page, as far as counting needs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Client<'a> {
    /// The address.
    pub address: &'a str,
    /// The name that the browser or robot gives itself.
    pub agent: &'a str,
}

impl<'a> Client<'a> {
    /// The client of a request.
    pub fn of(address: &'a str, headers: &'a HeaderMap) -> Self {
        let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Self { address, agent: agent.unwrap_or_default() }
    }
}

/// Tells that a client read the page of an item; called for answers from the cache too.
pub fn record_view(app: &App, id: &ItemId, client: Client<'_>) {
    gongkai_app::views::record(app, id, client.address, client.agent);
}

/// A browser that loads a page before anybody asked for it says so.
pub fn is_ahead_of_time(headers: &HeaderMap) -> bool {
    ["purpose", "sec-purpose"].iter().any(|name| {
        headers.get(*name).is_some_and(|value| value.as_bytes().starts_with(b"prefetch"))
    })
}

/// The item whose page has this path.
pub fn item_of(path: &str) -> Option<ItemId> {
    path.strip_prefix("/items/")?.parse().ok()
}
