//! 批注: words that those who work on a request leave for each other; they change nothing of it.

use super::act::load;
use super::{case, reveal, thing};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::audit::Link;
use gongkai_domain::id::RequestId;
use gongkai_store::events;

/// The key of a note in the audit log.
pub const ACT: &str = "request.note";
/// How long a note may be, in characters: our own choice, a page of writing.
const LONGEST: usize = 1_000;

/// Leaves a note.
///
/// # Errors
/// When it is empty or too long, the caller does not work on the request, or the store fails.
pub async fn note(app: &App, caller: &Caller, id: &RequestId, text: &str) -> Result<(), AppError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::invalid("note", "请写明批注的内容"));
    }
    if LONGEST < text.chars().count() {
        return Err(AppError::invalid("note", format!("批注最多 {LONGEST} 个字，请分几条写")));
    }
    let mut transaction = app.store.begin().await?;
    let request = load(&mut transaction, caller, id).await?.request;
    if !reveal::may(caller, &request) {
        let message = "由办理、审核这件申请的人员批注，您没有这个权限".to_owned();
        return Err(AppError::Forbidden(message));
    }
    let mut event = caller.event(ACT, thing(&request), request.organ.as_str(), app.clock.now());
    event.reason = text.to_owned();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}

/// The notes of a request, oldest first.
///
/// # Errors
/// When the caller may not see the request, or the store fails.
pub async fn notes(app: &App, caller: &Caller, id: &RequestId) -> Result<Vec<Link>, AppError> {
    let mut links = case::history(app, caller, id).await?;
    links.retain(|link| link.event.act == ACT);
    Ok(links)
}
