//! 登记: a clerk writes down what came over the counter, by post, fax or mail.

use super::act::{key, occasion};
use super::submit::{add, names, problems};
use super::{kept, seal, thing};
use crate::caller::Caller;
use crate::tickets::Sending;
use crate::{App, AppError, secret};
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

/// The same for a form that was sent: sent twice, it registers once, and both answers are that request.
///
/// # Errors
/// As [`register`]; and when the form carries no ticket, or said something else the first time.
pub async fn register_once(
    app: &App,
    caller: &Caller,
    organ: OrganId,
    submission: Submission,
    ticket: &str,
) -> Result<RequestId, AppError> {
    may_register(caller, &organ, &submission)?;
    let said = said(app, &submission).await?;
    let sending = Sending::of(app, caller, ticket, &format!("request\n{organ}\n{said}"))?;
    let mut transaction = app.store.begin().await?;
    if let Some(earlier) = sending.made(&mut transaction).await? {
        return earlier.parse().map_err(|_| AppError::NotFound("这件申请"));
    }
    let request = made(app, caller, &mut transaction, organ, submission).await?;
    sending.keep(app, &mut transaction, request.id.as_str()).await?;
    transaction.commit().await?;
    Ok(request.id)
}

/// All that a form says. The same file sent again lies sealed under another name: what it holds counts.
async fn said(app: &App, submission: &Submission) -> Result<String, AppError> {
    let mut told = submission.clone();
    for file in &mut told.files {
        let content = kept::read(app, &mut *app.store.reader().await?, &file.digest).await?;
        file.digest = digest(&content);
    }
    Ok(format!("{told:?}"))
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
