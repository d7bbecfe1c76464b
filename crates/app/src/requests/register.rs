//! 登记: a clerk writes down what came over the counter, by post, fax or mail.

use super::act::{key, occasion};
use super::submit::{add, names, problems};
use super::{attached, seal, thing};
use crate::caller::Caller;
use crate::tickets::Sending;
use crate::{App, AppError, secret};
use bytes::Bytes;
use gongkai_domain::audit::digest;
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_domain::request::{DisclosureRequest, Submission};
use gongkai_store::Transaction;

/// Registers; what is missing is no reason to refuse, and stands in the request for a supplement.
///
/// # Errors
/// When something cannot be taken, the day is not past, the caller does not work on requests of the
/// organ, or the store fails.
pub async fn register(
    app: &App,
    caller: &Caller,
    organ: OrganId,
    submission: Submission,
) -> Result<DisclosureRequest, AppError> {
    may_register(caller, &organ, &submission)?;
    let mut transaction = app.store.begin().await?;
    let request = made(app, caller, &mut transaction, organ, submission).await?;
    transaction.commit().await?;
    Ok(request)
}

/// The same for a form that was sent, with the files that came with it: sent twice, it registers once,
/// and both answers are that request.
///
/// # Errors
/// As [`register`]; when a file cannot be taken; and when the form carries no ticket, or said something
/// else the first time.
pub async fn register_once(
    app: &App,
    caller: &Caller,
    organ: OrganId,
    (submission, files): (Submission, Vec<(String, Bytes)>),
    ticket: &str,
) -> Result<RequestId, AppError> {
    may_register(caller, &organ, &submission)?;
    let files_said: Vec<_> = files.iter().map(|(name, bytes)| (name, digest(bytes))).collect();
    let said = format!("request\n{organ}\n{submission:?}\n{files_said:?}");
    let sending = Sending::of(app, caller, ticket, &said)?;
    if let Some(earlier) = earlier(&sending, &mut app.store.begin().await?).await? {
        return Ok(earlier);
    }
    let submission = Submission { files: attached::keep_all(app, files).await?, ..submission };
    let mut transaction = app.store.begin().await?;
    if let Some(earlier) = earlier(&sending, &mut transaction).await? {
        return Ok(earlier);
    }
    let request = made(app, caller, &mut transaction, organ, submission).await?;
    sending.keep(app, &mut transaction, request.id.as_str()).await?;
    transaction.commit().await?;
    Ok(request.id)
}

/// What the first sending of a form made; whoever asks stands in line until the transaction ends.
async fn earlier(
    sending: &Sending,
    transaction: &mut Transaction,
) -> Result<Option<RequestId>, AppError> {
    let made = sending.made(transaction).await?;
    made.map(|id| id.parse().map_err(|_| AppError::NotFound("这件申请"))).transpose()
}

fn may_register(caller: &Caller, organ: &OrganId, submission: &Submission) -> Result<(), AppError> {
    if !caller.actor.handles_requests(organ) {
        let message = "由该机关信息员或者信息公开工作机构登记，您没有这个权限".to_owned();
        return Err(AppError::Forbidden(message));
    }
    problems(submission.faults())
}

async fn made(
    app: &App,
    caller: &Caller,
    transaction: &mut Transaction,
    organ: OrganId,
    submission: Submission,
) -> Result<DisclosureRequest, AppError> {
    let personal = submission.personal.clone();
    let files = seal::unnamed(submission.files, submission.kind, &personal);
    let submission = Submission { files, ..submission };
    let names = names(app, transaction, organ, secret::readable()).await?;
    let step = DisclosureRequest::register(names, submission, &occasion(app, caller))?;
    let request = &step.request;
    let event =
        caller.event(key(step.act), thing(request), request.organ.as_str(), app.clock.now());
    add(app, transaction, &personal, step, event).await
}
