//! Why the clock refuses a sequence of events: which event, in which state, why, and by which article.

use super::{Event, EventKind, Pending, State};
use crate::calendar::Due;
use crate::law::{Provision, Reference};
use jiff::civil::Date;
use std::fmt;

/// A sequence that the law does not allow, or that cannot be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// The event, if one is to blame.
    pub event: Option<Refused>,
    /// Why.
    pub reason: Reason,
}

/// The event that is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Counted from 1.
    pub number: usize,
    /// Its day.
    pub on: Date,
    /// What was to happen.
    pub kind: EventKind,
    /// Where the request stood.
    pub state: State,
}

/// A reason for people, with the provision it rests on, if it is one of law.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Reason {
    /// No law is known for the day of receipt.
    #[error("收到申请之日（{received}）没有可用的期限规定{}", begins(.first))]
    NoLaw {
        /// The day of receipt.
        received: Date,
        /// The first day with a law, where that comes later.
        first: Option<Date>,
    },
    /// A date too far from the receipt to be meant.
    #[error("日期 {date} 太远，离收到申请超过 {years} 年，或者无法再往后推算")]
    TooFar {
        /// The date.
        date: Date,
        /// How far is too far.
        years: i16,
    },
    /// More events than a case has.
    #[error("事件太多，最多 {most} 个")]
    TooManyEvents {
        /// How many there may be.
        most: usize,
    },
    /// The day to look at lies before the last event.
    #[error("查看日期 {today} 早于最后一个事件（{last}）")]
    TodayBeforeEvent {
        /// The day to look at.
        today: Date,
        /// The day of the last event.
        last: Date,
    },
    /// Before receipt nothing can happen.
    #[error("早于收到申请之日（{received}）")]
    BeforeReceipt {
        /// The day of receipt.
        received: Date,
        /// On receipt.
        basis: &'static Provision,
    },
    /// Not in order of date.
    #[error("早于前一个事件（{previous}），事件要按日期先后排列")]
    OutOfOrder {
        /// The day of the event before.
        previous: Date,
    },
    /// After the answer nothing of the clock happens any more.
    #[error("已于 {answered} 答复，答复期限已经结束，不能再有计算期限的事件")]
    AfterAnswer {
        /// The day of the answer.
        answered: Date,
        /// On the answer.
        basis: &'static Provision,
    },
    /// The requester is to act; there is no period to pause, extend or break off.
    #[error("{since} 起{}，期限尚未重新起算", .pending.word())]
    WhileWaiting {
        /// For what.
        pending: Pending,
        /// Since when.
        since: Date,
        /// On waiting.
        basis: &'static Provision,
    },
    /// A supplement may be asked for once.
    #[error("补正只能告知一次，已于 {asked} 告知过")]
    SupplementTwice {
        /// The first time.
        asked: Date,
        /// On supplements.
        basis: &'static Provision,
    },
    /// A supplement may be asked for within some days of receipt.
    #[error("告知补正应在收到申请之日起 {days} 个工作日内，最迟 {}", day(.last))]
    SupplementTooLate {
        /// How many working days.
        days: u16,
        /// The last day.
        last: Due,
        /// On supplements.
        basis: &'static Provision,
    },
    /// Something came in that was not asked for.
    #[error("没有尚待补正的告知")]
    SupplementNotAsked {
        /// On supplements.
        basis: &'static Provision,
    },
    /// A period is extended once.
    #[error("答复期限只能延长一次，已于 {extended} 延长过")]
    ExtendedTwice {
        /// The first time.
        extended: Date,
        /// On extensions.
        basis: &'static Provision,
    },
    /// A period that has ended cannot be extended.
    #[error("延长应在答复期限届满前告知，期限已于 {} 届满", day(.due))]
    ExtendedTooLate {
        /// The end of the period.
        due: Due,
        /// On extensions.
        basis: &'static Provision,
    },
    /// There was no such fee yet.
    #[error("收到申请之日（{received}）还没有信息处理费的规定")]
    NoFeeYet {
        /// The day of receipt.
        received: Date,
    },
    /// A fee is notified once.
    #[error("收费只通知一次，已于 {notified} 通知过")]
    FeeTwice {
        /// The first time.
        notified: Date,
        /// On fees.
        basis: &'static Provision,
    },
    /// A fee is notified while the period runs.
    #[error("收费通知应在办理期限内发出，期限已于 {} 届满", day(.due))]
    FeeTooLate {
        /// The end of the period.
        due: Due,
        /// On fees.
        basis: &'static Provision,
    },
    /// Payment without a notice.
    #[error("没有尚待缴费的通知")]
    FeeNotNotified {
        /// On fees, if there are any.
        basis: Option<&'static Provision>,
    },
    /// The same is consulted twice at a time.
    #[error("已于 {sent} 向同一对象征求意见，尚未答复也未到期")]
    ConsultedAlready {
        /// The first letter.
        sent: Date,
        /// On the consultation.
        basis: &'static Provision,
    },
    /// An opinion that nobody asked for.
    #[error("没有尚未答复的征求意见")]
    NotConsulted {
        /// On the consultation.
        basis: &'static Provision,
    },
    /// Several opinions are open, and it is not said whose this is.
    #[error("有 {n_open} 份征求意见尚未答复，没有写明是谁的意见")]
    WhoseOpinion {
        /// How many are open.
        n_open: usize,
        /// On the consultation.
        basis: &'static Provision,
    },
    /// A letter that arrived before it was sent.
    #[error("征求意见书的送达日期 {reached} 早于发出日期")]
    ReachedBeforeSent {
        /// The day it is said to have arrived.
        reached: Date,
        /// On the consultation.
        basis: &'static Provision,
    },
    /// An opinion on a letter that had not arrived.
    #[error("意见早于征求意见书的送达日期（{reached}）")]
    AnsweredBeforeReached {
        /// The day the letter arrived.
        reached: Date,
        /// On the consultation.
        basis: &'static Provision,
    },
}

fn begins(first: &Option<Date>) -> String {
    first.map(|first| format!("，本程序载有 {first} 起施行的规定")).unwrap_or_default()
}

fn day(due: &Due) -> String {
    let note = if due.provisional { "（暂定，该年放假安排未载入）" } else { "" };
    format!("{}{note}", due.date)
}

impl Reason {
    /// The provision it rests on; none where it is a matter of sense, not of law.
    pub fn basis(&self) -> Option<&'static Provision> {
        match self {
            Self::NoLaw { .. }
            | Self::TooFar { .. }
            | Self::TooManyEvents { .. }
            | Self::TodayBeforeEvent { .. }
            | Self::OutOfOrder { .. }
            | Self::NoFeeYet { .. } => None,
            Self::FeeNotNotified { basis } => *basis,
            Self::BeforeReceipt { basis, .. }
            | Self::AfterAnswer { basis, .. }
            | Self::WhileWaiting { basis, .. }
            | Self::SupplementTwice { basis, .. }
            | Self::SupplementTooLate { basis, .. }
            | Self::SupplementNotAsked { basis }
            | Self::ExtendedTwice { basis, .. }
            | Self::ExtendedTooLate { basis, .. }
            | Self::FeeTwice { basis, .. }
            | Self::FeeTooLate { basis, .. }
            | Self::ConsultedAlready { basis, .. }
            | Self::NotConsulted { basis }
            | Self::WhoseOpinion { basis, .. }
            | Self::ReachedBeforeSent { basis, .. }
            | Self::AnsweredBeforeReached { basis, .. } => Some(basis),
        }
    }

    /// What to do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoLaw { .. } | Self::NoFeeYet { .. } => "请核对收到申请的日期。",
            Self::TooFar { .. } => "请核对年份。",
            Self::TooManyEvents { .. } => "一个文件只写一件申请。",
            Self::TodayBeforeEvent { .. } => "请核对查看日期，或去掉还没有发生的事件。",
            Self::BeforeReceipt { .. } | Self::OutOfOrder { .. } => "请核对日期和次序。",
            Self::AfterAnswer { .. } => "请核对答复日期；补正、延长等应在答复之前。",
            Self::WhileWaiting { .. } => "请先登记收到补正或缴费，或核对次序。",
            Self::SupplementTwice { .. } => "补正后仍不明确的，应作出答复。",
            Self::SupplementTooLate { .. } => "已过补正告知的期限，应按申请内容作出答复。",
            Self::SupplementNotAsked { .. } | Self::FeeNotNotified { .. } => {
                "请补上相应的告知或通知，或去掉这一事件。"
            }
            Self::ExtendedTwice { .. } | Self::ExtendedTooLate { .. } => "应尽快答复。",
            Self::FeeTwice { .. } | Self::FeeTooLate { .. } => "请核对通知日期。",
            Self::ConsultedAlready { .. } | Self::WhoseOpinion { .. } => {
                "同时征求几方意见的，请用 who 写明是谁。"
            }
            Self::NotConsulted { .. } => "请补上征求意见的事件，或去掉这一事件。",
            Self::ReachedBeforeSent { .. } | Self::AnsweredBeforeReached { .. } => {
                "请核对发出、送达和答复的日期。"
            }
        }
    }
}

impl Refusal {
    pub(super) fn of_case(reason: Reason) -> Self {
        Self { event: None, reason }
    }

    pub(super) fn of_event(number: usize, event: &Event, state: State, reason: Reason) -> Self {
        let refused = Refused { number, on: event.on, kind: event.kind, state };
        Self { event: Some(refused), reason }
    }

    /// Where the rule stands; none where it is a matter of sense, not of law.
    pub fn basis(&self) -> Option<&'static Reference> {
        self.reason.basis().map(|provision| &provision.reference)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.event {
            None => write!(f, "{}", self.reason),
            Some(Refused { number, on, kind, .. }) => {
                write!(f, "第 {number} 个事件（{on} {}）：{}", kind.word(), self.reason)
            }
        }
    }
}

impl std::error::Error for Refusal {}
