//! Files of a request: what came with it and what goes out, for those who work on it.

use super::id;
use crate::answer::Answer;
use crate::current::Signed;
use crate::work::files::sent;
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::items::attach::File;
use gongkai_app::requests::opened;
use gongkai_domain::item::Attachment;

/// Downloads a file.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path((text, digest, _)): Path<(String, String, String)>,
) -> Answer {
    let (file, bytes) = opened::open(&app, &current.caller, &id(&text)?, &digest).await?;
    let attachment = Attachment {
        name: file.name,
        media_type: file.media_type,
        n_bytes: file.size_bytes,
        digest: file.digest,
        text: None,
        findings: Vec::new(),
    };
    Ok(sent(File { attachment, bytes }))
}
