//! 修改: the edition in work in its editor; nothing typed is lost, whatever goes wrong.

use super::fields::{Control, Field, Note, fields, of_entered, of_metadata};
use super::files::FileRow;
use super::form::Filled;
use crate::answer::{Answer, Failure, go, html};
use crate::current::{Checked, Signed};
use crate::page::{Frame, minute};
use crate::public::item::id;
use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use gongkai_app::items::compare::{self, Change, ChangeKind, Mark};
use gongkai_app::items::{interpret, read, revise, text};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::catalogue::Catalogue;
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Content, EditionState, Item};
use gongkai_domain::item_kind::ItemKind;
use serde_json::json;

/// What somebody else saved meanwhile.
pub struct Theirs {
    by: String,
    at: String,
    changes: Vec<Change>,
}

/// The editor.
#[derive(Template)]
#[template(path = "work/edit.html")]
pub struct Editor {
    /// What stands around.
    pub frame: Frame,
    /// The heading.
    pub heading: &'static str,
    /// Where the form goes.
    pub action: String,
    /// The item, where it is there already.
    pub item: Option<Item>,
    /// The organ that a new item is for.
    pub organ: String,
    /// The kind.
    pub kind: &'static ItemKind,
    /// What is filled in.
    pub filled: Filled,
    /// The fields beside title and text.
    pub fields: Vec<Field>,
    /// Everything wrong.
    pub notes: Vec<Note>,
    /// What was left out of a pasted text.
    pub left_out: Vec<String>,
    /// What somebody else saved meanwhile.
    pub theirs: Option<Theirs>,
    /// The attachments.
    pub files: Vec<FileRow>,
}

impl Editor {
    fn of(&self, field: &str) -> Vec<&Note> {
        self.notes.iter().filter(|note| note.field == field).collect()
    }

    /// Whether saving on its own would void nothing that somebody signed.
    fn autosaves(&self) -> bool {
        let state = self.item.as_ref().and_then(|item| item.working.as_ref());
        state.is_none_or(|working| {
            matches!(working.state, EditionState::Draft | EditionState::Returned { .. })
        })
    }
}

/// Whether a program asks, not a page.
pub fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

/// The content that was filled in, its text made clean; with what was left out of it.
///
/// # Errors
/// Everything that cannot be taken, by field.
pub async fn entered(filled: &Filled) -> Result<(Content, Vec<String>), AppError> {
    let (mut content, typed) = filled.content().map_err(AppError::Invalid)?;
    let left_out = text::put(&mut content, typed).await?;
    Ok((content, left_out))
}

/// What is shown of an editor besides what is filled in.
#[derive(Default)]
struct Told {
    notes: Vec<Note>,
    left_out: Vec<String>,
    theirs: Option<Theirs>,
}

async fn page(app: &App, current: &Current, item: Item, filled: Filled, told: Told) -> Answer {
    let kind = super::draft::kind(&item.kind)?;
    let policies = interpret::policies(app, &current.caller).await?;
    let organs = app.organs().await?;
    let organ = organs.into_iter().find(|organ| organ.id == item.organ);
    html(&Editor {
        frame: Frame::work(app, current),
        heading: "修改稿件",
        action: format!("/work/items/{}/edit", item.id),
        organ: organ.map(|organ| organ.name).unwrap_or_default(),
        fields: fields(kind, &filled, &policies, &told.notes),
        kind,
        filled,
        notes: told.notes,
        left_out: told.left_out,
        theirs: told.theirs,
        files: FileRow::of(&item),
        item: Some(item),
    })
}

/// Shows the edition in work in its editor.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    let loaded = read::may_edit(&app, &current.caller, &id(&text)?).await?;
    let working = loaded.item.working.clone().ok_or(AppError::NotFound("正在办理的稿件"))?;
    let filled = Filled::of(&working.content, loaded.version);
    let notes = of_metadata(loaded.item.problems(Catalogue::official()));
    page(&app, &current, loaded.item, filled, Told { notes, ..Told::default() }).await
}

/// Saves it; answers a program with the time, a person with the next page.
pub async fn save(
    State(app): State<App>,
    Path(text): Path<String>,
    headers: HeaderMap,
    checked: Checked<Filled>,
) -> Answer {
    let Checked { current, form } = checked;
    let id = id(&text)?;
    let saved = match entered(&form).await {
        Ok((content, left_out)) => {
            let saved = revise::save(&app, &current.caller, &id, content, form.version()).await;
            saved.map(|(item, version)| (item, version, left_out))
        }
        Err(error) => Err(error),
    };
    if wants_json(&headers) {
        return Ok(match saved {
            Ok((_, version, left_out)) => told_saved(&app, version, &left_out, None),
            Err(error) => told_problem(&error),
        });
    }
    match saved {
        Ok((_, _, left_out)) if form.stay.is_empty() && left_out.is_empty() => {
            go(&format!("/work/items/{text}"))
        }
        Ok((item, version, left_out)) => {
            let notes = of_metadata(item.problems(Catalogue::official()));
            let filled = Filled { version: version.to_string(), ..form };
            page(&app, &current, item, filled, Told { notes, left_out, theirs: None }).await
        }
        Err(AppError::Invalid(problems)) => {
            let item = read::may_edit(&app, &current.caller, &id).await?.item;
            let told = Told { notes: of_entered(&problems), ..Told::default() };
            let shown = page(&app, &current, item, form, told).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
        Err(AppError::Conflict(_)) => both(&app, &current, &id, form).await,
        Err(error) => Err(error.into()),
    }
}

/// The answer to a program that saved.
pub fn told_saved(
    app: &App,
    version: i64,
    left_out: &[String],
    address: Option<String>,
) -> axum::response::Response {
    let at = minute(app.clock.now());
    let time = at.get(11..).unwrap_or_default().to_owned();
    Json(json!({ "saved": time, "version": version, "notes": left_out, "address": address }))
        .into_response()
}

/// The answer to a program that could not save.
pub fn told_problem(error: &AppError) -> axum::response::Response {
    let (status, kind) = match error {
        AppError::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
        AppError::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        AppError::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, "broken"),
        _ => (StatusCode::FORBIDDEN, "refused"),
    };
    (status, Json(json!({ "kind": kind, "problem": error.to_string() }))).into_response()
}

/// Shows what was typed and, below, what somebody else saved meanwhile.
async fn both(app: &App, current: &Current, id: &ItemId, form: Filled) -> Answer {
    let loaded = read::may_edit(app, &current.caller, id).await?;
    let working = loaded.item.working.clone().ok_or(AppError::NotFound("正在办理的稿件"))?;
    let (mine, left_out) = entered(&form).await.map_err(Failure)?;
    let events = read::history(app, &current.caller, id).await?;
    let by = events.last().map(|link| link.event.actor_name.clone()).unwrap_or_default();
    let theirs = Theirs {
        by,
        at: minute(working.changed_at),
        changes: compare::texts(&mine, &working.content)?,
    };
    let filled = Filled { version: loaded.version.to_string(), ..form };
    let told = Told { left_out, theirs: Some(theirs), ..Told::default() };
    let shown = page(app, current, loaded.item, filled, told).await?;
    Ok((StatusCode::CONFLICT, shown).into_response())
}
