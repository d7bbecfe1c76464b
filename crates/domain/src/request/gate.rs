//! What the verbs ask before they act: who, in which state, on which day, and what the clock says.

use super::{By, ClockMark, DisclosureRequest, Occasion, RequestAct, RequestEvent, StateKey, Step};
use crate::clock::{self, EventKind, reckon};
use crate::refusal::Refusal;
use jiff::civil::Date;

impl DisclosureRequest {
    pub(super) fn refuse(&self, act: RequestAct, reason: impl Into<String>) -> Refusal {
        let refusal = Refusal::new(act.name(), self.state_word(), reason);
        match act.article() {
            Some(article) => refusal.by(article),
            None => refusal,
        }
    }

    /// A refusal that no article gives.
    pub(super) fn refuse_plainly(&self, act: RequestAct, reason: impl Into<String>) -> Refusal {
        Refusal::new(act.name(), self.state_word(), reason)
    }

    /// Somebody who works on requests of the organ.
    pub(super) fn ask_handler(
        &self,
        act: RequestAct,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        match occasion.by {
            By::Staff(actor) if actor.handles_requests(&self.organ) => Ok(()),
            By::Requester if act.is_of_requester() => Ok(()),
            By::System => Ok(()),
            _ => Err(self.refuse_plainly(act, "由本机关信息员或者信息公开工作机构办理")),
        }
    }

    /// In one of these states.
    pub(super) fn ask_state(&self, act: RequestAct, states: &[StateKey]) -> Result<(), Refusal> {
        let state = self.state_key();
        if states.contains(&state) {
            return Ok(());
        }
        let words: Vec<_> = states.iter().map(|each| each.word()).collect();
        let reason = format!("现在是“{}”，“{}”时才能办理", state.word(), words.join("”“"));
        Err(self.refuse_plainly(act, reason))
    }

    /// On a day that has come and is not before the request did.
    pub(super) fn ask_day(
        &self,
        act: RequestAct,
        on: Date,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        if occasion.today() < on {
            return Err(self.refuse_plainly(act, format!("日期 {on} 还没有到，请核对")));
        }
        let began = self.round.began_on.unwrap_or(self.arrived_on);
        if on < began {
            let reason = format!("日期 {on} 早于收到申请之日（{began}），请核对");
            return Err(self.refuse_plainly(act, reason));
        }
        Ok(())
    }

    /// A text that says something.
    pub(super) fn ask_text(
        &self,
        act: RequestAct,
        what: &str,
        text: &str,
    ) -> Result<String, Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Err(self.refuse_plainly(act, format!("请写明{what}")));
        }
        Ok(text.to_owned())
    }

    /// What the clock says to an event on a day; while receipt is not confirmed it says nothing.
    pub(super) fn ask_clock(
        &self,
        act: RequestAct,
        event: clock::Event,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let Some(mut case) = self.clock_case(None) else { return Ok(()) };
        case.events.push(event);
        match reckon(occasion.calendar, &case) {
            Ok(_) => Ok(()),
            Err(refused) => Err(self.of_clock(act, &refused)),
        }
    }

    /// The clock's refusal as one of this act.
    pub(super) fn of_clock(&self, act: RequestAct, refused: &clock::Refusal) -> Refusal {
        let reason = format!("{}。{}", refused.reason, refused.reason.hint());
        let refusal = Refusal::new(act.name(), self.state_word(), reason);
        match refused.reason.basis() {
            Some(provision) => refusal.by(&provision.citation),
            None => refusal,
        }
    }

    /// Writes down what happened.
    pub(super) fn note(
        &mut self,
        act: RequestAct,
        on: Date,
        note: impl Into<String>,
        clock: Option<ClockMark>,
        occasion: &Occasion<'_>,
    ) {
        let round = self.round_number();
        let by = occasion.name().to_owned();
        let event = RequestEvent { act, on, at: occasion.now, by, note: note.into(), round, clock };
        self.events.push(event);
    }

    pub(super) fn step(self, act: RequestAct, reason: Option<String>) -> Step {
        Step { request: self, act, reason }
    }
}

/// An event of the clock that names nobody.
pub(super) fn mark(kind: EventKind) -> Option<ClockMark> {
    Some(ClockMark { kind, consultation: None })
}

/// The same as the clock takes it.
pub(super) fn event(on: Date, kind: EventKind) -> clock::Event {
    clock::Event { on, kind, reached: None, who: None }
}
