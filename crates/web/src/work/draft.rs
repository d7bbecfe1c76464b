//! 起草: a new item.

use crate::answer::{Answer, Failure, go, html};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use crate::work::edit::{Filled, content};
use askama::Template;
use axum::extract::State;
use gongkai_app::items::draft::draft;
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::organ::Organ;
use serde::Deserialize;

/// The form of a new item.
#[derive(Deserialize)]
pub struct New {
    organ: String,
    kind: String,
    #[serde(flatten)]
    filled: Filled,
}

#[derive(Template)]
#[template(path = "work/edit.html")]
struct Draft {
    frame: Frame,
    heading: &'static str,
    action: String,
    organs: Vec<Organ>,
    filled: Filled,
    problem: Option<String>,
}

async fn organs(app: &App, current: &Current) -> Result<Vec<Organ>, AppError> {
    let actor = &current.caller.actor;
    let writes = |organ: &Organ| {
        actor.is(Role::Clerk, &organ.id) || actor.is(Role::DisclosureOffice, &organ.id)
    };
    Ok(app.organs().await?.into_iter().filter(writes).collect())
}

/// Shows the empty form.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    let organs = organs(&app, &current).await?;
    if organs.is_empty() {
        let message = "您不是信息员，不能起草信息".to_owned();
        return Err(Failure(AppError::Forbidden(message)));
    }
    html(&Draft {
        frame: Frame::work(&app, &current),
        heading: "起草信息",
        action: "/work/items/new".to_owned(),
        organs,
        filled: Filled { formed_on: app.clock.today().to_string(), ..Filled::default() },
        problem: None,
    })
}

/// Starts the item; what cannot be taken is shown beside what was filled in.
pub async fn create(State(app): State<App>, checked: Checked<New>) -> Answer {
    let Checked { current, form } = checked;
    let organ = form.organ.parse().map_err(|_| AppError::invalid("organ", "请选择发布机关"))?;
    let made = match content(&form.filled) {
        Ok(content) => draft(&app, &current.caller, organ, form.kind, content).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(item) => go(&format!("/work/items/{}", item.id)),
        Err(error @ AppError::Invalid(_)) => html(&Draft {
            frame: Frame::work(&app, &current),
            heading: "起草信息",
            action: "/work/items/new".to_owned(),
            organs: organs(&app, &current).await?,
            filled: form.filled,
            problem: Some(error.to_string()),
        }),
        Err(error) => Err(error.into()),
    }
}
