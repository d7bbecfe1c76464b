//! 告知补正: asks the requester to make an unclear request clear (条例 30).

use crate::clock::EventKind;
use crate::refusal::Refusal;
use crate::request::gate::{event, mark};
use crate::request::{
    DisclosureRequest, Occasion, RequestAct, RequestState, StateKey, Step, Supplement,
};
use jiff::civil::Date;

const ACT: RequestAct = RequestAct::AskSupplement;

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskSupplement {
    /// The day the requester is told.
    pub on: Date,
    /// What is unclear or missing, all of it at once (一次性告知).
    pub items: Vec<String>,
    /// How to make it clear (给予指导和释明).
    pub guidance: String,
    /// The last day to supplement: 合理的补正期限, which the organ sets.
    pub until: Date,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_ask_supplement(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &[StateKey::Handling, StateKey::Consulting])?;
        self.ask_clock(ACT, event(occasion.today(), EventKind::SupplementAsked), occasion)
    }

    /// Asks for a supplement, once and within the days that the law gives; the clock waits, and the
    /// period runs anew from the day the supplement comes.
    ///
    /// # Errors
    /// When one was asked for already, the days are over, or nothing is said to be unclear.
    pub fn ask_supplement(
        mut self,
        ask: AskSupplement,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &[StateKey::Handling, StateKey::Consulting])?;
        self.ask_day(ACT, ask.on, occasion)?;
        self.ask_clock(ACT, event(ask.on, EventKind::SupplementAsked), occasion)?;
        let trimmed = ask.items.iter().map(|item| item.trim().to_owned());
        let items: Vec<String> = trimmed.filter(|item| !item.is_empty()).collect();
        if items.is_empty() {
            return Err(self.refuse(ACT, "请逐项写明需要补正的内容，并且一次写全"));
        }
        let guidance = self.ask_text(ACT, "指导和释明的内容", &ask.guidance)?;
        if ask.until <= ask.on {
            return Err(self.refuse(ACT, "补正期限应在告知之日以后，请给予合理的期限"));
        }
        let note = items.join("；");
        let until = ask.until;
        self.round.supplement =
            Some(Supplement { asked_on: ask.on, items, guidance, until, received: None });
        self.state = RequestState::AwaitingSupplement;
        self.note(ACT, ask.on, note, mark(EventKind::SupplementAsked), occasion);
        Ok(self.step(ACT, None))
    }
}
