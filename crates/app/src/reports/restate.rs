//! 更正: opens a report whose year is locked, with a reason.

use super::act::act;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::filing::Filing;
use gongkai_domain::id::OrganId;

/// Opens the report to correct it.
///
/// # Errors
/// When the rules do not allow it, or no reason is given.
pub async fn restate(
    app: &App,
    caller: &Caller,
    (organ, year): (&OrganId, i16),
    reason: &str,
) -> Result<Filing, AppError> {
    act(app, caller, organ, year, |filing, who| filing.restate(reason, who)).await
}
