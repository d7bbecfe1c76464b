//! One edition of an item on one channel: wanted, approved, sent or done by hand, followed up.
//!
//! It has no approval of its own: the review of the item is the one approval (三审 once).

mod follow_up;

use super::{Delivery, channel, title};
use crate::id::{ItemId, OrganId};
use crate::refusal::Refusal;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is out on a channel: when, where, and by whom.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Out {
    /// When it was out.
    pub at: Timestamp,
    /// The number that the platform gave it; empty where it gives none.
    pub outside_id: String,
    /// Where people read it; empty where it has no address.
    pub address: String,
    /// What shows that it was done, where a person did it.
    pub evidence: String,
    /// The name of who did it by hand; empty where the program sent it.
    pub by: String,
}

/// What came of a try to send.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is out.
    Sent {
        /// The number that the platform gave it.
        outside_id: String,
        /// Where people read it.
        address: String,
    },
    /// It will not go out as it is.
    Failed(String),
}

/// What asks for a follow-up on a channel where an edition is out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUp {
    /// A later edition is public.
    NewEdition(u32),
    /// The item was withdrawn, with this reason.
    Withdrawn(String),
}

/// Where a release is on its way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseState {
    /// 待审核: goes with the item's review.
    Wanted,
    /// 待发出: the item's review is done.
    Approved,
    /// 正在发出.
    Sending {
        /// Which step of the channel was reached, and what the platform answered.
        step: Option<(String, String)>,
    },
    /// 已发出 by the program.
    Sent(Out),
    /// 发出失败.
    Failed {
        /// When.
        at: Timestamp,
        /// Why, and what to do.
        reason: String,
    },
    /// 已人工办理.
    DoneByHand(Out),
    /// 待跟进: a new edition or a withdrawal asks for something on the channel.
    FollowUpDue {
        /// What asks.
        cause: FollowUp,
        /// What is out.
        out: Out,
    },
    /// 已跟进: what was done about it.
    FollowedUp {
        /// What asked.
        cause: FollowUp,
        /// What was out.
        out: Out,
        /// What was done.
        note: String,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// 已取消 before it was out.
    Withdrawn {
        /// When.
        at: Timestamp,
        /// Who.
        by: String,
        /// Why.
        reason: String,
    },
}

impl ReleaseState {
    /// What people call it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Wanted => "待审核",
            Self::Approved => "待发出",
            Self::Sending { .. } => "正在发出",
            Self::Sent(_) => "已发出",
            Self::Failed { .. } => "发出失败",
            Self::DoneByHand(_) => "已人工办理",
            Self::FollowUpDue { .. } => "待跟进",
            Self::FollowedUp { .. } => "已跟进",
            Self::Withdrawn { .. } => "已取消",
        }
    }

    /// The stable key.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Wanted => "wanted",
            Self::Approved => "approved",
            Self::Sending { .. } => "sending",
            Self::Sent(_) => "sent",
            Self::Failed { .. } => "failed",
            Self::DoneByHand(_) => "done_by_hand",
            Self::FollowUpDue { .. } => "follow_up_due",
            Self::FollowedUp { .. } => "followed_up",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// What is or was out, where something is.
    pub fn out(&self) -> Option<&Out> {
        match self {
            Self::Sent(out) | Self::DoneByHand(out) => Some(out),
            Self::FollowUpDue { out, .. } | Self::FollowedUp { out, .. } => Some(out),
            _ => None,
        }
    }
}

/// What can be done with a release.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// 选定渠道.
    Want,
    /// 随信息审核通过.
    Approve,
    /// 发出.
    Send,
    /// 重新发出.
    Retry,
    /// 登记人工办理.
    DoByHand,
    /// 取消.
    Withdraw,
    /// 提请跟进.
    AskFollowUp,
    /// 登记跟进.
    FollowUp,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Self; 8] = [
        Self::Want,
        Self::Approve,
        Self::Send,
        Self::Retry,
        Self::DoByHand,
        Self::Withdraw,
        Self::AskFollowUp,
        Self::FollowUp,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Want => "选定渠道",
            Self::Approve => "批准发出",
            Self::Send => "发出",
            Self::Retry => "重新发出",
            Self::DoByHand => "登记人工办理",
            Self::Withdraw => "取消发出",
            Self::AskFollowUp => "提请跟进",
            Self::FollowUp => "登记跟进",
        }
    }

    /// The stable key in the audit log.
    pub fn key(self) -> &'static str {
        match self {
            Self::Want => "channel.want",
            Self::Approve => "channel.approve",
            Self::Send => "channel.send",
            Self::Retry => "channel.retry",
            Self::DoByHand => "channel.do_by_hand",
            Self::Withdraw => "channel.withdraw",
            Self::AskFollowUp => "channel.ask_follow_up",
            Self::FollowUp => "channel.follow_up",
        }
    }
}

/// One edition on one channel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ChannelRelease {
    /// The key in the store.
    pub id: String,
    /// Which item.
    pub item: ItemId,
    /// Which edition of it.
    pub edition: u32,
    /// Whose.
    pub organ: OrganId,
    /// The key of the item's kind, for the counts.
    pub kind: String,
    /// The key of the channel.
    pub channel: String,
    /// Where it is on its way.
    pub state: ReleaseState,
}

impl ChannelRelease {
    fn refuse(&self, verb: Verb, reason: &str) -> Refusal {
        Refusal::new(verb.name(), self.state.name(), format!("{}：{reason}", title(&self.channel)))
    }

    fn delivery(&self) -> Option<Delivery> {
        channel(&self.channel).map(|each| each.delivery)
    }

    fn to(mut self, state: ReleaseState) -> Self {
        self.state = state;
        self
    }

    /// Chosen again after it was taken back.
    ///
    /// # Errors
    /// When it was not taken back.
    pub fn want_again(self) -> Result<Self, Refusal> {
        match self.state {
            ReleaseState::Withdrawn { .. } => Ok(self.to(ReleaseState::Wanted)),
            _ => Err(self.refuse(Verb::Want, "这一稿已经选定这个渠道，不用重复选定")),
        }
    }

    /// The item's review is done and its edition is public: this is the one approval.
    ///
    /// # Errors
    /// When it does not wait for the review.
    pub fn approve(self) -> Result<Self, Refusal> {
        match self.state {
            ReleaseState::Wanted => Ok(self.to(ReleaseState::Approved)),
            _ => Err(self.refuse(Verb::Approve, "不在等待审核的状态")),
        }
    }

    /// The program begins to send, or notes how far it has come. Beginning again goes on from there.
    ///
    /// # Errors
    /// When it is not approved, or nothing that a program sends.
    pub fn send(self, reached: Option<(String, String)>) -> Result<Self, Refusal> {
        if self.delivery() == Some(Delivery::Hand) {
            return Err(self.refuse(Verb::Send, "由人办理，办完请登记"));
        }
        match &self.state {
            ReleaseState::Wanted => Err(self.refuse(Verb::Send, "信息还没有审核发布")),
            ReleaseState::Approved => Ok(self.to(ReleaseState::Sending { step: reached })),
            ReleaseState::Sending { step } => {
                let step = reached.or_else(|| step.clone());
                Ok(self.to(ReleaseState::Sending { step }))
            }
            _ => Err(self.refuse(Verb::Send, "不在等待发出的状态")),
        }
    }

    /// What came of sending.
    ///
    /// # Errors
    /// When it is not being sent.
    pub fn end_sending(self, outcome: Outcome, now: Timestamp) -> Result<Self, Refusal> {
        if !matches!(self.state, ReleaseState::Sending { .. }) {
            return Err(self.refuse(Verb::Send, "没有正在发出"));
        }
        Ok(match outcome {
            Outcome::Failed(reason) => self.to(ReleaseState::Failed { at: now, reason }),
            Outcome::Sent { outside_id, address } => {
                let (evidence, by) = (String::new(), String::new());
                self.to(ReleaseState::Sent(Out { at: now, outside_id, address, evidence, by }))
            }
        })
    }

    /// Starts anew after a failure.
    ///
    /// # Errors
    /// When it did not fail.
    pub fn retry(self) -> Result<Self, Refusal> {
        match self.state {
            ReleaseState::Failed { .. } => Ok(self.to(ReleaseState::Approved)),
            _ => Err(self.refuse(Verb::Retry, "没有失败，不用重发")),
        }
    }

    /// A person did it: the day, who and what shows it. Also settles what failed by machine.
    ///
    /// # Errors
    /// When it is not to be done, the day is in the future, or there is no evidence.
    pub fn do_by_hand(
        self,
        on: Date,
        by: &str,
        evidence: &str,
        today: Date,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let verb = Verb::DoByHand;
        let allowed = match self.state {
            ReleaseState::Approved => self.delivery() == Some(Delivery::Hand),
            ReleaseState::Failed { .. } => true,
            _ => false,
        };
        if !allowed {
            return Err(self.refuse(verb, "现在没有要人工办理的事项"));
        }
        if today < on {
            return Err(self.refuse(verb, "办理日期晚于今天，请核对"));
        }
        let evidence = evidence.trim();
        if evidence.is_empty() {
            let reason = "请写明凭据，如版面日期、张贴地点或者网址";
            return Err(self.refuse(verb, reason));
        }
        let midnight = crate::time::instant(on.at(0, 0, 0, 0)).unwrap_or(now);
        let out = Out {
            at: if on == today { now } else { midnight },
            outside_id: String::new(),
            address: String::new(),
            evidence: evidence.to_owned(),
            by: by.to_owned(),
        };
        Ok(self.to(ReleaseState::DoneByHand(out)))
    }

    /// Takes it back before it is out.
    ///
    /// # Errors
    /// When it is out, being sent or taken back already, or the reason is empty.
    pub fn withdraw(self, reason: &str, by: &str, now: Timestamp) -> Result<Self, Refusal> {
        let verb = Verb::Withdraw;
        match self.state {
            ReleaseState::Wanted | ReleaseState::Approved | ReleaseState::Failed { .. } => {}
            ReleaseState::Sending { .. } => {
                return Err(self.refuse(verb, "正在发出，请等有了结果再办"));
            }
            _ => return Err(self.refuse(verb, "已经办结，不能取消")),
        }
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(self.refuse(verb, "请写明理由"));
        }
        let (by, reason) = (by.to_owned(), reason.to_owned());
        Ok(self.to(ReleaseState::Withdrawn { at: now, by, reason }))
    }
}
