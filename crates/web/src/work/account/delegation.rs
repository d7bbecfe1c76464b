//! 委托, 收回委托.

use crate::answer::{Answer, go};
use crate::current::Checked;
use crate::work::acts::Nothing;
use crate::work::people::{day, person};
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::accounts::delegate::{Delegation, hand_over, take_back};
use serde::Deserialize;

/// What is filled in.
#[derive(Deserialize)]
pub struct Filled {
    post: String,
    to: String,
    from: String,
    until: String,
}

/// Hands a post over.
pub async fn create(State(app): State<App>, Checked { current, form }: Checked<Filled>) -> Answer {
    let delegation = Delegation {
        post: form.post,
        to: person(&form.to)?,
        from: day("from", &form.from)?,
        until: day("until", &form.until)?,
    };
    hand_over(&app, &current.caller, delegation).await?;
    go("/work/account")
}

/// Ends a delegation early.
pub async fn end(
    State(app): State<App>,
    Path(post): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    take_back(&app, &current.caller, &post).await?;
    go("/work/account")
}
