//! 审核通过, 退回: one step of the review.

use super::act::act;
use super::content_digest;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Item, Opinion};

/// Signs the waiting step.
///
/// # Errors
/// When the rules do not allow it, or the content changed since it was shown.
pub async fn sign(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    opinion: Opinion,
) -> Result<Item, AppError> {
    let now = app.clock.now();
    let sign = |item: Item| {
        let current = item.working.as_ref().map(|working| content_digest(&working.content));
        item.sign(opinion, &current.unwrap_or_default(), &caller.actor, now)
    };
    act(app, caller, id, sign).await
}

/// Sends the edition back to its writer.
///
/// # Errors
/// When the comment is empty or the rules do not allow it.
pub async fn send_back(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    comment: &str,
) -> Result<Item, AppError> {
    let now = app.clock.now();
    act(app, caller, id, |item| item.return_for_correction(comment, &caller.actor, now)).await
}
