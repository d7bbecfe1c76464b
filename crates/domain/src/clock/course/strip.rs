//! The strip of days that proves a due date, and the answer of the clock as a whole.

use super::{Course, Stop};
use crate::calendar::{DayKind, Due};
use crate::clock::{ClockDay, ClockDayKind, Reckoning};
use jiff::civil::Date;

impl Course<'_> {
    /// What the clock answers, looked at on a day that is not before the last event.
    pub fn reckoning(&self, as_of: Date) -> Reckoning {
        let due = self.due();
        let done = self.answered.unwrap_or(as_of);
        let end = due.map_or(as_of, |due| due.date.max(done));
        let days = self.strip(due, end);
        let late = due.filter(|due| due.date < done).map(|due| due.date);
        let is_open = |day: &ClockDay| !self.calendar.is_laid_down(day.date.year());
        Reckoning {
            due: due.map(|due| due.date),
            state: self.state(as_of),
            provisional: match due {
                Some(due) => days.iter().any(|day| day.date <= due.date && is_open(day)),
                None => days.iter().any(is_open),
            },
            pending: self.pending(as_of),
            as_of,
            overdue: late.is_some(),
            overdue_working_days: late
                .map_or(0, |due| self.calendar.working_days_between(due, done).working_days),
            limit_working_days: self.limit_working_days(),
            basis: self.basis.iter().map(|each| each.reference.clone()).collect(),
            days,
        }
    }

    /// Every day after receipt up to and with `end`.
    fn strip(&self, due: Option<Due>, end: Date) -> Vec<ClockDay> {
        let is_over = |day: Date| due.is_some_and(|due| due.date < day);
        let mut n_counted = 0;
        let mut days = Vec::new();
        let mut date = self.received;
        while date < end {
            if self.waited.iter().any(|stop| stop.until == date) {
                n_counted = 0;
            }
            date = date.tomorrow().expect("a day before another has a tomorrow");
            let day = self.calendar.kind_of(date);
            let is_stopped = !is_over(date) && self.stands_still(date);
            let counts = !is_over(date) && !is_stopped && day.is_worked();
            n_counted += u16::from(counts);
            days.push(ClockDay {
                date,
                kind: if is_stopped { ClockDayKind::Paused } else { day.into() },
                counted: counts.then_some(n_counted),
                holiday: match day {
                    DayKind::Holiday(name) => Some(name.to_owned()),
                    _ => None,
                },
            });
        }
        days
    }

    /// Whether a day is not counted, for a consultation or for the requester.
    fn stands_still(&self, day: Date) -> bool {
        let within = |stop: &Stop| stop.after < day && day <= stop.until;
        self.waited.iter().any(within)
            || self.waiting.is_some_and(|wait| wait.since < day)
            || self.consultations.iter().any(|each| each.stops_on(day))
    }
}
