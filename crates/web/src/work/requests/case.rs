//! 一件申请: facts, clock, timeline, the acts that are possible now, papers, notes; and who asks, when
//! somebody has a reason to look.

use super::strip::{Strip, strip};
use super::{back, id};
use crate::answer::{Answer, Failure, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::{Frame, minute};
use crate::work::files::{encoded, size};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use gongkai_app::requests::case::{Case, case};
use gongkai_app::requests::paper::{self, Offer, offers};
use gongkai_app::requests::repeats::{Repeats, repeats};
use gongkai_app::requests::{Paper, note, reveal};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::audit::Link;
use gongkai_domain::request::{
    DisclosureRequest, Part, Personal, Possible, RequestAct, RequestFile, StateKey,
};
use gongkai_domain::review::Signature;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "work/requests/case.html")]
struct CasePage {
    frame: Frame,
    case: Case,
    strip: Option<Strip>,
    repeats: Option<Repeats>,
    papers: Vec<Paper>,
    offers: Vec<Offer>,
    notes: Vec<Link>,
    personal: Option<Personal>,
    problem: Option<String>,
}

impl CasePage {
    fn request(&self) -> &DisclosureRequest {
        &self.case.request
    }

    /// The acts that can be done now.
    fn can(&self) -> Vec<RequestAct> {
        let free = self.case.possible.iter().filter(|each| each.refusal.is_none());
        free.map(|each| each.act).collect()
    }

    /// Those that cannot, with the reason.
    fn cannot(&self) -> Vec<&Possible> {
        self.case.possible.iter().filter(|each| each.refusal.is_some()).collect()
    }

    fn is_due(&self, act: &RequestAct) -> bool {
        self.case.duties.iter().any(|duty| duty.act == *act)
    }

    /// Offers of which no paper was issued.
    fn wanting(&self) -> Vec<&Offer> {
        let is_issued = |offer: &&Offer| {
            let concerning = offer.concerning.map(i64::from);
            let same =
                |paper: &Paper| paper.notice == offer.notice && paper.concerning == concerning;
            !self.papers.iter().any(same)
        };
        self.offers.iter().filter(is_issued).collect()
    }

    /// Whether no later issue stands in for a paper.
    fn is_last(&self, paper: &Paper) -> bool {
        !self.papers.iter().any(|each| each.replaces.as_ref() == Some(&paper.id))
    }

    fn is_archived(&self) -> bool {
        self.case.request.state_key() == StateKey::Archived
    }

    fn may_open(&self) -> bool {
        self.case.may_reveal && self.case.erased_on.is_none()
    }

    /// Whether the caller may read what a reply gives.
    fn may_read_reply(&self) -> bool {
        self.case.may_read_reply && self.case.erased_on.is_none()
    }
}

/// Where an act has its form.
fn address(request: &DisclosureRequest, act: &RequestAct) -> String {
    match act {
        RequestAct::Propose => format!("/work/requests/{}/reply", request.id),
        act => format!("/work/requests/{}/acts/{}", request.id, act.key()),
    }
}

/// Where the draft of a paper stands.
fn draft_address(request: &DisclosureRequest, notice: &str, of: Option<i64>) -> String {
    let of = of.map(|of| format!("&of={of}")).unwrap_or_default();
    format!("/work/requests/{}/papers?notice={notice}{of}", request.id)
}

fn draft_of(request: &DisclosureRequest, offer: &Offer) -> String {
    draft_address(request, &offer.notice, offer.concerning.map(i64::from))
}

fn draft_again(request: &DisclosureRequest, paper: &Paper) -> String {
    draft_address(request, &paper.notice, paper.concerning)
}

/// What people call the paper of an offer.
fn offered(offer: &Offer) -> String {
    paper::name(&offer.notice)
}

fn file_size(file: &RequestFile) -> String {
    size(file.size_bytes)
}

/// When a step was signed.
fn signed_at(signature: &Signature) -> String {
    minute(signature.at)
}

/// When a note was written.
fn written(link: &Link) -> String {
    minute(link.event.at)
}

/// Where a file is downloaded.
fn file_address(request: &DisclosureRequest, file: &RequestFile) -> String {
    format!("/work/requests/{}/files/{}/{}", request.id, file.digest, encoded(&file.name))
}

/// What a part of a reply says, with the labels of its fields.
fn said(part: &Part) -> Vec<(&'static str, &str)> {
    part.says.iter().map(|(field, text)| (field.label(), text.as_str())).collect()
}

async fn page(
    app: &App,
    current: &Current,
    text: &str,
    (personal, problem): (Option<Personal>, Option<String>),
) -> Answer {
    let id = id(text)?;
    let caller = &current.caller;
    let case = case(app, caller, &id).await?;
    let today = app.clock.today();
    let clock = case.reckoning.as_ref().zip(case.deadline.as_ref());
    let repeats = if case.may_reveal { Some(repeats(app, caller, &id).await?) } else { None };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = CasePage {
        frame: Frame::work(app, current),
        strip: clock.map(|(reckoning, deadline)| strip(reckoning, deadline, today)),
        repeats,
        papers: paper::issued(app, caller, &id).await?,
        offers: offers(&case.request),
        notes: note::notes(app, caller, &id).await?,
        personal,
        problem,
        case,
    };
    Ok((status, html(&page)?).into_response())
}

/// Shows the case.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    page(&app, &current, &text, (None, None)).await
}

/// A text that is given.
#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    text: String,
}

fn said_beside(error: AppError) -> Result<Option<String>, Failure> {
    mendable(error).map(Some)
}

/// Shows who asks, for a reason that is logged.
pub async fn personal(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Given>,
) -> Answer {
    match reveal::reveal(&app, &current.caller, &id(&text)?, &form.text).await {
        Ok(personal) => page(&app, &current, &text, (Some(personal), None)).await,
        Err(error) => page(&app, &current, &text, (None, said_beside(error)?)).await,
    }
}

/// Leaves a note.
pub async fn annotate(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Given>,
) -> Answer {
    match note::note(&app, &current.caller, &id(&text)?, &form.text).await {
        Ok(()) => back(&text),
        Err(error) => page(&app, &current, &text, (None, said_beside(error)?)).await,
    }
}
