//! 登记: a clerk writes down what came over the counter, by post, fax or mail.

use super::act::{key, occasion};
use super::submit::{add, names, problems};
use super::{seal, thing};
use crate::caller::Caller;
use crate::{App, AppError, secret};
use gongkai_domain::id::OrganId;
use gongkai_domain::request::{DisclosureRequest, Submission};

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
    if !caller.actor.handles_requests(&organ) {
        let message = "由该机关信息员或者信息公开工作机构登记，您没有这个权限".to_owned();
        return Err(AppError::Forbidden(message));
    }
    problems(submission.faults())?;
    let mut transaction = app.store.begin().await?;
    let personal = submission.personal.clone();
    let files = seal::unnamed(submission.files, submission.kind, &personal);
    let submission = Submission { files, ..submission };
    let names = names(app, &mut transaction, organ, secret::readable()).await?;
    let step = DisclosureRequest::register(names, submission, &occasion(app, caller))?;
    let request = &step.request;
    let event =
        caller.event(key(step.act), thing(request), request.organ.as_str(), app.clock.now());
    let request = add(app, &mut transaction, &personal, step, event).await?;
    transaction.commit().await?;
    Ok(request)
}
