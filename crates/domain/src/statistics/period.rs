//! For what time a paper is made: a year, or a quarter of one.

use jiff::civil::{Date, date};
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;

/// How long a period is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// 年度.
    Year,
    /// 季度.
    Quarter,
}

/// A year, or a quarter of one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Period {
    /// 年度.
    Year(i16),
    /// 季度, the first is 1.
    Quarter(i16, i8),
}

impl Period {
    /// Its year.
    pub fn year(self) -> i16 {
        match self {
            Self::Year(year) | Self::Quarter(year, _) => year,
        }
    }

    /// How long it is.
    pub fn kind(self) -> PeriodKind {
        match self {
            Self::Year(_) => PeriodKind::Year,
            Self::Quarter(..) => PeriodKind::Quarter,
        }
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        match self {
            Self::Year(year) => date(year, 1, 1),
            Self::Quarter(year, quarter) => date(year, quarter * 3 - 2, 1),
        }
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        match self {
            Self::Year(year) => date(year, 12, 31),
            Self::Quarter(year, quarter) => date(year, quarter * 3, 1).last_of_month(),
        }
    }

    /// Whether a day lies in it.
    pub fn holds(self, day: Date) -> bool {
        (self.first_day()..=self.last_day()).contains(&day)
    }

    /// The last period of this kind that is over on a day.
    pub fn last_over(kind: PeriodKind, today: Date) -> Self {
        let quarter = (today.month() - 1) / 3;
        match (kind, quarter) {
            (PeriodKind::Year, _) => Self::Year(today.year() - 1),
            (PeriodKind::Quarter, 0) => Self::Quarter(today.year() - 1, 4),
            (PeriodKind::Quarter, quarter) => Self::Quarter(today.year(), quarter),
        }
    }

    /// The period before it.
    #[must_use]
    pub fn before(self) -> Self {
        match self {
            Self::Year(year) => Self::Year(year - 1),
            Self::Quarter(year, 1) => Self::Quarter(year - 1, 4),
            Self::Quarter(year, quarter) => Self::Quarter(year, quarter - 1),
        }
    }

    /// The key in addresses: `2025`, `2025-Q1`.
    pub fn key(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::Quarter(year, quarter) => format!("{year}-Q{quarter}"),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year}年度"),
            Self::Quarter(year, quarter) => write!(f, "{year}年第{quarter}季度"),
        }
    }
}

/// Not a period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("时间请写成“年”或者“年-Q季度”")]
pub struct NoPeriod;

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let (year, quarter) = match text.split_once("-Q") {
            Some((year, quarter)) => (year, Some(quarter)),
            None => (text, None),
        };
        let year: i16 = year.parse().map_err(|_| NoPeriod)?;
        // Years of four digits that calendars can reckon with.
        if !(1_000..=9_998).contains(&year) {
            return Err(NoPeriod);
        }
        match quarter {
            None => Ok(Self::Year(year)),
            Some(quarter) => {
                let quarter: i8 = quarter.parse().map_err(|_| NoPeriod)?;
                (1..=4).contains(&quarter).then_some(Self::Quarter(year, quarter)).ok_or(NoPeriod)
            }
        }
    }
}
