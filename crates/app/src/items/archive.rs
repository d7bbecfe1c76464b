//! 归档: the item stays readable, marked with the date.

use super::act::act;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::Item;

/// Archives a public item.
///
/// # Errors
/// When the rules do not allow it.
pub async fn archive(app: &App, caller: &Caller, id: &ItemId) -> Result<Item, AppError> {
    let today = app.clock.today();
    act(app, caller, id, |item| item.archive(&caller.actor, today)).await
}
