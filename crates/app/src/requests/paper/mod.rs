//! 文书: the papers of a case, offered, read before they are issued, issued with a number, opened.

mod draft;
mod issue;
mod offer;
mod open;
mod values;

pub use draft::{BlankField, Draft, Typed, Wanted};
pub use issue::issue;
pub(crate) use issue::pdf;
pub use offer::{Offer, REPLY, offers};
pub use open::{Format, open};

use super::act::load;
use super::case::remedies;
use super::reveal;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::RequestId;
use gongkai_domain::organ::Organ;
use gongkai_domain::request::DisclosureRequest;
use gongkai_store::requests::{self, Paper};
use gongkai_store::sealed::PAPER_TYPED;
use gongkai_store::{Db, organs};
use values::Facts;

/// What people call the paper of an offer.
pub fn name(notice: &str) -> String {
    draft::name(notice)
}

/// The request with its organ and what can be done against its reply.
struct Ground {
    organ: Organ,
    remedies: Vec<String>,
    papers: Vec<Paper>,
}

async fn ground(app: &App, db: &mut Db, request: &DisclosureRequest) -> Result<Ground, AppError> {
    let organs = organs::all(db).await?;
    let found = organs.iter().find(|organ| organ.id == request.organ);
    let mut organ = found.cloned().ok_or(AppError::NotFound("这个机关"))?;
    organ.name = organ.name_on(app.clock.today()).to_owned();
    let remedies = remedies(app, &organs, request, app.clock.today());
    let papers = requests::papers(db, &request.id).await?;
    Ok(Ground { organ, remedies, papers })
}

/// Refuses whoever does not work on the request.
fn ask_worker(caller: &Caller, request: &DisclosureRequest) -> Result<(), AppError> {
    if reveal::may(caller, request) {
        return Ok(());
    }
    Err(AppError::Forbidden("文书由办理、审核这件申请的人员查看，您没有这个权限".to_owned()))
}

/// Refuses a paper that the request does not need.
fn ask_offered(request: &DisclosureRequest, wanted: &Wanted) -> Result<(), AppError> {
    let fits =
        |offer: &Offer| offer.notice == wanted.notice && offer.concerning == wanted.concerning;
    if offers(request).iter().any(fits) {
        return Ok(());
    }
    Err(AppError::NotFound("这种文书，这件申请现在不需要它"))
}

/// The papers that were issued for a request, the earliest first.
///
/// # Errors
/// When the caller may not see the request, or the store fails.
pub async fn issued(app: &App, caller: &Caller, id: &RequestId) -> Result<Vec<Paper>, AppError> {
    let mut reader = app.store.reader().await?;
    load(&mut reader, caller, id).await?;
    Ok(requests::papers(&mut reader, id).await?)
}

/// What people wrote into the blanks of an issued paper; nothing where it is kept no more.
///
/// # Errors
/// When it does not open or cannot be read.
pub fn typed(app: &App, paper: &Paper) -> Result<Typed, AppError> {
    if paper.typed.is_empty() {
        return Ok(Typed::new());
    }
    let text = app.vault.unseal_or_plain(&PAPER_TYPED, &paper.id, &paper.typed)?;
    serde_json::from_str(&text)
        .map_err(|error| AppError::Broken(format!("文书的填写内容：{error}")))
}

/// How a paper would read, with the requester shown as everybody may see.
///
/// # Errors
/// When the caller does not work on the request, it needs no such paper, a day cannot be read, or the
/// store fails.
pub async fn preview(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    wanted: &Wanted,
) -> Result<Draft, AppError> {
    let mut reader = app.store.reader().await?;
    let request = load(&mut reader, caller, id).await?.request;
    ask_worker(caller, &request)?;
    ask_offered(&request, wanted)?;
    let ground = ground(app, &mut reader, &request).await?;
    let facts = Facts {
        request: &request,
        organ: &ground.organ,
        requester: request.requester.shown.clone(),
        remedies: &ground.remedies,
        papers: &ground.papers,
        handled_by: &caller.actor.name,
        may_issue: caller.actor.handles_requests(&request.organ),
        today: app.clock.today(),
    };
    draft::draft(&facts, wanted)
}
