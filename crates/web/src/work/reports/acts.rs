//! The acts on a report: each a form, one action, and back to the report.

use super::{address, organ};
use crate::answer::{Answer, go};
use crate::current::Checked;
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::reports::{self, hand_in as handing, publish as publication, restate as again};
use gongkai_domain::filing::CellComment;
use serde::Deserialize;

type Place = Path<(String, i16)>;

/// A form without fields of its own.
#[derive(Deserialize)]
pub struct Nothing {}

/// What is said.
#[derive(Deserialize)]
pub struct Said {
    #[serde(default)]
    reason: String,
}

/// What is said to a concern.
#[derive(Deserialize)]
pub struct Sentence {
    #[serde(default)]
    concern: String,
    #[serde(default)]
    sentence: String,
}

/// A return: what to correct, and what is said to single figures.
#[derive(Deserialize)]
pub struct Return {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    cell: Vec<String>,
    #[serde(default)]
    comment: Vec<String>,
}

/// 汇总.
pub async fn compile(
    State(app): State<App>,
    Path((id, year)): Place,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    reports::compile::compile(&app, &current.caller, &organ(&id)?, year).await?;
    go(&address(&id, year))
}

/// 说明.
pub async fn answer(
    State(app): State<App>,
    Path((id, year)): Place,
    Checked { current, form }: Checked<Sentence>,
) -> Answer {
    let place = (&organ(&id)?, year);
    reports::answer::answer(&app, &current.caller, place, &form.concern, &form.sentence).await?;
    go(&format!("{}#checks", address(&id, year)))
}

/// 报送.
pub async fn hand_in(
    State(app): State<App>,
    Path((id, year)): Place,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    handing::hand_in(&app, &current.caller, &organ(&id)?, year).await?;
    go(&address(&id, year))
}

/// 退回.
pub async fn send_back(
    State(app): State<App>,
    Path((id, year)): Place,
    Checked { current, form }: Checked<Return>,
) -> Answer {
    let cells = form.cell.into_iter().zip(form.comment);
    let cells = cells.filter(|(cell, comment)| !cell.is_empty() && !comment.trim().is_empty());
    let cells = cells.map(|(cell, comment)| CellComment { cell, comment }).collect();
    let place = (&organ(&id)?, year);
    reports::review::send_back(&app, &current.caller, place, &form.reason, cells).await?;
    go(&address(&id, year))
}

/// 接收.
pub async fn accept(
    State(app): State<App>,
    Path((id, year)): Place,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    reports::review::accept(&app, &current.caller, &organ(&id)?, year).await?;
    go(&address(&id, year))
}

/// 生成公开稿.
pub async fn prepare(
    State(app): State<App>,
    Path((id, year)): Place,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    let item = publication::prepare(&app, &current.caller, &organ(&id)?, year).await?;
    go(&format!("/work/items/{item}"))
}

/// 公布.
pub async fn publish(
    State(app): State<App>,
    Path((id, year)): Place,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    publication::publish(&app, &current.caller, &organ(&id)?, year).await?;
    go(&address(&id, year))
}

/// 更正.
pub async fn restate(
    State(app): State<App>,
    Path((id, year)): Place,
    Checked { current, form }: Checked<Said>,
) -> Answer {
    again::restate(&app, &current.caller, (&organ(&id)?, year), &form.reason).await?;
    go(&address(&id, year))
}
