//! shares and growth of the prose, worked out anew with rounding allowed.

use crate::claim::{Claim, Exactness, Link};
use crate::figure::plain_text;
use crate::finding::{Finding, Severity, Verdict};
use crate::report::AnnualReport;
use rust_decimal::Decimal;

pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    report.claims.iter().filter_map(|claim| rate(claim, &report.claims)).collect()
}

struct Rate<'a> {
    percent: Decimal,
    expression: String,
    of: [&'a Claim; 2],
}

fn rate(claim: &Claim, claims: &[Claim]) -> Option<Finding> {
    let rate = worked_out(claim, claims)?;
    let exact = |claim: &&Claim| claim.qualifier == Exactness::Exact;
    if !rate.of.iter().all(exact)
        || matches!(claim.qualifier, Exactness::AtLeast | Exactness::AtMost)
    {
        return None;
    }
    let printed = Decimal::new(1, claim.value.scale());
    let allowed = if exact(&claim) { printed / Decimal::TWO } else { printed * Decimal::TWO };
    let off = (rate.percent - claim.value).abs();
    let verdict = match () {
        () if off <= allowed => Verdict::Holds,
        () if off <= allowed * Decimal::TWO => Verdict::Uncertain,
        () => Verdict::Fails,
    };
    let worked = rate.percent.round_dp(claim.value.scale().max(1));
    let words = match verdict {
        Verdict::Holds => "计算相符",
        Verdict::Uncertain => "可能是取舍所致，请确认",
        _ => "请重新计算",
    };
    let stated = plain_text(claim.value);
    let message = format!("文字称 {stated}%，按文中数字计算为 {}%，{words}", plain_text(worked));
    let finding = Finding::of("X-8", verdict, message)
        .sides(Some(claim.value), Some(worked))
        .expression(rate.expression)
        .at(claim.place)
        .at(rate.of[0].place)
        .at(rate.of[1].place);
    let light = verdict != Verdict::Fails;
    Some(if light { finding.severity(Severity::Note) } else { finding })
}

fn worked_out<'a>(claim: &Claim, claims: &'a [Claim]) -> Option<Rate<'a>> {
    let hundred = Decimal::ONE_HUNDRED;
    match claim.link {
        Link::Share { part, whole } => {
            let of = [claims.get(part)?, claims.get(whole)?];
            let percent = of[0].value.checked_div(of[1].value)?.checked_mul(hundred)?;
            let [part, whole] = of.map(|claim| plain_text(claim.value));
            Some(Rate { percent, expression: format!("{part} ÷ {whole}"), of })
        }
        Link::GrowthFrom { previous, current, down } => {
            let of = [claims.get(previous)?, claims.get(current)?];
            growth(of[0].value, of[1].value, down, of)
        }
        Link::GrowthBy { change, current, down } => {
            let of = [claims.get(change)?, claims.get(current)?];
            let change = if down { -of[0].value } else { of[0].value };
            growth(of[1].value - change, of[1].value, down, of)
        }
        _ => None,
    }
}

fn growth<'a>(
    previous: Decimal,
    current: Decimal,
    down: bool,
    of: [&'a Claim; 2],
) -> Option<Rate<'a>> {
    let change = if down { previous - current } else { current - previous };
    let percent = change.checked_div(previous)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let (previous, current) = (plain_text(previous), plain_text(current));
    let expression = match down {
        true => format!("({previous} - {current}) ÷ {previous}"),
        false => format!("({current} - {previous}) ÷ {previous}"),
    };
    Some(Rate { percent, expression, of })
}
