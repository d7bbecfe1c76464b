//! 预览: the edition in work as the public will see it; nobody but the workplace can come here.

use super::files::FileRow;
use super::item::box_rows;
use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::Frame;
use crate::public::item::id;
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::items::read;

#[derive(Template)]
#[template(path = "work/preview.html")]
struct Preview {
    frame: Frame,
    back: String,
    title: String,
    text: String,
    box_rows: Vec<(&'static str, String)>,
    files: Vec<FileRow>,
}

/// Shows the preview.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    let item = read::own(&app, &current.caller, &id(&text)?).await?.item;
    let organs = app.organs().await?;
    let organ = organs.into_iter().find(|organ| organ.id == item.organ);
    let content = item.latest().map(|edition| edition.content.clone()).unwrap_or_default();
    html(&Preview {
        frame: Frame::work(&app, &current),
        back: format!("/work/items/{}", item.id),
        title: content.title,
        text: content.html,
        box_rows: box_rows(&item, &organ.map(|organ| organ.name).unwrap_or_default()),
        files: FileRow::of(&item),
    })
}
