//! The clock of a request: its case for `domain::clock`, and the day by which it must be answered.

use super::{ClockMark, DisclosureRequest, RequestEvent};
use crate::calendar::Calendar;
use crate::clock::{Case, Event, EventKind, Pending, Reckoning, Refusal, State, reckon};
use jiff::civil::Date;
use serde::Serialize;

/// The day by which a request must be answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Deadline {
    /// The last day; none while the requester is to act, or while it is not known when a consultation
    /// ends.
    pub due: Option<Date>,
    /// Whether a notice that is not out yet may move it.
    pub provisional: bool,
    /// Where the clock stands.
    pub state: State,
    /// For what it waits or stands still.
    pub pending: Option<Pending>,
    /// Whether the day has passed without an answer, or the answer came after it.
    pub is_overdue: bool,
    /// Whether it is not the clock's but a delay told to the requester (条例 35), or the limit of an
    /// order to answer again.
    pub is_set: bool,
}

impl DisclosureRequest {
    /// The case of the round under way for the clock; `None` while receipt is not confirmed.
    pub fn clock_case(&self, today: Option<Date>) -> Option<Case> {
        let received = self.round.began_on?;
        let round = self.round_number();
        let of_round = self.events.iter().filter(|event| event.round == round);
        let marked = of_round.filter_map(|event| Some((event, event.clock.as_ref()?)));
        let events = marked.map(|(event, mark)| self.clock_event(event.on, mark)).collect();
        Some(Case { received, events, today })
    }

    /// The number of the round under way, from 0.
    pub fn round_number(&self) -> u32 {
        u32::try_from(self.past.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn clock_event(&self, on: Date, mark: &ClockMark) -> Event {
        let number = mark.consultation;
        let letter = number.and_then(|number| self.consultation(number));
        let reached = letter.filter(|_| mark.kind.is_letter()).and_then(|each| each.reached_on);
        let who = number.map(|number| number.to_string());
        Event { on, kind: mark.kind, reached, who }
    }

    /// The consultation with this number.
    pub fn consultation(&self, number: u32) -> Option<&super::Consultation> {
        self.round.consultations.iter().find(|each| each.number == number)
    }

    /// The clock on a day, each day explained; `None` while receipt is not confirmed.
    ///
    /// # Errors
    /// When the clock refuses the day: it lies before the last event.
    pub fn reckoning(
        &self,
        calendar: &Calendar,
        today: Option<Date>,
    ) -> Option<Result<Reckoning, Refusal>> {
        Some(reckon(calendar, &self.clock_case(today)?))
    }

    /// The day by which it must be answered, seen on a day; `None` while receipt is not confirmed.
    pub fn deadline(&self, calendar: &Calendar, today: Date) -> Option<Deadline> {
        let case = self.clock_case(Some(self.last_day().map_or(today, |last| last.max(today))))?;
        let reckoned = reckon(calendar, &case).ok()?;
        let delayed = self.round.reasons.as_ref().and_then(|reasons| reasons.delayed_until);
        let ordered = self.round.order.as_ref().and_then(|order| order.until);
        let later = delayed.filter(|day| reckoned.due.is_some_and(|due| due < *day));
        let set = later.or(ordered.filter(|_| reckoned.due.is_some()));
        let answered = self.answered_on();
        let is_overdue = match set {
            Some(day) => day < answered.unwrap_or(today),
            None => reckoned.overdue,
        };
        Some(Deadline {
            due: set.or(reckoned.due),
            provisional: set.is_none() && reckoned.provisional,
            state: reckoned.state,
            pending: reckoned.pending,
            is_overdue,
            is_set: set.is_some(),
        })
    }

    fn answered_on(&self) -> Option<Date> {
        let round = self.round_number();
        let mut events = self.events.iter().rev().filter(|event| event.round == round);
        let is_answer = |event: &&RequestEvent| {
            event.clock.as_ref().is_some_and(|mark| mark.kind == EventKind::Answered)
        };
        events.find(is_answer).map(|event| event.on)
    }

    /// The day of the last event that the clock knows of.
    fn last_day(&self) -> Option<Date> {
        let round = self.round_number();
        let of_clock =
            self.events.iter().filter(|each| each.round == round && each.clock.is_some());
        of_clock.map(|event| event.on).max().or(self.round.began_on)
    }
}
