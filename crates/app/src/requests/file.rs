//! Files that come with a request or go out with a reply: looked at, sealed, kept under their digest.

use crate::{App, AppError};
use bytes::Bytes;
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
    let digest = super::kept::keep(app, content).await?;
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
