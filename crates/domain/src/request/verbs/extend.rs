//! 延长答复期限: once, before the period ends, with the consent of the head of the disclosure office,
//! and told to the requester (条例 33).

use crate::clock::EventKind;
use crate::refusal::Refusal;
use crate::request::gate::{event, mark};
use crate::request::{DisclosureRequest, Extension, Occasion, RequestAct, StateKey, Step};
use jiff::civil::Date;

const ACT: RequestAct = RequestAct::Extend;
const STATES: [StateKey; 4] =
    [StateKey::Handling, StateKey::Consulting, StateKey::InReview, StateKey::Approved];

/// An extension.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Extending {
    /// The day the requester is told.
    pub on: Date,
    /// Why.
    pub reason: String,
    /// The head of the disclosure office who consented (工作机构负责人).
    pub consented_by: String,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_extend(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &STATES)?;
        self.ask_clock(ACT, event(occasion.today(), EventKind::Extended), occasion)
    }

    /// Extends the period.
    ///
    /// # Errors
    /// When it was extended already, has ended, or nobody consented.
    pub fn extend(
        mut self,
        extending: Extending,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &STATES)?;
        self.ask_day(ACT, extending.on, occasion)?;
        self.ask_clock(ACT, event(extending.on, EventKind::Extended), occasion)?;
        let reason = self.ask_text(ACT, "延长的理由", &extending.reason)?;
        if extending.consented_by.trim().is_empty() {
            let reason = "延长须经政府信息公开工作机构负责人同意，请写明由谁同意";
            return Err(self.refuse(ACT, reason));
        }
        let consented_by = extending.consented_by.trim().to_owned();
        self.note(ACT, extending.on, reason.clone(), mark(EventKind::Extended), occasion);
        let due = self.deadline(occasion.calendar, extending.on).and_then(|each| each.due);
        let (on, kept) = (extending.on, reason.clone());
        self.round.extension = Some(Extension { on, reason: kept, consented_by, due });
        Ok(self.step(ACT, Some(reason)))
    }
}
