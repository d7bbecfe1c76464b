//! 退回, 接收: what the office above does with a report that was handed in.

use super::act::act;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::filing::{CellComment, Filing};
use gongkai_domain::id::OrganId;

/// Returns the report with what to correct.
///
/// # Errors
/// When the rules do not allow it, or nothing is said.
pub async fn send_back(
    app: &App,
    caller: &Caller,
    (organ, year): (&OrganId, i16),
    comment: &str,
    cells: Vec<CellComment>,
) -> Result<Filing, AppError> {
    act(app, caller, organ, year, |filing, who| filing.send_back(comment, cells, who)).await
}

/// Accepts the report.
///
/// # Errors
/// When the rules do not allow it.
pub async fn accept(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<Filing, AppError> {
    act(app, caller, organ, year, |filing, who| filing.accept(who)).await
}
