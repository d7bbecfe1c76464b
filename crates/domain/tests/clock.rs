//! The clock against the dated cases of the law, and against a slow plain reckoning.

#[path = "clock/cases.rs"]
mod cases;
#[path = "clock/plain.rs"]
mod plain;

use cases::{Cases, DueCase, LimitCase, RefusedCase};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::clock::{Case, ClockDay, Event, EventKind, Reason, Reckoning, State, reckon};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn calendar() -> &'static Calendar {
    Calendar::embedded()
}

fn case(received: Date, events: Vec<Event>) -> Case {
    Case { received, events, today: None }
}

fn event(on: Date, kind: EventKind) -> Event {
    Event { on, kind, reached: None, who: None }
}

fn after(day: Date, n_days: i32) -> Date {
    day + jiff::Span::new().days(n_days)
}

#[test]
fn limits_end_on_the_days_of_the_file() {
    let cases: Cases<LimitCase> = cases::read("limits.toml");
    assert_eq!(cases.case.len(), 11);
    for case in cases.case {
        let due = calendar().add_working_days(case.from, case.working_days);
        assert_eq!((due.date, due.provisional), (case.last_day, false), "{}", case.name);
    }
}

#[test]
fn the_clock_answers_as_the_file_says() {
    let cases: Cases<DueCase> = cases::read("due.toml");
    for expected in cases.case {
        let name = format!("{}（{}）", expected.name, expected.reference);
        let answer = reckon(calendar(), &expected.told.case()).unwrap();
        assert_eq!(answer.due, expected.due, "{name}");
        assert_eq!(cases::word_of(answer.state), expected.state, "{name}");
        assert_eq!(answer.overdue_working_days, expected.overdue_working_days, "{name}");
        assert_eq!(answer.overdue, 0 < expected.overdue_working_days, "{name}");
        assert_eq!(answer.provisional, expected.provisional, "{name}");
        let strip: Vec<String> = answer.days.iter().map(cases::line).collect();
        for day in expected.days {
            assert!(strip.contains(&day), "{name}: {day} is not among {strip:#?}");
        }
    }
}

#[test]
fn what_the_law_does_not_allow_is_refused_with_the_article() {
    let cases: Cases<RefusedCase> = cases::read("refused.toml");
    for expected in cases.case {
        let refusal = reckon(calendar(), &expected.told.case()).unwrap_err();
        let words = refusal.to_string();
        assert!(words.contains(&expected.says), "{}: {words}", expected.name);
        let article = refusal.basis().map(ToString::to_string);
        assert_eq!(article, expected.article, "{}", expected.name);
        assert!(refusal.reason.hint().ends_with('。'), "{}", expected.name);
    }
}

#[test]
fn past_the_laid_down_calendar_the_due_date_is_provisional() {
    let last = calendar().years().max().unwrap();
    let end = date(last, 12, 31);
    let answer = reckon(calendar(), &case(end, Vec::new())).unwrap();
    assert!(answer.provisional);
    let early = reckon(calendar(), &case(date(last, 11, 2), Vec::new())).unwrap();
    assert!(!early.provisional);
    let grown = calendar()
        .with_year(&format!(
            "year = {next}\nsource = \"试\"\n[[holiday]]\nname = \"元旦\"\noff = [\"{next}-01-01\"]",
            next = last + 1
        ))
        .unwrap();
    let settled = reckon(&grown, &case(end, Vec::new())).unwrap();
    assert!(!settled.provisional && answer.due < settled.due);
}

/// The period after a supplement or a payment is a whole new one, so it may be extended again.
#[test]
fn a_period_that_starts_anew_has_its_own_extension() {
    let events = vec![
        event(date(2025, 3, 10), EventKind::Extended),
        event(date(2025, 3, 12), EventKind::FeeNotified),
        event(date(2025, 3, 20), EventKind::FeePaid),
    ];
    let answer = reckon(calendar(), &case(date(2025, 3, 3), events.clone())).unwrap();
    assert_eq!((answer.due, answer.limit_working_days), (Some(date(2025, 4, 18)), 20));
    let extended = [events, vec![event(date(2025, 4, 18), EventKind::Extended)]].concat();
    let answer = reckon(calendar(), &case(date(2025, 3, 3), extended)).unwrap();
    assert_eq!(answer.limit_working_days, 40);
}

#[test]
fn a_refusal_knows_the_event_and_the_state() {
    let events = vec![
        event(date(2025, 3, 4), EventKind::SupplementAsked),
        event(date(2025, 3, 5), EventKind::Extended),
    ];
    let refused = reckon(calendar(), &case(date(2025, 3, 3), events)).unwrap_err();
    let event = refused.event.unwrap();
    assert_eq!((event.number, event.kind, event.state), (2, EventKind::Extended, State::Waiting));
}

#[test]
fn more_events_than_a_case_has_are_refused() {
    let day = date(2025, 3, 3);
    let many = vec![event(day, EventKind::ThirdPartyAnswered); 1_001];
    let refused = reckon(calendar(), &case(day, many)).unwrap_err();
    assert_eq!(refused.reason, Reason::TooManyEvents { most: 1_000 });
}

fn any_kind() -> impl Strategy<Value = EventKind> {
    prop::sample::select(EventKind::ALL.to_vec())
}

/// Days to the next event, its kind, days to the arrival of its letter, and who is consulted.
type Sketch = (i32, EventKind, Option<i32>, Option<&'static str>);

fn any_sketch() -> impl Strategy<Value = Sketch> {
    let gap = prop_oneof![3 => 0..5i32, 1 => -1..40i32];
    let reached = prop::option::weighted(0.8, -1..9i32);
    (gap, any_kind(), reached, prop::option::weighted(0.3, prop::sample::select(vec!["甲", "乙"])))
}

fn any_case() -> impl Strategy<Value = Case> {
    let start = date(2019, 5, 20);
    (0..2_850i32, prop::collection::vec(any_sketch(), 0..9)).prop_map(move |(offset, sketches)| {
        let received = after(start, offset);
        let mut on = received;
        let mut events = Vec::new();
        for (gap, kind, reached, who) in sketches {
            on = after(on, gap);
            let reached = reached.filter(|_| kind.is_letter()).map(|days| after(on, days));
            let who = who.filter(|_| kind.names_someone()).map(str::to_owned);
            events.push(Event { on, kind, reached, who });
        }
        case(received, events)
    })
}

/// Drops every event that is refused, so that long lawful sequences come about.
fn lawful(mut wanted: Case) -> Case {
    let mut kept = case(wanted.received, Vec::new());
    for event in wanted.events.drain(..) {
        kept.events.push(event);
        if reckon(calendar(), &kept).is_err() {
            kept.events.pop();
        }
    }
    kept
}

fn counted(days: &[ClockDay]) -> Vec<(Date, u16)> {
    days.iter().filter_map(|day| Some((day.date, day.counted?))).collect()
}

fn check_against_plain(case: &Case, answer: &Reckoning) -> Result<(), TestCaseError> {
    let plain = plain::reckon(calendar(), case);
    prop_assert_eq!(answer.due, plain.due);
    prop_assert_eq!(counted(&answer.days), plain.counted);
    let paused: Vec<Date> = answer
        .days
        .iter()
        .filter(|day| cases::line(day).contains("paused"))
        .map(|day| day.date)
        .collect();
    prop_assert_eq!(paused, plain.paused);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_sequence_is_refused_where_a_plain_reading_of_the_law_refuses_it(case in any_case()) {
        let refused = reckon(calendar(), &case).err().and_then(|refusal| refusal.event);
        prop_assert_eq!(refused.map(|event| event.number), plain::first_unlawful(calendar(), &case));
    }

    #[test]
    fn every_lawful_sequence_is_reckoned_as_by_a_plain_day_by_day_count(case in any_case()) {
        let case = lawful(case);
        let answer = reckon(calendar(), &case).unwrap();
        check_against_plain(&case, &answer)?;
    }

    #[test]
    fn the_strip_is_unbroken_and_ends_with_the_due_date_or_later(case in any_case()) {
        let case = lawful(case);
        let answer = reckon(calendar(), &case).unwrap();
        let mut expected = case.received;
        for day in &answer.days {
            expected = expected.tomorrow().unwrap();
            prop_assert_eq!(day.date, expected);
        }
        prop_assert!(answer.due.is_none_or(|due| due <= expected));
        let last_counted = counted(&answer.days).last().copied();
        if let Some(due) = answer.due {
            prop_assert_eq!(last_counted, Some((due, answer.limit_working_days)));
        }
    }

    #[test]
    fn looking_later_never_moves_the_due_date(case in any_case(), days in 0..100i32) {
        let mut case = lawful(case);
        let answer = reckon(calendar(), &case).unwrap();
        case.today = Some(after(answer.as_of, days));
        let later = reckon(calendar(), &case).unwrap();
        prop_assert_eq!(later.due, answer.due);
        prop_assert!(answer.overdue_working_days <= later.overdue_working_days);
    }
}
