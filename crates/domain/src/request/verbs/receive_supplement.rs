//! 收到补正: the requester made the request clear; the period runs anew (条例 30).

use crate::clock::EventKind;
use crate::refusal::Refusal;
use crate::request::gate::{event, mark};
use crate::request::{
    DisclosureRequest, Occasion, RequestAct, RequestFile, RequestState, StateKey, Step,
    Supplemented,
};
use jiff::civil::Date;

const ACT: RequestAct = RequestAct::ReceiveSupplement;

/// What came in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SupplementReceived {
    /// The day.
    pub on: Date,
    /// What it says.
    pub text: String,
    /// What came with it.
    pub files: Vec<RequestFile>,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_receive_supplement(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &[StateKey::AwaitingSupplement])
    }

    /// Takes the supplement. One that comes late is taken, too, as long as the request was not closed:
    /// only going without good reason ends it.
    ///
    /// # Errors
    /// When none was asked for, or nothing came.
    pub fn receive_supplement(
        mut self,
        received: SupplementReceived,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.may_receive_supplement(occasion)?;
        self.ask_day(ACT, received.on, occasion)?;
        self.ask_clock(ACT, event(received.on, EventKind::SupplementReceived), occasion)?;
        let text = received.text.trim().to_owned();
        if text.is_empty() && received.files.is_empty() {
            return Err(self.refuse_plainly(ACT, "请写明补正的内容，或者附上材料"));
        }
        if let Some(supplement) = &mut self.round.supplement {
            let (on, files) = (received.on, received.files);
            supplement.received = Some(Supplemented { on, text: text.clone(), files });
        }
        self.state = RequestState::Handling;
        self.note(ACT, received.on, text, mark(EventKind::SupplementReceived), occasion);
        Ok(self.step(ACT, None))
    }
}
