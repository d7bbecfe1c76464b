//! How a request ends, and the rounds of its handling, where it is opened again.

use super::{Consultation, Decision, Extension, Fee, Reasons, RightOrgan, ServiceWay, Supplement};
use crate::outcome::OutcomeKey;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How a record was corrected (条例 41).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// 已更正.
    Corrected {
        /// What is right now.
        what: String,
    },
    /// 已转送.
    Transferred {
        /// To which organ.
        to: RightOrgan,
    },
    /// 告知向有关机关提出.
    Directed {
        /// Which organ.
        to: RightOrgan,
    },
    /// 经核实无误.
    Unfounded {
        /// Why.
        reason: String,
    },
}

/// How a request ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Closing {
    /// The day that counts as the answer.
    pub on: Date,
    /// The row of the report; none for the correction of a record, which is not counted there.
    pub outcome: Option<OutcomeKey>,
    /// The reply, where there is one.
    pub decision: Option<Decision>,
    /// How it reached the requester.
    pub service: Option<ServiceWay>,
    /// What came of a correction.
    pub correction: Option<Correction>,
    /// Why it ended without a reply.
    pub reason: String,
    /// Whether the answer came after its due date.
    pub was_late: bool,
}

/// What a reconsideration or a court ordered, that opens a request again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Order {
    /// The number of the decision or judgment.
    pub document: String,
    /// What it orders.
    pub text: String,
    /// The limit it sets, where it sets one; else the law's.
    pub until: Option<Date>,
}

/// One handling of the request: from its receipt, or from an order to answer again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, Default)]
pub struct Round {
    /// The day the period begins to run after; `None` while receipt is not confirmed.
    pub began_on: Option<Date>,
    /// What opened it again.
    pub order: Option<Order>,
    /// The supplement.
    pub supplement: Option<Supplement>,
    /// Those consulted.
    pub consultations: Vec<Consultation>,
    /// The extension.
    pub extension: Option<Extension>,
    /// The reasons.
    pub reasons: Option<Reasons>,
    /// The fee.
    pub fee: Option<Fee>,
    /// Why proposals came back, the latest last.
    pub returned: Vec<String>,
}
