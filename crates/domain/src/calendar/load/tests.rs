//! What is taken as a notice, and what is refused.

use super::*;
use jiff::civil::date;

fn notice(year: i16, days: &str) -> String {
    format!("year = {year}\nsource = \"试\"\n[[holiday]]\nname = \"节\"\n{days}\n")
}

fn refusal(days: &str) -> CalendarError {
    Calendar::from_notices(&[&notice(2030, days)]).unwrap_err()
}

#[test]
fn every_file_of_the_calendar_is_embedded() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/calendar");
    let mut years: Vec<i16> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            entry.unwrap().file_name().to_str()?.strip_suffix(".toml")?.parse().ok()
        })
        .collect();
    years.sort_unstable();
    assert_eq!(Calendar::embedded().years().collect::<Vec<_>>(), years);
}

#[test]
fn a_day_named_twice_is_refused() {
    let twice = CalendarError::DayTwice(date(2030, 5, 4));
    assert_eq!(refusal("off = [\"2030-05-04\", \"2030-05-04\"]"), twice);
    assert_eq!(refusal("off = [\"2030-05-04\"]\nwork = [\"2030-05-04\"]"), twice);
}

#[test]
fn a_day_that_two_notices_name_is_refused() {
    let calendar = Calendar::from_notices(&[&notice(2030, "off = [\"2030-12-31\"]")]).unwrap();
    let next = notice(2031, "off = [\"2030-12-31\"]");
    assert_eq!(calendar.with_year(&next), Err(CalendarError::DayTwice(date(2030, 12, 31))));
}

#[test]
fn a_date_of_another_year_is_refused_but_not_at_the_turn_of_the_year() {
    for (day, is_taken) in [
        ("2029-11-30", false),
        ("2029-12-01", true),
        ("2031-01-31", true),
        ("2031-02-01", false),
        ("2028-12-31", false),
        ("2003-05-01", false),
    ] {
        let text = notice(2030, &format!("off = [\"{day}\"]"));
        let outcome = Calendar::from_notices(&[&text]);
        assert_eq!(outcome.is_ok(), is_taken, "{day}: {outcome:?}");
    }
    let sentence = refusal("off = [\"2003-05-01\"]").to_string();
    assert_eq!(sentence, "2003-05-01 不是 2030 年的日期，也不在年末年初");
}

#[test]
fn a_weekday_cannot_be_a_day_worked_in_exchange() {
    let monday = date(2030, 5, 6);
    assert_eq!(refusal("work = [\"2030-05-06\"]"), CalendarError::WorkedAnyway(monday));
}

#[test]
fn a_notice_without_days_or_names_is_refused() {
    assert_eq!(refusal("off = []"), CalendarError::NoDays(2030));
    let nameless = notice(2030, "off = [\"2030-05-06\"]").replace("\"节\"", "\" \"");
    assert_eq!(Calendar::from_notices(&[&nameless]), Err(CalendarError::NoName(2030)));
}

#[test]
fn what_is_no_notice_is_refused_with_the_place() {
    for text in ["", "year = 2030", "年", "year = 2030\nsource = \"试\"\nholidays = []"] {
        let refused = Calendar::from_notices(&[text]);
        assert!(matches!(refused, Err(CalendarError::Unreadable { .. })), "{text}: {refused:?}");
    }
    let words = refusal("off = [\"2030-02-30\"]").to_string();
    assert!(words.starts_with("放假安排的第 5 行读不懂（"), "{words}");
}

#[test]
fn an_operator_adds_a_year_and_only_once() {
    let known = Calendar::from_notices(&[&notice(2030, "off = [\"2030-05-01\"]")]).unwrap();
    let (wednesday, saturday) = (date(2031, 10, 1), date(2031, 10, 11));
    let text = notice(2031, "off = [\"2031-10-01\"]\nwork = [\"2031-10-11\"]");
    let grown = known.with_year(&text).unwrap();
    assert!(grown.is_laid_down(2031) && !known.is_laid_down(2031));
    assert!(known.is_worked(wednesday) && !grown.is_worked(wednesday));
    assert!(!known.is_worked(saturday) && grown.is_worked(saturday));
    assert_eq!(grown.with_year(&text), Err(CalendarError::YearTwice(2031)));
}

#[test]
fn a_revised_notice_takes_the_place_of_the_old_one() {
    let old = notice(2030, "off = [\"2030-05-01\", \"2029-12-31\"]");
    let calendar = Calendar::from_notices(&[&old]).unwrap();
    let revised = calendar.with_revised_year(&notice(2030, "off = [\"2030-05-02\"]")).unwrap();
    let is_off = |day| !revised.is_worked(day);
    assert_eq!([1, 2].map(|day| is_off(date(2030, 5, day))), [false, true]);
    assert!(!is_off(date(2029, 12, 31)));
    let unknown = calendar.with_revised_year(&notice(2031, "off = [\"2031-05-02\"]"));
    assert_eq!(unknown, Err(CalendarError::NothingToRevise(2031)));
}
