//! The clock as a careful person would do it on a wall calendar: one day after the other, striking out
//! the days that do not count. Slow, and knows nothing of how the program does it.

use gongkai_domain::calendar::Calendar;
use gongkai_domain::clock::{Case, Event, EventKind};
use jiff::civil::Date;

/// What stands on the wall calendar in the end.
pub struct Wall {
    pub due: Option<Date>,
    pub counted: Vec<(Date, u16)>,
    pub paused: Vec<Date>,
}

/// A letter that is out.
struct Letter {
    of: EventKind,
    who: Option<String>,
    reached: Option<Date>,
    /// Working days since it arrived.
    age: u16,
    is_over: bool,
}

fn asked(kind: EventKind) -> EventKind {
    match kind {
        EventKind::ThirdPartyAnswered => EventKind::ThirdPartyAsked,
        _ => EventKind::CoMakerAsked,
    }
}

/// The wall calendar while it is being filled in.
struct Hand<'a> {
    calendar: &'a Calendar,
    wall: Wall,
    limit: u16,
    n_counted: u16,
    is_waiting: bool,
    letters: Vec<Letter>,
}

/// Goes on to the due date, or to the last event where there is none.
pub fn reckon(calendar: &Calendar, case: &Case) -> Wall {
    let last = case.events.last().map_or(case.received, |event| event.on);
    let wall = Wall { due: None, counted: Vec::new(), paused: Vec::new() };
    let letters = Vec::new();
    let mut hand = Hand { calendar, wall, limit: 20, n_counted: 0, is_waiting: false, letters };
    let mut day = case.received;
    loop {
        for event in case.events.iter().filter(|event| event.on == day) {
            hand.happens(event);
        }
        if hand.n_counted == hand.limit && !hand.is_waiting {
            hand.wall.due = hand.wall.due.or(Some(day));
        }
        if last <= day && (hand.wall.due.is_some() || hand.is_held_for_ever()) {
            return hand.wall;
        }
        day = day.tomorrow().expect("cases lie far from the end of time");
        hand.goes_by(day);
    }
}

impl Hand<'_> {
    fn is_held_for_ever(&self) -> bool {
        let never_came = |letter: &Letter| !letter.is_over && letter.reached.is_none();
        self.is_waiting || self.letters.iter().any(never_came)
    }

    fn goes_by(&mut self, day: Date) {
        let is_worked = self.calendar.is_worked(day);
        let is_held = self.is_waiting || self.letters.iter().any(|letter| !letter.is_over);
        if self.wall.due.is_none() && is_held {
            self.wall.paused.push(day);
        } else if self.wall.due.is_none() && is_worked {
            self.n_counted += 1;
            self.wall.counted.push((day, self.n_counted));
        }
        for letter in &mut self.letters {
            letter.age += u16::from(is_worked && letter.reached.is_some_and(|at| at < day));
            letter.is_over |= letter.age == 15;
        }
    }

    fn happens(&mut self, event: &Event) {
        match event.kind {
            EventKind::SupplementAsked | EventKind::FeeNotified => self.is_waiting = true,
            EventKind::SupplementReceived | EventKind::FeePaid => {
                (self.is_waiting, self.limit, self.n_counted) = (false, 20, 0);
                self.wall.due = None;
            }
            EventKind::ThirdPartyAsked | EventKind::CoMakerAsked => self.letters.push(Letter {
                of: event.kind,
                who: event.who.clone(),
                reached: event.reached,
                age: 0,
                is_over: false,
            }),
            EventKind::ThirdPartyAnswered | EventKind::CoMakerAnswered => {
                let of = asked(event.kind);
                let is_theirs = |who: &Option<String>| event.who.is_none() || *who == event.who;
                for letter in &mut self.letters {
                    letter.is_over |= letter.of == of && is_theirs(&letter.who);
                }
            }
            EventKind::Extended => {
                self.limit = 40;
                self.wall.due = None;
            }
            EventKind::Answered => {}
        }
    }
}

/// The number of the first event that the law does not allow, each judged by the events before it.
pub fn first_unlawful(calendar: &Calendar, case: &Case) -> Option<usize> {
    (0..case.events.len()).find(|at| !is_lawful(calendar, case, *at)).map(|at| at + 1)
}

fn is_lawful(calendar: &Calendar, case: &Case, at: usize) -> bool {
    use EventKind::*;
    let before = &case.events[..at];
    let event = &case.events[at];
    let so_far = Case { received: case.received, events: before.to_vec(), today: None };
    let n = |kind: EventKind| before.iter().filter(|event| event.kind == kind).count();
    let in_order = before.last().map_or(case.received, |event| event.on) <= event.on;
    let is_supplement_out = n(SupplementReceived) < n(SupplementAsked);
    let is_fee_out = n(FeePaid) < n(FeeNotified);
    let is_waiting = is_supplement_out || is_fee_out;
    let in_time = || reckon(calendar, &so_far).due.is_none_or(|due| event.on <= due);
    let since_anew = before
        .iter()
        .rposition(|event| matches!(event.kind, SupplementReceived | FeePaid))
        .map_or(before, |at| &before[at..]);
    let knows_fees = Date::constant(2021, 1, 1) <= case.received;
    in_order
        && n(Answered) == 0
        && match event.kind {
            SupplementAsked => {
                let used = calendar.working_days_between(case.received, event.on).working_days;
                let is_seventh_or_before = used < 7 || used == 7 && calendar.is_worked(event.on);
                n(SupplementAsked) == 0 && !is_waiting && is_seventh_or_before
            }
            SupplementReceived => is_supplement_out,
            Extended => {
                let is_extended = since_anew.iter().any(|event| event.kind == Extended);
                !is_waiting && !is_extended && in_time()
            }
            FeeNotified => knows_fees && n(FeeNotified) == 0 && !is_waiting && in_time(),
            FeePaid => is_fee_out,
            Answered => true,
            ThirdPartyAsked | CoMakerAsked => {
                let open = open_letters(calendar, before, event.kind, event.on);
                !is_waiting
                    && event.reached.is_none_or(|reached| event.on <= reached)
                    && open.iter().all(|letter| letter.who != event.who)
            }
            ThirdPartyAnswered | CoMakerAnswered => may_answer(calendar, before, event),
        }
}

fn may_answer(calendar: &Calendar, before: &[Event], event: &Event) -> bool {
    let is_theirs = |letter: &&Event| event.who.is_none() || letter.who == event.who;
    let of = asked(event.kind);
    let open: Vec<&Event> =
        open_letters(calendar, before, of, event.on).into_iter().filter(is_theirs).collect();
    let n_unheard = unheard(calendar, before, of).into_iter().filter(is_theirs).count();
    let has_arrived = || open.iter().all(|letter| letter.reached.is_none_or(|at| at <= event.on));
    open.len() < 2 && 0 < n_unheard && has_arrived()
}

fn is_expired(calendar: &Calendar, letter: &Event, on: Date) -> bool {
    letter.reached.is_some_and(|reached| {
        let used = calendar.working_days_between(reached, on).working_days;
        15 < used || used == 15 && !calendar.is_worked(on)
    })
}

/// Letters of a kind that no opinion was heard on, whether or not it is too late for one.
fn unheard<'a>(calendar: &Calendar, before: &'a [Event], of: EventKind) -> Vec<&'a Event> {
    let mut out: Vec<&Event> = Vec::new();
    for event in before {
        if event.kind == of {
            out.push(event);
        } else if matches!(event.kind, EventKind::ThirdPartyAnswered | EventKind::CoMakerAnswered)
            && asked(event.kind) == of
        {
            let fits = |letter: &&&Event| event.who.is_none() || letter.who == event.who;
            let in_time = |letter: &&Event| !is_expired(calendar, letter, event.on);
            let heard = out.iter().filter(fits).find(|letter| in_time(letter));
            let heard = heard.or_else(|| out.iter().rfind(fits)).copied();
            out.retain(|letter| heard.is_none_or(|heard| !std::ptr::eq(*letter, heard)));
        }
    }
    out
}

fn open_letters<'a>(
    calendar: &Calendar,
    before: &'a [Event],
    of: EventKind,
    on: Date,
) -> Vec<&'a Event> {
    let all = unheard(calendar, before, of).into_iter();
    all.filter(|letter| !is_expired(calendar, letter, on)).collect()
}
