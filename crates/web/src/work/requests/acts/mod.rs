//! An act on a request: a page with its form, and the doing of it; one address for every act.

mod fields;
mod run;

use super::field::Field;
use super::typed::Typed;
use super::{back, id};
use crate::answer::{Answer, Failure, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
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
    let shown = html(&ActPage { frame, case, act, fields, problem })?;
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

/// Does it; what can be mended is said beside the form, with what was typed.
pub async fn perform(
    State(app): State<App>,
    Path((text, key)): Path<(String, String)>,
    Checked { current, form }: Checked<Typed>,
) -> Answer {
    let act = act(&key)?;
    match run::run(&app, &current.caller, &id(&text)?, act, &form).await {
        Ok(()) => back(&text),
        Err(error) => {
            let problem = mendable(error)?;
            page(&app, &current, (&text, act), Some(&form), Some(problem)).await
        }
    }
}
