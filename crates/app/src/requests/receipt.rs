//! 确认收到: fixes the day of receipt where the way it came does not.

use super::act::act;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{DisclosureRequest, Receipt};

/// Fixes the day of receipt.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn confirm(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    receipt: Receipt,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.confirm_receipt(receipt, occasion)).await
}
