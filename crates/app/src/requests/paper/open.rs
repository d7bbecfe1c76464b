//! Opening an issued paper: it names the requester in full, so each look is logged.

use super::super::act::load;
use super::super::{kept, thing};
use super::ask_worker;
use crate::caller::Caller;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::id::RequestId;
use gongkai_store::events;
use gongkai_store::requests::{self, Paper};

/// As what a paper is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// For editors.
    Docx,
    /// For printers.
    Pdf,
}

/// An issued paper with its bytes.
///
/// # Errors
/// When the caller does not work on the request, the paper is not of it, or the store fails.
pub async fn open(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    which: &str,
    format: Format,
) -> Result<(Paper, Bytes), AppError> {
    let mut transaction = app.store.begin().await?;
    let request = load(&mut transaction, caller, id).await?.request;
    ask_worker(caller, &request)?;
    let papers = requests::papers(&mut transaction, id).await?;
    let paper = papers.into_iter().find(|paper| paper.id == which);
    let paper = paper.ok_or(AppError::NotFound("这份文书"))?;
    let digest = match format {
        Format::Docx => Some(&paper.docx),
        Format::Pdf => paper.pdf.as_ref(),
    };
    let digest = digest.ok_or(AppError::NotFound("这份文书的 PDF，生成时缺少字体"))?;
    let bytes = kept::read(app, &mut transaction, digest).await?;
    let organ = request.organ.as_str();
    let mut event = caller.event("request.open_paper", thing(&request), organ, app.clock.now());
    event.reason = format!("{} {}", paper.name, paper.number);
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok((paper, bytes))
}
