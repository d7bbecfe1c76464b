//! 政府信息公开指南: made of the organ's data, so that it is never older than they are (Art 12).

use crate::answer::{Answer, html};
use crate::page::Frame;
use crate::public::columns::{Column, column};
use crate::public::organs::find;
use crate::public::rows::{Row, rows};
use crate::public::site::Site;
use askama::Template;
use axum::extract::Path;
use gongkai_app::AppError;
use gongkai_app::items::{Filter, Page};
use gongkai_app::site::groups::{Groups, groups};
use gongkai_app::site::{lists, on_request};
use gongkai_domain::organ::{Contact, Organ};

#[derive(Template)]
#[template(path = "public/guides.html")]
pub(super) struct Guides {
    pub frame: Frame,
    pub column: &'static Column,
    pub organs: Vec<Organ>,
    pub rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "public/guide.html")]
pub(super) struct Guide {
    pub frame: Frame,
    pub column: &'static Column,
    pub organ: Organ,
    pub contact: Vec<(&'static str, String)>,
    pub groups: Groups,
    pub parts: &'static [on_request::Part],
    pub rows: Vec<Row>,
}

const LINES: Page = Page { skip: 0, limit: 20 };

/// What is known of the contact, with the words of Art 12; what is missing the workplace is told.
pub fn contact_rows(contact: &Contact) -> Vec<(&'static str, String)> {
    let filled = contact.fields().into_iter().filter(|(_, _, value)| !value.trim().is_empty());
    filled.map(|(_, label, value)| (label, value.to_owned())).collect()
}

/// The guides of all organs, and those published as items.
pub async fn all(Site { app, frame }: Site) -> Answer {
    let column = column("guide").ok_or(AppError::NotFound("这个栏目"))?;
    let organs = app.organs().await?;
    let filter = Filter { kinds: column.kinds.clone(), ..Filter::default() };
    let (lines, _) = lists::lines(&app, &filter, LINES).await?;
    let rows = rows(lines, &organs);
    let current = organs.into_iter().filter(|organ| organ.merged_into.is_none()).collect();
    html(&Guides { frame, column, organs: current, rows })
}

/// The guide of one organ.
pub async fn one(Site { app, frame }: Site, Path(text): Path<String>) -> Answer {
    let column = column("guide").ok_or(AppError::NotFound("这个栏目"))?;
    let organs = app.organs().await?;
    let organ = find(&organs, &text)?;
    let own = Filter { organs: vec![organ.id.clone()], ..Filter::default() };
    let written = Filter { kinds: column.kinds.clone(), ..own.clone() };
    let (lines, _) = lists::lines(&app, &written, LINES).await?;
    html(&Guide {
        frame,
        column,
        contact: contact_rows(&organ.contact),
        groups: groups(&app, &own).await?,
        parts: on_request::parts(),
        rows: rows(lines, &organs),
        organ,
    })
}
