//! Addresses of 依申请公开 for everybody; what they answer is for one visitor and kept by nobody.

use super::Table;
use crate::public::requests::{
    acts, case, clock, clock_api, files, form, receipt, send, suggested, track,
};
use axum::http::{HeaderValue, header};
use axum::routing::{MethodRouter, get, post};
use gongkai_app::App;
use tower_http::set_header::SetResponseHeaderLayer;

pub(super) fn add(table: Table) -> Table {
    table
        .public("/on-request/new", own(get(form::show)))
        .open_form("/on-request/form", own(post(form::take)))
        .open_form("/on-request/found", own(post(suggested::found)))
        .open_form("/on-request/submit", own(post(send::send)))
        .public("/on-request/receipt", own(get(receipt::show)))
        .public("/on-request/receipt/qr.svg", own(get(receipt::picture)))
        .public("/on-request/track", own(get(track::show)))
        .open_form("/on-request/track", own(post(track::follow)))
        .public("/on-request/case", own(get(case::show)))
        .public("/on-request/case/files/{digest}", own(get(files::show)))
        .open_form("/on-request/case/supplement", own(post(acts::supplement)))
        .open_form("/on-request/case/reasons", own(post(acts::reasons)))
        .open_form("/on-request/case/withdrawal", own(post(acts::withdraw)))
        .open_form("/on-request/case/rating", own(post(acts::rate)))
        .open_form("/on-request/case/leave", own(post(track::leave)))
        .public("/clock", own(get(clock::show)))
        .open_form("/api/v1/clock", post(clock_api::reckoned))
}

/// Kept by no browser and no machine between.
fn own(answer: MethodRouter<App>) -> MethodRouter<App> {
    let kept = HeaderValue::from_static("no-store");
    answer.layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, kept))
}
