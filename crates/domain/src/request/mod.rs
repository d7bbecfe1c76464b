//! A request for disclosure (依申请公开) from registration to archive: what is true of it in each state.
//!
//! Each verb stands in a file of its own and takes the request by value. A request never holds the
//! personal data of who asks: those stand in a [`Personal`] that the store keeps sealed.

mod act;
mod closing;
mod duty;
mod erase;
mod example;
mod gate;
mod parts;
mod possible;
mod reply;
mod state;
mod submission;
#[cfg(test)]
mod tests;
mod timing;
mod verbs;

pub use act::RequestAct;
pub use closing::{Closing, Correction, Order, Round};
pub use duty::Duty;
pub use erase::ERASED;
pub use example::{ClearExample, Examples, UnclearExample, examples};
pub use parts::{
    Assignment, Consultation, Consulted, Extension, Fee, FeeCourse, Opinion, PartReport, Reasons,
    RequestFile, RightOrgan, Search, Supplement, Supplemented,
};
pub use possible::Possible;
pub use reply::{Decision, Part, Proposal, Reply, ServiceWay};
pub use state::{RequestState, StateKey};
pub use submission::{
    Agent, DeliveryForm, DeliveryWay, ID_CARD, Missing, Personal, Submission, Wanted, shown_name,
};
pub use timing::Deadline;
pub use verbs::{
    Answered, Approval, Archiving, AskReasons, AskSupplement, Assign, Consult, Correcting,
    Delaying, Delivered, Extending, GivenReasons, LogSearch, NotifyFee, Paying, ProposeFee,
    Receipt, Registration, Reopening, Reporting, Returning, Served, Silence, SupplementReceived,
    Waiving, Withdrawal, Withdrawn,
};

use crate::access::Actor;
use crate::calendar::Calendar;
use crate::clock::EventKind;
use crate::id::{OrganId, RequestId};
use crate::outcome::OutcomeKey;
use crate::time::china_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// As what somebody asks: a column of table three.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequesterKind {
    /// 自然人.
    Natural,
    /// 商业企业.
    Business,
    /// 科研机构.
    Research,
    /// 社会公益组织.
    Nonprofit,
    /// 法律服务机构.
    Legal,
    /// 其他.
    Other,
}

/// By which way a request came; it decides the day of receipt (条例 31).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceivedChannel {
    /// 当面提交: the day of handing in.
    Counter,
    /// 邮寄 with signature: the day the organ signs.
    RegisteredPost,
    /// 平常信函: to be confirmed with the requester on the very day; the day of confirmation.
    OrdinaryPost,
    /// Posted to another office or person of the organ: as unsigned mail (国办公开办函〔2015〕207号).
    OtherOffice,
    /// 传真: the day both sides confirm.
    Fax,
    /// 电子邮箱: the day both sides confirm.
    Email,
    /// 网上提交: the day both sides confirm.
    Online,
}

impl ReceivedChannel {
    /// Whether the day it came in is the day of receipt, without a word from the requester.
    pub fn fixes_receipt(self) -> bool {
        matches!(self, Self::Counter | Self::RegisteredPost)
    }

    /// Whether no organ may refuse it (国办公开办函〔2017〕19号).
    pub fn is_basic(self) -> bool {
        matches!(
            self,
            Self::Counter | Self::RegisteredPost | Self::OrdinaryPost | Self::OtherOffice
        )
    }
}

/// What a request is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// Information is asked for (条例 27).
    Disclosure,
    /// A record about oneself is to be corrected (条例 41); it is no row of the annual report.
    Rectification,
}

/// Who asks, as far as everybody who works on the request may see.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Requester {
    /// As what.
    pub kind: RequesterKind,
    /// The name of an organisation, the family name of a natural person.
    pub shown: String,
    /// Whether somebody acts for the requester.
    pub has_agent: bool,
}

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody who works for the organ.
    Staff(&'a Actor),
    /// The requester, on line.
    Requester,
    /// The program, on nobody's click.
    System,
}

/// Who acts, when, and by which calendar days are counted.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    /// Who.
    pub by: By<'a>,
    /// When.
    pub now: Timestamp,
    /// The calendar.
    pub calendar: &'a Calendar,
}

impl Occasion<'_> {
    /// The day in China.
    pub fn today(&self) -> Date {
        china_date(self.now)
    }

    fn name(&self) -> &str {
        match self.by {
            By::Staff(actor) => &actor.name,
            By::Requester => "申请人",
            By::System => "系统",
        }
    }
}

/// Something that happened to a request.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RequestEvent {
    /// What.
    pub act: RequestAct,
    /// The day that counts.
    pub on: Date,
    /// When it was written down.
    pub at: Timestamp,
    /// Who did it, by the name of that time; nobody's personal data.
    pub by: String,
    /// What there is to say of it; empty where the act says all.
    pub note: String,
    /// In which round it happened, from 0.
    pub round: u32,
    /// What it is to the clock.
    pub clock: Option<ClockMark>,
}

/// What an event is to the clock.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClockMark {
    /// The event of the clock.
    pub kind: EventKind,
    /// The number of the consultation, where it is one.
    pub consultation: Option<u32>,
}

/// The request after a verb, and what happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The request as it is now; the last of its events is what happened.
    pub request: DisclosureRequest,
    /// What happened.
    pub act: RequestAct,
    /// The reason given, where one was.
    pub reason: Option<String>,
}

/// A request for disclosure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DisclosureRequest {
    /// Its name in addresses; never changes.
    pub id: RequestId,
    /// The organ that is asked.
    pub organ: OrganId,
    /// Its number in the register of the organ and year.
    pub number: String,
    /// The code by which the requester follows it.
    pub code: String,
    /// By which way it came.
    pub channel: ReceivedChannel,
    /// What it is for.
    pub matter: Matter,
    /// The day it came in.
    pub arrived_on: Date,
    /// The day of receipt (条例 31); `None` until it is confirmed.
    pub received_on: Option<Date>,
    /// Who asks.
    pub requester: Requester,
    /// What is asked for.
    pub wanted: Wanted,
    /// In which form.
    pub form: DeliveryForm,
    /// By which way the answer is to come.
    pub way: DeliveryWay,
    /// What came with it.
    pub files: Vec<RequestFile>,
    /// Whether it was spoken and written down by the office.
    pub was_spoken: bool,
    /// What 条例 29 asks for and was not there when it came.
    pub missing: Vec<Missing>,
    /// Where it stands.
    pub state: RequestState,
    /// The handling under way, or the last one.
    pub round: Round,
    /// The handlings before, where it was opened again.
    pub past: Vec<Round>,
    /// Where the information was looked for.
    pub searches: Vec<Search>,
    /// The organ that is responsible, where it is another.
    pub right_organ: Option<RightOrgan>,
    /// The parts handed to units.
    pub assignments: Vec<Assignment>,
    /// How it ended, and how it ended again.
    pub closings: Vec<Closing>,
    /// What happened, in the order in which it was written down.
    pub events: Vec<RequestEvent>,
}

impl DisclosureRequest {
    /// The key of its state; 征求意见中 while an opinion is still to come.
    pub fn state_key(&self) -> StateKey {
        match &self.state {
            RequestState::Unconfirmed => StateKey::Unconfirmed,
            RequestState::Handling if self.open_consultations().next().is_some() => {
                StateKey::Consulting
            }
            RequestState::Handling => StateKey::Handling,
            RequestState::AwaitingSupplement => StateKey::AwaitingSupplement,
            RequestState::AwaitingFee => StateKey::AwaitingFee,
            RequestState::InReview(_) => StateKey::InReview,
            RequestState::Approved(_) => StateKey::Approved,
            RequestState::Closed => StateKey::Closed,
            RequestState::Archived { .. } => StateKey::Archived,
        }
    }

    /// The word for its state.
    pub fn state_word(&self) -> &'static str {
        self.state_key().word()
    }

    /// Whether it still has to be answered.
    pub fn is_open(&self) -> bool {
        self.state_key().is_open()
    }

    /// The consultations that still wait for an opinion.
    pub fn open_consultations(&self) -> impl Iterator<Item = &Consultation> {
        self.round.consultations.iter().filter(|each| each.is_open())
    }

    /// How it ended for the annual report: the first time. An answer given anew after a remedy is not
    /// counted again.
    pub fn counted(&self) -> Option<&Closing> {
        self.closings.first()
    }

    /// The row of the report it counts in; none while open, and none for the correction of a record.
    pub fn outcome(&self) -> Option<OutcomeKey> {
        self.counted().and_then(|closing| closing.outcome)
    }

    /// The reply proposed, approved or served last.
    pub fn reply(&self) -> Option<&Reply> {
        match &self.state {
            RequestState::InReview(proposal) => Some(&proposal.reply),
            RequestState::Approved(decision) => Some(&decision.proposal.reply),
            RequestState::Closed | RequestState::Archived { .. } => {
                let last = self.closings.last().and_then(|closing| closing.decision.as_ref());
                last.map(|decision| &decision.proposal.reply)
            }
            _ => None,
        }
    }
}
