//! the same thing said twice with different numbers.

use crate::claim::{Claim, Exactness, Link, Scope};
use crate::figure::plain_text;
use crate::finding::{Finding, Verdict};
use crate::report::AnnualReport;

/// Shorter nouns (发布信息) are said of too many things to be the same thing.
const SHORTEST_NOUN: usize = 8;

pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    let claims: Vec<&Claim> = report.claims.iter().filter(|claim| is_plain(claim)).collect();
    let mut findings = Vec::new();
    for (at, later) in claims.iter().enumerate() {
        let earlier = claims[..at].iter().rfind(|earlier| same_thing(earlier, later));
        if let Some(earlier) = earlier.filter(|earlier| earlier.value != later.value) {
            findings.push(differs(earlier, later));
        }
    }
    findings
}

fn is_plain(claim: &Claim) -> bool {
    claim.qualifier == Exactness::Exact
        && claim.scope == Scope::Own
        && !matches!(claim.link, Link::Part { .. } | Link::PartBefore { .. })
        && claim.unit != "%"
}

fn same_thing(left: &Claim, right: &Claim) -> bool {
    let same_noun = left.noun == right.noun && left.unit == right.unit;
    if !left.means.is_empty() && left.means == right.means {
        let received = |claim: &Claim| {
            ["收到", "受理", "新收", "接到"].iter().any(|word| claim.text.contains(word))
        };
        let receipt = left.means[0].as_str().starts_with("requests.");
        return !receipt || (received(left) == received(right));
    }
    let channelled = [left, right].iter().any(|claim| matches!(claim.link, Link::Channel { .. }));
    same_noun
        && !channelled
        && SHORTEST_NOUN <= left.noun.chars().count()
        && ["公开", "发布"].iter().any(|word| left.noun.contains(word))
}

fn differs(earlier: &Claim, later: &Claim) -> Finding {
    let message = format!("前文称“{}”，此处称“{}”，请确认", earlier.text, later.text);
    Finding::of("X-11", Verdict::Uncertain, message)
        .sides(Some(earlier.value), Some(later.value))
        .expression(format!("{} ≠ {}", plain_text(earlier.value), plain_text(later.value)))
        .at(earlier.place)
        .at(later.place)
}
