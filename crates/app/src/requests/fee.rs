//! 信息处理费: proposed, notified, paid, not paid, waived.

use super::act::act;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{DisclosureRequest, NotifyFee, Paying, ProposeFee, Waiving};

/// Proposes a fee; nobody is charged by it.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn propose(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    fee: ProposeFee,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.propose_fee(fee, occasion)).await
}

/// Tells the requester to pay.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn notify(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    notify: NotifyFee,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.notify_fee(notify, occasion)).await
}

/// Notes that it was paid.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn pay(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    paying: Paying,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.receive_payment(paying, occasion)).await
}

/// Closes a request whose fee was not paid in time.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn close_unpaid(
    app: &App,
    caller: &Caller,
    id: &RequestId,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.close_unpaid(occasion)).await
}

/// Decides not to charge.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn waive(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    waiving: Waiving,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.waive_fee(waiving, occasion)).await
}
