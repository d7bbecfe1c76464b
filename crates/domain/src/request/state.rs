//! Where a request stands, and what is true of it there.

use super::{Decision, Proposal};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where a request stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// 待确认: the day of receipt is not fixed yet (条例 31).
    Unconfirmed,
    /// 办理中.
    Handling,
    /// 待补正: the requester is to supplement; the clock waits.
    AwaitingSupplement,
    /// 待缴费: the requester is to pay; the clock waits.
    AwaitingFee,
    /// 审核中: a reply is proposed.
    InReview(Proposal),
    /// 待送达: the reply is approved.
    Approved(Decision),
    /// 已办结.
    Closed,
    /// 已归档.
    Archived {
        /// The day.
        on: Date,
    },
}

/// The key of a state, without what is true in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateKey {
    /// 待确认.
    Unconfirmed,
    /// 办理中.
    Handling,
    /// 征求意见中: 办理中, with an opinion still to come.
    Consulting,
    /// 待补正.
    AwaitingSupplement,
    /// 待缴费.
    AwaitingFee,
    /// 审核中.
    InReview,
    /// 待送达.
    Approved,
    /// 已办结.
    Closed,
    /// 已归档.
    Archived,
}

impl StateKey {
    /// Every state, in the order of a request's life.
    pub const ALL: [Self; 9] = [
        Self::Unconfirmed,
        Self::Handling,
        Self::Consulting,
        Self::AwaitingSupplement,
        Self::AwaitingFee,
        Self::InReview,
        Self::Approved,
        Self::Closed,
        Self::Archived,
    ];

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unconfirmed => "待确认",
            Self::Handling => "办理中",
            Self::Consulting => "征求意见中",
            Self::AwaitingSupplement => "待补正",
            Self::AwaitingFee => "待缴费",
            Self::InReview => "审核中",
            Self::Approved => "待送达",
            Self::Closed => "已办结",
            Self::Archived => "已归档",
        }
    }

    /// The stable key, in the store and the API.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::Handling => "handling",
            Self::Consulting => "consulting",
            Self::AwaitingSupplement => "awaiting_supplement",
            Self::AwaitingFee => "awaiting_fee",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Closed => "closed",
            Self::Archived => "archived",
        }
    }

    /// The state with this key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.key() == key)
    }

    /// Whether it still has to be answered.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Archived)
    }
}
