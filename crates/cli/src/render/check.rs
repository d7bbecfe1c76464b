//! The findings of one file, the heaviest first, repeated ones folded, with a summary line.

use super::finding::{Context, Style, draw as draw_finding};
use super::tame;
use crate::commands::tally::Tally;
use crate::work::Opened;
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

/// Draws the findings between a report and others; the report itself where it is still at hand.
pub fn across(
    source: &str,
    opened: Option<&Opened>,
    findings: &[Finding],
    style: &Style,
) -> String {
    let context =
        opened.map(|opened| Context { report: &opened.report, document: &opened.document });
    draw_groups(source, context, findings, style)
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
            let _ = writeln!(text, "不能核对[{}]：{}\n", first.check, not_assessable(&alike));
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

/// Why something could not be judged; of several things, how many and by which rule.
fn not_assessable(alike: &[&Finding]) -> String {
    match alike {
        [one] => {
            let message = tame(one.message.trim_end_matches('。'));
            if message.contains(one.title) { message } else { format!("{}：{message}", one.title) }
        }
        several => format!("{}（{} 项）", several[0].title, several.len()),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Color;
    use gongkai_document::{Block, Cell, Format, Paragraph, Place as At, Table};
    use gongkai_domain::figure::{CellKey, Certainty, Place, Reading};
    use gongkai_domain::finding::{Severity, Spot};
    use gongkai_domain::form::forms;
    use gongkai_domain::report::TableForms;

    const ROW: &str = "一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 4 |";

    fn cell(key: &str) -> CellKey {
        let mut cells = forms()[1].tables.iter().flat_map(|table| table.cells.iter().flatten());
        *cells.find(|cell| cell.as_str() == key).unwrap()
    }

    fn reading(key: &str, text: &str, place: Place) -> Reading {
        Reading {
            cell: cell(key),
            text: text.to_owned(),
            value: text.parse().ok(),
            place,
            certainty: Certainty::Sure,
            reason: None,
        }
    }

    fn report(readings: Vec<Reading>) -> AnnualReport {
        let key = Some(forms()[1].key);
        AnnualReport {
            source: "甲局.txt".to_owned(),
            agency: Some("某县甲局".to_owned()),
            year: Some(2022),
            form: key,
            forms: TableForms { proactive: key, requests: key, remedies: key },
            readings,
            ..AnnualReport::default()
        }
    }

    fn text_document() -> Document {
        let line = |(number, text): (u32, &str)| {
            Block::Paragraph(Paragraph {
                text: text.to_owned(),
                place: At { line: Some(number), column: Some(1), ..At::default() },
                heading: None,
            })
        };
        let prose =
            format!("{}全年共收到申请 5 件。", "本机关认真做好政府信息公开工作，".repeat(8));
        let lines = [
            (7, prose.as_str()),
            (31, ROW),
            (32, "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"),
            (33, ""),
            (34, ""),
            (35, "（七）总计 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |"),
        ];
        let blocks = lines.into_iter().map(line).collect();
        Document { format: Format::Text, title: None, blocks, remarks: Vec::new() }
    }

    fn at(line: u32, column: u32) -> Place {
        Place { line: Some(line), column: Some(column), ..Place::default() }
    }

    fn fault(spots: impl IntoIterator<Item = Spot>) -> Finding {
        let definition = &forms()[1].tables[1].relations[0].check;
        let mut finding = Finding::new(definition, Verdict::Fails, "总计是 4，各栏之和是 3。")
            .expression("3 + 0 + 0 + 0 + 0 + 0 = 3 ≠ 4")
            .sides(Some(4.into()), Some(3.into()));
        finding.places = spots.into_iter().collect();
        finding
    }

    fn shown(report: &AnnualReport, document: &Document, is_all: bool) -> String {
        let style = Style::new(Color::Never, is_all);
        draw(report, document, Tally::of(&report.findings), &style)
    }

    #[test]
    fn a_fault_in_a_text_is_shown_with_its_row_and_sum() {
        let mut report = report(vec![
            reading("requests.received.natural", "3", at(31, 20)),
            reading("requests.received.total", "4", at(31, 44)),
        ]);
        let spots = ["requests.received.total", "requests.received.natural"]
            .map(|key| report.spot(cell(key)));
        report.findings = vec![fault(spots)];
        insta::assert_snapshot!(shown(&report, &text_document(), false));
    }

    #[test]
    fn a_fault_over_several_lines_is_one_picture() {
        let mut report = report(vec![
            reading("requests.received.total", "4", at(31, 44)),
            reading("requests.closed_total.total", "3", at(35, 33)),
        ]);
        let spots = ["requests.received.total", "requests.closed_total.total"]
            .map(|key| report.spot(cell(key)));
        report.findings = vec![fault(spots)];
        insta::assert_snapshot!(shown(&report, &text_document(), false));
    }

    #[test]
    fn a_doubt_in_long_prose_shows_the_words_around_it() {
        let mut report = report(Vec::new());
        let doubt = Finding::of("R-uncertain", Verdict::Uncertain, "5 件与表中 4 件不一致。");
        report.findings = vec![doubt.at(at(7, 137))];
        insta::assert_snapshot!(shown(&report, &text_document(), false));
    }

    #[test]
    fn a_fault_in_a_table_names_page_table_row_and_cell() {
        let place = |number: u32| Place {
            page: Some(2),
            table: Some(3),
            row: Some(4),
            cell: Some(number),
            ..Place::default()
        };
        let cell_of = |(index, text): (usize, &str)| Cell {
            text: text.to_owned(),
            column: index,
            column_span: 1,
            row_span: 1,
            place: At {
                page: Some(2),
                table: Some(3),
                row: Some(4),
                cell: Some(index as u32 + 1),
                ..At::default()
            },
        };
        let row = ROW.trim_end_matches(" |").split(" | ").enumerate().map(cell_of).collect();
        let table = Table { rows: vec![row], place: At::default() };
        let blocks = vec![Block::Table(table)];
        let document = Document { format: Format::Pdf, title: None, blocks, remarks: Vec::new() };
        let mut report = report(vec![reading("requests.received.total", "4", place(8))]);
        let mut elsewhere = Spot::from(at(3, 5));
        elsewhere.source = Some("去年.txt".to_owned());
        report.findings = vec![fault([report.spot(cell("requests.received.total")), elsewhere])];
        insta::assert_snapshot!(shown(&report, &document, false));
    }

    #[test]
    fn repeated_findings_are_folded_unless_all_are_asked_for() {
        let mut report = report(Vec::new());
        let lost = || Finding::of("R-lost", Verdict::Uncertain, "丢失").severity(Severity::Note);
        let unknown = || Finding::of("R-table", Verdict::NotAssessable, "无从核对");
        report.findings = vec![unknown(), unknown()];
        report.findings.extend((0..8).map(|_| lost()));
        let document = text_document();
        let folded = shown(&report, &document, false);
        assert_eq!(folded.matches("提示[R-lost]").count(), MAX_ALIKE);
        assert!(folded.contains("[R-lost] 同类另有 3 处（--all 全部列出）"), "{folded}");
        assert!(folded.contains("不能核对[R-table]：表格缺失或不能识别（2 项）"), "{folded}");
        assert!(
            folded.contains("甲局.txt（某县甲局，2022 年）：错误 0，警告 0，提示 8；不能核对 2 项")
        );
        let all = shown(&report, &document, true);
        assert_eq!(all.matches("提示[R-lost]").count(), 8);
        assert_eq!(all.matches("[R-table]").count(), 2);
    }

    #[test]
    fn what_holds_is_shown_only_when_all_is_asked_for() {
        let mut report = report(Vec::new());
        report.findings = vec![Finding::of("R-lost", Verdict::Holds, "都在")];
        let document = text_document();
        assert!(!shown(&report, &document, false).contains("都在"));
        assert!(shown(&report, &document, true).contains("都在"));
    }

    #[test]
    fn words_of_a_document_cannot_command_the_terminal() {
        let mut report = report(Vec::new());
        report.source = "\u{1b}[2J.txt".to_owned();
        report.agency = Some("\u{1b}]0;x\u{7}局".to_owned());
        report.findings = vec![Finding::of("R-lost", Verdict::Uncertain, "\u{1b}[31m红")];
        let text = shown(&report, &text_document(), false);
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{text:?}");
    }
}
