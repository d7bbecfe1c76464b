//! 补正: asked for, received, or not in time.

use super::act::{act, load, occasion};
use super::{attached, seal};
use crate::caller::Caller;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{AskSupplement, DisclosureRequest, RequestAct, SupplementReceived};
use jiff::civil::Date;

/// Asks for a supplement, once.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn ask(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    ask: AskSupplement,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.ask_supplement(ask, occasion)).await
}

/// Takes a supplement that came to the office.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn receive(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    received: SupplementReceived,
) -> Result<DisclosureRequest, AppError> {
    let loaded = load(&mut *app.store.reader().await?, caller, id).await?;
    let files = seal::without_names(app, &loaded, received.files)?;
    let received = SupplementReceived { files, ..received };
    act(app, caller, id, |request, occasion| request.receive_supplement(received, occasion)).await
}

/// Takes a supplement that came over the counter or by post, with the files that came with it.
///
/// # Errors
/// When the rules do not allow it, a file cannot be taken, or the store fails.
pub async fn receive_with(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    (on, text): (Date, String),
    files: Vec<(String, Bytes)>,
) -> Result<DisclosureRequest, AppError> {
    let request = load(&mut *app.store.reader().await?, caller, id).await?.request;
    request.may(RequestAct::ReceiveSupplement, &occasion(app, caller))?;
    let files = attached::keep_all(app, files).await?;
    receive(app, caller, id, SupplementReceived { on, text, files }).await
}

/// Closes a request that was not supplemented in time.
///
/// # Errors
/// When the rules do not allow it, or the store fails.
pub async fn close(
    app: &App,
    caller: &Caller,
    id: &RequestId,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.close_unsupplemented(occasion)).await
}
