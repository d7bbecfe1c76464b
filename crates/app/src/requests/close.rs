//! 结案以后 and without a reply: withdrawal, correction of a record, reopening, archive.

use super::act::act;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{Archiving, Correcting, DisclosureRequest, Reopening, Withdrawn};

/// Closes a request that its requester withdraws, or who is no more.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn withdraw(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    withdrawn: Withdrawn,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.withdraw(withdrawn, occasion)).await
}

/// Ends a request to correct a record.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn correct(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    correcting: Correcting,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.correct_record(correcting, occasion)).await
}

/// Opens a request again by the order of a reconsideration or a court.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn reopen(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    reopening: Reopening,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.reopen(reopening, occasion)).await
}

/// Archives a closed request.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn archive(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    archiving: Archiving,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.archive(archiving, occasion)).await
}
