//! The validity of a document through time (有效性): what it was on which day, and by what.

use crate::catalogue::Validity;
use jiff::civil::Date;
use serde::Serialize;
use thiserror::Error;

/// One change of validity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ValidityChange {
    /// The first day of the new state.
    pub on: Date,
    /// The new state.
    pub to: Validity,
    /// By which document or decision, in words.
    pub by: String,
}

/// Why a change cannot be taken in.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ValidityFault {
    /// It lies before the last one.
    #[error("有效性变更日期 {on} 早于上一次变更日期 {last}；请按时间先后登记")]
    Earlier {
        /// The day given.
        on: Date,
        /// The day of the last change.
        last: Date,
    },
    /// What is gone stays gone.
    #[error("该文件已于 {on} {}，不能再改为“{}”；如重新制发请另行登记", .was.title(), .to.title())]
    Over {
        /// Since when it is gone.
        on: Date,
        /// How it went.
        was: Validity,
        /// What was asked for.
        to: Validity,
    },
    /// A document does not go back to before its beginning.
    #[error("有效性不能改为“尚未施行”；请填写生效日期")]
    Backwards,
    /// Nobody can tell why.
    #[error("请写明依据哪份文件或者决定变更有效性")]
    NoBasis,
}

/// The changes of validity, oldest first.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct ValidityHistory(Vec<ValidityChange>);

impl ValidityHistory {
    /// Takes a further change in; the same change again does nothing.
    ///
    /// # Errors
    /// When it lies before the last one, names no basis, or the document has gone already.
    pub fn change(mut self, change: ValidityChange) -> Result<Self, ValidityFault> {
        if self.0.contains(&change) {
            return Ok(self);
        }
        if change.by.trim().is_empty() {
            return Err(ValidityFault::NoBasis);
        }
        if change.to == Validity::NotYetInForce {
            return Err(ValidityFault::Backwards);
        }
        if let Some(last) = self.0.last() {
            if change.on < last.on {
                return Err(ValidityFault::Earlier { on: change.on, last: last.on });
            }
            if !last.to.binds() {
                return Err(ValidityFault::Over { on: last.on, was: last.to, to: change.to });
            }
        }
        self.0.push(change);
        Ok(self)
    }

    /// The changes, oldest first.
    pub fn changes(&self) -> &[ValidityChange] {
        &self.0
    }

    /// The last change on or before a day.
    pub fn on(&self, day: Date) -> Option<&ValidityChange> {
        self.0.iter().rfind(|change| change.on <= day)
    }
}

/// The days that bound the life of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Life {
    /// The day it was made.
    pub formed: Option<Date>,
    /// The first day it is in force; the day it was made where it names none.
    pub effective: Option<Date>,
    /// The first day it is no longer in force.
    pub repealed: Option<Date>,
}

impl Life {
    /// What the document is on a day; `None` before it was made, or where no day is known.
    pub fn validity_on(self, history: &ValidityHistory, day: Date) -> Option<Validity> {
        let changed = history.on(day).map(|change| change.to);
        if let Some(gone) = changed.filter(|state| !state.binds()) {
            return Some(gone);
        }
        if self.repealed.is_some_and(|repealed| repealed <= day) {
            return Some(Validity::Repealed);
        }
        if self.formed.is_some_and(|formed| day < formed) {
            return None;
        }
        if self.effective.is_some_and(|effective| day < effective) {
            return Some(Validity::NotYetInForce);
        }
        let known = self.formed.is_some() || self.effective.is_some();
        changed.or(known.then_some(Validity::InForce))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn change(on: Date, to: Validity) -> ValidityChange {
        ValidityChange { on, to, by: "甲政发〔2023〕1号".to_owned() }
    }

    fn history(changes: &[(Date, Validity)]) -> ValidityHistory {
        changes.iter().fold(ValidityHistory::default(), |history, (on, to)| {
            history.change(change(*on, *to)).unwrap()
        })
    }

    #[test]
    fn validity_is_the_one_of_the_day() {
        let life = Life {
            formed: Some(date(2020, 1, 10)),
            effective: Some(date(2020, 3, 1)),
            repealed: None,
        };
        let changes = history(&[
            (date(2022, 5, 1), Validity::Amended),
            (date(2023, 7, 1), Validity::Expired),
        ]);
        let cases = [
            (date(2020, 1, 9), None),
            (date(2020, 1, 10), Some(Validity::NotYetInForce)),
            (date(2020, 2, 29), Some(Validity::NotYetInForce)),
            (date(2020, 3, 1), Some(Validity::InForce)),
            (date(2022, 4, 30), Some(Validity::InForce)),
            (date(2022, 5, 1), Some(Validity::Amended)),
            (date(2023, 6, 30), Some(Validity::Amended)),
            (date(2023, 7, 1), Some(Validity::Expired)),
        ];
        for (day, expected) in cases {
            assert_eq!(life.validity_on(&changes, day), expected, "{day}");
        }
    }

    #[test]
    fn a_day_of_repeal_alone_ends_it_and_no_days_say_nothing() {
        let life = Life {
            formed: Some(date(2020, 1, 1)),
            effective: None,
            repealed: Some(date(2021, 1, 1)),
        };
        let none = ValidityHistory::default();
        assert_eq!(life.validity_on(&none, date(2020, 12, 31)), Some(Validity::InForce));
        assert_eq!(life.validity_on(&none, date(2021, 1, 1)), Some(Validity::Repealed));
        assert_eq!(Life::default().validity_on(&none, date(2021, 1, 1)), None);
        let amended = history(&[(date(2020, 6, 1), Validity::Amended)]);
        assert_eq!(life.validity_on(&amended, date(2021, 1, 1)), Some(Validity::Repealed));
    }

    #[test]
    fn a_document_that_is_gone_stays_gone() {
        let gone = history(&[(date(2022, 5, 1), Validity::Repealed)]);
        let again = gone.clone().change(change(date(2022, 5, 1), Validity::Repealed));
        assert_eq!(again, Ok(gone.clone()));
        let refused = gone.clone().change(change(date(2023, 1, 1), Validity::Amended)).unwrap_err();
        assert!(refused.to_string().contains("2022-05-01 废止"), "{refused}");
        let cases = [
            change(date(2022, 4, 30), Validity::Expired),
            change(date(2023, 1, 1), Validity::NotYetInForce),
            ValidityChange { by: " ".to_owned(), ..change(date(2023, 1, 1), Validity::Amended) },
        ];
        for case in cases {
            assert!(gone.clone().change(case.clone()).is_err(), "{case:?}");
        }
    }
}
