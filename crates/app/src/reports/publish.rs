//! 公布: the accepted report becomes an item of the public site, with its files, and goes the way of
//! every item; once that is public, the report is.

use super::act::act;
use super::paper::{bytes, set};
use super::{Draft, Format, board, view};
use crate::caller::Caller;
use crate::{App, AppError, items};
use bytes::Bytes;
use gongkai_domain::filing::{Filing, FilingAct};
use gongkai_domain::id::{ItemId, OrganId};
use gongkai_domain::item::{Attachment, Content, EditionState, Item};
use gongkai_domain::metadata::Disclosure;
use gongkai_domain::refusal::Refusal;
use gongkai_papers::annual_report::write::fragment;
use gongkai_papers::item_text::text_blocks;

/// The subject class of reports on disclosure.
const SUBJECT: &str = "general_affairs.open_government";
/// The item of article 20 they serve.
const LEGAL_ITEM: &str = "20.15";

/// The media type of the file that holds the figures.
const FIGURES: &str = "application/json";

/// The files beside the page, with their media types; PDF stands second among them.
const FILES: [(Format, &str); 4] = [
    (Format::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (Format::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (Format::Csv, "text/csv"),
    (Format::Json, FIGURES),
];

/// Makes the draft of the item that publishes the report, or of its next edition; who does it finds
/// it among the items, answers what is found in it and hands it to review.
///
/// # Errors
/// When the report is not accepted, an edition is in review, or the rules do not allow it.
pub async fn prepare(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<ItemId, AppError> {
    let seen = view::view(app, caller, organ, year).await?;
    if let Some(refusal) = seen.refusal(FilingAct::Prepare) {
        return Err(refusal.clone().into());
    }
    let content = content(app, &seen.paper, &seen.organ.name).await?;
    let item = match &seen.filing.item {
        Some(known) => again(app, caller, known, content).await?,
        None => {
            let kind = board::KIND.to_owned();
            items::draft::draft(app, caller, organ.clone(), kind, content).await?
        }
    };
    let id = item.id.clone();
    act(app, caller, organ, year, |filing, who| filing.prepare(id, who)).await?;
    Ok(item.id)
}

/// A new edition of a public item, or new content of the one in work.
async fn again(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    content: Content,
) -> Result<Item, AppError> {
    let item = items::read::own(app, caller, id).await?.item;
    if item.working.is_none() {
        items::revise::reopen(app, caller, id).await?;
    }
    items::revise::revise(app, caller, id, content).await
}

async fn content(app: &App, paper: &Draft, organ: &str) -> Result<Content, AppError> {
    let html = fragment(paper, &|_| None);
    let blocks = text_blocks(&html).map_err(|error| AppError::Broken(error.to_string()))?;
    let text: Vec<String> = blocks.into_iter().map(|block| block.text).collect();
    let mut attachments = Vec::with_capacity(FILES.len() + 1);
    for (format, media_type) in FILES {
        let content = bytes(paper, format)?;
        attachments.push(attachment(app, paper, format.ending(), media_type, content).await?);
    }
    let pdf = set(app, paper.clone()).await?;
    attachments.insert(1, attachment(app, paper, "pdf", "application/pdf", pdf).await?);
    Ok(Content {
        title: paper.title(),
        html,
        text: text.join("\n"),
        attachments,
        // Formed when it was handed in: the limit of article 49 counts from there.
        formed_on: paper.signed_on.unwrap_or_else(|| app.clock.today()),
        subject: Some(SUBJECT.to_owned()),
        legal_item: Some(LEGAL_ITEM.to_owned()),
        issuing_organs: vec![organ.to_owned()],
        disclosure: Some(Disclosure::Proactive),
        ..Content::default()
    })
}

async fn attachment(
    app: &App,
    paper: &Draft,
    ending: &str,
    media_type: &str,
    content: Vec<u8>,
) -> Result<Attachment, AppError> {
    Ok(Attachment {
        name: format!("{}.{ending}", paper.title()),
        media_type: media_type.to_owned(),
        n_bytes: u64::try_from(content.len()).unwrap_or(u64::MAX),
        digest: app.files.keep(Bytes::from(content)).await?,
        text: None,
        findings: Vec::new(),
    })
}

/// Publishes the reviewed item, where that is not done yet, and notes that the report is public.
///
/// # Errors
/// When there is no item, its review is not finished, what is public is not this report, or the
/// rules do not allow it.
pub async fn publish(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<Filing, AppError> {
    let seen = view::view(app, caller, organ, year).await?;
    if let (Some(id), true) = (&seen.filing.item, seen.can(FilingAct::Publish)) {
        let mut item = items::read::own(app, caller, id).await?.item;
        let working = item.working.as_ref().map(|working| &working.state);
        if matches!(working, Some(EditionState::Approved(_))) {
            item = items::publish::publish(app, caller, id).await?;
        }
        if !publishes(&item, &figures_file(app, &seen.paper).await?) {
            let reason = "公开稿还没有完成审核，或者与接收的报告不一致；请在公开稿页面完成审核";
            let act = FilingAct::Publish;
            return Err(Refusal::new(act.name(), seen.filing.state.name(), reason)
                .by(act.article())
                .into());
        }
    }
    act(app, caller, organ, year, |filing, who| filing.publish(who)).await
}

/// The digest of the file that holds the figures.
async fn figures_file(app: &App, paper: &Draft) -> Result<String, AppError> {
    let content = bytes(paper, Format::Json)?;
    Ok(attachment(app, paper, Format::Json.ending(), FIGURES, content).await?.digest)
}

/// Whether the public reads exactly this report.
fn publishes(item: &Item, figures: &str) -> bool {
    let public = item.public.as_ref().filter(|_| item.standing.is_readable());
    public.is_some_and(|edition| {
        edition.content.attachments.iter().any(|file| file.digest == figures)
    })
}
