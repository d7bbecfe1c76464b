//! The course of a request so far: takes one event after the other, and counts the days between them.

mod consult;
mod strip;

use super::rules::Rules;
use super::{Event, EventKind, Pending, Reason, State};
use crate::calendar::{Calendar, Due};
use crate::law::Provision;
use consult::Consultation;
use jiff::civil::Date;

type Outcome = Result<(), Reason>;

/// What has happened to a request.
pub struct Course<'a> {
    calendar: &'a Calendar,
    rules: Rules,
    received: Date,
    /// Day 1 of the running period is the first working day after this day.
    from: Date,
    last: Date,
    supplement_asked: Option<Date>,
    fee_notified: Option<Date>,
    /// In the running period.
    extended: Option<Date>,
    waiting: Option<Wait>,
    /// Waits that are over: the period starts anew with the last day of each.
    waited: Vec<Stop>,
    consultations: Vec<Consultation>,
    answered: Option<Date>,
    basis: Vec<&'static Provision>,
}

/// The requester is to act.
#[derive(Clone, Copy)]
struct Wait {
    pending: Pending,
    since: Date,
    basis: &'static Provision,
}

/// The clock stands still after one day, up to and with another.
#[derive(Clone, Copy)]
struct Stop {
    after: Date,
    until: Date,
}

impl<'a> Course<'a> {
    pub fn begin(calendar: &'a Calendar, rules: Rules, received: Date) -> Self {
        Self {
            calendar,
            rules,
            received,
            from: received,
            last: received,
            supplement_asked: None,
            fee_notified: None,
            extended: None,
            waiting: None,
            waited: Vec::new(),
            consultations: Vec::new(),
            answered: None,
            basis: vec![rules.answer.provision],
        }
    }

    /// The day of the last event, or of receipt.
    pub fn last(&self) -> Date {
        self.last
    }

    /// The next event happens, or is refused and leaves the course as it was.
    pub fn take(&mut self, event: &Event) -> Outcome {
        self.check_order(event.on)?;
        match event.kind {
            EventKind::SupplementAsked => self.ask_supplement(event.on)?,
            EventKind::SupplementReceived => self.receive_supplement(event.on)?,
            EventKind::ThirdPartyAsked => self.consult(Pending::ThirdParty, event)?,
            EventKind::CoMakerAsked => self.consult(Pending::CoMaker, event)?,
            EventKind::ThirdPartyAnswered => self.hear(Pending::ThirdParty, event)?,
            EventKind::CoMakerAnswered => self.hear(Pending::CoMaker, event)?,
            EventKind::Extended => self.extend(event.on)?,
            EventKind::FeeNotified => self.notify_fee(event.on)?,
            EventKind::FeePaid => self.pay_fee(event.on)?,
            EventKind::Answered => self.answered = Some(event.on),
        }
        self.last = event.on;
        Ok(())
    }

    fn check_order(&self, on: Date) -> Outcome {
        let (received, previous) = (self.received, self.last);
        if on < received {
            return Err(Reason::BeforeReceipt { received, basis: self.rules.receipt });
        }
        if on < previous {
            return Err(Reason::OutOfOrder { previous });
        }
        match self.answered {
            Some(answered) => {
                Err(Reason::AfterAnswer { answered, basis: self.rules.answer.provision })
            }
            None => Ok(()),
        }
    }

    /// 条例 30: „一次性告知“, within some working days of receipt.
    fn ask_supplement(&mut self, on: Date) -> Outcome {
        let basis = self.rules.supplement.provision;
        if let Some(asked) = self.supplement_asked {
            return Err(Reason::SupplementTwice { asked, basis });
        }
        self.check_not_waiting()?;
        let limit = self.rules.supplement.limit;
        let last = limit.last_day(self.calendar, self.received);
        if last.date < on {
            return Err(Reason::SupplementTooLate { days: limit.days, last, basis });
        }
        self.supplement_asked = Some(on);
        self.wait(Pending::Supplement, on, basis);
        Ok(())
    }

    /// 条例 30: the period of answer runs anew from the day the supplement is received.
    fn receive_supplement(&mut self, on: Date) -> Outcome {
        match self.waiting {
            Some(Wait { pending: Pending::Supplement, .. }) => {
                self.start_anew(on);
                Ok(())
            }
            _ => Err(Reason::SupplementNotAsked { basis: self.rules.supplement.provision }),
        }
    }

    /// 条例 33: once, and while the period has not ended.
    fn extend(&mut self, on: Date) -> Outcome {
        let basis = self.rules.extension.provision;
        self.check_not_waiting()?;
        if let Some(extended) = self.extended {
            return Err(Reason::ExtendedTwice { extended, basis });
        }
        if let Some(due) = self.due().filter(|due| due.date < on) {
            return Err(Reason::ExtendedTooLate { due, basis });
        }
        self.extended = Some(on);
        self.rest_on(basis);
        Ok(())
    }

    /// Measures on the processing fee, art. 6: once, and while the period has not ended.
    fn notify_fee(&mut self, on: Date) -> Outcome {
        let basis = self.rules.fee.ok_or(Reason::NoFeeYet { received: self.received })?;
        if let Some(notified) = self.fee_notified {
            return Err(Reason::FeeTwice { notified, basis });
        }
        self.check_not_waiting()?;
        if let Some(due) = self.due().filter(|due| due.date < on) {
            return Err(Reason::FeeTooLate { due, basis });
        }
        self.fee_notified = Some(on);
        self.wait(Pending::Fee, on, basis);
        Ok(())
    }

    /// Measures on the processing fee, art. 6: the period runs anew from the day after payment.
    fn pay_fee(&mut self, on: Date) -> Outcome {
        match self.waiting {
            Some(Wait { pending: Pending::Fee, .. }) => {
                self.start_anew(on);
                Ok(())
            }
            _ => Err(Reason::FeeNotNotified { basis: self.rules.fee }),
        }
    }

    fn check_not_waiting(&self) -> Outcome {
        match self.waiting {
            Some(Wait { pending, since, basis }) => {
                Err(Reason::WhileWaiting { pending, since, basis })
            }
            None => Ok(()),
        }
    }

    fn wait(&mut self, pending: Pending, since: Date, basis: &'static Provision) {
        self.waiting = Some(Wait { pending, since, basis });
        self.rest_on(basis);
    }

    /// The wait is over, and a whole period begins: an extension belonged to the one broken off.
    fn start_anew(&mut self, on: Date) {
        if let Some(wait) = self.waiting.take() {
            self.waited.push(Stop { after: wait.since, until: on });
        }
        self.from = on;
        self.extended = None;
    }

    fn rest_on(&mut self, provision: &'static Provision) {
        if !self.basis.contains(&provision) {
            self.basis.push(provision);
        }
    }

    /// Working days of the running period, extension and all.
    fn limit_working_days(&self) -> u16 {
        let extension = self.extended.map_or(0, |_| self.rules.extension.limit.days);
        self.rules.answer.limit.days + extension
    }

    /// The last day to answer; none while the requester is to act, or where a consultation has no
    /// known end before it.
    fn due(&self) -> Option<Due> {
        if self.waiting.is_some() {
            return None;
        }
        let mut due = Due { date: self.from, provisional: false };
        let mut n_left = self.limit_working_days();
        while 0 < n_left {
            let date = due.date.tomorrow().expect("a case is kept far from the end of time");
            let is_open = !self.calendar.is_laid_down(date.year());
            due = Due { date, provisional: due.provisional || is_open };
            let stops = self.consultations.iter().filter(|each| each.stops_on(date));
            match stops.map(Consultation::end).max_by_key(|end| end.unwrap_or(Date::MAX)) {
                Some(None) => return None,
                Some(Some(_)) => {}
                None if self.calendar.is_worked(date) => n_left -= 1,
                None => {}
            }
        }
        Some(due)
    }

    /// Where the request stands on a day that is not before the last event.
    pub fn state(&self, on: Date) -> State {
        if self.answered.is_some() {
            return State::Closed;
        }
        match self.pending(on) {
            Some(Pending::Supplement | Pending::Fee) => State::Waiting,
            Some(Pending::ThirdParty | Pending::CoMaker) => State::Paused,
            None => State::Running,
        }
    }

    /// For what it waits or stands still on a day that is not before the last event.
    fn pending(&self, on: Date) -> Option<Pending> {
        if self.answered.is_some() {
            return None;
        }
        if let Some(wait) = self.waiting {
            return Some(wait.pending);
        }
        if self.due().is_some_and(|due| due.date < on) {
            return None;
        }
        self.consultations.iter().find(|each| each.is_open_on(on)).map(|each| each.of)
    }
}
