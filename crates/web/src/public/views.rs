//! Where the reading of an item's page is told to whoever counts it; it counts nothing itself.

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
pub fn record_view(_app: &App, id: &ItemId, client: Client<'_>) {
    tracing::trace!(item = %id, agent = client.agent, "read");
}

/// The item whose page has this path.
pub fn item_of(path: &str) -> Option<ItemId> {
    path.strip_prefix("/items/")?.parse().ok()
}
