//! Charts of a year: what they say, and that nothing is drawn of nothing.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use gongkai_domain::form::forms;
use gongkai_papers::annual_report::charts::{Chart, charts, plans};
use gongkai_papers::annual_report::write::Draft;
use rust_decimal::Decimal;

fn draft(value: impl Fn(&str) -> Option<i64>) -> Draft {
    let form = forms().last().unwrap();
    let mut draft = Draft::new("某局", form.first_year).unwrap();
    let cells = form.tables.iter().flat_map(|table| table.cells.iter().flatten());
    draft.figures = cells.map(|cell| (*cell, value(cell.as_str()).map(Decimal::from))).collect();
    draft
}

fn keys(charts: &[Chart]) -> Vec<&str> {
    charts.iter().map(|chart| chart.key).collect()
}

#[test]
fn every_chart_says_its_numbers_in_words_and_is_the_same_twice() {
    let draft = draft(|_| Some(2));
    let before = draft.figures.clone();
    let all = charts(&draft, &[(draft.year - 1, &before)]).unwrap();
    assert_eq!(
        keys(&all),
        ["applicants", "outcomes", "remedies", "years", "years_remedies", "years_acts"]
    );
    assert_eq!(all, charts(&draft, &[(draft.year - 1, &before)]).unwrap());
    assert!(all[0].words.starts_with("新收申请的申请人：自然人 2 件，商业企业 2 件"));
    assert!(
        all[1].words.contains("予以公开 2 件，部分公开 2 件，不予公开 16 件"),
        "{}",
        all[1].words
    );
    for chart in &all {
        assert!(chart.svg.starts_with("<svg role=\"img\" aria-label=\""), "{}", chart.svg);
        assert!(!chart.svg.contains(" style=") && !chart.svg.contains("<script"));
        assert!(chart.svg.contains("Noto Sans CJK SC"));
    }
}

#[test]
fn nothing_is_drawn_of_nothing_and_the_unknown_is_said() {
    assert!(charts(&draft(|_| Some(0)), &[]).unwrap().is_empty());
    let unknown = draft(|key| (key != "requests.received.natural").then_some(1));
    let all = charts(&unknown, &[]).unwrap();
    assert!(all[0].words.contains("自然人 没有数字，商业企业 1 件"), "{}", all[0].words);
    assert!(!all[0].svg.contains("NaN"), "{}", all[0].svg);
}

#[test]
fn lines_over_years_break_where_the_series_does_and_say_why() {
    let mut draft = draft(|_| Some(2));
    let figures = draft.figures.clone();
    let newest = forms().last().unwrap().first_year;
    // Two years before the form began, a year without a report, and three years later.
    draft.year = newest + 3;
    let earlier = [newest - 2, newest - 1, newest + 1].map(|year| (year, &figures));
    let all = plans(&draft, &earlier);
    let plan = |key: &str| all.iter().find(|plan| plan.key == key).unwrap();
    let years = |key: &str| plan(key).names.clone();
    let plain = [newest - 1, newest, newest + 1, newest + 2, newest + 3].map(|y| y.to_string());
    assert_eq!(years("years"), plain, "five years, the oldest left out");
    assert_eq!(years("years_acts")[1], format!("{newest}※"));
    assert_eq!(years("years_remedies")[4], format!("{}※", newest + 3));
    assert_eq!(plan("years").notes().count(), 0);
    assert_eq!(plan("years_acts").notes().count(), 1);
    let rows: Vec<_> = plan("years").rows().map(|(_, values)| values[0].clone()).collect();
    assert_eq!(rows, ["2", "—", "2", "—", "2"], "a year without a report is no zero");
    let drawn = plan("years_acts").draw().unwrap();
    assert!(drawn.words.contains("不可比") && drawn.svg.contains('※'));
    assert!(drawn.words.contains("没有数字") && !drawn.svg.contains("NaN"));
    assert_eq!(plans(&draft, &[(newest - 2, &figures)]).len(), 3, "too long ago for a line");
}
