//! 依申请公开: how to apply today, with the office of every organ.

use crate::answer::{Answer, html};
use crate::page::Frame;
use crate::public::columns::{Column, column};
use crate::public::site::Site;
use askama::Template;
use gongkai_app::AppError;
use gongkai_app::site::on_request::{self, Part};
use gongkai_domain::organ::Organ;

#[derive(Template)]
#[template(path = "public/on_request.html")]
pub(super) struct OnRequest {
    pub frame: Frame,
    pub column: &'static Column,
    pub parts: &'static [Part],
    pub organs: Vec<Organ>,
}

/// Shows the page.
pub async fn show(Site { app, frame }: Site) -> Answer {
    let column = column("on_request").ok_or(AppError::NotFound("这个栏目"))?;
    let organs = app.organs().await?;
    let current = organs.into_iter().filter(|organ| organ.merged_into.is_none()).collect();
    html(&OnRequest { frame, column, parts: on_request::parts(), organs: current })
}
