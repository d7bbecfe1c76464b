//! 首页: the newest items, the organs, and the ways in.

use crate::answer::{Answer, html};
use crate::page::Frame;
use crate::public::list::{Row, rows};
use askama::Template;
use axum::extract::State;
use gongkai_app::App;
use gongkai_app::items::read;
use gongkai_app::items::{Filter, Page};
use gongkai_domain::organ::Organ;

#[derive(Template)]
#[template(path = "public/home.html")]
struct Home {
    frame: Frame,
    newest: Vec<Row>,
    organs: Vec<Organ>,
}

/// Shows the home page.
pub async fn show(State(app): State<App>) -> Answer {
    let organs = app.organs().await?;
    let page = Page { skip: 0, limit: 12 };
    let newest = rows(read::public_lines(&app, Filter::default(), page).await?, &organs);
    html(&Home { frame: Frame::public(&app), newest, organs })
}
