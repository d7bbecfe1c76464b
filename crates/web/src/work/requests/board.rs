//! 各机关办理情况: how many requests are open and late in every organ that the caller sees.

use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::Frame;
use askama::Template;
use axum::extract::State;
use gongkai_app::App;
use gongkai_app::requests::list::overview;

/// An organ of the board.
struct OrganRow {
    organ: String,
    name: String,
    open: i64,
    late: i64,
}

#[derive(Template)]
#[template(path = "work/requests/board.html")]
struct Board {
    frame: Frame,
    rows: Vec<OrganRow>,
}

impl Board {
    fn open(&self) -> i64 {
        self.rows.iter().map(|row| row.open).sum()
    }

    fn late(&self) -> i64 {
        self.rows.iter().map(|row| row.late).sum()
    }
}

/// Shows the board; organs with late requests first.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    let organs = app.organs().await?;
    let found = overview(&app, &current.caller).await?;
    let row = |each: gongkai_app::requests::list::Overview| {
        let organ = organs.iter().find(|organ| organ.id == each.organ);
        let name = organ.map(|organ| organ.name.clone()).unwrap_or_default();
        OrganRow { organ: each.organ.to_string(), name, open: each.open, late: each.late }
    };
    let mut rows: Vec<OrganRow> = found.into_iter().map(row).collect();
    rows.sort_by_key(|row| (-row.late, -row.open));
    html(&Board { frame: Frame::work(&app, &current), rows })
}
