//! Reports and findings as JSON, on one line each, without a line end.

use gongkai_domain::finding::Finding;
use serde::Serialize;

/// Anything of the contract on one line.
pub fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("reports hold no maps with keys that are no text")
}

/// A report already laid out, with further findings behind its own.
pub fn with_findings(report: String, further: &[Finding]) -> String {
    if further.is_empty() {
        return report;
    }
    // `findings` is the last field of a report; kept by a test.
    let Some(mut open) = report.strip_suffix("]}").map(str::to_owned) else { return report };
    for finding in further {
        if !open.ends_with('[') {
            open.push(',');
        }
        open.push_str(&line(finding));
    }
    open.push_str("]}");
    open
}

/// Findings between reports, where the reports were written before.
pub fn across(source: &str, findings: &[Finding]) -> String {
    #[derive(Serialize)]
    struct Across<'a> {
        across: bool,
        source: &'a str,
        findings: &'a [Finding],
    }
    line(&Across { across: true, source, findings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongkai_domain::finding::Verdict;
    use gongkai_domain::report::AnnualReport;
    use serde_json::Value;

    #[test]
    fn further_findings_stand_behind_the_reports_own() {
        let finding = |message: &str| Finding::of("R-lost", Verdict::Uncertain, message);
        for own in [vec![], vec![finding("一")]] {
            let n_own = own.len();
            let report = AnnualReport { findings: own, ..AnnualReport::default() };
            let text = with_findings(line(&report), &[finding("二"), finding("三")]);
            let value: Value = serde_json::from_str(&text).unwrap();
            let findings = value["findings"].as_array().unwrap();
            assert_eq!(findings.len(), n_own + 2);
            assert_eq!(findings[n_own]["message"], "二");
        }
    }
}
