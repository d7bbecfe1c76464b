//! Files that come with a request or go out with a reply: looked at, kept under their digest.

use super::act::load;
use super::reveal;
use crate::caller::Caller;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{DisclosureRequest, RequestFile};
use gongkai_papers::item_text::inspect_attachment;

/// Most files of one submission.
pub const MOST: usize = 10;

/// Looks into a file and keeps it; nothing refers to it yet.
///
/// # Errors
/// When it is empty, of a kind that may not be attached, or too large.
pub async fn keep(app: &App, name: &str, content: Bytes) -> Result<RequestFile, AppError> {
    if content.is_empty() {
        return Err(AppError::invalid("file", "请选择文件；空文件不能上传"));
    }
    let (shown, bytes) = (name.to_owned(), content.clone());
    let looked = tokio::task::spawn_blocking(move || inspect_attachment(&shown, &bytes)).await;
    let inspection = looked
        .map_err(|error| AppError::Broken(error.to_string()))?
        .map_err(|refusal| AppError::invalid("file", refusal.to_string()))?;
    let size_bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
    let digest = app.files.keep(content).await?;
    let media_type = inspection.media_type.to_owned();
    Ok(RequestFile { name: inspection.safe_name, digest, media_type, size_bytes })
}

/// Every file that belongs to a request: what came with it and with its supplements, and what is given.
pub(super) fn all(request: &DisclosureRequest) -> Vec<&RequestFile> {
    let rounds = request.past.iter().chain([&request.round]);
    let supplements = rounds.filter_map(|round| round.supplement.as_ref()?.received.as_ref());
    let brought = request.files.iter().chain(supplements.flat_map(|each| &each.files));
    let decisions = request.closings.iter().filter_map(|closing| closing.decision.as_ref());
    let replies = decisions.map(|decision| &decision.proposal.reply).chain(request.reply());
    brought.chain(replies.flat_map(|reply| &reply.files)).collect()
}

/// A file of a request that the caller works on: what requesters bring can tell who they are.
///
/// # Errors
/// When the caller does not work on it, it has no such file, or the store fails.
pub async fn read(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    digest: &str,
) -> Result<(RequestFile, Bytes), AppError> {
    const NOT_FOUND: AppError = AppError::NotFound("这个文件");
    let request = load(&mut *app.store.reader().await?, caller, id).await?.request;
    let files = if reveal::may(caller, &request) {
        all(&request)
    } else if reveal::may_read_reply(caller, &request) {
        request.reply().map(|reply| reply.files.iter().collect()).unwrap_or_default()
    } else {
        Vec::new()
    };
    let file = files.into_iter().find(|file| file.digest == digest);
    let file = file.cloned().ok_or(NOT_FOUND)?;
    let content = app.files.read(digest).await?.ok_or(NOT_FOUND)?;
    Ok((file, content))
}
