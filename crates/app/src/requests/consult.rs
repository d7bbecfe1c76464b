//! 征求意见: letters to third parties and co-makers, and what comes of them.

use super::act::act;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{Answered, Consult, Delivered, DisclosureRequest, Silence};

/// Sends a letter of consultation.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn send(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    letter: Consult,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.consult(letter, occasion)).await
}

/// Notes the day a letter arrived.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn note_delivery(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    delivered: Delivered,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.note_delivery(delivered, occasion)).await
}

/// Takes an opinion.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn hear(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    answer: Answered,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.hear_opinion(answer, occasion)).await
}

/// Notes that nobody answered in time.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn note_silence(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    silence: Silence,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.note_silence(silence, occasion)).await
}
