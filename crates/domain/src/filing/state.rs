//! Where an annual report stands on its way, and what is true of it there.

use crate::id::PersonId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the office above says to one figure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CellComment {
    /// The key of the figure.
    pub cell: String,
    /// What is wrong with it.
    pub comment: String,
}

/// Where an annual report stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilingState {
    /// 编制中.
    Draft,
    /// 已报送: the year is locked.
    HandedIn,
    /// 已退回.
    Returned {
        /// The name of who returned it.
        by: String,
        /// When.
        at: Timestamp,
        /// What to correct.
        comment: String,
        /// What is said to single figures.
        cells: Vec<CellComment>,
    },
    /// 已接收.
    Accepted {
        /// Who.
        by: PersonId,
        /// By the name of that time.
        name: String,
        /// When.
        at: Timestamp,
    },
    /// 已公布.
    Published {
        /// When.
        at: Timestamp,
    },
    /// 更正中: opened again after the lock, with a reason.
    Restating {
        /// Why.
        reason: String,
        /// The name of who opened it.
        by: String,
        /// When.
        at: Timestamp,
    },
}

/// The key of a state, without what is true in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FilingKey {
    /// 编制中.
    Draft,
    /// 已报送.
    HandedIn,
    /// 已退回.
    Returned,
    /// 已接收.
    Accepted,
    /// 已公布.
    Published,
    /// 更正中.
    Restating,
}

impl FilingKey {
    /// Every state, in the order of a report's life.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::HandedIn,
        Self::Returned,
        Self::Accepted,
        Self::Published,
        Self::Restating,
    ];

    /// The word for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "编制中",
            Self::HandedIn => "已报送",
            Self::Returned => "已退回",
            Self::Accepted => "已接收",
            Self::Published => "已公布",
            Self::Restating => "更正中",
        }
    }

    /// The stable key, in the store and in styles.
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::HandedIn => "handed_in",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Published => "published",
            Self::Restating => "restating",
        }
    }

    /// Whether the year is locked in it.
    pub fn is_locked(self) -> bool {
        matches!(self, Self::HandedIn | Self::Accepted | Self::Published)
    }
}

impl FilingState {
    /// Its key.
    pub fn key(&self) -> FilingKey {
        match self {
            Self::Draft => FilingKey::Draft,
            Self::HandedIn => FilingKey::HandedIn,
            Self::Returned { .. } => FilingKey::Returned,
            Self::Accepted { .. } => FilingKey::Accepted,
            Self::Published { .. } => FilingKey::Published,
            Self::Restating { .. } => FilingKey::Restating,
        }
    }

    /// The word for people.
    pub fn name(&self) -> &'static str {
        self.key().name()
    }
}
