//! Makes a calendar from the texts of notices, or refuses them; the known years are embedded from `data/calendar`.

use super::{Calendar, Laid, is_weekend};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const NOTICES: [&str; 9] = [
    include_str!("../../../../data/calendar/2018.toml"),
    include_str!("../../../../data/calendar/2019.toml"),
    include_str!("../../../../data/calendar/2020.toml"),
    include_str!("../../../../data/calendar/2021.toml"),
    include_str!("../../../../data/calendar/2022.toml"),
    include_str!("../../../../data/calendar/2023.toml"),
    include_str!("../../../../data/calendar/2024.toml"),
    include_str!("../../../../data/calendar/2025.toml"),
    include_str!("../../../../data/calendar/2026.toml"),
];

/// Why a notice cannot be taken into the calendar.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CalendarError {
    /// It is not laid out as a notice.
    #[error("放假安排的第 {line} 行读不懂（{reason}）")]
    Unreadable {
        /// Counted from 1.
        line: usize,
        /// In the words of the TOML reader.
        reason: String,
    },
    /// The calendar has a notice for this year.
    #[error("{0} 年的放假安排已经有了；要换成新的，请用“修订”")]
    YearTwice(i16),
    /// There is no notice for this year to replace.
    #[error("还没有 {0} 年的放假安排，谈不上修订")]
    NothingToRevise(i16),
    /// Nothing is laid down.
    #[error("{0} 年的放假安排里一天也没有")]
    NoDays(i16),
    /// A holiday has no name.
    #[error("{0} 年的放假安排里有一个节日没有名称")]
    NoName(i16),
    /// Neither of the year nor of the turn of the year.
    #[error("{date} 不是 {year} 年的日期，也不在年末年初")]
    OtherYear {
        /// The year of the notice.
        year: i16,
        /// The day.
        date: Date,
    },
    /// A day is named twice, in one notice or in two.
    #[error("{0} 写了两次")]
    DayTwice(Date),
    /// A day worked in exchange that is worked anyway.
    #[error("{0} 是周一至周五，本来就上班，不必写成调休上班日")]
    WorkedAnyway(Date),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notice {
    year: i16,
    #[serde(rename = "notice")]
    _number: Option<String>,
    #[serde(rename = "source")]
    _source: String,
    #[serde(default)]
    holiday: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    name: String,
    #[serde(default)]
    off: Vec<Date>,
    #[serde(default)]
    work: Vec<Date>,
}

static EMBEDDED: LazyLock<Calendar> = LazyLock::new(|| {
    Calendar::from_notices(&NOTICES).expect("data/calendar is embedded and tested")
});

impl Calendar {
    /// The years that came with the program.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// A calendar of the years whose notices are given, each as the text of a file of `data/calendar`.
    ///
    /// # Errors
    /// When one of them is no notice, or two name the same year or day.
    pub fn from_notices(texts: &[&str]) -> Result<Self, CalendarError> {
        let empty = Self { years: BTreeSet::new(), days: BTreeMap::new() };
        texts.iter().try_fold(empty, |calendar, text| calendar.with_year(text))
    }

    /// The same calendar with one more year, as an operator adds it when its notice is out.
    ///
    /// # Errors
    /// When the text is no notice, or its year or one of its days is laid down already.
    pub fn with_year(&self, text: &str) -> Result<Self, CalendarError> {
        let notice = parse(text)?;
        if self.is_laid_down(notice.year) {
            return Err(CalendarError::YearTwice(notice.year));
        }
        self.clone().lay_down(notice)
    }

    /// The same calendar with a year laid down anew, as when a notice is changed in the year itself.
    ///
    /// # Errors
    /// When the text is no notice, or its year is not laid down yet.
    pub fn with_revised_year(&self, text: &str) -> Result<Self, CalendarError> {
        let notice = parse(text)?;
        if !self.is_laid_down(notice.year) {
            return Err(CalendarError::NothingToRevise(notice.year));
        }
        let mut calendar = self.clone();
        calendar.days.retain(|_, laid| laid.year != notice.year);
        calendar.lay_down(notice)
    }

    fn lay_down(mut self, notice: Notice) -> Result<Self, CalendarError> {
        let year = notice.year;
        self.years.insert(year);
        for holiday in notice.holiday {
            if holiday.name.trim().is_empty() {
                return Err(CalendarError::NoName(year));
            }
            let off = holiday.off.iter().map(|date| (*date, true));
            let work = holiday.work.iter().map(|date| (*date, false));
            for (date, is_off) in off.chain(work) {
                let laid = Laid { year, holiday: holiday.name.clone(), is_off };
                self.lay_day(date, laid)?;
            }
        }
        let is_bare = self.days.values().all(|laid| laid.year != year);
        if is_bare { Err(CalendarError::NoDays(year)) } else { Ok(self) }
    }

    fn lay_day(&mut self, date: Date, laid: Laid) -> Result<(), CalendarError> {
        if !belongs_to(laid.year, date) {
            return Err(CalendarError::OtherYear { year: laid.year, date });
        }
        if !laid.is_off && !is_weekend(date) {
            return Err(CalendarError::WorkedAnyway(date));
        }
        match self.days.insert(date, laid) {
            Some(_) => Err(CalendarError::DayTwice(date)),
            None => Ok(()),
        }
    }
}

/// New Year's Day may move days of the December before and of the January after.
fn belongs_to(year: i16, date: Date) -> bool {
    match i32::from(date.year()) - i32::from(year) {
        0 => true,
        -1 => date.month() == 12,
        1 => date.month() == 1,
        _ => false,
    }
}

fn parse(text: &str) -> Result<Notice, CalendarError> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
        CalendarError::Unreadable { line, reason: error.message().to_owned() }
    })
}

#[cfg(test)]
mod tests;
