//! What a figure counts: its rule, the cases behind it, and of a sum its parts.

use super::{address, organ};
use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::Frame;
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::reports::cases::{Cases, cases};

#[derive(Template)]
#[template(path = "work/reports/cases.html")]
struct Page {
    frame: Frame,
    address: String,
    year: i16,
    cell: String,
    seen: Cases,
}

/// Shows what stands behind a figure.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path((id, year, cell)): Path<(String, i16, String)>,
) -> Answer {
    let seen = cases(&app, &current.caller, (&organ(&id)?, year), &cell).await?;
    let frame = Frame::work(&app, &current);
    html(&Page { frame, address: address(&id, year), year, cell, seen })
}
