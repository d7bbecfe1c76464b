//! Years and organs beside each other: growth, guards, ranks, breaks.

use super::*;
use crate::figure::plain_text;
use crate::form::{Form, forms};
use crate::report::compare::indicator::Reliability;

/// Figures of the form of a year, zero but for those given; `None` blanks one.
fn figures(year: i16, given: &[(&str, Option<i64>)]) -> Figures {
    let form = Form::for_year(year).unwrap();
    let cells = form.tables.iter().flat_map(|table| table.cells.iter().flatten());
    let value = |key: &str| match given.iter().find(|(each, _)| *each == key) {
        Some((_, value)) => value.map(Decimal::from),
        None => Some(Decimal::ZERO),
    };
    cells.map(|cell| (*cell, value(cell.as_str()))).collect()
}

fn received(year: i16, total: i64) -> Figures {
    figures(year, &[("requests.received.total", Some(total))])
}

fn entries<'a>(all: &'a [(i16, Figures)]) -> Vec<Entry<'a>> {
    let entry =
        |(year, figures): &'a (i16, Figures)| Entry { agency: "甲局", year: *year, figures };
    all.iter().map(entry).collect()
}

fn text(value: Option<Decimal>) -> String {
    value.map_or("-".to_owned(), plain_text)
}

fn line<'a>(lines: &'a [YearLine], key: &str) -> &'a [YearPoint] {
    &lines.iter().find(|line| line.key == key).unwrap().points
}

#[test]
fn every_indicator_is_declared_once_and_can_be_measured() {
    let mut keys: Vec<&str> = indicators().iter().map(|each| each.key.as_str()).collect();
    let n_all = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), n_all);
    let newest = received(forms().last().unwrap().first_year, 1);
    let entry = Entry { agency: "甲局", year: 2022, figures: &newest };
    for indicator in indicators() {
        let is_known = measure(indicator, &entry).value.is_some();
        // Nothing was closed, so that shares of it are not known.
        assert!(is_known || indicator.is_share(), "{}", indicator.key);
    }
}

#[test]
fn growth_is_of_the_year_before_and_of_no_zero_and_no_gap() {
    let all = [
        (2021, received(2021, 0)),
        (2022, received(2022, 40)),
        (2023, received(2023, 30)),
        (2025, received(2025, 90)),
    ];
    let lines = years(&entries(&all));
    let told: Vec<String> = line(&lines, "received")
        .iter()
        .map(|point| format!("{} {} {}", point.year, text(point.difference), text(point.growth)))
        .collect();
    assert_eq!(told, ["2021 - -", "2022 40 -", "2023 -10 -25", "2025 - -"]);
}

#[test]
fn breaks_of_series_are_marked_and_nothing_is_reckoned_over_them() {
    let permits = |year| {
        figures(
            year,
            &[("proactive.permit.decided", Some(5)), ("remedies.reconsideration.total", Some(2))],
        )
    };
    let all: Vec<(i16, Figures)> =
        [2020, 2021, 2022, 2023, 2024].map(|year| (year, permits(year))).into();
    let lines = years(&entries(&all));
    let broken = |key: &str| -> Vec<i16> {
        let points = line(&lines, key).iter().filter(|point| point.r#break.is_some());
        points.map(|point| point.year).collect()
    };
    assert_eq!(broken("permits"), [2021]);
    assert_eq!(broken("reconsiderations"), [2024]);
    assert!(broken("received").is_empty());
    let permits = line(&lines, "permits");
    assert_eq!(
        (text(permits[1].difference), text(permits[2].difference)),
        ("-".to_owned(), "0".to_owned())
    );
}

fn organ(closed: i64, disclosed: i64) -> Figures {
    figures(
        2022,
        &[
            ("requests.received.total", Some(closed)),
            ("requests.closed_total.total", Some(closed)),
            ("requests.disclosed.total", Some(disclosed)),
        ],
    )
}

#[test]
fn small_numbers_are_shown_and_not_ranked() {
    let figures = [organ(29, 29), organ(30, 15), organ(100, 75), organ(200, 150)];
    let names = ["甲局", "乙局", "丙局", "丁局"];
    let entries: Vec<Entry> = names
        .iter()
        .zip(&figures)
        .map(|(agency, figures)| Entry { agency, year: 2022, figures })
        .collect();
    let lines = organs(&entries);
    let openness = lines.iter().find(|line| line.key == "openness").unwrap();
    let told: Vec<_> = openness
        .points
        .iter()
        .map(|point| (text(point.value), point.reliability.unwrap(), point.rank))
        .collect();
    assert_eq!(
        told,
        [
            ("100".to_owned(), Reliability::TooFew, None),
            ("50".to_owned(), Reliability::Medium, Some(3)),
            ("75".to_owned(), Reliability::Stable, Some(1)),
            ("75".to_owned(), Reliability::Stable, Some(1)),
        ]
    );
    assert_eq!(text(openness.median), "75");
    let received = lines.iter().find(|line| line.key == "received").unwrap();
    let told: Vec<_> =
        received.points.iter().map(|point| (text(point.share), point.rank)).collect();
    let share = |share: &str, rank| (share.to_owned(), Some(rank));
    assert_eq!(told, [share("8.08", 4), share("8.36", 3), share("27.86", 2), share("55.71", 1)]);
}

#[test]
fn an_unknown_figure_has_no_rank_and_leaves_no_shares_of_the_whole() {
    let figures = [received(2022, 3), figures(2022, &[("requests.received.total", None)])];
    let entries: Vec<Entry> = ["甲局", "乙局"]
        .iter()
        .zip(&figures)
        .map(|(agency, figures)| Entry { agency, year: 2022, figures })
        .collect();
    let lines = organs(&entries);
    let points = &lines.iter().find(|line| line.key == "received").unwrap().points;
    let told: Vec<_> =
        points.iter().map(|point| (text(point.value), text(point.share), point.rank)).collect();
    let row = |value: &str, rank| (value.to_owned(), "-".to_owned(), rank);
    assert_eq!(told, [row("3", Some(1)), row("-", None)]);
}
