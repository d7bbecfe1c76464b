//! 今天: what waits for the person who is signed in, what is late, and what has to be explained.

use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::Frame;
use crate::work::list::{DueView, Row, rows};
use crate::work::requests::today_box::today_box;
use askama::Template;
use axum::extract::State;
use gongkai_app::App;
use gongkai_app::duties::{Reminder, reminders};
use gongkai_app::items::board::board;
use gongkai_app::site::guide::{Incomplete, incomplete};

/// How many items of an organ are late.
struct Late {
    organ: String,
    name: String,
    n: i64,
}

#[derive(Template)]
#[template(path = "work/today.html")]
struct Today {
    frame: Frame,
    today: String,
    mine: Vec<Row>,
    others: Vec<Row>,
    unconfirmed: Vec<Row>,
    wanting: Vec<(Row, Option<DueView>)>,
    late: Vec<Late>,
    n_late: i64,
    n_emergencies: i64,
    missing_years: Vec<i16>,
    requests: String,
    reminders: Vec<Reminder>,
    guides: Vec<Incomplete>,
}

/// Shows the board of today.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    let board = board(&app, &current.caller).await?;
    let organs = app.organs().await?;
    let today = app.clock.today();
    let late = |(id, n): (gongkai_domain::id::OrganId, i64)| {
        let organ = organs.iter().find(|organ| organ.id == id);
        let name = organ.map(|organ| organ.short_name.clone()).unwrap_or_default();
        Late { organ: id.to_string(), name, n }
    };
    let n_late = board.late.iter().map(|(_, n)| n).sum();
    let wanting = board.wanting.into_iter().filter_map(|each| {
        let row = rows(vec![each.line], &organs, today).pop()?;
        Some((row, each.due.map(DueView::of)))
    });
    html(&Today {
        frame: Frame::work(&app, &current),
        today: today.to_string(),
        wanting: wanting.collect(),
        mine: rows(board.mine, &organs, today),
        others: rows(board.others, &organs, today),
        unconfirmed: rows(board.unconfirmed, &organs, today),
        late: board.late.into_iter().map(late).collect(),
        n_late,
        n_emergencies: board.n_emergencies,
        missing_years: board.missing_years,
        requests: today_box(&app, &current).await?,
        reminders: others(reminders(&app, &current.caller).await?),
        guides: incomplete(&app, &current.caller).await?,
    })
}

/// Reminders of what does not stand in the list of requests already.
fn others(mut reminders: Vec<Reminder>) -> Vec<Reminder> {
    reminders.retain(|each| !each.address.starts_with("/work/requests/"));
    reminders
}
