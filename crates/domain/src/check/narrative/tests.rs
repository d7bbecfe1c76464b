//! Tests of the narrative checks on claims made by hand; `papers` tests them from the words on.

use super::check;
use crate::claim::{Claim, Link};
use crate::figure::{CellKey, Figures};
use crate::finding::Verdict;
use crate::form::{TableKind, forms};
use crate::report::AnnualReport;
use rust_decimal::Decimal;
use std::sync::LazyLock;

static RECEIVED: LazyLock<CellKey> = LazyLock::new(|| cell("received"));
static BROUGHT_FORWARD: LazyLock<CellKey> = LazyLock::new(|| cell("brought_forward"));

/// The total of a row of table three.
fn cell(row: &str) -> CellKey {
    forms()[1].table(TableKind::Requests).cell(row, "total").expect("the form has it")
}

fn claim(text: &str, value: u32, means: &[CellKey]) -> Claim {
    Claim {
        text: text.to_owned(),
        noun: text.to_owned(),
        value: value.into(),
        unit: "件".to_owned(),
        means: means.to_vec(),
        ..Claim::default()
    }
}

fn verdicts(claims: Vec<Claim>, received: Option<u32>) -> Vec<(&'static str, Verdict)> {
    let figures: Figures =
        [(*RECEIVED, received.map(Decimal::from)), (*BROUGHT_FORWARD, Some(Decimal::ONE))]
            .into_iter()
            .collect();
    let report = AnnualReport { claims, figures, ..AnnualReport::default() };
    check(&report).iter().map(|found| (found.check, found.verdict)).collect()
}

#[test]
fn received_may_count_what_was_brought_forward() {
    let received = |value| vec![claim("收到申请", value, &[*RECEIVED])];
    assert_eq!(verdicts(received(74), Some(74)), [("X-1", Verdict::Holds)]);
    assert_eq!(verdicts(received(75), Some(74)), [("X-1", Verdict::Holds)]);
    assert_eq!(verdicts(received(76), Some(74)), [("X-1", Verdict::Fails)]);
    assert_eq!(verdicts(received(0), None), [("X-1", Verdict::NotAssessable)]);
}

#[test]
fn a_claim_tied_to_nothing_is_silent() {
    assert_eq!(verdicts(vec![claim("收到来信", 9, &[])], Some(74)), []);
}

#[test]
fn a_link_to_a_claim_that_is_not_there_is_silent() {
    let mut share = claim("占", 40, &[]);
    share.link = Link::Share { part: 7, whole: 8 };
    assert_eq!(verdicts(vec![share], Some(74)), []);
}

#[test]
fn what_is_left_after_those_withdrawn_is_what_the_table_counts() {
    let part = |text: &str| {
        let mut part = claim(text, 2, &[]);
        part.link = Link::Part { of: 0, all: false };
        vec![claim("收到申请", 76, &[*RECEIVED]), part]
    };
    assert_eq!(verdicts(part("其中2件申请人撤回"), Some(74)), []);
    assert_eq!(verdicts(part("其中2件予以公开"), Some(74)), [("X-1", Verdict::Fails)]);
    assert_eq!(verdicts(part("其中2件申请人撤回"), Some(71)), [("X-1", Verdict::Fails)]);
}

#[test]
fn a_likely_tie_and_a_count_of_times_are_only_asked_about() {
    let mut likely = claim("收到申请", 9, &[*RECEIVED]);
    likely.likely = true;
    let mut times = claim("收到申请", 9, &[*RECEIVED]);
    times.unit = "次".to_owned();
    for claim in [likely, times] {
        assert_eq!(verdicts(vec![claim.clone()], Some(74)), [("X-1", Verdict::Uncertain)]);
        assert_eq!(verdicts(vec![claim], Some(9)), [("X-1", Verdict::Holds)]);
    }
}
