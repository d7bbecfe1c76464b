//! One edition of an item: its content, who wrote it, and the answers to what was found in it.

use super::EditionState;
use crate::access::Actor;
use crate::id::PersonId;
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
}

/// What is published: title, text, attachments and metadata.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
    pub interprets: Option<crate::id::ItemId>,
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
