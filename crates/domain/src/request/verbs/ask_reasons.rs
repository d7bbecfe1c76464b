//! 要求说明理由, and the reasonable delay: for numbers and frequency beyond reason (条例 35).

use crate::refusal::Refusal;
use crate::request::{DisclosureRequest, Occasion, Reasons, RequestAct, StateKey, Step};
use jiff::civil::Date;

const STATES: [StateKey; 2] = [StateKey::Handling, StateKey::Consulting];

/// Reasons are asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskReasons {
    /// The day.
    pub on: Date,
    /// Which numbers and frequency were found.
    pub found: String,
    /// The last day to give them.
    pub until: Date,
}

/// Reasons came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GivenReasons {
    /// The day.
    pub on: Date,
    /// What they are.
    pub text: String,
}

/// A delayed answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delaying {
    /// The day the requester is told.
    pub on: Date,
    /// The reasonable limit.
    pub until: Date,
    /// Why it cannot be done in time.
    pub reason: String,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_ask_reasons(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let act = RequestAct::AskReasons;
        self.ask_handler(act, occasion)?;
        self.ask_state(act, &STATES)?;
        match &self.round.reasons {
            Some(reasons) => {
                Err(self.refuse(act, format!("已于 {} 要求说明理由", reasons.asked_on)))
            }
            None => self.ask_in_time(act, occasion.today(), occasion),
        }
    }

    fn ask_in_time(
        &self,
        act: RequestAct,
        on: Date,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let due = self.deadline(occasion.calendar, on).and_then(|deadline| deadline.due);
        match due.filter(|due| *due < on) {
            Some(due) => Err(self.refuse(act, format!("答复期限已于 {due} 届满，应尽快答复"))),
            None => Ok(()),
        }
    }

    /// Asks why so much is asked for; the clock runs on.
    ///
    /// # Errors
    /// When it was asked already, the period is over, or nothing was found.
    pub fn ask_reasons(
        mut self,
        ask: AskReasons,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let act = RequestAct::AskReasons;
        self.may_ask_reasons(occasion)?;
        self.ask_day(act, ask.on, occasion)?;
        let found = self.ask_text(act, "申请的数量、频次", &ask.found)?;
        if ask.until <= ask.on {
            return Err(self.refuse(act, "说明理由的期限应在告知之日以后"));
        }
        let (asked_on, until) = (ask.on, ask.until);
        self.note(act, ask.on, found.clone(), None, occasion);
        self.round.reasons =
            Some(Reasons { asked_on, found, until, given: None, delayed_until: None });
        Ok(self.step(act, None))
    }

    pub(in crate::request) fn may_hear_reasons(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let act = RequestAct::HearReasons;
        self.ask_handler(act, occasion)?;
        self.ask_state(act, &STATES)?;
        match &self.round.reasons {
            Some(Reasons { given: None, .. }) => Ok(()),
            Some(_) => Err(self.refuse(act, "理由已经登记过")),
            None => Err(self.refuse(act, "没有要求申请人说明理由")),
        }
    }

    /// Takes the reasons.
    ///
    /// # Errors
    /// When none were asked for.
    pub fn hear_reasons(
        mut self,
        given: GivenReasons,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let act = RequestAct::HearReasons;
        self.may_hear_reasons(occasion)?;
        self.ask_day(act, given.on, occasion)?;
        let text = self.ask_text(act, "申请人说明的理由", &given.text)?;
        if let Some(reasons) = &mut self.round.reasons {
            reasons.given = Some((given.on, text.clone()));
        }
        self.note(act, given.on, text, None, occasion);
        Ok(self.step(act, None))
    }

    pub(in crate::request) fn may_delay(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        let act = RequestAct::Delay;
        self.ask_handler(act, occasion)?;
        self.ask_state(act, &STATES)?;
        match &self.round.reasons {
            Some(Reasons { given: Some(_), delayed_until: None, .. }) => {
                self.ask_in_time(act, occasion.today(), occasion)
            }
            Some(Reasons { delayed_until: Some(until), .. }) => {
                Err(self.refuse(act, format!("已经告知延迟到 {until}")))
            }
            _ => Err(self.refuse(act, "应先要求申请人说明理由，认为理由合理的才可以延迟答复")),
        }
    }

    /// Sets a reasonable limit for what cannot be answered in time, and tells it.
    ///
    /// # Errors
    /// When no reasons were given, the period is over, or the limit is no later than the law's.
    pub fn delay(mut self, delaying: Delaying, occasion: &Occasion<'_>) -> Result<Step, Refusal> {
        let act = RequestAct::Delay;
        self.may_delay(occasion)?;
        self.ask_day(act, delaying.on, occasion)?;
        let reason = self.ask_text(act, "不能按期答复的原因", &delaying.reason)?;
        let due = self.deadline(occasion.calendar, delaying.on).and_then(|deadline| deadline.due);
        if let Some(due) = due.filter(|due| delaying.until <= *due) {
            let reason = format!("延迟的期限应晚于答复期限（{due}）");
            return Err(self.refuse(act, reason));
        }
        if let Some(reasons) = &mut self.round.reasons {
            reasons.delayed_until = Some(delaying.until);
        }
        self.note(act, delaying.on, format!("延迟到 {}：{reason}", delaying.until), None, occasion);
        Ok(self.step(act, Some(reason)))
    }
}
