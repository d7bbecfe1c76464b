//! 应急发布 and its later approval.

use super::act::{act, finish, load};
use super::publish::{index_number, working_digest};
use super::screen::finding_keys;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::Item;

/// Publishes before the review is done, on a leader's word; the secrecy review stands.
///
/// # Errors
/// When the reason is empty or the rules do not allow it.
pub async fn publish(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    reason: &str,
) -> Result<Item, AppError> {
    let mut transaction = app.store.begin().await?;
    let loaded = load(&mut transaction, caller, id).await?;
    let item = loaded.item.clone();
    let now = app.clock.now();
    let number = index_number(&mut transaction, &item, now).await?;
    let (digest, findings) = (working_digest(&item), finding_keys(&item));
    let step =
        item.publish_in_emergency(reason, &digest, &findings, &number, &caller.actor, now)?;
    finish(app, transaction, caller, loaded, step).await
}

/// Ends the later approval.
///
/// # Errors
/// When its review is not finished or the rules do not allow it.
pub async fn confirm(app: &App, caller: &Caller, id: &ItemId) -> Result<Item, AppError> {
    let confirm = |item: Item| {
        let digest = working_digest(&item);
        item.confirm_emergency(&digest, &caller.actor)
    };
    act(app, caller, id, confirm).await
}
