//! an organ that calls itself by another kind's name (我镇 in a bureau's report), or "I".

use crate::figure::Place;
use crate::finding::{Finding, Severity, Verdict};
use crate::report::AnnualReport;

/// Kinds of organs with the ends of their names and what, behind 我 and the kind, makes it another
/// word (我委托).
const KINDS: &[(&str, &[&str], &[&str])] = &[
    ("街道", &["街道办事处", "街道办", "街道"], &[]),
    ("镇", &["镇人民政府", "镇政府", "镇"], &["定", "静"]),
    ("乡", &["乡人民政府", "乡政府", "乡"], &["村", "下"]),
    ("局", &["局"], &["部", "限"]),
    ("委", &["委员会", "委"], &["托", "派", "员", "婉"]),
    ("厅", &["厅"], &[]),
    ("政府", &["人民政府", "政府"], &[]),
];

/// Self-names are looked for only of these: 我办, 我县 and 我市 fit too many organs.
const NAMED: &[&str] = &["街道", "镇", "乡", "局", "委", "厅"];

/// Ways to say that the writer himself holds a post.
const FIRST_PERSON: &[&str] = &["由我任", "由我担任", "由我兼任", "我任组长", "我亲自任"];

pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    let said = self_names(report);
    let own = match report.agency.as_deref() {
        Some(agency) => kind_of(agency),
        None => most_said(&said),
    };
    let mut findings = Vec::new();
    if let Some(own) = own {
        let others = said.iter().filter(|(kind, places)| *kind != own && !places.is_empty());
        findings.extend(others.map(|(kind, places)| foreign(report, own, kind, places)));
    }
    findings.extend(first_person(report));
    findings
}

fn kind_of(agency: &str) -> Option<&'static str> {
    let fits = |ends: &[&str]| ends.iter().any(|end| agency.ends_with(end));
    KINDS.iter().find(|(_, ends, _)| fits(ends)).map(|(kind, _, _)| *kind)
}

/// The kind that an unnamed organ calls itself by, when it does so more than any other.
fn most_said<'a>(said: &[(&'a str, Vec<Place>)]) -> Option<&'a str> {
    let (kind, places) = said.iter().max_by_key(|(_, places)| places.len())?;
    let ties = said.iter().filter(|(_, other)| other.len() == places.len()).count();
    (2 <= places.len() && ties == 1).then_some(*kind)
}

/// Where the report calls its organ by each kind.
fn self_names(report: &AnnualReport) -> Vec<(&'static str, Vec<Place>)> {
    let mut said: Vec<(&str, Vec<Place>)> = NAMED.iter().map(|kind| (*kind, Vec::new())).collect();
    for (_, paragraph) in report.prose() {
        let text = paragraph.text.as_str();
        for (at, own) in text.match_indices('我').filter(|(at, _)| !text[..*at].ends_with('自')) {
            let named = &text[at + own.len()..];
            for (kind, places) in &mut said {
                if named.strip_prefix(*kind).is_some_and(|behind| !other_word(kind, behind)) {
                    places.push(paragraph.place_at(at));
                }
            }
        }
    }
    said
}

fn other_word(kind: &str, behind: &str) -> bool {
    let (_, _, words) = KINDS.iter().find(|(name, _, _)| *name == kind).unwrap_or(&KINDS[0]);
    words.iter().any(|word| behind.starts_with(word))
}

fn foreign(report: &AnnualReport, own: &str, kind: &str, places: &[Place]) -> Finding {
    let who = report.agency.as_deref().unwrap_or("本报告");
    let usual = if own == "政府" { String::new() } else { format!("（应为“我{own}”）") };
    let message = format!("{who}的报告中自称“我{kind}”{usual}，可能从别处粘贴");
    let finding = Finding::of("X-10", Verdict::Fails, message);
    places.iter().fold(finding, |finding, place| finding.at(*place))
}

fn first_person(report: &AnnualReport) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, paragraph) in report.prose() {
        let text = paragraph.text.as_str();
        if !text.contains('我') {
            continue;
        }
        let said = FIRST_PERSON.iter().filter_map(|words| Some((text.find(words)?, *words)));
        if let Some((at, words)) = said.min() {
            let message = format!("报告以机关名义发布，不宜用第一人称“{words}”");
            let finding = Finding::of("X-10", Verdict::Fails, message);
            findings.push(finding.severity(Severity::Note).at(paragraph.place_at(at)));
        }
    }
    findings
}
