//! What a request gathers while it is handled: supplements, consultations, fees, searches; no reply.

use crate::fee::FeeBy;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A file that belongs to a request; its content lies under its digest.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RequestFile {
    /// The name that people gave it.
    pub name: String,
    /// The digest of its content.
    pub digest: String,
    /// What it is, as its content says: `application/pdf`.
    pub media_type: String,
    /// Its length, in bytes.
    pub size_bytes: u64,
}

/// A supplement asked for (条例 30).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Supplement {
    /// The day it was asked for.
    pub asked_on: Date,
    /// What is unclear or missing, item by item.
    pub items: Vec<String>,
    /// How to make it clear.
    pub guidance: String,
    /// The last day to supplement.
    pub until: Date,
    /// What came in.
    pub received: Option<Supplemented>,
}

/// A supplement that came in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Supplemented {
    /// The day.
    pub on: Date,
    /// What it says.
    pub text: String,
    /// What came with it.
    pub files: Vec<RequestFile>,
}

/// Who is consulted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consulted {
    /// 第三方 (条例 32).
    ThirdParty,
    /// 共同制作机关 (条例 34).
    CoMaker,
}

impl Consulted {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::ThirdParty => "第三方",
            Self::CoMaker => "共同制作机关",
        }
    }
}

/// What somebody consulted says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Opinion {
    /// The day it came in.
    pub on: Date,
    /// Whether they agree that it be given.
    pub agrees: bool,
    /// Why, in their words.
    pub reason: String,
}

/// A letter of consultation and what came of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Consultation {
    /// Its number in the request, from 1.
    pub number: u32,
    /// Who is consulted.
    pub of: Consulted,
    /// The name.
    pub who: String,
    /// Which information it concerns.
    pub about: String,
    /// The day the letter was sent.
    pub sent_on: Date,
    /// The day it arrived.
    pub reached_on: Option<Date>,
    /// What they say.
    pub opinion: Option<Opinion>,
    /// The day it was noted that they let their time pass.
    pub silent_on: Option<Date>,
}

impl Consultation {
    /// Whether it still waits for an opinion.
    pub fn is_open(&self) -> bool {
        self.opinion.is_none() && self.silent_on.is_none()
    }

    /// Whether it counts as consent: said so, or a co-maker's silence (条例 34). The silence of a
    /// third party is none (条例 32).
    pub fn consents(&self) -> bool {
        match &self.opinion {
            Some(opinion) => opinion.agrees,
            None => self.of == Consulted::CoMaker && self.silent_on.is_some(),
        }
    }

    /// Whether they said no.
    pub fn objects(&self) -> bool {
        self.opinion.as_ref().is_some_and(|opinion| !opinion.agrees)
    }
}

/// The extension of the period of answer (条例 33).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Extension {
    /// The day the requester was told.
    pub on: Date,
    /// Why.
    pub reason: String,
    /// The head of the disclosure office who consented.
    pub consented_by: String,
    /// The due date after it, as reckoned that day.
    pub due: Option<Date>,
}

/// Reasons asked for (条例 35).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reasons {
    /// The day.
    pub asked_on: Date,
    /// Which numbers and frequency were found.
    pub found: String,
    /// The last day to give them.
    pub until: Date,
    /// What the requester says, and the day.
    pub given: Option<(Date, String)>,
    /// The reasonable limit of a delayed answer, where it was set.
    pub delayed_until: Option<Date>,
}

/// The processing fee (条例 42).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fee {
    /// By piece or by page.
    pub by: FeeBy,
    /// The rank of the request among the requester's of the month, or the pages.
    pub count: u32,
    /// How much, in yuan.
    pub amount: Decimal,
    /// Why it is charged at all.
    pub reason: String,
    /// What came of it.
    pub course: FeeCourse,
}

/// What came of a fee.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeCourse {
    /// 建议.
    Proposed,
    /// 已通知.
    Notified {
        /// The day the notice came.
        on: Date,
        /// The last day to pay.
        until: Date,
        /// Who decided.
        decided_by: String,
    },
    /// 已缴.
    Paid {
        /// The day.
        on: Date,
        /// The number of the receipt (财政票据).
        receipt: String,
    },
    /// 未缴.
    Unpaid {
        /// The day it was noted.
        on: Date,
    },
    /// 不收.
    Waived {
        /// The day.
        on: Date,
        /// Why.
        reason: String,
    },
}

impl FeeCourse {
    /// The word for people.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Proposed => "建议收费",
            Self::Notified { .. } => "已通知，待缴费",
            Self::Paid { .. } => "已缴费",
            Self::Unpaid { .. } => "逾期未缴",
            Self::Waived { .. } => "不收费",
        }
    }
}

/// The organ that is responsible, where it is known (条例 36(5)).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RightOrgan {
    /// Its name.
    pub name: String,
    /// How to reach it.
    pub contact: String,
}

/// A place where the information was looked for (条例 36(4)).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Search {
    /// The day.
    pub on: Date,
    /// Where: the archive, a unit, a system.
    pub place: String,
    /// By which words or numbers.
    pub terms: String,
    /// What was found.
    pub result: String,
    /// Whether anything was found.
    pub found: bool,
    /// Who looked.
    pub by: String,
}

/// A part handed to a unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Assignment {
    /// Its number in the request, from 1.
    pub number: u32,
    /// The unit.
    pub unit: String,
    /// What it is to do.
    pub task: String,
    /// When.
    pub on: Date,
    /// Until when.
    pub until: Date,
    /// What it reports.
    pub report: Option<PartReport>,
}

/// What a unit reports.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PartReport {
    /// The day.
    pub on: Date,
    /// Who signs it.
    pub by: String,
    /// What it says.
    pub text: String,
}
