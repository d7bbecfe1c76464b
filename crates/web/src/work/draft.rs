//! 起草: the kind first, then its editor.

use super::edit::{Editor, entered, told_problem, told_saved, wants_json};
use super::fields::{fields, of_entered};
use super::form::Filled;
use crate::answer::{Answer, Failure, go, html};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use gongkai_app::items::draft::draft;
use gongkai_app::items::interpret;
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::item_kind::{self, ItemKind, PlatformColumn, kinds};
use gongkai_domain::organ::Organ;
use serde::Deserialize;

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    kind: String,
    organ: String,
    interprets: String,
}

/// The form of a new item.
#[derive(Deserialize)]
pub struct New {
    #[serde(default)]
    organ: String,
    #[serde(default)]
    kind: String,
    #[serde(flatten)]
    filled: Filled,
}

/// The kinds of a column.
struct Group {
    title: &'static str,
    kinds: Vec<&'static ItemKind>,
}

#[derive(Template)]
#[template(path = "work/kinds.html")]
struct Kinds {
    frame: Frame,
    organs: Vec<Organ>,
    organ: String,
    groups: Vec<Group>,
}

/// The kind with this key.
///
/// # Errors
/// When there is none.
pub fn kind(key: &str) -> Result<&'static ItemKind, Failure> {
    item_kind::kind(key).ok_or(Failure(AppError::NotFound("这个信息种类")))
}

async fn organs(app: &App, current: &Current) -> Result<Vec<Organ>, Failure> {
    let actor = &current.caller.actor;
    let writes = |organ: &Organ| actor.writes_for(&organ.id);
    let organs: Vec<Organ> = app.organs().await?.into_iter().filter(writes).collect();
    if organs.is_empty() {
        let message = "您不是信息员，不能起草信息".to_owned();
        return Err(Failure(AppError::Forbidden(message)));
    }
    Ok(organs)
}

fn groups() -> Vec<Group> {
    let group = |column: PlatformColumn| Group {
        title: column.title(),
        kinds: kinds().iter().filter(|kind| kind.column == column).collect(),
    };
    PlatformColumn::ALL.map(group).into_iter().filter(|group| !group.kinds.is_empty()).collect()
}

/// Shows the kinds, or the empty form of the one chosen.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Query(asked): Query<Asked>,
) -> Answer {
    let organs = organs(&app, &current).await?;
    let organ = organs.iter().find(|organ| organ.id.as_str() == asked.organ);
    let organ = organ.or(organs.first()).map(|organ| organ.id.to_string()).unwrap_or_default();
    if asked.kind.is_empty() {
        let frame = Frame::work(&app, &current);
        return html(&Kinds { frame, organs, organ, groups: groups() });
    }
    let kind = kind(&asked.kind)?;
    let filled = Filled {
        formed_on: app.clock.today().to_string(),
        disclosure: "proactive".to_owned(),
        legal_item: kind.items.first().cloned().unwrap_or_default(),
        interprets: asked.interprets,
        markup: "plain".to_owned(),
        ..Filled::default()
    };
    html(&editor(&app, &current, (kind, organ), filled, &[]).await?)
}

async fn editor(
    app: &App,
    current: &Current,
    (kind, organ): (&'static ItemKind, String),
    filled: Filled,
    problems: &[gongkai_app::Problem],
) -> Result<Editor, Failure> {
    let notes = of_entered(problems);
    let policies = interpret::policies(app, &current.caller).await?;
    Ok(Editor {
        frame: Frame::work(app, current),
        heading: "起草信息",
        action: "/work/items/new".to_owned(),
        item: None,
        organ,
        fields: fields(kind, &filled, &policies, &notes),
        kind,
        filled,
        notes,
        left_out: Vec::new(),
        theirs: None,
        files: Vec::new(),
    })
}

/// Starts the item; what cannot be taken is shown beside what was filled in.
pub async fn create(State(app): State<App>, headers: HeaderMap, checked: Checked<New>) -> Answer {
    let Checked { current, form } = checked;
    let made = match (form.organ.parse(), entered(&form.filled).await) {
        (Ok(organ), Ok((content, left_out))) => {
            let made = draft(&app, &current.caller, organ, form.kind.clone(), content).await;
            made.map(|item| (item, left_out))
        }
        (Err(_), _) => Err(AppError::invalid("organ", "请选择发布机关")),
        (_, Err(error)) => Err(error),
    };
    match made {
        Ok((item, left_out)) if wants_json(&headers) => {
            let address = format!("/work/items/{}/edit", item.id);
            Ok(told_saved(&app, 1, &left_out, Some(address)))
        }
        Err(error) if wants_json(&headers) => Ok(told_problem(&error)),
        Ok((item, left_out)) if form.filled.stay.is_empty() && left_out.is_empty() => {
            go(&format!("/work/items/{}", item.id))
        }
        Ok((item, _)) => go(&format!("/work/items/{}/edit", item.id)),
        Err(AppError::Invalid(problems)) => {
            let kind = kind(&form.kind)?;
            let page = editor(&app, &current, (kind, form.organ), form.filled, &problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
