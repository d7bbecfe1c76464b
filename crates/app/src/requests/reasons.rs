//! 说明理由, delay and extension: more time, or a question why so much is asked for.

use super::act::act;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{AskReasons, Delaying, DisclosureRequest, Extending, GivenReasons};

/// Extends the period, once.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn extend(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    extending: Extending,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.extend(extending, occasion)).await
}

/// Asks for reasons.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn ask(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    ask: AskReasons,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.ask_reasons(ask, occasion)).await
}

/// Takes the reasons.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn hear(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    given: GivenReasons,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.hear_reasons(given, occasion)).await
}

/// Sets a reasonable limit and tells it.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn delay(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    delaying: Delaying,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.delay(delaying, occasion)).await
}
