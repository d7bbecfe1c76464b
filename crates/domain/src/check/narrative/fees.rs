//! processing fees (信息处理费) charged, or not spoken of, beside what section six says.

use crate::claim::Claim;
use crate::figure::plain_text;
use crate::finding::{Finding, Severity, Verdict};
use crate::report::{AnnualReport, Section};

pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    let Some(section) = report.section(6) else { return Vec::new() };
    if section.text().contains("处理费") {
        return Vec::new();
    }
    let fees: Vec<&Claim> = report.claims.iter().filter(|claim| is_fee(claim)).collect();
    if let Some(charged) = fees.iter().find(|claim| !claim.value.is_zero()) {
        return vec![charged_in_silence(section, charged)];
    }
    let wanted = report.form.is_some_and(|form| form.as_str() == "2021");
    if wanted && fees.is_empty() { vec![not_spoken_of(section)] } else { Vec::new() }
}

fn is_fee(claim: &Claim) -> bool {
    let money = claim.unit.ends_with('元') || claim.value.is_zero();
    money && claim.text.contains("处理费")
}

fn charged_in_silence(section: &Section, charged: &Claim) -> Finding {
    let amount = plain_text(charged.value);
    let message = format!("文中称收取信息处理费 {amount} {}，第六部分没有说明", charged.unit);
    Finding::of("X-2", Verdict::Fails, message)
        .sides(Some(charged.value), None)
        .at(charged.place)
        .at(section.place)
}

fn not_spoken_of(section: &Section) -> Finding {
    let message = "第六部分没有写明信息处理费的收取情况";
    Finding::of("X-2", Verdict::Uncertain, message).severity(Severity::Note).at(section.place)
}
