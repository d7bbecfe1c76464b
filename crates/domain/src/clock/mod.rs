//! The statutory clock of a disclosure request: from its events to its due date, each day explained.
//!
//! It reckons and refuses what the law does not allow; it does not know today, decides nothing and
//! keeps no case. Regulations on Open Government Information, arts. 30 to 34, as in force on the day
//! of receipt.

mod course;
mod event;
mod refusal;
mod rules;
mod words;

pub use event::{Case, Event, EventKind};
pub use refusal::{Reason, Refusal};
pub use words::weekday;

use crate::calendar::{Calendar, DayKind};
use crate::law::Reference;
use course::Course;
use jiff::civil::Date;
use rules::Rules;
use serde::Serialize;

/// How long after receipt a date may lie, in years. Our own choice: no request takes a tenth of it,
/// so what lies further off is a slip in the year, and a strip of thousands of days helps nobody.
const MAX_YEARS: i16 = 10;

/// How many events a case may have. Our own choice: real cases have fewer than ten.
const MAX_EVENTS: usize = 1_000;

/// Where a request stands.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The period of answer runs.
    Running,
    /// It stands still while others are consulted.
    Paused,
    /// The requester is to supplement or to pay; it starts anew when that has come.
    Waiting,
    /// Answered.
    Closed,
}

impl State {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Running => "正在计算",
            Self::Paused => "暂停计算",
            Self::Waiting => "等待申请人",
            Self::Closed => "已答复",
        }
    }
}

/// For what a request waits or stands still.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// The requester's supplement (补正).
    Supplement,
    /// The requester's payment.
    Fee,
    /// The opinion of a third party.
    ThirdParty,
    /// The opinion of an organ that made the information too.
    CoMaker,
}

impl Pending {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Supplement => "等待申请人补正",
            Self::Fee => "等待申请人缴费",
            Self::ThirdParty => "征求第三方意见",
            Self::CoMaker => "征求共同制作机关意见",
        }
    }
}

/// What a day is to the clock.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum ClockDayKind {
    /// Monday to Friday, worked.
    Working,
    /// Saturday or Sunday, off.
    Weekend,
    /// Off by notice.
    Holiday,
    /// Saturday or Sunday, worked by notice (调休).
    Swapped,
    /// Any day on which the clock stands still, for a consultation or for the requester.
    Paused,
}

/// A day of the strip.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub struct ClockDay {
    /// The day.
    pub date: Date,
    /// What it is.
    pub kind: ClockDayKind,
    /// Which working day of the period it is, from 1; none where it does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<u16>,
    /// The name of the holiday.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holiday: Option<String>,
}

/// What the clock answers.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub struct Reckoning {
    /// The last day to answer; none while the requester is to act, or while it is not known when a
    /// consultation ends.
    pub due: Option<Date>,
    /// Where the request stands on the day `as_of`.
    pub state: State,
    /// Whether a notice that is not out yet may move the due date.
    pub provisional: bool,
    /// For what it waits or stands still.
    pub pending: Option<Pending>,
    /// The day it is looked at: the day given, or else that of the last event.
    pub as_of: Date,
    /// Whether it was answered after the due date, or was not answered though that had passed.
    pub overdue: bool,
    /// By how many working days.
    pub overdue_working_days: u32,
    /// How many working days the running period has, extension and all.
    pub limit_working_days: u16,
    /// What the reckoning rests on, in the order it came in.
    pub basis: Vec<Reference>,
    /// Every day from the day after receipt to the due date, or to the last day known if that is later.
    pub days: Vec<ClockDay>,
}

/// Reckons the clock of a case.
///
/// # Errors
/// A [`Refusal`] for the first event that the law does not allow, or that cannot be.
pub fn reckon(calendar: &Calendar, case: &Case) -> Result<Reckoning, Refusal> {
    let rules = Rules::on(case.received).map_err(Refusal::of_case)?;
    check_span(case)?;
    let mut course = Course::begin(calendar, rules, case.received);
    for (event, number) in case.events.iter().zip(1..) {
        course
            .take(event)
            .map_err(|reason| Refusal::of_event(number, event, course.state(event.on), reason))?;
    }
    let last = course.last();
    let as_of = case.today.unwrap_or(last);
    if as_of < last {
        return Err(Refusal::of_case(Reason::TodayBeforeEvent { today: as_of, last }));
    }
    Ok(course.reckoning(as_of))
}

/// Keeps every date near the receipt, and all of them far from the end of time.
fn check_span(case: &Case) -> Result<(), Refusal> {
    let too_many = Reason::TooManyEvents { most: MAX_EVENTS };
    if MAX_EVENTS < case.events.len() {
        return Err(Refusal::of_case(too_many));
    }
    let years = |years| jiff::Span::new().years(years);
    let last = case.received.checked_add(years(MAX_YEARS));
    let is_far_from_the_end = case.received.checked_add(years(2 * MAX_YEARS)).is_ok();
    let Some(last) = last.ok().filter(|_| is_far_from_the_end) else {
        return Err(Refusal::of_case(Reason::TooFar { date: case.received, years: MAX_YEARS }));
    };
    let dates = case.events.iter().flat_map(|event| [Some(event.on), event.reached]);
    match dates.chain([case.today]).flatten().find(|date| last < *date) {
        Some(date) => Err(Refusal::of_case(Reason::TooFar { date, years: MAX_YEARS })),
        None => Ok(()),
    }
}

impl From<DayKind<'_>> for ClockDayKind {
    fn from(kind: DayKind<'_>) -> Self {
        match kind {
            DayKind::Working => Self::Working,
            DayKind::Weekend => Self::Weekend,
            DayKind::Holiday(_) => Self::Holiday,
            DayKind::Swapped => Self::Swapped,
        }
    }
}
