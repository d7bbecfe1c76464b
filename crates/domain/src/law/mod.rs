//! Provisions of the law and the limits they set, picked by the date of the case; no rule is applied here.

mod load;

use crate::calendar::{Calendar, Due};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a provision is about.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[serde(rename_all = "snake_case")]
pub enum ProvisionKey {
    /// When a request counts as received.
    Receipt,
    /// Asking the requester to supplement (补正).
    Supplement,
    /// Answering a request.
    Answer,
    /// Extending the period of answer.
    Extension,
    /// Time of consultation is not counted.
    NotCounted,
    /// The opinion of a third party.
    ThirdParty,
    /// The opinion of an organ that made the information too.
    CoMaker,
    /// The processing fee.
    Fee,
}

/// What days a limit counts.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 工作日.
    WorkingDay,
    /// 自然日.
    CalendarDay,
}

/// A limit of time.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many days.
    pub days: u16,
    /// Which days.
    pub unit: Unit,
}

impl Limit {
    /// The last day of the limit, where it begins to run the day after `from`.
    pub fn last_day(self, calendar: &Calendar, from: Date) -> Due {
        match self.unit {
            Unit::WorkingDay => calendar.add_working_days(from, self.days),
            Unit::CalendarDay => calendar.add_calendar_days(from, self.days),
        }
    }
}

/// Where a rule stands: instrument and article.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    /// Title of the instrument, without marks.
    pub instrument: String,
    /// Its number.
    pub document: String,
    /// Article and paragraph, in Chinese.
    pub article: String,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "《{}》{}", self.instrument, self.article)
    }
}

/// A law, a regulation, measures, with the days it is in force.
#[derive(Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// The stable key: `regulation-2019`.
    pub key: String,
    /// Its title, without marks.
    pub title: String,
    /// Its number.
    pub document: String,
    /// First day in force.
    pub from: Date,
    /// Last day in force.
    pub until: Option<Date>,
}

impl Instrument {
    /// One of its articles.
    pub fn reference(&self, article: &str) -> Reference {
        Reference {
            instrument: self.title.clone(),
            document: self.document.clone(),
            article: article.to_owned(),
        }
    }
}

/// The instrument with a key; `None` where data/law holds none.
pub fn instrument(key: &str) -> Option<&'static Instrument> {
    load::instruments().iter().find(|each| each.key == key)
}

/// A provision with the days it is in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provision {
    /// What it is about.
    pub key: ProvisionKey,
    /// Where it stands.
    pub reference: Reference,
    /// The same as a text: 《…》第三十条.
    pub citation: String,
    /// What it says, in our words.
    pub gist: String,
    /// Its own words, where they were read.
    pub quotation: Option<String>,
    /// The limit that it sets, if it sets one.
    pub limit: Option<Limit>,
    /// First day in force.
    pub from: Date,
    /// Last day in force.
    pub until: Option<Date>,
}

/// The provision in force on a day.
pub fn provision(key: ProvisionKey, on: Date) -> Option<&'static Provision> {
    load::provisions().iter().find(|each| each.key == key && each.is_in_force(on))
}

/// The first day that a provision of this kind is known for.
pub fn first_day(key: ProvisionKey) -> Option<Date> {
    load::provisions().iter().filter(|each| each.key == key).map(|each| each.from).min()
}

impl Provision {
    /// Whether it is in force on a day.
    pub fn is_in_force(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const KEYS: [ProvisionKey; 8] = [
        ProvisionKey::Receipt,
        ProvisionKey::Supplement,
        ProvisionKey::Answer,
        ProvisionKey::Extension,
        ProvisionKey::NotCounted,
        ProvisionKey::ThirdParty,
        ProvisionKey::CoMaker,
        ProvisionKey::Fee,
    ];

    #[test]
    fn on_no_day_are_two_provisions_of_one_kind_in_force() {
        for key in KEYS {
            let all: Vec<_> = load::provisions().iter().filter(|each| each.key == key).collect();
            assert!(!all.is_empty(), "{key:?}");
            for (at, each) in all.iter().enumerate() {
                let overlaps = |other: &&&Provision| {
                    other.is_in_force(each.from) || each.is_in_force(other.from)
                };
                assert_eq!(all[at + 1..].iter().find(overlaps), None, "{key:?}");
            }
        }
    }

    #[test]
    fn a_provision_is_picked_by_the_day() {
        let fee = |day| provision(ProvisionKey::Fee, day).map(|fee| fee.reference.to_string());
        assert_eq!(fee(date(2020, 12, 31)), None);
        let measures = "《政府信息公开信息处理费管理办法》第六条";
        assert_eq!(fee(date(2021, 1, 1)).as_deref(), Some(measures));
        assert_eq!(provision(ProvisionKey::Answer, date(2019, 5, 14)), None);
        assert_eq!(first_day(ProvisionKey::Answer), Some(date(2019, 5, 15)));
    }

    #[test]
    fn a_limit_runs_in_its_own_unit() {
        let friday = date(2025, 9, 26);
        let end = |unit| Limit { days: 3, unit }.last_day(Calendar::embedded(), friday).date;
        assert_eq!(end(Unit::CalendarDay), date(2025, 9, 29));
        assert_eq!(end(Unit::WorkingDay), date(2025, 9, 30));
    }

    #[test]
    fn limits_are_those_of_the_regulation() {
        let day = date(2025, 3, 3);
        let days = |key| provision(key, day).and_then(|each| each.limit).map(|limit| limit.days);
        assert_eq!(days(ProvisionKey::Answer), Some(20));
        assert_eq!(days(ProvisionKey::Extension), Some(20));
        assert_eq!(days(ProvisionKey::Supplement), Some(7));
        assert_eq!(days(ProvisionKey::ThirdParty), Some(15));
        assert_eq!(days(ProvisionKey::CoMaker), Some(15));
        assert_eq!(days(ProvisionKey::Receipt), None);
    }
}
