//! 撤下: the address stays and says so.

use super::act::act;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::Item;

/// Takes a public item off the site.
///
/// # Errors
/// When the reason is empty or the rules do not allow it.
pub async fn withdraw(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    reason: &str,
) -> Result<Item, AppError> {
    let now = app.clock.now();
    act(app, caller, id, |item| item.withdraw(reason, &caller.actor, now)).await
}
