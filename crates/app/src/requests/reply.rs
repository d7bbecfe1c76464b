//! 答复: proposed, sent back, approved with its number, served.

use super::act::{act, finish, key, load, occasion};
use super::thing;
use super::word::{Series, word};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::audit::digest;
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_domain::request::{
    Approval, DisclosureRequest, Reply, RequestState, Returning, Served,
};
use gongkai_domain::review::{ReplyChain, reply_kind};
use gongkai_store::{Transaction, chains, organs, requests};

/// Proposes a reply, for somebody else to approve.
///
/// # Errors
/// When a part lacks its basis or what it must say, the rules do not allow it, or the store fails.
pub async fn propose(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    reply: Reply,
) -> Result<DisclosureRequest, AppError> {
    super::release::ask_ready(app, id, &reply.files).await?;
    let mut transaction = app.store.begin().await?;
    let loaded = load(&mut transaction, caller, id).await?;
    let kind = reply_kind(reply.row);
    let chain: Option<ReplyChain> =
        chains::find(&mut transaction, &loaded.request.organ, kind).await?;
    let step = loaded.request.clone().propose(reply, chain, &occasion(app, caller))?;
    let organ = step.request.organ.as_str();
    let event = caller.event(key(step.act), thing(&step.request), organ, app.clock.now());
    finish(app, transaction, &loaded, step, event).await
}

/// Sends a reply back with what to change.
///
/// # Errors
/// When none waits, the caller may not decide, or the store fails.
pub async fn send_back(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    returning: Returning,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.send_back(returning, occasion)).await
}

/// Signs the step that a reply waits at. With the last one it is approved; without a number of its own
/// it gets the next of the organ's series and year.
///
/// # Errors
/// When none waits, the caller may not decide, or the store fails.
pub async fn approve(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    comment: String,
    number: Option<String>,
) -> Result<DisclosureRequest, AppError> {
    let mut transaction = app.store.begin().await?;
    let loaded = load(&mut transaction, caller, id).await?;
    let request = loaded.request.clone();
    let document_number = match number.filter(|number| !number.trim().is_empty()) {
        Some(number) => number,
        None if !is_at_last(&request) => String::new(),
        None => next_number(app, &mut transaction, &request.organ).await?,
    };
    let reply = request.reply().map(|reply| serde_json::to_vec(reply).expect("text keys"));
    let digest = reply.map(|reply| digest(&reply)).unwrap_or_default();
    let approval = Approval { comment, document_number, digest };
    let step = request.approve(approval, &occasion(app, caller))?;
    let organ = step.request.organ.as_str();
    let event = caller.event(key(step.act), thing(&step.request), organ, app.clock.now());
    finish(app, transaction, &loaded, step, event).await
}

/// Whether the signature that comes is the last one.
fn is_at_last(request: &DisclosureRequest) -> bool {
    match &request.state {
        RequestState::InReview(proposal) => proposal.is_at_last(),
        _ => false,
    }
}

/// The next number of the organ's series of replies. A number that was refused later is lost with its
/// transaction, so the series has no gaps.
async fn next_number(
    app: &App,
    transaction: &mut Transaction,
    organ: &OrganId,
) -> Result<String, AppError> {
    let year = app.clock.today().year();
    let serial = requests::next_serial(transaction, organ, "reply", year).await?;
    let found = organs::find(transaction, organ).await?.ok_or(AppError::NotFound("这个机关"))?;
    let word = word(transaction, &found, Series::Reply).await?;
    Ok(format!("{word}〔{year}〕{serial}号"))
}

/// Serves an approved reply; the request is closed.
///
/// # Errors
/// When none is approved, nothing proves the service, or the store fails.
pub async fn serve(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    served: Served,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.serve(served, occasion)).await
}
