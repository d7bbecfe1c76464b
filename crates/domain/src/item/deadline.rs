//! Until when an item is to be published, and how near that is; sets no limits itself (`data/catalogue/kinds.toml` does).

use crate::calendar::{Calendar, Due};
use crate::item_kind::{DayUnit, ItemKind, Limit, Span, Start, interpretation_limit_on};
use crate::organ::OrganKind;
use jiff::civil::Date;

/// From so many working days before the last one it is time to hurry: a review of three steps with a
/// day for each and two in reserve. Our own choice.
const HURRY_DAYS: u32 = 5;

/// How near the last day is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Pace {
    /// 期限内.
    Ample,
    /// 临近期限.
    Near,
    /// 已超期.
    Late,
}

impl Pace {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ample => "期限内",
            Self::Near => "临近期限",
            Self::Late => "已超期",
        }
    }

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Ample => "ample",
            Self::Near => "near",
            Self::Late => "late",
        }
    }
}

/// How near a last day is on `today`.
pub fn pace(calendar: &Calendar, today: Date, due_on: Date) -> Pace {
    if due_on < today {
        Pace::Late
    } else if calendar.working_days_between(today, due_on).working_days <= HURRY_DAYS {
        Pace::Near
    } else {
        Pace::Ample
    }
}

/// Whether a notice that is not there yet may still move a last day counted from `formed_on`.
pub fn is_provisional(calendar: &Calendar, formed_on: Date, due_on: Date) -> bool {
    (formed_on.year()..=due_on.year()).any(|year| !calendar.is_laid_down(year))
}

/// The last day on which an item formed or changed on a day may be published in time, with the limit.
///
/// `explained` is the day on which the policy that it interprets was published. Of two limits that
/// count from different days the first to end holds, until somebody says otherwise.
/// OGI Regulations art. 26: 自该政府信息形成或者变更之日起20个工作日内及时公开.
pub fn due(
    calendar: &Calendar,
    kind: &ItemKind,
    organ: OrganKind,
    formed_on: Date,
    explained: Option<Date>,
) -> Option<(Due, Limit)> {
    if let Some(published) = explained
        && let Some(limit) = interpretation_limit_on(published)
    {
        return Some((ends(calendar, limit.span, published), limit.clone()));
    }
    let mut limits = kind.limits_on(formed_on);
    limits.retain(|limit| limit.from != Start::PolicyPublished);
    let fits = |limit: &&Limit| limit.organ.is_none_or(|only| only == organ);
    if limits.iter().any(fits) {
        limits.retain(fits);
    }
    let dues = limits.into_iter().map(|limit| (ends(calendar, limit.span, formed_on), limit));
    dues.min_by_key(|(due, _)| due.date).map(|(due, limit)| (due, limit.clone()))
}

fn ends(calendar: &Calendar, span: Span, from: Date) -> Due {
    match span {
        Span::Days { count, unit: DayUnit::Working } => calendar.add_working_days(from, count),
        Span::Days { count, unit: DayUnit::Calendar } => calendar.add_calendar_days(from, count),
        Span::By { month, day } => {
            // What reports on a year is made after its end; what was made before has a year more.
            let this_year = Date::new(from.year(), month, day).unwrap_or(from);
            let date = if from <= this_year {
                this_year
            } else {
                Date::new(from.year().saturating_add(1), month, day).unwrap_or(Date::MAX)
            };
            Due { date, provisional: false }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item_kind::kind;
    use jiff::civil::date;

    fn check(key: &str, organ: OrganKind, formed: Date, explained: Option<Date>, expected: Date) {
        let calendar = Calendar::embedded();
        let (due, limit) = due(calendar, kind(key).unwrap(), organ, formed, explained).unwrap();
        assert_eq!(due.date, expected, "{key}: {limit}");
    }

    #[test]
    fn the_last_day_follows_the_kind_and_the_organ() {
        use OrganKind::{Department, Government};
        check("notice", Department, date(2025, 3, 3), None, date(2025, 3, 31));
        check("permit", Department, date(2025, 3, 3), None, date(2025, 3, 12));
        check("budget", Government, date(2025, 3, 3), None, date(2025, 3, 23));
        check("annual_report", Department, date(2025, 1, 10), None, date(2025, 1, 31));
        check("annual_report", Government, date(2025, 1, 10), None, date(2025, 3, 31));
        check("annual_report", OrganKind::Township, date(2025, 1, 10), None, date(2025, 1, 31));
        let published = Some(date(2025, 3, 3));
        check("interpretation", Department, date(2025, 3, 3), published, date(2025, 3, 6));
    }

    #[test]
    fn the_pace_turns_on_the_days_it_should() {
        let calendar = Calendar::embedded();
        let due_on = date(2025, 3, 31);
        let cases = [
            (date(2025, 3, 21), Pace::Ample),
            (date(2025, 3, 24), Pace::Near),
            (date(2025, 3, 31), Pace::Near),
            (date(2025, 4, 1), Pace::Late),
        ];
        for (today, expected) in cases {
            assert_eq!(pace(calendar, today, due_on), expected, "{today}");
        }
    }

    #[test]
    fn a_year_without_a_notice_makes_a_last_day_provisional() {
        let calendar = Calendar::embedded();
        let last = calendar.years().last().unwrap();
        assert!(!is_provisional(calendar, date(last, 3, 1), date(last, 4, 1)));
        assert!(is_provisional(calendar, date(last, 12, 20), date(last + 1, 1, 20)));
    }
}
