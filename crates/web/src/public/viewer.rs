//! Whoever reads a page, as far as counting views needs it; kept nowhere.

use crate::current::origin;
use axum::extract::FromRequestParts;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use gongkai_app::{App, views};
use gongkai_domain::id::ItemId;
use std::convert::Infallible;

/// Whoever reads a page.
pub struct Viewer {
    client: String,
    user_agent: String,
    reads: bool,
}

impl Viewer {
    /// Counts that the page of this item was shown.
    pub fn saw(&self, app: &App, item: &ItemId) {
        if self.reads {
            views::record(app, item, &self.client, &self.user_agent);
        }
    }
}

/// A browser that loads a page before anybody asked for it says so.
fn is_ahead_of_time(headers: &HeaderMap) -> bool {
    ["purpose", "sec-purpose"].iter().any(|name| {
        headers.get(*name).is_some_and(|value| value.as_bytes().starts_with(b"prefetch"))
    })
}

impl FromRequestParts<App> for Viewer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        let user_agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self {
            client: origin(parts),
            user_agent: user_agent.unwrap_or_default().to_owned(),
            reads: parts.method == Method::GET && !is_ahead_of_time(&parts.headers),
        })
    }
}
