//! What the checks found, as it bears on handing in: errors block, warnings want a sentence, breaks
//! against last year want an explanation. Checks nothing itself.

use crate::audit::digest;
use crate::figure::CellKey;
use crate::finding::{CheckKind, Finding, Severity, Verdict};

/// What a concern asks for before the report is handed in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// It must be corrected.
    Blocks,
    /// A break against last year: explained, and printed with the report.
    WantsExplanation,
    /// A sentence says why it may stand.
    WantsSentence,
}

impl Weight {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blocks => "必须改正",
            Self::WantsExplanation => "需要解释（随报告公布）",
            Self::WantsSentence => "需要说明",
        }
    }
}

/// Something that stands between the report and its handing in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Concern {
    /// Stable key: the check and what it found; another finding has another key.
    pub key: String,
    /// The key of the check.
    pub check: String,
    /// What it asks for.
    pub weight: Weight,
    /// What was found.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Where the rule comes from.
    pub basis: String,
    /// The figures it is about.
    pub cells: Vec<CellKey>,
}

impl Concern {
    /// A concern that no declared check gives: a fault in the text.
    pub fn fault(check: &str, message: impl Into<String>, hint: &str) -> Self {
        let message = message.into();
        Self {
            key: key(check, &message),
            check: check.to_owned(),
            weight: Weight::Blocks,
            message,
            hint: hint.to_owned(),
            basis: String::new(),
            cells: Vec::new(),
        }
    }
}

impl Concern {
    /// Something about a part of a sum that who hands the sum in must have seen.
    pub fn remark(message: impl Into<String>) -> Self {
        let hint = "请催报后重新汇总；确需先报的，请说明。";
        Self { weight: Weight::WantsSentence, ..Self::fault("rollup", message, hint) }
    }
}

fn key(check: &str, message: &str) -> String {
    let hash = digest(message.as_bytes());
    format!("{check}-{}", hash.get(..12).unwrap_or_default())
}

/// What of the findings bears on handing in, the heaviest first.
pub fn concerns<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<Concern> {
    let mut concerns: Vec<Concern> = findings.filter_map(concern).collect();
    concerns.sort_by_key(|concern| concern.weight);
    concerns
}

fn concern(finding: &Finding) -> Option<Concern> {
    let weight = match (finding.verdict, finding.severity, finding.kind) {
        (Verdict::Holds | Verdict::NotAssessable, _, _) | (_, Severity::Note, _) => return None,
        (_, _, CheckKind::CrossYear) if is_of_a_table(finding) => Weight::WantsExplanation,
        (Verdict::Fails, Severity::Error, _) => Weight::Blocks,
        _ => Weight::WantsSentence,
    };
    Some(Concern {
        key: key(finding.check, &finding.message),
        check: finding.check.to_owned(),
        weight,
        message: finding.message.clone(),
        hint: finding.hint.to_owned(),
        basis: finding.basis.to_owned(),
        cells: finding.places.iter().filter_map(|spot| spot.cell).collect(),
    })
}

/// A break declared with a table: what is brought forward against what was carried forward. A jump
/// from year to year that is only noticed is no break.
fn is_of_a_table(finding: &Finding) -> bool {
    finding.check.starts_with('T')
}
