//! One edition of an item: its content, who wrote it, and the answers to what was found in it.

use super::EditionState;
use crate::access::Actor;
use crate::id::{ItemId, PersonId};
use crate::metadata::Disclosure;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A file beside the text, kept by the hash of its content.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Attachment {
    /// The name that people see and download.
    pub name: String,
    /// The media type by content, not by name.
    pub media_type: String,
    /// The size in bytes.
    pub n_bytes: u64,
    /// The SHA-256 of the content, in hexadecimal: its name in the store.
    pub digest: String,
    /// The digest of its plain text in the store, for search; `None` where it has no text.
    #[serde(default)]
    pub text: Option<String>,
    /// What was found in it when it was brought.
    #[serde(default)]
    pub findings: Vec<FileFinding>,
}

/// Something that somebody has to look at in an attachment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FileFinding {
    /// Stable key: what was found and where.
    pub key: String,
    /// What was found, a Chinese sentence; personal numbers masked.
    pub message: String,
    /// What to do, a Chinese sentence.
    pub hint: String,
}

/// How a text was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Markup {
    /// 纯文本: a paragraph a line.
    #[default]
    Plain,
    /// Markdown.
    Markdown,
    /// 带格式的文本, pasted from a word processor.
    Html,
}

/// A text as somebody typed it, so that it can be typed on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Typed {
    /// How.
    pub markup: Markup,
    /// The text.
    pub text: String,
}

/// What is published: title, text, attachments and metadata.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Content {
    /// The title.
    pub title: String,
    /// The text, as clean HTML.
    pub html: String,
    /// The same as plain text, for search, screening and differences.
    pub text: String,
    /// The files.
    pub attachments: Vec<Attachment>,
    /// The day the item was formed or last changed (Art 26 counts from it).
    pub formed_on: Date,
    /// The day it takes effect, where that is another day.
    pub effective_on: Option<Date>,
    /// 发文字号, where it has one.
    pub document_number: Option<String>,
    /// The key of the subject class, where one was chosen.
    pub subject: Option<String>,
    /// Where it came from, where it is a reprint.
    pub source: Option<String>,
    /// The item that this one interprets (解读).
    pub interprets: Option<ItemId>,
    /// The text as it was typed, where that is not the HTML itself.
    #[serde(default)]
    pub typed: Option<Typed>,
    /// The last day it is in force (有效期至), where it names one.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// The keys of further subject classes.
    #[serde(default)]
    pub other_subjects: Vec<String>,
    /// The key of the genre (体裁).
    #[serde(default)]
    pub genre: Option<String>,
    /// 发文机关 by name, the lead organ first.
    #[serde(default)]
    pub issuing_organs: Vec<String>,
    /// 公开方式, with its reason where it is not published unasked.
    #[serde(default)]
    pub disclosure: Option<Disclosure>,
    /// The key of the item of article 20 or 21 that it serves.
    #[serde(default)]
    pub legal_item: Option<String>,
    /// The key of the field (基层政务公开领域).
    #[serde(default)]
    pub field: Option<String>,
    /// 主题词.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// 内容概述.
    #[serde(default)]
    pub description: String,
    /// 服务对象.
    #[serde(default)]
    pub service_object: String,
}

/// The answer to a finding of the helps before review.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// Which finding: its key and its place.
    pub finding: String,
    /// Why it may stand.
    pub reason: String,
    /// Who answered.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// One edition.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Edition {
    /// Counts from one within the item.
    pub number: u32,
    /// What is published.
    pub content: Content,
    /// Who wrote it; grows with every hand that changed it.
    pub authors: Vec<PersonId>,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// The answers to findings.
    pub answers: Vec<Answer>,
    /// Where it is on its way.
    pub state: EditionState,
}

impl Edition {
    /// A draft.
    pub(super) fn new(number: u32, content: Content, actor: &Actor, now: Timestamp) -> Self {
        Self {
            number,
            content,
            authors: vec![actor.person.clone()],
            changed_at: now,
            answers: Vec::new(),
            state: EditionState::Draft,
        }
    }

    /// Which of the findings nobody has answered.
    pub fn unanswered<'a>(&self, findings: &'a [String]) -> Vec<&'a str> {
        let answered =
            |finding: &&String| self.answers.iter().any(|each| each.finding == **finding);
        findings.iter().filter(|finding| !answered(finding)).map(String::as_str).collect()
    }
}
