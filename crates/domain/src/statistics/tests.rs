//! The papers as data, periods at their edges, counts against a count by hand.

use super::*;
use crate::item_kind::kind;
use crate::register::line_of;
use crate::report::cell::{
    ActFact, Applicant, Facts, Outcome, RemedyBlock, RemedyResult, RequestFact,
};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

const YEAR: i16 = 2024;

fn quarter(n: i8) -> Period {
    Period::Quarter(YEAR, n)
}

fn request(id: usize, received: Date, closed: Option<(&str, Date)>) -> RequestFact {
    let closed = closed.map(|(key, on)| (Outcome::by_key(key).unwrap(), on));
    RequestFact::new(id.to_string(), Applicant::all().next().unwrap(), received, closed).unwrap()
}

#[test]
fn every_paper_names_kinds_rows_and_results_that_there_are() {
    let mut keys = BTreeSet::new();
    for paper in papers() {
        assert!(keys.insert(paper.key.clone()) && kind(&paper.kind).is_some(), "{}", paper.key);
        assert!(!paper.kinds.is_empty() && !paper.source.is_empty());
        let rows: BTreeSet<&str> = paper.rows().map(|row| row.key.as_str()).collect();
        assert_eq!(rows.len(), paper.rows().count(), "keys of {} are unique", paper.key);
        for row in paper.rows() {
            assert!(row.count.is_none() || row.sum.is_empty(), "{}", row.key);
            for part in &row.sum {
                let part = paper.row(part).unwrap_or_else(|| panic!("{part} of {}", row.key));
                assert!(part.sum.is_empty(), "a sum of sums: {}", row.key);
            }
            match &row.count {
                Some(Count::Items { kinds, others }) => {
                    let known = |key: &String| kind(key).is_some();
                    assert!(kinds.iter().chain(others).all(known), "{}", row.key);
                }
                Some(Count::Acts { line } | Count::Amount { line }) => {
                    assert!(line_of(line).is_some_and(|found| found.key == line), "{}", row.key);
                }
                Some(Count::Contested { blocks }) => {
                    let known = |key: &String| RemedyBlock::by_key(key).is_some();
                    assert!(blocks.iter().all(known), "{}", row.key);
                }
                Some(Count::Decided { result }) => assert!(RemedyResult::by_key(result).is_some()),
                _ => {}
            }
        }
    }
    assert!(paper("website-year").is_some() && paper("nothing").is_none());
}

#[test]
fn periods_begin_and_end_with_their_days() {
    assert_eq!(quarter(1).last_day(), date(YEAR, 3, 31));
    assert_eq!(quarter(4).first_day(), date(YEAR, 10, 1));
    assert_eq!("2024-Q2".parse(), Ok(quarter(2)));
    assert_eq!("2024".parse(), Ok(Period::Year(YEAR)));
    for wrong in ["", "2024-Q0", "2024-Q5", "24", "2024-", "2024-Q1 ", "99999", "2024-Q-1"] {
        assert_eq!(wrong.parse::<Period>(), Err(NoPeriod), "{wrong}");
    }
    for period in [Period::Year(YEAR), quarter(1), quarter(4)] {
        assert_eq!(period.key().parse(), Ok(period));
        assert_eq!(period.before().last_day().tomorrow().unwrap(), period.first_day());
    }
    let last = |month| Period::last_over(PeriodKind::Quarter, date(YEAR, month, 1));
    assert_eq!(
        [last(1), last(3), last(4), last(12)].map(Period::key),
        ["2023-Q4", "2023-Q4", "2024-Q1", "2024-Q3"]
    );
}

#[test]
fn four_quarters_are_the_year_and_what_is_open_is_carried_over() {
    let paper = paper("disclosure-quarter").unwrap();
    let day = |n: usize| {
        date(YEAR, 1, 1).saturating_add(jiff::Span::new().days(i64::try_from(n).unwrap()))
    };
    let mut facts = Facts::default();
    for n in 0..120 {
        let closed =
            (n % 4 != 0).then(|| (["disclosed", "withheld.state_secret"][n % 2], day(n * 3 + 7)));
        facts.requests.push(request(n, day(n * 3), closed));
        let amount = Decimal::from(n);
        facts.acts.push(ActFact::new(format!("a{n}"), "fee", day(n * 3), amount).unwrap());
    }
    let sources = Sources { facts, items: Vec::new() };
    let none = BTreeMap::new();
    let of = |period| compile(paper, period, &sources, &none);
    let value = |compiled: &Compiled, key: &str| compiled.value(key).unwrap();
    let whole = of(Period::Year(YEAR));
    for key in ["received", "closed", "disclosed", "withheld", "fees"] {
        let quarters: Decimal = (1..=4).map(|n| value(&of(quarter(n)), key)).sum();
        assert_eq!(quarters, value(&whole, key), "{key}");
        assert!(Decimal::ZERO < quarters);
    }
    let mut open = Decimal::ZERO;
    for n in 1..=4 {
        let compiled = of(quarter(n));
        let carried = open + value(&compiled, "received") - value(&compiled, "closed");
        open = value(&compiled, "open");
        assert_eq!(carried, open, "quarter {n}");
        assert_eq!(Decimal::from(compiled.list("received").len()), value(&compiled, "received"));
    }
}

#[test]
fn a_sum_is_unknown_while_a_part_is_and_typed_figures_are_what_people_may_type() {
    let paper = paper("website-year").unwrap();
    let typed_row = paper.row("handled-natural").unwrap();
    let (number, why) = typed(typed_row, " 1,200 ", " 后台统计 ").unwrap();
    assert_eq!((number, why.as_str()), (Decimal::from(1200), "后台统计"));
    for (value, why) in [("", "有"), ("-1", "有"), ("许多", "有"), ("1", " "), ("1", "a\nb")] {
        assert!(typed(typed_row, value, why).is_err(), "{value} {why}");
    }
    let counted = paper.row("published-news").unwrap();
    assert!(matches!(typed(counted, "1", "有"), Err(TypedFault::Counted(_))));
    let news =
        |id: &str, kind: &str, on| Published { id: id.to_owned(), kind: kind.to_owned(), on };
    let items = vec![
        news("1", "work_news", date(YEAR, 1, 1)),
        news("2", "institution", date(YEAR, 12, 31)),
        news("3", "notice", date(YEAR, 5, 1)),
        news("4", "work_news", date(YEAR + 1, 1, 1)),
    ];
    let sources = Sources { items, ..Sources::default() };
    let mut known: BTreeMap<String, Decimal> = [("handled-natural".to_owned(), number)].into();
    known.insert("published-news".to_owned(), Decimal::from(99));
    let compiled = compile(paper, Period::Year(YEAR), &sources, &known);
    assert_eq!(compiled.value("published"), Some(Decimal::from(3)));
    assert_eq!(compiled.value("published-news"), Some(Decimal::ONE), "counted, whatever is typed");
    assert_eq!(compiled.list("published-catalogue"), ["3"]);
    assert_eq!(compiled.value("handled"), None, "half of the sum is not known");
    known.insert("handled-legal".to_owned(), Decimal::ONE);
    let compiled = compile(paper, Period::Year(YEAR), &sources, &known);
    assert_eq!(compiled.value("handled"), Some(Decimal::from(1201)));
}
