//! A reply on its way: its parts with their bases, proposed, approved, served.

use super::RequestFile;
use crate::id::PersonId;
use crate::outcome::{BasisKey, FieldKey, OutcomeKey, Remedy, remedies};
use crate::review::{ReplyChain, ReplyStep, Signature};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A part of a reply: what it is about, how it ends, on which basis, and what is said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// Which of the information asked for.
    pub about: String,
    /// How it ends.
    pub outcome: OutcomeKey,
    /// The article.
    pub basis: Option<BasisKey>,
    /// What the reply says, by field.
    pub says: BTreeMap<FieldKey, String>,
}

/// A reply as it is proposed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reply {
    /// The row of the report it counts in.
    pub row: OutcomeKey,
    /// Its parts.
    pub parts: Vec<Part>,
    /// How what may be given was separated (条例 37), where it is given in part.
    pub separation: Option<String>,
    /// Why it is given for the public interest though a third party objects (条例 32).
    pub public_interest: Option<String>,
    /// What is given.
    pub files: Vec<RequestFile>,
}

impl Reply {
    /// The bases of its parts.
    pub fn bases(&self) -> Vec<Option<BasisKey>> {
        self.parts.iter().map(|part| part.basis).collect()
    }

    /// What can be done against it, when it is made on this day.
    pub fn remedies(&self, on: Date) -> Vec<Remedy> {
        remedies(&self.bases(), on)
    }
}

/// A proposed reply.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Proposal {
    /// The reply.
    pub reply: Reply,
    /// Who proposed it.
    pub by: PersonId,
    /// The name at that time.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// The chain set when it was proposed; later changes of the setting do not touch it. `None` where
    /// none was set.
    #[serde(default)]
    pub chain: Option<ReplyChain>,
    /// One signature for each step done.
    #[serde(default)]
    pub signatures: Vec<Signature>,
}

impl Proposal {
    /// The steps it goes through.
    pub fn steps(&self) -> Vec<ReplyStep<'_>> {
        ReplyChain::of(self.chain.as_ref())
    }

    /// The step that waits for a signature; `None` when all are signed.
    pub fn waiting(&self) -> Option<ReplyStep<'_>> {
        self.steps().get(self.signatures.len()).copied()
    }

    /// Whether the step that waits is the last one: with it the reply gets its date and number.
    pub fn is_at_last(&self) -> bool {
        self.signatures.len() + 1 == self.steps().len()
    }
}

/// An approved reply.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Decision {
    /// The proposal.
    pub proposal: Proposal,
    /// Who approved it.
    pub by: PersonId,
    /// The name at that time.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// The date of the reply (成文日期).
    pub on: Date,
    /// The opinion written down.
    pub comment: String,
    /// The number of the paper (发文字号).
    pub document_number: String,
}

/// How a reply reached the requester.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceWay {
    /// 当面交付: the day of signature counts.
    Counter {
        /// Who signed for it.
        receiver: String,
    },
    /// 邮政寄送: the day of posting counts (国办公开办函〔2016〕235号); 邮政 only, never 到付.
    Post {
        /// The number of the letter.
        number: String,
    },
    /// 网上送达: the day it was sent counts, with what confirms it.
    Net {
        /// What confirms it: the record of the system, the answer of the requester.
        confirmation: String,
    },
}

impl ServiceWay {
    /// The word for people.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Counter { .. } => "当面交付",
            Self::Post { .. } => "邮政寄送",
            Self::Net { .. } => "网上送达",
        }
    }
}
