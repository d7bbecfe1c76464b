//! 修改, 失效, 废止 of a document: it stays public, marked.

use super::act::act;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Item, Lapse};

/// Marks a document amended, expired or repealed.
///
/// # Errors
/// When no basis is given or the rules do not allow it.
pub async fn lapse(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    lapse: Lapse,
) -> Result<Item, AppError> {
    act(app, caller, id, |item| item.lapse(lapse, &caller.actor)).await
}
