//! The states of an edition, and what the public sees of an item.

use crate::review::Review;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Every state of an edition or of an item, by its stable key, with what people call it; those that
/// a list can show come first, in the order of an item's life.
const STATES: [(&str, &str); 10] = [
    ("draft", "草稿"),
    ("in_review", "审核中"),
    ("returned", "已退回"),
    ("approved", "待发布"),
    ("scheduled", "定时发布"),
    ("public", "已公开"),
    ("withdrawn", "已撤下"),
    ("archived", "已归档"),
    ("published", "已发布"),
    ("never_public", "未公开"),
];

/// The states that a list of items can show, key and name.
pub fn listed_states() -> &'static [(&'static str, &'static str)] {
    &STATES[..8]
}

/// What people call the state with this key.
pub fn state_name(key: &str) -> &'static str {
    STATES.iter().find(|(state, _)| *state == key).map_or("未知状态", |(_, name)| name)
}

/// Where an edition is on its way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditionState {
    /// 草稿.
    Draft,
    /// 审核中.
    InReview(Review),
    /// 已退回: with who returned it at which step and why.
    Returned {
        /// The title of the step.
        step: String,
        /// The name of who returned it.
        by: String,
        /// When.
        at: Timestamp,
        /// What to correct.
        comment: String,
    },
    /// 待发布: every step is signed.
    Approved(Review),
    /// 定时发布.
    Scheduled {
        /// The finished review.
        review: Review,
        /// When it will be published.
        publish_at: Timestamp,
    },
    /// 已发布: this is or was the public edition.
    Published {
        /// The finished review; `None` while an emergency publication waits for its approval.
        review: Option<Review>,
        /// When.
        at: Timestamp,
    },
}

impl EditionState {
    /// What people call it.
    pub fn name(&self) -> &'static str {
        state_name(self.key())
    }

    /// The stable key, in the store and the API.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview(_) => "in_review",
            Self::Returned { .. } => "returned",
            Self::Approved(_) => "approved",
            Self::Scheduled { .. } => "scheduled",
            Self::Published { .. } => "published",
        }
    }

    /// The review that this state holds, under way or finished.
    pub fn review(&self) -> Option<&Review> {
        match self {
            Self::InReview(review) | Self::Approved(review) | Self::Scheduled { review, .. } => {
                Some(review)
            }
            Self::Published { review, .. } => review.as_ref(),
            Self::Draft | Self::Returned { .. } => None,
        }
    }
}

/// What the public sees of an item.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 未公开.
    NeverPublic,
    /// 已公开.
    Public {
        /// When it was first published.
        since: Timestamp,
    },
    /// 已撤下: the address stays and says so.
    Withdrawn {
        /// When it was first published.
        since: Timestamp,
        /// When it was withdrawn.
        at: Timestamp,
        /// Why, as the public reads it.
        reason: String,
    },
    /// 已归档: stays readable, marked with the date.
    Archived {
        /// When it was first published.
        since: Timestamp,
        /// The archive date.
        on: Date,
    },
}

impl Standing {
    /// What people call it.
    pub fn name(&self) -> &'static str {
        state_name(self.key())
    }

    /// The stable key, in the store and the API.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NeverPublic => "never_public",
            Self::Public { .. } => "public",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Archived { .. } => "archived",
        }
    }

    /// Whether the public may read the text.
    pub fn is_readable(&self) -> bool {
        matches!(self, Self::Public { .. } | Self::Archived { .. })
    }

    /// When it was first published.
    pub fn since(&self) -> Option<Timestamp> {
        match self {
            Self::NeverPublic => None,
            Self::Public { since }
            | Self::Withdrawn { since, .. }
            | Self::Archived { since, .. } => Some(*since),
        }
    }
}
