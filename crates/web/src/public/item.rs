//! The public page of an item: metadata box, text, attachments; a withdrawn one says so.

use crate::answer::{Answer, Failure, html};
use crate::page::{Frame, minute};
use crate::public::Viewer;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use gongkai_app::items::read;
use gongkai_app::{App, AppError};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Content, Standing};

#[derive(Template)]
#[template(path = "public/item.html")]
struct ItemPage {
    frame: Frame,
    content: Content,
    organ: String,
    index_number: String,
    validity: &'static str,
    published: String,
    archived: Option<String>,
    n_views: i64,
}

#[derive(Template)]
#[template(path = "public/withdrawn.html")]
struct WithdrawnPage {
    frame: Frame,
    reason: String,
    at: String,
}

/// The id in an address; one that is no id names nothing.
pub fn id(text: &str) -> Result<ItemId, Failure> {
    text.parse().map_err(|_| Failure(AppError::NotFound("这条信息，请核对地址")))
}

/// Shows the item.
pub async fn show(viewer: Viewer, State(app): State<App>, Path(text): Path<String>) -> Answer {
    let loaded = read::public(&app, &id(&text)?).await?;
    let item = loaded.item;
    if let Standing::Withdrawn { at, reason, .. } = &item.standing {
        let page =
            WithdrawnPage { frame: Frame::public(&app), reason: reason.clone(), at: minute(*at) };
        return Ok((StatusCode::GONE, html(&page)?).into_response());
    }
    viewer.saw(&app, &item.id);
    let organs = app.organs().await?;
    let organ = organs.into_iter().find(|organ| organ.id == item.organ);
    let validity = item.validity_on(app.clock.today()).unwrap_or_default();
    let published = item.standing.since().map(minute).unwrap_or_default();
    let archived = match &item.standing {
        Standing::Archived { on, .. } => Some(on.to_string()),
        _ => None,
    };
    let public = item.public.ok_or(AppError::NotFound("这条信息"))?;
    html(&ItemPage {
        frame: Frame::public(&app),
        organ: organ.map(|organ| organ.name).unwrap_or_default(),
        index_number: item.index_number.unwrap_or_default(),
        content: public.content,
        validity,
        published,
        archived,
        n_views: loaded.n_views,
    })
}
