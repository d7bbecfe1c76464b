//! The findings of one file, the heaviest first, repeated ones folded, with a summary line.

use super::finding::{Context, Style, draw as draw_finding};
use super::tame;
use crate::commands::tally::Tally;
use gongkai_document::Document;
use gongkai_domain::finding::{Finding, Verdict};
use gongkai_domain::report::AnnualReport;
use indexmap::IndexMap;
use std::cmp::Reverse;
use std::fmt::Write;

/// Findings of one check shown for one file, unless all are asked for.
const MAX_ALIKE: usize = 5;

/// Draws all findings of a report.
pub fn draw(report: &AnnualReport, document: &Document, tally: Tally, style: &Style) -> String {
    let context = Some(Context { report, document });
    let mut text = draw_groups(&report.source, context, &report.findings, style);
    let _ = write!(text, "{}", tame(&report.source));
    let year = report.year.map(|year| format!("{year} 年"));
    let known: Vec<String> = report.agency.iter().map(|name| tame(name)).chain(year).collect();
    if !known.is_empty() {
        let _ = write!(text, "（{}）", known.join("，"));
    }
    let _ = writeln!(text, "：{tally}\n");
    text
}

/// Draws the findings between a report and others.
pub fn across(source: &str, findings: &[Finding], style: &Style) -> String {
    draw_groups(source, None, findings, style)
}

fn draw_groups(
    source: &str,
    context: Option<Context>,
    findings: &[Finding],
    style: &Style,
) -> String {
    let mut text = String::new();
    for alike in groups(findings, style) {
        let first = alike[0];
        if first.verdict == Verdict::NotAssessable && !style.is_all() {
            let reason = if alike.len() == 1 { tame(&first.message) } else { String::new() };
            let n = alike.len();
            let _ =
                writeln!(text, "不能核对[{}]：{}（{n} 项）{reason}\n", first.check, first.title);
            continue;
        }
        let n_shown = if style.is_all() { alike.len() } else { alike.len().min(MAX_ALIKE) };
        for finding in &alike[..n_shown] {
            text.push_str(&draw_finding(source, context, finding, style));
        }
        if n_shown < alike.len() {
            let n_more = alike.len() - n_shown;
            let _ = writeln!(text, "[{}] 同类另有 {n_more} 处（--all 全部列出）\n", first.check);
        }
    }
    text
}

/// Findings by check and by whether they could be judged; the heaviest check first.
fn groups<'a>(findings: &'a [Finding], style: &Style) -> Vec<Vec<&'a Finding>> {
    let mut groups: IndexMap<_, Vec<&Finding>> = IndexMap::new();
    for finding in findings.iter().filter(|finding| style.shows(finding)) {
        let is_judged = finding.verdict != Verdict::NotAssessable;
        groups.entry((finding.check, is_judged)).or_default().push(finding);
    }
    let mut groups: Vec<Vec<&Finding>> = groups.into_values().collect();
    groups.sort_by_key(|alike| {
        let heaviest = alike.iter().map(|finding| finding.severity).max();
        (Reverse(alike[0].verdict != Verdict::NotAssessable), Reverse(heaviest))
    });
    groups
}
