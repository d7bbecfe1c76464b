//! Every address of the program with who may come there; nothing is served that does not stand here.

mod account;
mod admin;
mod api;
mod channels;
mod feeds;
mod items;
mod public;
mod reports;
mod requests_public;
mod requests_work;
mod search;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::routing::MethodRouter;
use gongkai_app::App;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

/// Who may come to an address at all; what they see there the action decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Everybody.
    Public,
    /// Whoever is signed in.
    SignedIn,
}

/// An address and who may come there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The address, with its blanks: `/items/{id}`.
    pub path: &'static str,
    /// Who may come.
    pub access: Access,
}

/// Collects addresses and what answers them.
struct Table {
    routes: Vec<Route>,
    router: Router<App>,
}

impl Table {
    fn add(
        mut self,
        method: &'static str,
        path: &'static str,
        access: Access,
        answer: MethodRouter<App>,
    ) -> Self {
        self.routes.push(Route { method, path, access });
        self.router = self.router.route(path, answer);
        self
    }

    fn public(self, path: &'static str, answer: MethodRouter<App>) -> Self {
        self.add("GET", path, Access::Public, answer)
    }

    fn open_form(self, path: &'static str, answer: MethodRouter<App>) -> Self {
        self.add("POST", path, Access::Public, answer)
    }

    fn work(self, path: &'static str, answer: MethodRouter<App>) -> Self {
        self.add("GET", path, Access::SignedIn, answer)
    }

    fn form(self, path: &'static str, answer: MethodRouter<App>) -> Self {
        self.add("POST", path, Access::SignedIn, answer)
    }
}

fn table() -> Table {
    let table = Table { routes: Vec::new(), router: Router::new() };
    let table = public::add(table);
    let table = requests_public::add(table);
    let table = api::add(table);
    let table = feeds::add(table);
    let table = account::add(table);
    let table = channels::add(table);
    let table = search::add(table);
    let table = reports::add(table);
    let table = requests_work::add(table);
    let table = admin::add(table);
    items::add(table)
}

/// Every address, for the access matrix.
pub fn routes() -> Vec<Route> {
    table().routes
}

/// The answer to every request. A body over 32 MiB and an answer over 30 seconds are cut off.
pub fn router(app: App) -> Router {
    const LARGEST_BODY: usize = 32 << 20;
    let set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let pages = crate::kept::Pages::new(app.clone());
    table()
        .router
        .fallback(crate::public::not_found)
        .with_state(app)
        .layer(axum::middleware::from_fn_with_state(pages, crate::kept::serve))
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(30)))
        .layer(CatchPanicLayer::new())
        .layer(axum::middleware::from_fn(crate::guard::guard))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::X_FRAME_OPTIONS, "DENY"))
        .layer(set(header::REFERRER_POLICY, "same-origin"))
        .layer(set(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
             object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ))
}
