//! 答复书 for the requester: the official paper of the reply once it is served; drafts, other notices and
//! letters to third parties are not given here.

use super::paper::REPLY;
use super::{kept, thing, track};
use crate::caller::system_event;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::audit::Event;
use gongkai_domain::request::{DisclosureRequest, RequestFile};
use gongkai_store::requests::{self, Paper};
use gongkai_store::{Db, events};

const NOT_THERE: AppError = AppError::NotFound("这个文件");
const PDF: &str = "application/pdf";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The papers of the reply that was served, the newest issue of each; none while the request is open.
///
/// # Errors
/// When the store fails.
pub async fn all(app: &App, request: &DisclosureRequest) -> Result<Vec<RequestFile>, AppError> {
    of(&mut *app.store.reader().await?, request).await
}

async fn of(db: &mut Db, request: &DisclosureRequest) -> Result<Vec<RequestFile>, AppError> {
    if request.is_open() {
        return Ok(Vec::new());
    }
    let papers = requests::papers(db, &request.id).await?;
    let is_current =
        |paper: &&Paper| !papers.iter().any(|each| each.replaces.as_ref() == Some(&paper.id));
    let replies = papers.iter().filter(is_current).filter(|paper| is_reply(paper, request));
    Ok(replies.map(file).collect())
}

/// Whether it is the paper of a reply that was served: a paper made before the last word has another
/// number.
fn is_reply(paper: &Paper, request: &DisclosureRequest) -> bool {
    let decided = request.closings.iter().filter_map(|closing| closing.decision.as_ref());
    let mut numbers = decided.map(|decision| &decision.document_number);
    paper.notice == REPLY && numbers.any(|number| *number == paper.number)
}

/// The PDF, or the DOCX where there is none.
pub(super) fn file(paper: &Paper) -> RequestFile {
    let (digest, media_type, ending) = match &paper.pdf {
        Some(pdf) => (pdf, PDF, "pdf"),
        None => (&paper.docx, DOCX, "docx"),
    };
    RequestFile {
        name: format!("{}{}.{ending}", paper.name, paper.number),
        digest: digest.clone(),
        media_type: media_type.to_owned(),
        size_bytes: 0,
    }
}

/// A paper with its bytes. It names the requester in full, so the look is logged; it shows as well
/// that the reply arrived.
///
/// # Errors
/// When code and contact do not belong together, the paper was not served, or the store fails.
pub async fn open(
    app: &App,
    (code, contact): (&str, &str),
    digest: &str,
    origin: &str,
) -> Result<(RequestFile, Bytes), AppError> {
    let request = track::track(app, code, contact).await?.request;
    let mut transaction = app.store.begin().await?;
    let files = of(&mut transaction, &request).await?;
    let file = files.into_iter().find(|file| file.digest == digest).ok_or(NOT_THERE)?;
    let content = kept::read(app, &mut transaction, digest).await?;
    let (organ, now) = (request.organ.as_str(), app.clock.now());
    let event = Event {
        actor: "requester".to_owned(),
        actor_name: "申请人".to_owned(),
        origin: origin.to_owned(),
        reason: file.name.clone(),
        ..system_event("request.open_paper", thing(&request), organ, now)
    };
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok((file, content))
}
