//! 拟写答复: a page that grows with the parts of the reply, without scripts; the rules judge it.

use super::reply_form::{PartForm, part_forms, reply, typed_of, with_one_less, with_one_more};
use super::typed::Typed;
use super::{back, id};
use crate::answer::{Answer, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use gongkai_app::App;
use gongkai_app::requests::case::{Case, case};
use gongkai_app::requests::{Release, release, reply as action};
use gongkai_app::sign_in::Current;
use gongkai_domain::outcome::OutcomeKey;
use gongkai_domain::refusal::Refusal;
use gongkai_domain::request::RequestAct;

#[derive(Template)]
#[template(path = "work/requests/reply.html")]
struct ReplyPage {
    frame: Frame,
    case: Case,
    parts: Vec<PartForm>,
    typed: Typed,
    ready: Vec<Release>,
    problem: Option<String>,
}

impl ReplyPage {
    fn refusal(&self) -> Option<&Refusal> {
        let mut known = self.case.possible.iter();
        known.find(|each| each.act == RequestAct::Propose)?.refusal.as_ref()
    }

    /// The rows of the report to choose from: those of the parts, and that of a reply in part.
    fn rows(&self) -> Vec<(OutcomeKey, bool)> {
        let chosen = self.typed.get("row");
        let of_parts =
            self.parts.iter().filter_map(|part| OutcomeKey::of(part.ground.split('|').next()?));
        let mut rows: Vec<OutcomeKey> = of_parts.collect();
        rows.push(OutcomeKey::PARTLY_DISCLOSED);
        rows.sort();
        rows.dedup();
        rows.into_iter().map(|row| (row, row.as_str() == chosen)).collect()
    }

    fn is_chosen(&self, release: &Release) -> bool {
        self.typed.all("file").any(|id| id == release.id)
    }
}

/// Files with what may go out of them.
async fn ready(
    app: &App,
    current: &Current,
    text: &str,
) -> Result<Vec<Release>, crate::answer::Failure> {
    let mut all = release::all(app, &current.caller, &id(text)?).await?;
    all.retain(|each| each.product.is_some());
    Ok(all)
}

async fn page(
    (app, current, text): (&App, &Current, &str),
    typed: Typed,
    problem: Option<String>,
) -> Answer {
    let case = case(app, &current.caller, &id(text)?).await?;
    let ready = if case.may_reveal { ready(app, current, text).await? } else { Vec::new() };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let parts = part_forms(&case.request, &typed);
    let frame = Frame::work(app, current);
    let shown = html(&ReplyPage { frame, case, parts, typed, ready, problem })?;
    Ok((status, shown).into_response())
}

/// Shows the form; after a return with what was proposed the last time.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    let case = case(&app, &current.caller, &id(&text)?).await?;
    let last = case.request.reply().map(typed_of).unwrap_or_default();
    page((&app, &current, &text), last, None).await
}

/// Changes the form, or proposes the reply.
pub async fn propose(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Typed>,
) -> Answer {
    let here = (&app, &current, text.as_str());
    match form.get("step") {
        "more" => return page(here, with_one_more(&form), None).await,
        "less" => return page(here, with_one_less(&form), None).await,
        "propose" => {}
        _ => return page(here, form, None).await,
    }
    let request = case(&app, &current.caller, &id(&text)?).await?.request;
    let ready = ready(&app, &current, &text).await?;
    let done = match reply(&request, &form, &ready) {
        Ok(reply) => action::propose(&app, &current.caller, &request.id, reply).await.map(drop),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => back(&text),
        Err(error) => {
            let problem = mendable(error)?;
            page(here, form, Some(problem)).await
        }
    }
}
