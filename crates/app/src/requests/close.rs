//! 结案以后 and without a reply: withdrawal, correction of a record, reopening, archive.

use super::act::{act, by, key, save};
use super::thing;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{Archiving, By, Correcting, DisclosureRequest, Reopening, Withdrawn};
use gongkai_store::Transaction;
use gongkai_store::requests::Loaded;

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

/// Opens a closed request again by the result of a remedy, within the act that notes it: who notes the
/// result stands in the log, the program is who opens.
pub(crate) async fn reopen_by_order(
    app: &App,
    caller: &Caller,
    transaction: &mut Transaction,
    loaded: &Loaded,
    reopening: Reopening,
) -> Result<DisclosureRequest, AppError> {
    let step = loaded.request.clone().reopen(reopening, &by(app, By::System))?;
    let request = &step.request;
    let (thing, organ) = (thing(request), request.organ.as_str());
    let event = caller.event(key(step.act), thing, organ, app.clock.now());
    save(app, transaction, loaded, &step, event).await?;
    Ok(step.request)
}
