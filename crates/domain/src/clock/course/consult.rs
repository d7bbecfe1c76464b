//! Consulting a third party or a co-maker: the letter, its arrival, the opinion; and the time it takes.
//!
//! Regulations, art. 33: the time is not counted. It begins the day after the letter is sent and ends
//! with the opinion, or with the last day for it.

use super::{Course, Outcome};
use crate::clock::rules::Limited;
use crate::clock::{Event, Pending, Reason};
use jiff::civil::Date;

/// A letter of consultation.
pub struct Consultation {
    /// Third party or co-maker.
    pub of: Pending,
    who: Option<String>,
    sent: Date,
    reached: Option<Date>,
    /// The last day for an opinion, where it is known when the letter arrived.
    expires: Option<Date>,
    heard: Option<Date>,
}

impl Consultation {
    /// The last day that is not counted: that of the opinion, but no later than its limit. None where
    /// neither is known.
    pub fn end(&self) -> Option<Date> {
        match (self.heard, self.expires) {
            (Some(heard), Some(expires)) => Some(heard.min(expires)),
            (end, None) | (None, end) => end,
        }
    }

    /// Whether a day is not counted because of it.
    pub fn stops_on(&self, day: Date) -> bool {
        self.sent < day && self.end().is_none_or(|end| day <= end)
    }

    /// Whether the opinion is still out and may still come in time.
    pub fn is_open_on(&self, day: Date) -> bool {
        self.heard.is_none() && self.expires.is_none_or(|expires| day <= expires)
    }
}

impl Course<'_> {
    /// A letter goes out. 条例 32, 34.
    pub(super) fn consult(&mut self, of: Pending, event: &Event) -> Outcome {
        let rule = self.consultation_rule(of);
        let basis = rule.provision;
        self.check_not_waiting()?;
        if let Some(reached) = event.reached.filter(|reached| *reached < event.on) {
            return Err(Reason::ReachedBeforeSent { reached, basis });
        }
        let is_same = |each: &&Consultation| each.of == of && each.who == event.who;
        let open = self.consultations.iter().filter(is_same).find(|each| each.is_open_on(event.on));
        if let Some(Consultation { sent, .. }) = open {
            return Err(Reason::ConsultedAlready { sent: *sent, basis });
        }
        let last_day = |reached| rule.limit.last_day(self.calendar, reached).date;
        self.consultations.push(Consultation {
            of,
            who: event.who.clone(),
            sent: event.on,
            reached: event.reached,
            expires: event.reached.map(last_day),
            heard: None,
        });
        self.rest_on(basis);
        self.rest_on(self.rules.not_counted);
        Ok(())
    }

    /// An opinion comes in. One that comes after its limit changes nothing any more.
    pub(super) fn hear(&mut self, of: Pending, event: &Event) -> Outcome {
        let basis = self.consultation_rule(of).provision;
        let unheard = self.consultations.iter_mut().filter(|each| {
            let is_theirs = event.who.is_none() || each.who == event.who;
            each.of == of && each.heard.is_none() && is_theirs
        });
        let mut unheard: Vec<&mut Consultation> = unheard.collect();
        let open = unheard.iter().filter(|each| each.is_open_on(event.on)).count();
        if 1 < open {
            return Err(Reason::WhoseOpinion { n_open: open, basis });
        }
        let at = unheard.iter().rposition(|each| each.is_open_on(event.on) || open == 0);
        let Some(consultation) = at.map(|at| unheard.swap_remove(at)) else {
            return Err(Reason::NotConsulted { basis });
        };
        if let Some(reached) = consultation.reached.filter(|reached| event.on < *reached) {
            return Err(Reason::AnsweredBeforeReached { reached, basis });
        }
        consultation.heard = Some(event.on);
        Ok(())
    }

    fn consultation_rule(&self, of: Pending) -> Limited {
        match of {
            Pending::CoMaker => self.rules.co_maker,
            _ => self.rules.third_party,
        }
    }
}
