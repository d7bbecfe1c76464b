//! 今天: what waits for the person who is signed in, and what is due.

use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::Frame;
use crate::work::list::{Row, rows};
use askama::Template;
use axum::extract::State;
use gongkai_app::App;
use gongkai_app::items::{Filter, Page, read};

#[derive(Template)]
#[template(path = "work/today.html")]
struct Today {
    frame: Frame,
    today: String,
    mine: Vec<Row>,
    others: Vec<Row>,
}

/// Shows the board of today.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    let waiting = ["draft", "in_review", "returned", "approved", "scheduled"];
    let filter = Filter { states: waiting.map(str::to_owned).to_vec(), ..Filter::default() };
    let page = Page { skip: 0, limit: 200 };
    let (mine, others) = read::waiting(&app, &current.caller, filter, page).await?;
    let organs = app.organs().await?;
    html(&Today {
        frame: Frame::work(&app, &current),
        today: app.clock.today().to_string(),
        mine: rows(mine, &organs),
        others: rows(others, &organs),
    })
}
