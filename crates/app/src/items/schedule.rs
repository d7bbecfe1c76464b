//! 定时发布, 取消定时发布.

use super::act::act;
use super::publish::working_digest;
use super::screen::finding_keys;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::Item;
use jiff::Timestamp;

/// Sets the time at which the approved edition will be published.
///
/// # Errors
/// When the time has passed or the rules do not allow it.
pub async fn schedule(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    publish_at: Timestamp,
) -> Result<Item, AppError> {
    let now = app.clock.now();
    let schedule = |item: Item| {
        let (digest, findings) = (working_digest(&item), finding_keys(&item));
        item.schedule(publish_at, &digest, &findings, &caller.actor, now)
    };
    act(app, caller, id, schedule).await
}

/// Takes the set time back.
///
/// # Errors
/// When no time is set or the rules do not allow it.
pub async fn unschedule(app: &App, caller: &Caller, id: &ItemId) -> Result<Item, AppError> {
    act(app, caller, id, |item| item.unschedule(&caller.actor)).await
}
