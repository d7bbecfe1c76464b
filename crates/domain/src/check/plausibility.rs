//! Checks of what is possible but hardly so: rules of organs that make none, fees, odd numbers,
//! blanks where the form wants 0.

use crate::agency::{self, Kind, Level};
use crate::figure::{CellKey, Certainty, Place, Reading, plain_text};
use crate::finding::{Finding, Spot, Verdict};
use crate::form::{FormKey, Table, TableKind};
use crate::report::AnnualReport;
use rust_decimal::Decimal;

/// At most so many places of one kind of fault are named.
const MOST_PLACES: usize = 8;

/// Every finding of this kind.
pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    let mut findings = Vec::new();
    for kind in TableKind::ALL {
        let Some(form) = report.forms.of(kind).and_then(FormKey::form) else { continue };
        let table = form.table(kind);
        findings.extend(odd_numbers(report, table));
        findings.extend(blanks(report, table));
        if kind == TableKind::Proactive {
            findings.extend(rules(report, table));
            findings.extend(fee(report, table));
        }
    }
    findings
}

/// 《规章制定程序条例》第二条: only departments of the State Council, provinces, and cities with
/// districts make 规章. Said only of organs whose name shows that they are none of these.
fn rules(report: &AnnualReport, table: &Table) -> Option<Finding> {
    let name = report.agency.as_deref()?;
    let row = table.row("rule")?;
    let stated: Vec<(CellKey, Decimal)> = table.cells[row]
        .iter()
        .filter_map(|cell| Some((*cell, report.figures.get(*cell)?)))
        .filter(|(_, value)| !value.is_zero())
        .collect();
    if !makes_no_rules(name) {
        return None;
    }
    let Some((_, value)) = stated.first() else {
        return Some(Finding::of("T2-2", Verdict::Holds, "没有填报规章。"));
    };
    let message = format!("“{name}”没有规章制定权，规章一行却填有{}。", plain_text(*value));
    let finding = Finding::of("T2-2", Verdict::Fails, message);
    Some(stated.iter().fold(finding, |finding, (cell, _)| finding.at(report.spot(*cell))))
}

fn makes_no_rules(name: &str) -> bool {
    let Some(level) = agency::level(name) else { return false };
    match agency::kind(name) {
        Kind::Department => !agency::is_national(name),
        Kind::Township => true,
        Kind::Government => Level::County <= level,
        Kind::Other => false,
    }
}

/// Fees of a department from which on someone should look at the unit, in 万元.
const LARGE_FEE: i64 = 100;

/// A large round fee of a department: 元 may have been written where 万元 are asked.
fn fee(report: &AnnualReport, table: &Table) -> Option<Finding> {
    let cell = table.cell("fee", "amount")?;
    let row = &table.rows[table.row("fee")?].label;
    let amount = report.figures.get(cell)?;
    let name = report.agency.as_deref()?;
    let is_local = agency::kind(name) == Kind::Department
        && agency::level(name).is_some_and(|level| Level::City <= level);
    let is_said = report.claims.iter().any(|claim| {
        let is_fee = claim.means.contains(&cell) || claim.noun.contains('费');
        is_fee && !claim.value.is_zero()
    });
    let is_odd = is_local && Decimal::from(LARGE_FEE) <= amount && amount.fract().is_zero();
    if !is_odd || is_said {
        return None;
    }
    let message = format!(
        "{row}填{}，按万元计即{}元，且没有小数；请确认单位是万元还是元。",
        plain_text(amount),
        plain_text(amount * Decimal::from(10_000)),
    );
    let finding = Finding::of("X-6", Verdict::Uncertain, message);
    Some(finding.sides(Some(amount), None).at(report.spot(cell)))
}

/// Negative counts, and fractions of things that are counted.
fn odd_numbers(report: &AnnualReport, table: &Table) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (row, cells) in table.cells.iter().enumerate() {
        for (column, cell) in table.columns(row).iter().zip(cells) {
            let Some(value) = report.figures.get(*cell) else { continue };
            let is_negative = value.is_sign_negative() && !value.is_zero() && !column.signed;
            let is_fraction = !value.fract().is_zero() && !column.unit.contains('元');
            let fault = match (is_negative, is_fraction) {
                (true, _) => "是负数",
                (_, true) => "不是整数",
                _ => continue,
            };
            let name = table.cell_name(*cell).unwrap_or_default();
            let message = format!("“{name}”填{}，{fault}。", plain_text(value));
            let finding = Finding::of("X-13", Verdict::Fails, message);
            findings.push(finding.sides(Some(value), None).at(report.spot(*cell)));
        }
    }
    findings
}

/// Cells that were found blank, or with a dash, in a table that has figures elsewhere.
fn blanks(report: &AnnualReport, table: &Table) -> Option<Finding> {
    let has_figures = table.cells.iter().flatten().any(|cell| report.figures.get(*cell).is_some());
    let blank: Vec<&Reading> = report
        .readings
        .iter()
        .filter(|reading| is_blank(reading) && table.position(reading.cell).is_some())
        .collect();
    if !has_figures || blank.is_empty() {
        return None;
    }
    let names: Vec<String> = blank
        .iter()
        .take(3)
        .filter_map(|reading| Some(format!("“{}”", table.cell_name(reading.cell)?)))
        .collect();
    let more = if names.len() < blank.len() { "等" } else { "" };
    let message =
        format!("{}有{}格没有填数：{}{more}。", table.kind.title(), blank.len(), names.join("、"));
    let spots = blank.iter().take(MOST_PLACES).map(|reading| Spot {
        place: reading.place,
        cell: Some(reading.cell),
        source: None,
    });
    Some(spots.fold(Finding::of("X-4", Verdict::Fails, message), Finding::at))
}

/// Whether a cell is there and holds nothing, or a mark instead of a figure.
fn is_blank(reading: &Reading) -> bool {
    reading.certainty == Certainty::Lost && reading.place != Place::default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::forms;
    use crate::report::TableForms;

    fn report(agency: &str, figures: &[(&str, &str, &str)]) -> AnnualReport {
        let form = forms()[1].key;
        let mut report = AnnualReport {
            agency: Some(agency.to_owned()),
            forms: TableForms { proactive: Some(form), ..TableForms::default() },
            ..AnnualReport::default()
        };
        for (row, column, text) in figures {
            let cell = forms()[1].table(TableKind::Proactive).cell(row, column).unwrap();
            let value = text.parse().ok();
            report.figures.set(cell, value);
            report.readings.push(Reading {
                cell,
                text: (*text).to_owned(),
                value,
                place: Place { line: Some(3), ..Place::default() },
                certainty: if value.is_some() { Certainty::Sure } else { Certainty::Lost },
                reason: None,
            });
        }
        report
    }

    fn faults(agency: &str, figures: &[(&str, &str, &str)]) -> Vec<&'static str> {
        check(&report(agency, figures))
            .into_iter()
            .filter(|finding| finding.verdict != Verdict::Holds)
            .map(|finding| finding.check)
            .collect()
    }

    #[test]
    fn rules_are_doubted_only_where_the_name_shows_that_none_are_made() {
        let rule = [("rule", "issued", "2")];
        for agency in ["甲山市商务局", "县工信局", "丙县人民政府", "丁河区戊关镇人民政府"]
        {
            assert_eq!(faults(agency, &rule), ["T2-2"], "{agency}");
        }
        for agency in ["甲山市人民政府", "乙省人民政府", "国家某某局", "某某部", "某某集团公司"]
        {
            assert_eq!(faults(agency, &rule), [""; 0], "{agency}");
        }
        assert_eq!(faults("甲山市商务局", &[("rule", "issued", "0")]), [""; 0]);
    }

    #[test]
    fn a_large_round_fee_of_a_bureau_is_to_be_confirmed() {
        assert_eq!(faults("甲山市商务局", &[("fee", "amount", "162")]), ["X-6"]);
        assert_eq!(faults("甲山市商务局", &[("fee", "amount", "162.3514")]), [""; 0]);
        assert_eq!(faults("甲山市商务局", &[("fee", "amount", "16")]), [""; 0]);
        assert_eq!(faults("甲山市人民政府", &[("fee", "amount", "162")]), [""; 0]);
    }

    #[test]
    fn negative_and_broken_counts_fail() {
        let figures = [("permit", "decided", "-3"), ("penalty", "decided", "12.5")];
        assert_eq!(faults("甲山市商务局", &figures), ["X-13", "X-13"]);
    }

    #[test]
    fn blanks_are_one_finding_a_table_and_none_where_the_table_is_lost() {
        let figures =
            [("permit", "decided", "3"), ("penalty", "decided", ""), ("coercion", "decided", "/")];
        let found = check(&report("甲山市商务局", &figures));
        let blank: Vec<&Finding> = found.iter().filter(|finding| finding.check == "X-4").collect();
        assert_eq!((blank.len(), blank[0].places.len()), (1, 2));
        assert_eq!(faults("甲山市商务局", &[("permit", "decided", "")]), [""; 0]);
    }
}
