//! 查看文件: a file of a request is opened by those who work on it, and each look is logged.

use super::act::load;
use super::{file, kept, released, reveal, thing};
use crate::caller::Caller;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{DisclosureRequest, RequestFile};
use gongkai_store::{Transaction, events};

/// A file of a request with its bytes: one that came with it, is on its way out, or went out. What
/// requesters bring can tell who they are, so each look is logged.
///
/// # Errors
/// When the caller does not work on the request, the file is not of it, or the store fails.
pub async fn open(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    digest: &str,
) -> Result<(RequestFile, Bytes), AppError> {
    let mut transaction = app.store.begin().await?;
    let request = load(&mut transaction, caller, id).await?.request;
    let goes_out = || {
        request.reply().is_some_and(|reply| reply.files.iter().any(|file| file.digest == digest))
    };
    let may =
        reveal::may(caller, &request) || (goes_out() && reveal::may_read_reply(caller, &request));
    if !may {
        return Err(AppError::Forbidden("由办理、审核这件申请的人员查看它的文件".to_owned()));
    }
    let releases = released::all(app, &mut transaction, id).await?;
    let on_the_way = releases.into_iter().flat_map(|each| [Some(each.source), each.product]);
    let mut known = file::all(&request).into_iter().cloned().chain(on_the_way.flatten());
    let file = known.find(|file| file.digest == digest).ok_or(AppError::NotFound("这个文件"))?;
    let bytes = kept::read(app, &mut transaction, digest).await?;
    looked(app, caller, &mut transaction, &request, &file).await?;
    transaction.commit().await?;
    Ok((file, bytes))
}

/// Logs that somebody looks at a file of a request whose pages are shown.
pub(super) async fn note_look(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    file: &RequestFile,
) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let request = load(&mut transaction, caller, id).await?.request;
    looked(app, caller, &mut transaction, &request, file).await?;
    Ok(transaction.commit().await?)
}

async fn looked(
    app: &App,
    caller: &Caller,
    transaction: &mut Transaction,
    request: &DisclosureRequest,
    file: &RequestFile,
) -> Result<(), AppError> {
    let organ = request.organ.as_str();
    let mut event = caller.event("request.open_file", thing(request), organ, app.clock.now());
    event.reason.clone_from(&file.name);
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(())
}
