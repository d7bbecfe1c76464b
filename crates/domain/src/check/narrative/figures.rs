//! numbers of the prose against the figures they state; X-6: the same digits in another unit.

use crate::claim::{Claim, Exactness, Link, Scope};
use crate::figure::{CellKey, Certainty, plain_text};
use crate::finding::{Finding, Severity, Verdict};
use crate::form::{TableKind, forms};
use crate::report::AnnualReport;
use rust_decimal::Decimal;

/// Larger figures are misread, and no base for a judgement.
const LARGEST: u64 = 1_000_000_000_000_000_000;

pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    let tied = report.claims.iter().enumerate().filter_map(|(at, claim)| tied(report, at, claim));
    let asked = report.claims.iter().filter_map(|claim| asked(report, claim));
    tied.chain(asked).collect()
}

fn tied(report: &AnnualReport, at: usize, claim: &Claim) -> Option<Finding> {
    if claim.means.is_empty() {
        return None;
    }
    let stated = in_unit_of_figures(claim);
    let Some(found) = sum(report, &claim.means) else {
        return Some(not_assessable(report, claim, stated));
    };
    if agrees(claim.qualifier, stated, found) {
        return Some(holds(report, claim, stated, &claim.means, found));
    }
    if let Some((cells, found)) = other_reading(report, claim, stated) {
        return Some(holds(report, claim, stated, &cells, found));
    }
    if is_money(claim) && differs_by_unit(stated, found) {
        return Some(other_unit(report, claim, stated, found));
    }
    let part_of_it = claim.scope == Scope::OwnLevel && stated < found;
    if part_of_it || dropped_out(report, at, stated - found) {
        None
    } else {
        Some(contradicts(report, claim, stated, found))
    }
}

/// A claim whose words do not surely say which figures it states: equal is silence.
fn asked(report: &AnnualReport, claim: &Claim) -> Option<Finding> {
    let found = sum(report, &claim.beside).filter(|_| !claim.beside.is_empty())?;
    let stated = in_unit_of_figures(claim);
    if agrees(claim.qualifier, stated, found) || is_about_whole_table(claim, stated) {
        return None;
    }
    let message = format!(
        "文字称“{}”，{}为 {}，请确认两处是否指同一事项",
        claim.text,
        names(report, &claim.beside),
        plain_text(found)
    );
    let finding = Finding::of("X-1", Verdict::Uncertain, message).severity(Severity::Warning);
    Some(with_places(report, finding, claim, &claim.beside).sides(Some(stated), Some(found)))
}

/// A single 0 beside what the words only touch upon is not worth a question.
fn is_about_whole_table(claim: &Claim, stated: Decimal) -> bool {
    stated.is_zero() && claim.beside.len() == 1
}

fn holds(
    report: &AnnualReport,
    claim: &Claim,
    stated: Decimal,
    cells: &[CellKey],
    found: Decimal,
) -> Finding {
    let message =
        format!("文字称“{}”，与{} {} 一致", claim.text, names(report, cells), plain_text(found));
    let finding = Finding::of("X-1", Verdict::Holds, message).severity(Severity::Note);
    with_places(report, finding, claim, cells).sides(Some(stated), Some(found))
}

fn not_assessable(report: &AnnualReport, claim: &Claim, stated: Decimal) -> Finding {
    let message =
        format!("文字称“{}”，{}没有读到数字，无法核对", claim.text, names(report, &claim.means));
    let finding = Finding::of("X-1", Verdict::NotAssessable, message).severity(Severity::Note);
    with_places(report, finding, claim, &claim.means).sides(Some(stated), None)
}

fn contradicts(report: &AnnualReport, claim: &Claim, stated: Decimal, found: Decimal) -> Finding {
    let doubtful = is_doubtful(report, claim, stated, found);
    let zero = if stated.is_zero() && claim.unit.is_empty() { "（即 0 件）" } else { "" };
    let message = format!(
        "文字称“{}”{zero}，{}为 {}{}",
        claim.text,
        names(report, &claim.means),
        plain_text(found),
        if doubtful { "，请确认" } else { "" }
    );
    let finding = match doubtful {
        true => Finding::of("X-1", Verdict::Uncertain, message).severity(Severity::Warning),
        false => Finding::of("X-1", Verdict::Fails, message),
    };
    with_places(report, finding, claim, &claim.means).sides(Some(stated), Some(found))
}

fn is_doubtful(report: &AnnualReport, claim: &Claim, stated: Decimal, found: Decimal) -> bool {
    let read_doubtfully = claim.means.iter().any(|cell| {
        report.reading(*cell).is_some_and(|reading| reading.certainty == Certainty::Uncertain)
    });
    let roughly = match claim.qualifier {
        Exactness::Exact | Exactness::AtMost => false,
        Exactness::About => {
            !found.is_zero() && stated < found * Decimal::TWO && found < stated * Decimal::TWO
        }
        Exactness::AtLeast => stated <= found,
    };
    let some_of_closed = means_only(claim, "requests.closed_total.total")
        && (stated < found || Some(stated) == value(report, "requests.received.total"));
    let by_times = ["次", "条", "个", "件次"].contains(&claim.unit.as_str());
    read_doubtfully || roughly || some_of_closed || by_times || claim.likely
}

/// 收到76件，其中2件申请人撤回: the table may count only what remained.
fn dropped_out(report: &AnnualReport, at: usize, surplus: Decimal) -> bool {
    let is_part = |claim: &&Claim| matches!(claim.link, Link::Part { of, .. } if of == at);
    let dropped = |claim: &&Claim| {
        ["撤回", "撤销申请", "退回", "转", "补正", "放弃", "不属于", "重复", "咨询"]
            .iter()
            .any(|word| claim.text.contains(word))
    };
    let parts = report.claims.iter().skip(at + 1).filter(is_part).filter(dropped);
    means_only(&report.claims[at], "requests.received.total")
        && surplus > Decimal::ZERO
        && parts.map(|claim| claim.value).sum::<Decimal>() == surplus
}

fn other_unit(report: &AnnualReport, claim: &Claim, stated: Decimal, found: Decimal) -> Finding {
    let written = claim.means.first().and_then(|cell| report.reading(*cell));
    let written =
        written.map_or_else(|| plain_text(found), |reading| reading.text.trim().to_owned());
    let message = format!(
        "文字为 {} {}，{}为“{written}”，数字相同而单位不同",
        plain_text(claim.value),
        claim.unit,
        names(report, &claim.means),
    );
    let finding = Finding::of("X-6", Verdict::Fails, message);
    with_places(report, finding, claim, &claim.means).sides(Some(stated), Some(found))
}

fn with_places(
    report: &AnnualReport,
    finding: Finding,
    claim: &Claim,
    cells: &[CellKey],
) -> Finding {
    let finding =
        cells.iter().fold(finding.at(claim.place), |finding, cell| finding.at(report.spot(*cell)));
    match cells.len() {
        0 | 1 => finding,
        _ => match worked_out(report, cells) {
            Some(expression) => finding.expression(expression),
            None => finding,
        },
    }
}

fn worked_out(report: &AnnualReport, cells: &[CellKey]) -> Option<String> {
    let total = sum(report, cells)?;
    let values = cells.iter().filter_map(|cell| report.figures.get(*cell));
    let terms: Vec<String> = values.map(plain_text).collect();
    Some(format!("{} = {}", terms.join(" + "), plain_text(total)))
}

fn sum(report: &AnnualReport, cells: &[CellKey]) -> Option<Decimal> {
    let sane = |value: &Decimal| value.abs() < LARGEST.into();
    cells.iter().map(|cell| report.figures.get(*cell).filter(sane)).sum()
}

fn value(report: &AnnualReport, key: &str) -> Option<Decimal> {
    report.figures.by_key(key)
}

/// 收到 75 件 may be 74 new ones and 1 brought forward; 处理 and 办理 may mean those closed.
fn other_reading(
    report: &AnnualReport,
    claim: &Claim,
    stated: Decimal,
) -> Option<(Vec<CellKey>, Decimal)> {
    let mut readings: Vec<Vec<&str>> = Vec::new();
    if means_only(claim, "requests.received.total") {
        readings.push(vec!["requests.received.total", "requests.brought_forward.total"]);
        if ["处理", "办理"].iter().any(|word| claim.text.contains(word)) {
            readings.push(vec!["requests.closed_total.total"]);
        }
    }
    readings.into_iter().find_map(|keys| {
        let cells: Vec<CellKey> = report
            .figures
            .iter()
            .map(|(cell, _)| cell)
            .filter(|c| keys.contains(&c.as_str()))
            .collect();
        let found = sum(report, &cells).filter(|_| cells.len() == keys.len())?;
        (stated == found).then_some((cells, found))
    })
}

fn means_only(claim: &Claim, key: &str) -> bool {
    claim.means.len() == 1 && claim.means[0].as_str() == key
}

fn agrees(qualifier: Exactness, stated: Decimal, found: Decimal) -> bool {
    match qualifier {
        Exactness::Exact => stated == found,
        Exactness::About => (stated - found).abs() * Decimal::TEN <= stated,
        Exactness::AtLeast => stated <= found && found * Decimal::TWO <= stated * Decimal::from(3),
        Exactness::AtMost => found <= stated,
    }
}

fn is_money(claim: &Claim) -> bool {
    claim.unit.ends_with('元')
}

/// Amounts of the tables are in 万元.
fn in_unit_of_figures(claim: &Claim) -> Decimal {
    match claim.unit.as_str() {
        "元" => claim.value / Decimal::from(10_000),
        "亿元" => claim.value * Decimal::from(10_000),
        _ => claim.value,
    }
}

fn differs_by_unit(stated: Decimal, found: Decimal) -> bool {
    let times = Decimal::from(10_000);
    !stated.is_zero() && (stated == found * times || found == stated * times)
}

/// The figures for people: 表三“本年新收政府信息公开申请数量·总计”.
fn names(report: &AnnualReport, cells: &[CellKey]) -> String {
    let of_rows = cells.len() > 3;
    let mut names: Vec<String> = cells.iter().map(|cell| name(report, *cell)).collect();
    let table = cells.first().map_or("", |cell| table_name(*cell));
    if of_rows {
        names.truncate(1);
        return format!("{table}{}等 {} 格之和", names.concat(), cells.len());
    }
    let joined = names.join("与");
    if 1 < cells.len() { format!("{table}{joined}之和") } else { format!("{table}{joined}") }
}

fn table_name(cell: CellKey) -> &'static str {
    match cell.as_str().split('.').next() {
        Some("proactive") => "表二",
        Some("requests") => "表三",
        _ => "表四",
    }
}

fn name(report: &AnnualReport, cell: CellKey) -> String {
    let own =
        TableKind::ALL.iter().filter_map(|kind| Some((report.forms.of(*kind)?.form()?, *kind)));
    let any = forms().iter().rev().flat_map(|form| TableKind::ALL.map(|kind| (form, kind)));
    let name = own.chain(any).find_map(|(form, kind)| form.table(kind).cell_name(cell));
    let name = name.unwrap_or_else(|| cell.to_string());
    let numbered = name.split_once('、').filter(|(number, _)| number.chars().count() == 1);
    let plain = numbered.map_or(name.as_str(), |(_, rest)| rest);
    format!("“{}”", plain.replace(" · ", "·"))
}
