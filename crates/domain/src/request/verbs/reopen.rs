//! 重新办理: a reconsideration or a court ordered to answer again; a new round with its own clock.

use crate::clock::reckon;
use crate::refusal::Refusal;
use crate::request::{
    DisclosureRequest, Occasion, Order, RequestAct, RequestState, Round, StateKey, Step,
};
use jiff::civil::Date;

const ACT: RequestAct = RequestAct::Reopen;

/// An order to answer again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reopening {
    /// The day the decision or judgment was received; the period runs from it.
    pub on: Date,
    /// The order.
    pub order: Order,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_reopen(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &[StateKey::Closed, StateKey::Archived])
    }

    /// Opens a closed request again. How it ended the first time stays; the annual report counts it
    /// there, and not again.
    ///
    /// # Errors
    /// When it is open, or the order is not named.
    pub fn reopen(
        mut self,
        reopening: Reopening,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.may_reopen(occasion)?;
        self.ask_day(ACT, reopening.on, occasion)?;
        if let Some(last) = self.closings.last().filter(|last| reopening.on < last.on) {
            let reason = format!("日期早于上次办结（{}），请核对", last.on);
            return Err(self.refuse_plainly(ACT, reason));
        }
        let document = self.ask_text(ACT, "决定书或者判决书的文号", &reopening.order.document)?;
        let text = self.ask_text(ACT, "决定或者判决的内容", &reopening.order.text)?;
        let until = reopening.order.until;
        if until.is_some_and(|until| until < reopening.on) {
            return Err(self.refuse_plainly(ACT, "重新答复的期限早于收到决定的日期，请核对"));
        }
        let reason = format!("{document}：{text}");
        let before = self.clone();
        let order = Some(Order { document, text, until });
        let round = Round { began_on: Some(reopening.on), order, ..Round::default() };
        self.past.push(std::mem::replace(&mut self.round, round));
        self.state = RequestState::Handling;
        let case = self.clock_case(None);
        let reckoned = case.map(|case| reckon(occasion.calendar, &case)).transpose();
        reckoned.map_err(|refused| before.of_clock(ACT, &refused))?;
        self.note(ACT, reopening.on, reason.clone(), None, occasion);
        Ok(self.step(ACT, Some(reason)))
    }
}
