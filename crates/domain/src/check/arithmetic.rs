//! What must add up inside each table, as the form declares it.

use crate::figure::{CellKey, Plain, plain_text};
use crate::finding::{Finding, Verdict};
use crate::form::{Instance, Operator, Relation, Table, TableKind};
use crate::report::AnnualReport;
use rust_decimal::Decimal;
use std::fmt::Write;

/// Every relation of every table of the report's forms.
pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    let mut findings = Vec::new();
    for kind in TableKind::ALL {
        let Some(form) = report.forms.of(kind).and_then(crate::form::FormKey::form) else {
            continue;
        };
        let table = form.table(kind);
        for relation in &table.relations {
            findings.extend(relation_findings(report, table, relation));
        }
    }
    findings
}

/// The findings along all lines; the lines that cannot be judged become one finding.
fn relation_findings(
    report: &AnnualReport,
    table: &'static Table,
    relation: &'static Relation,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut unknown = Vec::new();
    for instance in &relation.instances {
        match judge(report, table, relation, instance) {
            Some(finding) => findings.push(finding),
            None => unknown.push(instance),
        }
    }
    findings.extend(not_assessable(report, table, relation, &unknown));
    findings
}

fn sum(report: &AnnualReport, cells: &[CellKey]) -> Option<Decimal> {
    cells.iter().map(|cell| report.figures.get(*cell)).sum()
}

fn judge(
    report: &AnnualReport,
    table: &Table,
    relation: &'static Relation,
    instance: &Instance,
) -> Option<Finding> {
    let left = sum(report, &instance.left)?;
    let right = sum(report, &instance.right)?;
    let holds = relation.op.holds(left, right);
    let verdict = if holds { Verdict::Holds } else { Verdict::Fails };
    let (kind, line, title) = (table.kind.title(), &instance.line, &relation.check.title);
    let message = match holds {
        true => [kind, "“", line, "”：", title, "，成立"].concat(),
        false => [kind, "“", line, "”：", &broken(relation, left, right)].concat(),
    };
    let mut finding = Finding::new(&relation.check, verdict, message)
        .sides(Some(left), Some(right))
        .expression(worked_out(report, relation, instance, left, right));
    if !holds {
        let told =
            |cell: &&CellKey| report.figures.get(**cell).is_some_and(|value| !value.is_zero());
        let cells = instance.left.iter().chain(instance.right.iter().filter(told));
        finding.places.extend(cells.map(|cell| report.spot(*cell)));
    }
    Some(finding)
}

fn broken(relation: &Relation, left: Decimal, right: Decimal) -> String {
    match relation.op {
        Operator::Equal => format!(
            "应当{}，实为 {} 与 {}，相差 {}",
            relation.check.title,
            plain_text(left),
            plain_text(right),
            plain_text((left - right).abs())
        ),
        Operator::AtLeast | Operator::AtMost => format!(
            "应当{}，实为 {} 与 {}",
            relation.check.title,
            plain_text(left),
            plain_text(right)
        ),
    }
}

/// `1 + 0 = 1，0 + 0 = 0`: both sides with their terms; zeros of long sums left out.
fn worked_out(
    report: &AnnualReport,
    relation: &Relation,
    instance: &Instance,
    left: Decimal,
    right: Decimal,
) -> String {
    let sign = match (relation.op, relation.op.holds(left, right)) {
        (operator, true) => operator.sign(),
        (Operator::Equal, false) => "≠",
        (Operator::AtLeast, false) => "<",
        (Operator::AtMost, false) => ">",
    };
    let mut text = String::with_capacity(32);
    text.push('(');
    push_side(&mut text, report, &instance.left, left);
    text.extend([") ", sign, " ("]);
    push_side(&mut text, report, &instance.right, right);
    text.push(')');
    text
}

fn push_side(text: &mut String, report: &AnnualReport, cells: &[CellKey], total: Decimal) {
    let terms = || {
        cells
            .iter()
            .filter_map(|cell| report.figures.get(*cell))
            .filter(|value| cells.len() <= 6 || !value.is_zero())
    };
    if 1 < terms().count() {
        for (at, term) in terms().enumerate() {
            text.push_str(if at == 0 { "" } else { " + " });
            push(text, term);
        }
        text.push_str(" = ");
    }
    push(text, total);
}

fn push(text: &mut String, value: Decimal) {
    if value.is_zero() {
        return text.push('0');
    }
    // Writing to a string does not fail.
    let _ = write!(text, "{}", Plain(value));
}

fn not_assessable(
    report: &AnnualReport,
    table: &Table,
    relation: &'static Relation,
    unknown: &[&Instance],
) -> Option<Finding> {
    let first = unknown.first()?;
    let lines: Vec<&str> = unknown.iter().take(3).map(|instance| instance.line.as_str()).collect();
    let more = if lines.len() < unknown.len() { "等" } else { "" };
    let message = format!(
        "{}：{}，有 {} 处因缺数不能核对（{}{more}）",
        table.kind.title(),
        relation.check.title,
        unknown.len(),
        lines.join("、"),
    );
    let missing = first.left.iter().chain(&first.right);
    let mut finding = Finding::new(&relation.check, Verdict::NotAssessable, message)
        .severity(crate::finding::Severity::Note);
    finding.places.extend(
        missing
            .filter(|cell| report.figures.get(**cell).is_none())
            .take(4)
            .map(|cell| report.spot(*cell)),
    );
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{FormKey, forms};
    use crate::report::TableForms;

    /// A report of the 2021 form, all zero but for the cells given; `None` blanks a cell.
    fn report(given: &[(&str, Option<i64>)]) -> AnnualReport {
        let form = &forms()[1];
        let key: FormKey = form.key;
        let mut report = AnnualReport {
            forms: TableForms { proactive: Some(key), requests: Some(key), remedies: Some(key) },
            ..AnnualReport::default()
        };
        for cell in form.tables.iter().flat_map(|table| table.cells.iter().flatten()) {
            let given = given.iter().find(|(key, _)| *key == cell.as_str());
            let value = given.map_or(Some(0), |(_, value)| *value);
            report.figures.set(*cell, value.map(Decimal::from));
        }
        report
    }

    fn verdicts(report: &AnnualReport, check_id: &str) -> Vec<(Verdict, Option<String>)> {
        check(report)
            .into_iter()
            .filter(|finding| finding.check == check_id && finding.verdict != Verdict::Holds)
            .map(|finding| (finding.verdict, finding.difference.map(plain_text)))
            .collect()
    }

    #[test]
    fn a_row_whose_total_is_not_the_sum_fails_with_its_difference() {
        let report =
            report(&[("requests.received.natural", Some(3)), ("requests.received.total", Some(4))]);
        assert_eq!(verdicts(&report, "T3-3"), [(Verdict::Fails, Some("1".to_owned()))]);
        assert_eq!(verdicts(&report, "T3-1").len(), 2, "natural and total columns part as well");
    }

    #[test]
    fn a_blank_makes_the_relation_unassessable_not_zero() {
        let report = report(&[("requests.received.natural", None)]);
        assert_eq!(verdicts(&report, "T3-3"), [(Verdict::NotAssessable, None)]);
        assert_eq!(verdicts(&report, "T3-1"), [(Verdict::NotAssessable, None)]);
    }

    #[test]
    fn all_zero_holds_everywhere() {
        assert!(check(&report(&[])).iter().all(|finding| finding.verdict == Verdict::Holds));
    }

    #[test]
    fn fewer_in_force_than_issued_is_told() {
        let report = report(&[("proactive.normative_document.issued", Some(2))]);
        assert_eq!(verdicts(&report, "T2-4").len(), 1);
    }
}
