//! A paper of statistics as files, and as an item of the public site.

use super::view::{Origin, Seen, view};
use super::{Place, may_write};
use crate::caller::Caller;
use crate::{App, AppError, items};
use bytes::Bytes;
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Attachment, Content};
use gongkai_domain::metadata::Disclosure;
use gongkai_domain::refusal::Refusal;
use gongkai_papers::item_text::text_blocks;
use gongkai_papers::statistics::Statistics;
use gongkai_store::events;
use gongkai_store::reports::statistics::{Which, set_item};

/// The subject class of papers on disclosure, and the item of article 20 they serve.
const SUBJECT: &str = "general_affairs.open_government";
const LEGAL_ITEM: &str = "20.15";

/// A format of the paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// Office Open XML text document.
    Docx,
    /// Set as GB/T 9704 lays down.
    Pdf,
    /// Office Open XML workbook.
    Xlsx,
}

impl Ending {
    /// Every one, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Docx, Self::Pdf, Self::Xlsx];

    /// How names of its files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format of files that end so.
    pub fn of(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.ending() == ending)
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

async fn bytes(app: &App, paper: Statistics, ending: Ending) -> Result<Vec<u8>, AppError> {
    let broken = |error: &dyn std::fmt::Display| AppError::Broken(error.to_string());
    let known = app.clone();
    let write = move || match ending {
        Ending::Docx => paper.docx().map_err(|error| broken(&error)),
        Ending::Xlsx => paper.xlsx().map_err(|error| broken(&error)),
        Ending::Pdf => paper.pdf(known.fonts()).map_err(|error| {
            AppError::Conflict(format!("PDF 没有排成：{error}；请安装中文字体，或者换一种格式"))
        }),
    };
    let written = tokio::task::spawn_blocking(write).await;
    written.map_err(|error| AppError::Broken(error.to_string()))?
}

/// The paper as a file.
///
/// # Errors
/// When the caller may not see it, or it cannot be written.
pub async fn file(
    app: &App,
    caller: &Caller,
    place: Place<'_>,
    ending: Ending,
) -> Result<Vec<u8>, AppError> {
    bytes(app, view(app, caller, place).await?.paper, ending).await
}

/// Makes the draft of the item that publishes the paper, or new content of it; it goes the way of every
/// item, secrecy review included.
///
/// # Errors
/// When a figure is missing, the period is not over, an edition is in review, or the caller may not.
pub async fn prepare(app: &App, caller: &Caller, place: Place<'_>) -> Result<ItemId, AppError> {
    may_write(caller, place.organ)?;
    let seen = view(app, caller, place).await?;
    whole(app, &seen, place)?;
    let content = content(app, &seen).await?;
    if let Some(known) = &seen.item {
        let item = items::read::own(app, caller, known).await?.item;
        if item.working.is_none() {
            items::revise::reopen(app, caller, known).await?;
        }
        items::revise::revise(app, caller, known, content).await?;
        return Ok(known.clone());
    }
    let kind = place.paper.kind.clone();
    let item = items::draft::draft(app, caller, place.organ.clone(), kind, content).await?;
    let mut transaction = app.store.begin().await?;
    let period = place.period.key();
    let which = Which { organ: place.organ, paper: &place.paper.key, period: &period };
    set_item(&mut transaction, which, &item.id).await?;
    let (organ, now) = (place.organ.as_str(), app.clock.now());
    let mut event = caller.event("statistics.prepare", place.thing(), organ, now);
    event.after = serde_json::json!({ "item": item.id.as_str() }).to_string();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok(item.id)
}

/// Refuses a paper with holes, or on a time that still runs.
fn whole(app: &App, seen: &Seen, place: Place<'_>) -> Result<(), AppError> {
    let refuse = |reason: String| Err(Refusal::new("生成公开稿", "统计表", reason).into());
    if app.clock.today() <= place.period.last_day() {
        return refuse(format!("{}还没有结束", place.period));
    }
    let figures = seen.blocks.iter().flat_map(|(_, figures)| figures);
    let missing = figures.filter(|figure| figure.origin == Origin::Missing);
    let missing: Vec<&str> = missing.map(|figure| figure.row.label.as_str()).collect();
    match missing.len() {
        0 => Ok(()),
        n => refuse(format!("还有 {n} 项没有填写：{}；没有发生的请填 0", missing.join("、"))),
    }
}

async fn content(app: &App, seen: &Seen) -> Result<Content, AppError> {
    let html = seen.paper.fragment(&|_| None);
    let blocks = text_blocks(&html).map_err(|error| AppError::Broken(error.to_string()))?;
    let text: Vec<String> = blocks.into_iter().map(|block| block.text).collect();
    let mut attachments = Vec::with_capacity(Ending::ALL.len());
    for ending in Ending::ALL {
        let content = Bytes::from(bytes(app, seen.paper.clone(), ending).await?);
        attachments.push(Attachment {
            name: format!("{}.{}", seen.paper.title, ending.ending()),
            media_type: ending.media_type().to_owned(),
            n_bytes: u64::try_from(content.len()).unwrap_or(u64::MAX),
            digest: app.files.keep(content).await?,
            text: None,
            findings: Vec::new(),
        });
    }
    Ok(Content {
        title: seen.paper.title.clone(),
        html,
        text: text.join("\n"),
        attachments,
        formed_on: app.clock.today(),
        subject: Some(SUBJECT.to_owned()),
        legal_item: Some(LEGAL_ITEM.to_owned()),
        issuing_organs: vec![seen.paper.organ.clone()],
        disclosure: Some(Disclosure::Proactive),
        ..Content::default()
    })
}
