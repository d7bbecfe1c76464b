//! The document as physical rows of cells: a line of text, a delimited line, a row of a grid.

use super::plain::{Line, Plainer};
use super::value;
use gongkai_document::{Block, Document, Format, Paragraph, Table};
use gongkai_domain::figure::Place;
use gongkai_domain::form::section_titles;
use std::rc::Rc;

/// What a row was in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A line without delimiters: one cell.
    Line,
    /// A line whose cells are parted by bars or tabs.
    Delimited,
    /// A row of a table with known grid columns.
    Grid,
}

/// One cell, made plain.
#[derive(Clone, Debug)]
pub struct CellText {
    /// Text as it stands, outer white space off.
    pub raw: Rc<str>,
    /// The same, plain.
    pub plain: Rc<str>,
    /// Grid column, or position in the line.
    pub column: usize,
    /// Grid columns covered.
    pub span: usize,
    /// Whether it covers several rows.
    pub is_tall: bool,
    /// Where.
    pub place: Place,
}

/// One physical row.
#[derive(Clone, Debug)]
pub struct PhysicalRow {
    /// What it was.
    pub origin: Origin,
    /// Number of the table it is in, for grids.
    pub table: u32,
    /// Its cells in order; an empty line has none.
    pub cells: Vec<CellText>,
    /// Where it begins.
    pub place: Place,
    /// Heading level.
    pub heading: Option<u8>,
    /// Columns of the characters of a plain line, as in [`Line::columns`].
    pub columns: Vec<u32>,
}

impl PhysicalRow {
    /// The row as a line of prose.
    pub fn line(&self, tabular: bool) -> Line {
        let text = match &self.cells[..] {
            [] => String::new(),
            [one] => one.plain.to_string(),
            cells => {
                let mut text = String::with_capacity(128);
                for cell in cells {
                    text.push_str(&cell.plain);
                    text.push(' ');
                }
                text.truncate(text.trim_end().len());
                text.drain(..text.len() - text.trim_start().len());
                text
            }
        };
        let place = self.cells.first().map_or(self.place, |cell| cell.place);
        Line { text, place, columns: self.columns.clone(), heading: self.heading, tabular }
    }
}

/// Every physical row of a document, in reading order.
pub fn rows(document: &Document) -> Vec<PhysicalRow> {
    let plainer = Plainer::of(texts(document));
    let mut rows = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => paragraph_rows(paragraph, &plainer, &mut rows),
            Block::Table(table) => {
                // Their rows are filled up to one width, whether cells were there or not.
                let is_filled_up = matches!(document.format, Format::Workbook | Format::Pdf);
                grid_rows(table, is_filled_up, &plainer, &mut rows);
            }
        }
    }
    rows
}

fn texts(document: &Document) -> impl Iterator<Item = &str> {
    document.blocks.iter().flat_map(|block| {
        let (paragraph, table) = match block {
            Block::Paragraph(paragraph) => (Some(paragraph.text.as_str()), None),
            Block::Table(table) => (None, Some(table)),
        };
        let cells = table.into_iter().flat_map(|table| table.rows.iter().flatten());
        paragraph.into_iter().chain(cells.map(|cell| cell.text.as_str()))
    })
}

fn paragraph_rows(paragraph: &Paragraph, plainer: &Plainer, rows: &mut Vec<PhysicalRow>) {
    let place = domain_place(paragraph.place);
    let first = paragraph.place.column.unwrap_or(1);
    for (index, text) in paragraph.text.split('\n').enumerate() {
        let place = if index == 0 { place } else { Place { column: None, ..place } };
        let plain = plainer.plain(text);
        let columns: Vec<u32> = plain.positions.iter().map(|at| at + first).collect();
        if let Some(parts) = whole_report(&plain.text, &columns, place) {
            rows.extend(parts);
            continue;
        }
        let delimiter = delimiter(&plain.text);
        let (origin, cells, columns) = match delimiter {
            None => match padded(&plain.text, &columns, place) {
                Some(cells) => (Origin::Line, cells, Vec::new()),
                None => {
                    let (cells, columns) = whole_line(text, &plain.text, columns, place);
                    (Origin::Line, cells, columns)
                }
            },
            Some(delimiter) => {
                let cells = parted(text, &plain.text, &columns, delimiter, place);
                (Origin::Delimited, cells, Vec::new())
            }
        };
        if is_rule(&plain.text) {
            continue;
        }
        rows.push(PhysicalRow {
            origin,
            table: 0,
            cells,
            place,
            heading: paragraph.heading,
            columns,
        });
    }
}

/// So many characters make a line that may be a whole report.
const WHOLE_REPORT: usize = 800;
/// So many section titles in one line make it a whole report.
const FEWEST_SECTIONS: usize = 3;

/// A report that has lost all its line ends, parted at the titles of its sections.
fn whole_report(plain: &str, columns: &[u32], place: Place) -> Option<Vec<PhysicalRow>> {
    if plain.len() < 3 * WHOLE_REPORT {
        return None;
    }
    let mut cuts = vec![0];
    for section in section_titles() {
        let title = format!("{}、{}", CHINESE[usize::from(section.number)], section.title);
        let from = *cuts.last().expect("begins with one");
        let Some(at) = plain[from..].find(&title) else { continue };
        cuts.extend([from + at, from + at + title.len()]);
    }
    if cuts.len() <= 2 * FEWEST_SECTIONS {
        return None;
    }
    cuts.push(plain.len());
    let parts = cuts.windows(2).filter(|cut| !plain[cut[0]..cut[1]].trim().is_empty());
    let row = |cut: &[usize]| {
        let position = plain[..cut[0]].chars().count();
        let text = &plain[cut[0]..cut[1]];
        let count = text.chars().count();
        let own = columns.get(position..position + count).unwrap_or_default().to_vec();
        let place = Place { column: column_at(columns, place, position), ..place };
        let (cells, columns) = whole_line(text, text, own, place);
        PhysicalRow { origin: Origin::Line, table: 0, cells, place, heading: None, columns }
    };
    Some(parts.map(row).collect())
}

const CHINESE: [&str; 7] = ["", "一", "二", "三", "四", "五", "六"];

/// The line under the header of a Markdown table, or a drawn rule.
fn is_rule(text: &str) -> bool {
    text.contains("--")
        && text.contains('|')
        && text.chars().all(|each| matches!(each, '|' | '-' | ':' | ' ' | '\t'))
}

fn delimiter(text: &str) -> Option<char> {
    ['|', '\t'].into_iter().find(|delimiter| text.contains(*delimiter))
}

/// The cells of a line set in columns by several spaces; none if it is ordinary text.
fn padded(plain: &str, columns: &[u32], place: Place) -> Option<Vec<CellText>> {
    if !plain.trim().contains("  ") {
        return None;
    }
    let mut cells = Vec::new();
    let mut rest = plain;
    while let Some(start) = rest.find(|each: char| !each.is_whitespace()) {
        rest = &rest[start..];
        let end = rest.find("  ").unwrap_or(rest.len());
        let text = rest[..end].trim_end();
        let position = plain[..rest.as_ptr() as usize - plain.as_ptr() as usize].chars().count();
        cells.push(CellText {
            raw: text.into(),
            plain: text.into(),
            column: cells.len(),
            span: 1,
            is_tall: false,
            place: Place { column: column_at(columns, place, position), ..place },
        });
        rest = &rest[end..];
    }
    let tabular = 3 <= cells.len() || cells.iter().any(|cell| value::is_value_like(&cell.plain));
    (2 <= cells.len() && tabular).then_some(cells)
}

/// A line without delimiters, as one cell.
fn whole_line(
    raw: &str,
    plain: &str,
    columns: Vec<u32>,
    place: Place,
) -> (Vec<CellText>, Vec<u32>) {
    let trimmed = plain.trim();
    if trimmed.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let leading = plain.chars().take_while(|each| each.is_whitespace()).count();
    let place = Place { column: column_at(&columns, place, leading), ..place };
    let kept = trimmed.chars().count();
    let columns = columns.into_iter().skip(leading).take(kept).collect();
    let cell = CellText {
        raw: raw.into(),
        plain: trimmed.into(),
        column: 0,
        span: 1,
        is_tall: false,
        place,
    };
    (vec![cell], columns)
}

fn column_at(columns: &[u32], place: Place, position: usize) -> Option<u32> {
    match columns.get(position) {
        Some(column) => Some(*column),
        None => place.column.map(|first| first + position as u32),
    }
}

/// The cells of a delimited line. A bar at either end encloses; a tab there does not.
fn parted(raw: &str, plain: &str, columns: &[u32], delimiter: char, place: Place) -> Vec<CellText> {
    let parts: Vec<&str> = plain.split(delimiter).collect();
    // A line that is plain as it stands has the same parts.
    let raw_parts: Vec<&str> = match raw == plain {
        true => Vec::new(),
        false => raw.split(['|', '\t', '│', '┃', '∣', '￨', '｜']).collect(),
    };
    let same = raw_parts.len() == parts.len();
    let mut position = 0;
    let mut cells = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let leading = part.chars().take_while(|each| each.is_whitespace()).count();
        let raw = if same { raw_parts[index] } else { part };
        cells.push(CellText {
            raw: raw.into(),
            plain: part.trim().into(),
            column: index,
            span: 1,
            is_tall: false,
            place: Place { column: column_at(columns, place, position + leading), ..place },
        });
        position += part.chars().count() + 1;
    }
    if delimiter == '|' {
        if cells.last().is_some_and(|cell| cell.plain.is_empty()) {
            cells.pop();
        }
        if plain.trim_start().starts_with('|') {
            cells.remove(0);
        }
    } else if cells.len() == 2 && cells[0].plain.is_empty() {
        cells.remove(0);
    }
    drop_filling(&mut cells);
    cells
}

/// Takes off the blanks behind the last figure of a row that was filled up to the width of its
/// table: a row that lost a cell has one more of them, and nothing tells which cell it lost.
fn drop_filling(cells: &mut Vec<CellText>) {
    let last = cells.iter().rposition(|cell| !cell.plain.is_empty());
    if let Some(last) = last.filter(|last| value::is_value_like(&cells[*last].plain)) {
        cells.truncate(last + 1);
    }
}

fn grid_rows(table: &Table, is_filled_up: bool, plainer: &Plainer, rows: &mut Vec<PhysicalRow>) {
    for row in &table.rows {
        let mut cells: Vec<CellText> = row
            .iter()
            .map(|cell| CellText {
                raw: cell.text.as_str().into(),
                plain: plainer.plain(&cell.text).text.trim().into(),
                column: cell.column,
                span: cell.column_span,
                is_tall: 1 < cell.row_span,
                place: domain_place(cell.place),
            })
            .collect();
        if is_filled_up {
            drop_filling(&mut cells);
        }
        let place = cells.first().map_or(domain_place(table.place), |cell| cell.place);
        rows.push(PhysicalRow {
            origin: Origin::Grid,
            table: table.place.table.unwrap_or(0),
            cells,
            place,
            heading: None,
            columns: Vec::new(),
        });
    }
}

pub fn domain_place(place: gongkai_document::Place) -> Place {
    Place {
        page: place.page,
        line: place.line,
        column: place.column,
        table: place.table,
        row: place.row,
        cell: place.cell,
        paragraph: place.paragraph,
    }
}
