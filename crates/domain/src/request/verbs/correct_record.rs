//! 办理更正: somebody showed that a record about himself is wrong (条例 41).

use super::Closing;
use crate::clock::EventKind;
use crate::refusal::Refusal;
use crate::request::gate::event;
use crate::request::{Correction, DisclosureRequest, Matter, Occasion, RequestAct, StateKey, Step};
use jiff::civil::Date;

const ACT: RequestAct = RequestAct::CorrectRecord;

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correcting {
    /// The day the requester was told.
    pub on: Date,
    /// What was done.
    pub correction: Correction,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_correct_record(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &[StateKey::Handling, StateKey::Consulting])?;
        if self.matter == Matter::Rectification {
            return Ok(());
        }
        Err(self.refuse(ACT, "这是申请公开信息，不是申请更正，请用“拟写答复”"))
    }

    /// Corrects the record, hands it to who may, or says who that is, and tells the requester.
    ///
    /// # Errors
    /// When it is no such request, or it is not said what was done.
    pub fn correct_record(
        mut self,
        correcting: Correcting,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.may_correct_record(occasion)?;
        self.ask_day(ACT, correcting.on, occasion)?;
        self.ask_clock(ACT, event(correcting.on, EventKind::Answered), occasion)?;
        let note = match &correcting.correction {
            Correction::Corrected { what } => {
                format!("已更正：{}", self.ask_text(ACT, "更正的内容", what)?)
            }
            Correction::Transferred { to } => {
                format!("已转送：{}", self.ask_text(ACT, "转送的机关", &to.name)?)
            }
            Correction::Directed { to } => {
                self.ask_text(ACT, "该机关的联系方式", &to.contact)?;
                format!("告知向有关机关提出：{}", self.ask_text(ACT, "有权更正的机关", &to.name)?)
            }
            Correction::Unfounded { reason } => {
                format!("经核实无误：{}", self.ask_text(ACT, "核实的情况", reason)?)
            }
        };
        let closing = Closing {
            on: correcting.on,
            outcome: None,
            decision: None,
            service: None,
            correction: Some(correcting.correction),
            reason: note.clone(),
            was_late: false,
        };
        self.close(ACT, closing, note.clone(), occasion);
        Ok(self.step(ACT, Some(note)))
    }
}
