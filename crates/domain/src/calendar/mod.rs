//! The working-day calendar: which days count, laid down year by year; it knows no deadlines of its own.
//!
//! Monday to Friday are worked, Saturday and Sunday are off, and the State Council's yearly notice
//! moves both (调休). A year whose notice is not known is reckoned by weekdays alone, and whatever
//! rests on it says that it is provisional.

mod load;

pub use load::CalendarError;

use jiff::civil::{Date, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// What a day is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayKind<'a> {
    /// Monday to Friday, worked.
    Working,
    /// Saturday or Sunday, off.
    Weekend,
    /// Off by notice, with the name of the holiday.
    Holiday(&'a str),
    /// Saturday or Sunday, worked by notice (调休).
    Swapped,
}

impl DayKind<'_> {
    /// Whether the day counts as a working day (工作日).
    pub fn is_worked(self) -> bool {
        matches!(self, Self::Working | Self::Swapped)
    }
}

/// A day reckoned from the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    /// The day.
    pub date: Date,
    /// Whether a day on the way lies in a year that is not laid down, so that a notice may move it.
    pub provisional: bool,
}

/// A number of working days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// How many.
    pub working_days: u32,
    /// Whether a day counted lies in a year that is not laid down.
    pub provisional: bool,
}

/// What a notice says of one day.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Laid {
    /// The year of the notice.
    year: i16,
    /// The name of the holiday.
    holiday: String,
    /// Off, or worked in exchange.
    is_off: bool,
}

/// The days that notices lay down, and the years they are for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Calendar {
    years: BTreeSet<i16>,
    days: BTreeMap<Date, Laid>,
}

impl Calendar {
    /// The years with a notice, ascending.
    pub fn years(&self) -> impl Iterator<Item = i16> {
        self.years.iter().copied()
    }

    /// Whether the notice for a year is known.
    ///
    /// The notice for the year after may still move the last days of December.
    pub fn is_laid_down(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// What a day is; by its weekday alone where its year is not laid down.
    pub fn kind_of(&self, date: Date) -> DayKind<'_> {
        match self.days.get(&date) {
            Some(laid) if laid.is_off => DayKind::Holiday(&laid.holiday),
            Some(_) => DayKind::Swapped,
            None if is_weekend(date) => DayKind::Weekend,
            None => DayKind::Working,
        }
    }

    /// Whether a day counts as a working day.
    pub fn is_worked(&self, date: Date) -> bool {
        self.kind_of(date).is_worked()
    }

    /// The `n_days`-th working day after `date`; the day itself is not counted, whatever it is.
    ///
    /// No working days are the day itself. Where time itself ends first, the answer is the last
    /// day there is, provisional.
    pub fn add_working_days(&self, date: Date, n_days: u16) -> Due {
        let mut due = Due { date, provisional: false };
        let mut n_left = n_days;
        while 0 < n_left {
            let Ok(next) = due.date.tomorrow() else {
                return Due { date: due.date, provisional: true };
            };
            due = Due { date: next, provisional: due.provisional || self.is_open(next) };
            if self.is_worked(next) {
                n_left -= 1;
            }
        }
        due
    }

    /// The `n_days`-th day after `date` (自然日). No notice moves it, so it is provisional only where
    /// time itself ends first.
    pub fn add_calendar_days(&self, date: Date, n_days: u16) -> Due {
        let span = jiff::Span::new().days(n_days);
        match date.checked_add(span) {
            Ok(date) => Due { date, provisional: false },
            Err(_) => Due { date: Date::MAX, provisional: true },
        }
    }

    /// How many working days lie after `from`, up to and with `to`; none where `to` is not later.
    pub fn working_days_between(&self, from: Date, to: Date) -> Span {
        let mut span = Span { working_days: 0, provisional: false };
        let mut at = from;
        while at < to {
            at = at.tomorrow().expect("a day before another has a tomorrow");
            span.working_days += u32::from(self.is_worked(at));
            span.provisional |= self.is_open(at);
        }
        span
    }

    /// The first working day after `date`.
    pub fn next_working_day(&self, date: Date) -> Due {
        self.add_working_days(date, 1)
    }

    fn is_open(&self, date: Date) -> bool {
        !self.is_laid_down(date.year())
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}
