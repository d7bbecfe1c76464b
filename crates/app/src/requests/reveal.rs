//! 查看个人信息: opens who asks, for a reason, and logs the look.

use super::act::load;
use super::{seal, thing};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{DisclosureRequest, Personal, RequestState};
use gongkai_store::events;

/// Whether the caller works on the request, and so may look who asks.
pub(super) fn may(caller: &Caller, request: &DisclosureRequest) -> bool {
    let actor = &caller.actor;
    actor.handles_requests(&request.organ) || actor.approves_replies(&request.organ).is_some()
}

/// Whether the caller may read the files that its reply gives: whoever works on it, and whoever holds the role of the step
/// that a proposed reply waits at.
pub(super) fn may_read_reply(caller: &Caller, request: &DisclosureRequest) -> bool {
    let signs = |roles: &[Role]| roles.iter().any(|role| caller.actor.is(*role, &request.organ));
    let waiting = match &request.state {
        RequestState::InReview(proposal) => proposal.waiting(),
        _ => None,
    };
    may(caller, request) || waiting.is_some_and(|step| signs(step.roles))
}

/// Opens the personal data of a request. The look stands in the audit log before it is answered.
///
/// # Errors
/// When the caller does not work on the request, gives no reason, the key is gone, or the store fails.
pub async fn reveal(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    reason: &str,
) -> Result<Personal, AppError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "请写明查看个人信息的原因"));
    }
    let mut transaction = app.store.begin().await?;
    let loaded = load(&mut transaction, caller, id).await?;
    if !may(caller, &loaded.request) {
        let message = "申请人的个人信息由办理、审核这件申请的人员查看，您没有这个权限".to_owned();
        return Err(AppError::Forbidden(message));
    }
    let personal = seal::unseal(app, id, &loaded.personal)?;
    let organ = loaded.request.organ.as_str();
    let mut event = caller.event("request.reveal", thing(&loaded.request), organ, app.clock.now());
    event.reason = reason.to_owned();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok(personal)
}
