//! totals of the prose against the parts that the prose gives.

use crate::claim::{Claim, Exactness, Link};
use crate::figure::plain_text;
use crate::finding::{Finding, Severity, Verdict};
use crate::report::AnnualReport;
use rust_decimal::Decimal;

/// More channels than these are not tried in all combinations.
const MOST_CHANNELS: usize = 8;

pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    let claims = &report.claims;
    let of_total = |total: usize, wanted: fn(&Link) -> Option<usize>| -> Vec<&Claim> {
        claims.iter().filter(|claim| wanted(&claim.link) == Some(total)).collect()
    };
    let mut findings = Vec::new();
    for (at, total) in claims.iter().enumerate() {
        findings.extend(listed(total, &of_total(at, part_of)));
        findings.extend(listed_before(total, &of_total(at, part_before)));
        findings.extend(by_channel(total, &of_total(at, channel_of)));
    }
    findings
}

fn part_of(link: &Link) -> Option<usize> {
    match link {
        Link::Part { of, .. } => Some(*of),
        _ => None,
    }
}

fn part_before(link: &Link) -> Option<usize> {
    match link {
        Link::PartBefore { of } => Some(*of),
        _ => None,
    }
}

fn channel_of(link: &Link) -> Option<usize> {
    match link {
        Link::Channel { of } => Some(*of),
        _ => None,
    }
}

/// 907条，其中：规范性文件3条，其他信息904条.
fn listed(total: &Claim, parts: &[&Claim]) -> Option<Finding> {
    if parts.is_empty() || !exact(total, parts) {
        return None;
    }
    // Further breakdowns may follow the one that is complete.
    if let Some(complete) = (1..=parts.len()).find(|n| 1 < *n && sum(&parts[..*n]) == total.value) {
        return Some(adds_up(total, &parts[..complete]));
    }
    let all = parts.iter().any(|part| matches!(part.link, Link::Part { all: true, .. }));
    let (sum, whole) = (sum(parts), total.value);
    if sum == whole || (sum < whole && !(all && 1 < parts.len())) {
        return None;
    }
    let message = format!(
        "文字称合计 {}{}，所列各项之和为 {}{}",
        plain_text(whole),
        total.unit,
        plain_text(sum),
        if sum < whole { "，不足合计" } else { "，超过合计" }
    );
    let crossed = whole < sum && !all && mixed(parts);
    let verdict = if crossed { Verdict::Uncertain } else { Verdict::Fails };
    Some(finding(verdict, message, total, parts))
}

/// 网站100条，微信50条，共计150条. What the total covers is not said for sure.
fn listed_before(total: &Claim, parts: &[&Claim]) -> Option<Finding> {
    if parts.len() < 2 || !exact(total, parts) {
        return None;
    }
    let covered = (0..parts.len() - 1).find(|from| sum(&parts[*from..]) == total.value);
    if let Some(from) = covered {
        return Some(adds_up(total, &parts[from..]));
    }
    let message = format!(
        "文字称共 {}{}，前面各项之和为 {}，请确认",
        plain_text(total.value),
        total.unit,
        plain_text(sum(parts))
    );
    Some(finding(Verdict::Uncertain, message, total, parts))
}

/// Channels need not add up: one item may go out by several. A question only where some of them
/// make the whole and another is left over.
fn by_channel(total: &Claim, parts: &[&Claim]) -> Option<Finding> {
    if parts.len() < 2 || MOST_CHANNELS < parts.len() || !exact(total, parts) {
        return None;
    }
    let whole = sum(parts);
    if whole == total.value {
        return Some(adds_up(total, parts));
    }
    let chosen = |set: usize| -> Vec<&Claim> {
        (0..parts.len()).filter(|at| set & (1 << at) != 0).map(|at| parts[at]).collect()
    };
    let some = (1..(1_usize << parts.len()) - 1)
        .map(chosen)
        .find(|some| 1 < some.len() && sum(some) == total.value)?;
    let left: Vec<String> = parts
        .iter()
        .filter(|part| !some.iter().any(|each| std::ptr::eq(*each, **part)))
        .filter(|part| !part.value.is_zero())
        .map(|part| format!("“{}”", part.text))
        .collect();
    if left.is_empty() {
        return None;
    }
    let message = format!(
        "各渠道 {} = {}，与合计 {} 不等；其中 {} = {}，请确认{}是否另计",
        terms(parts),
        plain_text(whole),
        plain_text(total.value),
        terms(&some),
        plain_text(total.value),
        left.join("、")
    );
    Some(finding(Verdict::Uncertain, message, total, parts))
}

fn exact(total: &Claim, parts: &[&Claim]) -> bool {
    total.qualifier == Exactness::Exact
        && parts.iter().all(|part| part.qualifier == Exactness::Exact)
}

/// Whether some parts tell who applied and others what became of it: two breakdowns of one total.
fn mixed(parts: &[&Claim]) -> bool {
    let received = |part: &&&Claim| {
        part.means.first().is_some_and(|cell| cell.as_str().starts_with("requests.received."))
    };
    let n_received = parts.iter().filter(received).count();
    0 < n_received && n_received < parts.len()
}

fn sum(parts: &[&Claim]) -> Decimal {
    parts.iter().map(|part| part.value).sum()
}

fn terms(parts: &[&Claim]) -> String {
    let values: Vec<String> = parts.iter().map(|part| plain_text(part.value)).collect();
    values.join(" + ")
}

fn adds_up(total: &Claim, parts: &[&Claim]) -> Finding {
    let message = format!("文字中 {} = {}，相符", plain_text(total.value), terms(parts));
    finding(Verdict::Holds, message, total, parts).severity(Severity::Note)
}

fn finding(verdict: Verdict, message: String, total: &Claim, parts: &[&Claim]) -> Finding {
    let sign = if sum(parts) == total.value { "=" } else { "≠" };
    let expression = format!("{} {sign} {}", plain_text(total.value), terms(parts));
    let finding = Finding::of("X-7", verdict, message)
        .sides(Some(total.value), Some(sum(parts)))
        .expression(expression)
        .at(total.place);
    parts.iter().fold(finding, |finding, part| finding.at(part.place))
}
