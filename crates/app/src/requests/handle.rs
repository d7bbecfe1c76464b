//! 办理: parts for units, searches, the organ that is responsible.

use super::act::act;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{Assign, DisclosureRequest, LogSearch, Reporting, RightOrgan};

/// Hands a part to a unit.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn assign(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    assign: Assign,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.assign(assign, occasion)).await
}

/// Takes what a unit reports.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn report(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    report: Reporting,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.report_part(report, occasion)).await
}

/// Logs where the information was looked for.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn log_search(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    search: LogSearch,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.log_search(search, occasion)).await
}

/// Writes down which organ is responsible.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn name_organ(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    organ: RightOrgan,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.name_organ(organ, occasion)).await
}
