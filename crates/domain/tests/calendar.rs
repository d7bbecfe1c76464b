//! The working-day calendar against days that are known and against a slow plain reckoning.

use gongkai_domain::calendar::{Calendar, DayKind, Due, Span};
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/calendar");

/// The days of a file, as its lines stand there: text of the day, and whether it is off.
fn lines_of(file: &str) -> Vec<(String, bool)> {
    let mut days = Vec::new();
    let mut is_off = true;
    for line in std::fs::read_to_string(format!("{FOLDER}/{file}")).expect("readable").lines() {
        is_off = line.starts_with("off") || is_off && !line.starts_with("work");
        let quoted = line.split('"').skip(1).step_by(2);
        days.extend(quoted.filter(|text| text.len() == 10).map(|text| (text.to_owned(), is_off)));
    }
    days
}

/// The days of all files.
fn lines_of_the_files() -> Vec<(String, bool)> {
    let names = std::fs::read_dir(FOLDER).expect("readable");
    let names =
        names.map(|entry| entry.expect("readable").file_name().into_string().expect("UTF-8"));
    names.filter(|name| name.ends_with(".toml")).flat_map(|name| lines_of(&name)).collect()
}

/// Working days told the slow way: every line of the files looked through for every day.
struct Plain {
    days: Vec<(String, bool)>,
}

impl Plain {
    fn is_worked(&self, day: Date) -> bool {
        let text = day.to_string();
        match self.days.iter().find(|(named, _)| *named == text) {
            Some((_, is_off)) => !is_off,
            None => day.weekday().to_monday_one_offset() < 6,
        }
    }

    fn add(&self, from: Date, n_days: u16) -> Date {
        let mut counted = 0;
        from.series(jiff::Span::new().days(1))
            .skip(1)
            .find(|day| {
                counted += u16::from(self.is_worked(*day));
                counted == n_days
            })
            .expect("time goes on")
    }
}

fn calendar() -> &'static Calendar {
    Calendar::embedded()
}

fn any_day() -> impl Strategy<Value = Date> {
    // From 2016 to the end of 2029: laid-down years, and two or three open ones on either side.
    (0..5_000i32).prop_map(|days| date(2016, 1, 1) + jiff::Span::new().days(days))
}

#[test]
fn each_kind_of_day_is_told() {
    for (day, kind) in [
        (date(2025, 3, 3), DayKind::Working),
        (date(2025, 3, 8), DayKind::Weekend),
        (date(2025, 10, 1), DayKind::Holiday("国庆节、中秋节")),
        (date(2025, 10, 4), DayKind::Holiday("国庆节、中秋节")),
        (date(2025, 10, 11), DayKind::Swapped),
        (date(2018, 12, 29), DayKind::Swapped),
        (date(2018, 12, 31), DayKind::Holiday("元旦")),
        (date(2022, 12, 31), DayKind::Holiday("元旦")),
        (date(2020, 2, 3), DayKind::Working),
    ] {
        assert_eq!(calendar().kind_of(day), kind, "{day}");
    }
}

#[test]
fn a_year_without_a_notice_is_reckoned_by_weekdays_and_says_so() {
    let calendar = a_year_of(2024);
    let due = |from, n_days| calendar.add_working_days(from, n_days);
    let (last, first) = (date(2024, 12, 31), date(2025, 1, 1));
    assert_eq!(due(date(2024, 12, 30), 1), Due { date: last, provisional: false });
    assert_eq!(due(last, 1), Due { date: first, provisional: true });
    assert_eq!(due(date(2023, 12, 31), 1), Due { date: date(2024, 1, 2), provisional: false });
    assert!(due(date(2023, 12, 28), 3).provisional);
    assert_eq!(
        [3, 4].map(|day| calendar.kind_of(date(2025, 1, day))),
        [DayKind::Working, DayKind::Weekend]
    );
    let across = calendar.working_days_between(date(2024, 12, 30), date(2025, 1, 6));
    assert_eq!(across, Span { working_days: 5, provisional: true });
}

fn a_year_of(year: i16) -> Calendar {
    let text = format!(
        "year = {year}\nsource = \"试\"\n[[holiday]]\nname = \"元旦\"\noff = [\"{year}-01-01\"]"
    );
    Calendar::from_notices(&[&text]).expect("a notice")
}

#[test]
fn a_year_between_two_laid_down_ones_makes_the_answer_provisional() {
    let texts = [2024, 2026].map(|year| {
        format!(
            "year = {year}\nsource = \"试\"\n[[holiday]]\nname = \"元旦\"\noff = [\"{year}-01-01\"]"
        )
    });
    let holed = Calendar::from_notices(&[&texts[0], &texts[1]]).unwrap();
    assert!(holed.add_working_days(date(2024, 12, 31), 300).provisional);
    assert!(!holed.add_working_days(date(2024, 12, 30), 1).provisional);
}

#[test]
fn no_working_days_are_the_day_itself() {
    let saturday = date(2025, 3, 8);
    assert_eq!(
        calendar().add_working_days(saturday, 0),
        Due { date: saturday, provisional: false }
    );
    assert_eq!(calendar().working_days_between(saturday, saturday).working_days, 0);
    assert_eq!(calendar().working_days_between(saturday, date(2025, 3, 1)).working_days, 0);
}

#[test]
fn the_end_of_time_is_provisional_and_no_panic() {
    let end = Due { date: Date::MAX, provisional: true };
    assert_eq!(calendar().add_working_days(Date::MAX, 1), end);
    assert_eq!(calendar().add_calendar_days(Date::MAX, u16::MAX), end);
    assert_eq!(calendar().next_working_day(Date::MAX), end);
    assert!(calendar().add_working_days(Date::MIN, u16::MAX).provisional);
}

#[test]
fn calendar_days_run_on_through_rest_and_month() {
    let due = calendar().add_calendar_days(date(2024, 2, 9), 20);
    assert_eq!(due, Due { date: date(2024, 2, 29), provisional: false });
}

/// Days off and days worked in exchange, counted in the source year by year.
#[test]
fn the_files_hold_as_many_days_as_the_source() {
    for (year, n_off, n_worked) in COUNTS {
        let file = format!("{year}.toml");
        let days: Vec<_> = lines_of(&file);
        let n_listed_off = days.iter().filter(|(_, is_off)| *is_off).count();
        assert_eq!((n_listed_off, days.len() - n_listed_off), (n_off, n_worked), "{file}");
    }
}

const COUNTS: [(i16, usize, usize); 9] = [
    (2018, 23, 6),
    (2019, 24, 7),
    (2020, 30, 6),
    (2021, 31, 7),
    (2022, 31, 7),
    (2023, 27, 7),
    (2024, 28, 8),
    (2025, 28, 5),
    (2026, 33, 6),
];

proptest! {
    #[test]
    fn working_days_are_those_of_a_plain_reckoning(from in any_day(), n_days in 1..120u16) {
        let plain = Plain { days: lines_of_the_files() };
        let due = calendar().add_working_days(from, n_days);
        prop_assert_eq!(due.date, plain.add(from, n_days));
        let first = from.tomorrow().unwrap();
        let is_laid_down = [first, due.date].iter().all(|day| calendar().is_laid_down(day.year()));
        prop_assert_eq!(due.provisional, !is_laid_down);
    }

    #[test]
    fn adding_and_counting_agree(from in any_day(), n_days in 0..200u16) {
        let due = calendar().add_working_days(from, n_days);
        let span = calendar().working_days_between(from, due.date);
        prop_assert_eq!(span.working_days, u32::from(n_days));
        prop_assert_eq!(span.provisional, due.provisional);
    }

    #[test]
    fn adding_in_two_steps_is_adding_at_once(from in any_day(), one in 0..60u16, two in 0..60u16) {
        let half = calendar().add_working_days(from, one);
        let whole = calendar().add_working_days(from, one + two);
        let steps = calendar().add_working_days(half.date, two);
        prop_assert_eq!(steps.date, whole.date);
        prop_assert_eq!(half.provisional || steps.provisional, whole.provisional);
    }

    #[test]
    fn the_next_working_day_is_worked_and_none_lies_before_it(from in any_day()) {
        let next = calendar().next_working_day(from).date;
        prop_assert!(calendar().is_worked(next) && from < next);
        let between = from.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day < next);
        for day in between {
            prop_assert!(!calendar().is_worked(day));
        }
    }

    #[test]
    fn only_weekend_days_are_swapped(day in any_day()) {
        let is_weekend = [Weekday::Saturday, Weekday::Sunday].contains(&day.weekday());
        let kind = calendar().kind_of(day);
        prop_assert!(!matches!(kind, DayKind::Swapped | DayKind::Weekend) || is_weekend);
        prop_assert!(kind != DayKind::Working || !is_weekend);
    }
}
