//! One finding as a good compiler shows an error: the row, the cell marked, the sum, the law.

use super::rows::{Row, rows};
use super::shorten::shortened;
use super::{cell_names, place_words, tame};
use crate::args::Color;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use gongkai_document::Document;
use gongkai_domain::figure::plain_text;
use gongkai_domain::finding::{Finding, Severity, Spot, Verdict};
use gongkai_domain::report::AnnualReport;
use std::io::{self, IsTerminal};

/// Places shown of one finding; the others are counted.
const MAX_PLACES: usize = 4;

/// We cut long lines ourselves: the renderer does not where a line holds several marks.
const UNBOUNDED_COLUMNS: usize = 1_000_000;

/// How findings are shown.
pub struct Style {
    renderer: Renderer,
    is_all: bool,
}

impl Style {
    /// With colours as asked for; `is_all` leaves nothing out.
    pub fn new(color: Color, is_all: bool) -> Self {
        let is_coloured = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                io::stdout().is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        let renderer = if is_coloured { Renderer::styled() } else { Renderer::plain() };
        Self { renderer: renderer.term_width(UNBOUNDED_COLUMNS), is_all }
    }

    /// Whether nothing is left out.
    pub fn is_all(&self) -> bool {
        self.is_all
    }

    /// Whether a finding is shown at all.
    pub fn shows(&self, finding: &Finding) -> bool {
        self.is_all || finding.verdict != Verdict::Holds
    }
}

/// What is known besides the finding; nothing for findings between reports.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The report.
    pub report: &'a AnnualReport,
    /// The document it was read from.
    pub document: &'a Document,
}

/// Draws one finding about the file `source`, with an empty line behind it.
pub fn draw(source: &str, context: Option<Context>, finding: &Finding, style: &Style) -> String {
    let shown = &finding.places[..finding.places.len().min(MAX_PLACES)];
    let (own, foreign): (Vec<&Spot>, Vec<&Spot>) =
        shown.iter().partition(|spot| spot.source.is_none());
    let rows = context
        .map(|context| rows(context.report, context.document, own.iter().copied()))
        .unwrap_or_default();
    let rows: Vec<Row> = rows.into_iter().map(shortened).collect();

    let mut group = Group::with_title(
        level(finding.severity).primary_title(tame(&heading(finding))).id(finding.check),
    );
    if rows.is_empty() {
        group = group.element(origin(source, own.first().copied()));
    }
    for row in &rows {
        group = group.element(row_snippet(source, row));
    }
    for spot in foreign {
        group = group.element(origin(spot.source.as_deref().unwrap_or(source), Some(spot)));
    }
    for (name, words) in notes(context, finding) {
        let level = if name == "提示" { Level::HELP } else { Level::NOTE };
        group = group.element(level.with_name(name).message(tame(&words)));
    }
    let mut text = style.renderer.render(&[group]);
    for row in &rows {
        text = without_drawn_position(text, &row_path(source, row));
    }
    text.push_str("\n\n");
    text
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR.with_name("错误"),
        Severity::Warning => Level::WARNING.with_name("警告"),
        Severity::Note => Level::INFO.with_name("提示"),
    }
}

/// What is wrong, and not the name of the rule: that stands below.
fn heading(finding: &Finding) -> String {
    let verdict = match finding.verdict {
        Verdict::Fails => "",
        Verdict::Uncertain => "（待核实）",
        Verdict::NotAssessable => "（不能核对）",
        Verdict::Holds => "（成立）",
    };
    format!("{}{verdict}", finding.message.trim_end_matches('。'))
}

/// The file and the place, where the row itself cannot be shown.
fn origin<'a>(source: &str, spot: Option<&Spot>) -> Origin<'a> {
    let place = spot.map(|spot| spot.place).unwrap_or_default();
    match (place.line, place.table) {
        (Some(line), None) => {
            let origin = Origin::path(tame(source)).line(line as usize);
            match place.column {
                Some(column) => origin.char_column(column as usize),
                None => origin,
            }
        }
        _ => Origin::path(named_place(source, place_words(place))),
    }
}

fn named_place(source: &str, words: String) -> String {
    let source = tame(source);
    if words.is_empty() { source } else { format!("{source}（{words}）") }
}

/// A row with its marks, under its file and place.
fn row_snippet<'a>(source: &str, row: &'a Row) -> Snippet<'a, Annotation<'a>> {
    let mut snippet = Snippet::source(row.text.as_str()).path(row_path(source, row));
    for mark in &row.marks {
        let kind = if mark.is_first { AnnotationKind::Primary } else { AnnotationKind::Context };
        snippet = snippet.annotation(kind.span(mark.range.clone()).label(mark.label.clone()));
    }
    match row.line {
        Some(line) => snippet.line_start(line as usize),
        None => snippet.line_numbering(false),
    }
}

/// The file and the place of a row in the document: `报告.txt:7:137`.
fn row_path(source: &str, row: &Row) -> String {
    let file = tame(source);
    match (row.place.line.filter(|_| row.line.is_some()), row.place.column) {
        (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
        (Some(line), None) => format!("{file}:{line}"),
        (None, _) => named_place(source, place_words(row.place)),
    }
}

/// Takes away the position that the renderer draws behind a path: it counts in the row as it is
/// drawn, which was cut or put together from cells.
fn without_drawn_position(text: String, path: &str) -> String {
    let Some((before, after)) = text.split_once(&format!("{path}:")) else { return text };
    let after = after.trim_start_matches(|each: char| each.is_ascii_digit() || each == ':');
    format!("{before}{path}{after}")
}

fn notes(context: Option<Context>, finding: &Finding) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    if !finding.message.contains(finding.title) {
        notes.push(("规则", finding.title.to_owned()));
    }
    if let Some(expression) = &finding.expression {
        notes.push(("算式", expression.clone()));
    }
    let sides = [("左", finding.left), ("右", finding.right), ("差", finding.difference)];
    let sides: Vec<String> = sides
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name} {}", plain_text(value))))
        .collect();
    if !sides.is_empty() {
        notes.push(("两边", sides.join("，")));
    }
    let unplaced = unplaced_cells(context, finding);
    if !unplaced.is_empty() {
        notes.push(("未见", unplaced));
    }
    if MAX_PLACES < finding.places.len() {
        notes.push(("位置", format!("等 {} 处", finding.places.len())));
    }
    if !finding.basis.is_empty() {
        notes.push(("依据", finding.basis.to_owned()));
    }
    if !finding.hint.is_empty() {
        notes.push(("提示", finding.hint.to_owned()));
    }
    notes
}

/// The names of the cells that stand nowhere in the document.
fn unplaced_cells(context: Option<Context>, finding: &Finding) -> String {
    let Some(context) = context else { return String::new() };
    let names = finding
        .places
        .iter()
        .filter(|spot| spot.place == Default::default() && spot.source.is_none())
        .filter_map(|spot| cell_names(context.report, spot.cell?))
        .map(|(row, column)| format!("“{row} · {column}”"));
    names.take(MAX_PLACES).collect::<Vec<_>>().join("、")
}
