//! An act on a request: a page with its form, and the doing of it; one address for every act.

mod fields;
mod run;

use super::field::Field;
use super::typed::Typed;
use super::{back, id};
use crate::answer::{Answer, Failure, html, mendable};
use crate::current::Signed;
use crate::page::Frame;
use crate::parts::CheckedForm;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use gongkai_app::requests::case::{Case, case};
use gongkai_app::requests::repeats::repeats;
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::request::RequestAct;

#[derive(Template)]
#[template(path = "work/requests/act.html")]
struct ActPage {
    frame: Frame,
    case: Case,
    act: RequestAct,
    fields: Vec<Field>,
    takes_files: bool,
    problem: Option<String>,
}

impl ActPage {
    /// Why it cannot be done now.
    fn refusal(&self) -> Option<&gongkai_domain::refusal::Refusal> {
        let known = self.case.possible.iter().find(|possible| possible.act == self.act);
        known.and_then(|possible| possible.refusal.as_ref())
    }
}

/// Acts that have a form here: registering and proposing have pages of their own.
fn act(key: &str) -> Result<RequestAct, Failure> {
    let own_page = [RequestAct::Register, RequestAct::Propose];
    let act = RequestAct::of_key(key).filter(|act| !own_page.contains(act));
    act.ok_or(Failure(AppError::NotFound("这个办理事项")))
}

async fn page(
    app: &App,
    current: &Current,
    (text, act): (&str, RequestAct),
    typed: Option<&Typed>,
    problem: Option<String>,
) -> Answer {
    let id = id(text)?;
    let case = case(app, &current.caller, &id).await?;
    let rank = match act {
        RequestAct::ProposeFee => Some(repeats(app, &current.caller, &id).await?.rank_in_month),
        _ => None,
    };
    let mut fields = fields::of(act, &case.request, app.clock.today(), rank);
    if let Some(typed) = typed {
        fields = fields.into_iter().map(|field| field.retyped(typed)).collect();
    }
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame::work(app, current);
    let shown =
        html(&ActPage { frame, case, act, fields, takes_files: takes_files(act), problem })?;
    Ok((status, shown).into_response())
}

/// Shows the form of an act.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path((text, key)): Path<(String, String)>,
) -> Answer {
    page(&app, &current, (&text, act(&key)?), None, None).await
}

/// Whether files come with an act.
fn takes_files(act: RequestAct) -> bool {
    act == RequestAct::ReceiveSupplement
}

/// Does it; what can be mended is said beside the form, with what was typed. Files are to be chosen anew.
pub async fn perform(
    State(app): State<App>,
    Path((text, key)): Path<(String, String)>,
    CheckedForm { current, typed, files }: CheckedForm,
) -> Answer {
    let act = act(&key)?;
    let form = Typed(typed);
    let files = if takes_files(act) { files } else { Vec::new() };
    match run::run(&app, &current.caller, (&id(&text)?, act), &form, files).await {
        Ok(()) => back(&text),
        Err(error) => {
            let problem = mendable(error)?;
            page(&app, &current, (&text, act), Some(&form), Some(problem)).await
        }
    }
}
