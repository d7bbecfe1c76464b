//! A case as it is told to the clock: the day of receipt and what happened since; nothing is judged here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A request with its events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// The day it was received (条例 31).
    pub received: Date,
    /// What happened, in order of date.
    pub events: Vec<Event>,
    /// The day to look at it; the day of the last event where none is given.
    pub today: Option<Date>,
}

/// Something that happened to a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// The day.
    pub on: Date,
    /// What.
    pub kind: EventKind,
    /// The day a letter of consultation arrived; other events have none.
    pub reached: Option<Date>,
    /// Who is consulted, where there are several; other events have none.
    pub who: Option<String>,
}

/// What can happen to a request.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The requester is asked to supplement (补正, 条例 30).
    SupplementAsked,
    /// The supplement came in; the period starts anew.
    SupplementReceived,
    /// A third party is asked for its opinion (条例 32).
    ThirdPartyAsked,
    /// The third party's opinion came in.
    ThirdPartyAnswered,
    /// An organ that made the information too is asked for its opinion (条例 34).
    CoMakerAsked,
    /// The co-maker's opinion came in.
    CoMakerAnswered,
    /// The period is extended (条例 33).
    Extended,
    /// The requester is notified of the processing fee (条例 42).
    FeeNotified,
    /// The fee is paid; the period starts anew.
    FeePaid,
    /// Answered.
    Answered,
}

impl EventKind {
    /// All of them, in the order of a request's life.
    pub const ALL: [Self; 10] = [
        Self::SupplementAsked,
        Self::SupplementReceived,
        Self::ThirdPartyAsked,
        Self::ThirdPartyAnswered,
        Self::CoMakerAsked,
        Self::CoMakerAnswered,
        Self::Extended,
        Self::FeeNotified,
        Self::FeePaid,
        Self::Answered,
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::SupplementAsked => "supplement_asked",
            Self::SupplementReceived => "supplement_received",
            Self::ThirdPartyAsked => "third_party_asked",
            Self::ThirdPartyAnswered => "third_party_answered",
            Self::CoMakerAsked => "co_maker_asked",
            Self::CoMakerAnswered => "co_maker_answered",
            Self::Extended => "extended",
            Self::FeeNotified => "fee_notified",
            Self::FeePaid => "fee_paid",
            Self::Answered => "answered",
        }
    }

    /// The kind with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::SupplementAsked => "告知补正",
            Self::SupplementReceived => "收到补正",
            Self::ThirdPartyAsked => "征求第三方意见",
            Self::ThirdPartyAnswered => "收到第三方意见",
            Self::CoMakerAsked => "征求共同制作机关意见",
            Self::CoMakerAnswered => "收到共同制作机关意见",
            Self::Extended => "延长答复期限",
            Self::FeeNotified => "通知缴费",
            Self::FeePaid => "收到缴费",
            Self::Answered => "答复",
        }
    }

    /// Whether a letter goes out whose arrival and addressee matter.
    pub fn is_letter(self) -> bool {
        matches!(self, Self::ThirdPartyAsked | Self::CoMakerAsked)
    }

    /// Whether somebody consulted is meant.
    pub fn names_someone(self) -> bool {
        self.is_letter() || matches!(self, Self::ThirdPartyAnswered | Self::CoMakerAnswered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_goes_by_one_name() {
        #[derive(Deserialize)]
        struct Named {
            kind: EventKind,
        }
        for kind in EventKind::ALL {
            assert_eq!(EventKind::named(kind.name()), Some(kind));
            let read: Named = toml::from_str(&format!("kind = \"{}\"", kind.name())).unwrap();
            assert_eq!(read.kind, kind);
        }
        assert_eq!(EventKind::named("answer"), None);
    }
}
