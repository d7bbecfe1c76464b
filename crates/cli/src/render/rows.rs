//! The row of the document that a finding speaks of, as it stands, with the cell marked.

use super::cell_names;
use gongkai_document::{Block, Cell, Document, Format, Paragraph, Table};
use gongkai_domain::figure::Place;
use gongkai_domain::finding::Spot;
use gongkai_domain::report::AnnualReport;
use std::ops::Range;

/// Between the cells of a table's row.
const BAR: &str = " | ";

/// Lines between marked lines that are still shown in one piece, folded where they are many.
const MAX_DISTANCE: u32 = 200;

/// A row of the document, or several lines with everything between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// As it stands; a row of a table on one line.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// The number of its first line, where people can count lines.
    pub line: Option<u32>,
    /// What is marked in it.
    pub marks: Vec<Mark>,
}

/// Some marked words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Bytes of the row's text.
    pub range: Range<usize>,
    /// What they are.
    pub label: Option<String>,
    /// Whether the finding is chiefly about them.
    pub is_first: bool,
}

/// The rows of several spots; spots of one row share it, lines of one text are put together.
pub fn rows<'a>(
    report: &AnnualReport,
    document: &Document,
    spots: impl IntoIterator<Item = &'a Spot>,
) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for spot in spots {
        let Some(mut row) = row(report, document, spot) else { continue };
        row.marks.iter_mut().for_each(|mark| mark.is_first = rows.is_empty());
        match rows.iter_mut().find(|other| is_same(other, &row)) {
            Some(known) => known.marks.append(&mut row.marks),
            None => rows.push(row),
        }
    }
    match document.format {
        Format::Text => together(document, &rows).map_or(rows, |row| vec![row]),
        _ => rows,
    }
}

fn is_same(one: &Row, other: &Row) -> bool {
    let unit = |place: Place| (place.page, place.line, place.table, place.row, place.paragraph);
    one.text == other.text && unit(one.place) == unit(other.place)
}

fn row(report: &AnnualReport, document: &Document, spot: &Spot) -> Option<Row> {
    let names = spot.cell.and_then(|cell| cell_names(report, cell));
    let mark = |text: &str, range| {
        let label = names.map(|names| label(names, text));
        vec![Mark { range, label, is_first: false }]
    };
    if let Some((text, range)) = table_row(document, spot.place) {
        let marks = mark(&text, range);
        return Some(Row { text, place: spot.place, line: None, marks });
    }
    let (paragraph, offset) = paragraph(document, spot.place)?;
    let text = paragraph.text.replace(['\n', '\r'], " ");
    let range = match offset {
        Some(offset) => {
            let start = byte_of(&text, offset);
            start..start + extent(report, spot, &text[start..])
        }
        None => trimmed(&text),
    };
    let marks = mark(&text, range);
    Some(Row { text, place: spot.place, line: spot.place.line, marks })
}

/// The name of a cell's column; that of its row too where the line does not say it.
fn label((row, column): (String, String), text: &str) -> String {
    let without_gaps = |text: &str| -> String { text.split_whitespace().collect() };
    if without_gaps(text).contains(&without_gaps(&row)) {
        column
    } else {
        format!("{row} · {column}")
    }
}

/// Several lines of a text as one piece, with the lines between them.
fn together(document: &Document, rows: &[Row]) -> Option<Row> {
    let lines = || rows.iter().map(|row| row.line);
    let (first, last) = (lines().min()??, lines().max()??);
    if rows.len() < 2 || MAX_DISTANCE < last - first {
        return None;
    }
    let (mut text, mut marks, mut expected) = (String::new(), Vec::new(), first);
    for paragraph in paragraphs(document) {
        let Some(line) = paragraph.place.line.filter(|line| (first..=last).contains(line)) else {
            continue;
        };
        if line != expected {
            return None;
        }
        expected += 1;
        for mark in rows.iter().filter(|row| row.line == Some(line)).flat_map(|row| &row.marks) {
            let range = text.len() + mark.range.start..text.len() + mark.range.end;
            marks.push(Mark { range, ..mark.clone() });
        }
        text.push_str(&paragraph.text.replace(['\n', '\r'], " "));
        text.push('\n');
    }
    Some(Row { text, place: rows[0].place, line: Some(first), marks })
}

fn table_row(document: &Document, place: Place) -> Option<(String, Range<usize>)> {
    let (table, row) = (place.table?, place.row?);
    let is_here = |cell: &Cell| (cell.place.table, cell.place.row) == (Some(table), Some(row));
    let cells = tables(document)
        .flat_map(|table| &table.rows)
        .find(|cells| cells.first().is_some_and(is_here))?;
    let (mut text, mut range) = (String::new(), None);
    for cell in cells {
        if !text.is_empty() {
            text.push_str(BAR);
        }
        let start = text.len();
        text.push_str(&cell.text.replace(['\n', '\r'], " "));
        if cell.place.cell == place.cell {
            range = Some(start..text.len());
        }
    }
    let range = range.unwrap_or_else(|| trimmed(&text));
    Some((text, range))
}

fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    })
}

/// The paragraph of a place, and how many characters into it the place points.
fn paragraph(document: &Document, place: Place) -> Option<(&Paragraph, Option<usize>)> {
    let is_here = |paragraph: &&Paragraph| {
        let other = paragraph.place;
        let is_same_unit = match (place.paragraph, place.line) {
            (Some(number), _) => other.paragraph == Some(number),
            (None, Some(line)) => other.line == Some(line),
            (None, None) => false,
        };
        let is_before = place.column.is_none_or(|column| other.column <= Some(column));
        is_same_unit && other.page == place.page && is_before
    };
    let paragraph = paragraphs(document).rfind(is_here)?;
    let offset = place
        .column
        .map(|column| column.saturating_sub(paragraph.place.column.unwrap_or(1)) as usize);
    Some((paragraph, offset))
}

fn paragraphs(document: &Document) -> impl DoubleEndedIterator<Item = &Paragraph> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    })
}

fn byte_of(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(byte, _)| byte)
}

/// How many bytes the spot's own words take, at the beginning of `text`.
fn extent(report: &AnnualReport, spot: &Spot, text: &str) -> usize {
    let reading = spot.cell.and_then(|cell| report.reading(cell));
    let claim = report.claims.iter().find(|claim| claim.place == spot.place);
    let words = reading.map(|reading| reading.text.trim()).or(claim.map(|claim| &*claim.text));
    match words {
        Some(words) if !words.is_empty() && text.starts_with(words) => words.len(),
        _ => first_word(text),
    }
}

/// To the next gap; of a gap, the gap's first character.
fn first_word(text: &str) -> usize {
    let is_gap =
        |character: char| character.is_whitespace() || "|│┃，。；、：,;（）()".contains(character);
    match text.find(is_gap) {
        Some(0) => text.chars().next().map_or(0, char::len_utf8),
        Some(end) => end,
        None => text.len(),
    }
}

fn trimmed(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..start.max(text.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongkai_document::Place as At;

    fn text_document(lines: &[&str]) -> Document {
        let block = |(index, line): (usize, &&str)| {
            Block::Paragraph(Paragraph {
                text: (*line).to_owned(),
                place: At { line: Some(index as u32 + 1), column: Some(1), ..At::default() },
                heading: None,
            })
        };
        let blocks = lines.iter().enumerate().map(block).collect();
        Document { format: Format::Text, title: None, blocks, remarks: Vec::new() }
    }

    fn marked(document: &Document, place: Place) -> String {
        let rows = rows(&AnnualReport::default(), document, [&Spot::from(place)]);
        let row = rows.first().expect("the place is in the document");
        row.text[row.marks[0].range.clone()].to_owned()
    }

    #[test]
    fn a_cell_of_a_text_table_is_marked_to_its_bar() {
        let document = text_document(&["行政许可 | 3 | +12 | 230 |"]);
        let at = |column| Place { line: Some(1), column: Some(column), ..Place::default() };
        assert_eq!(marked(&document, at(8)), "3");
        assert_eq!(marked(&document, at(12)), "+12");
        assert_eq!(marked(&document, at(90)), "");
    }

    #[test]
    fn a_cell_of_a_table_is_marked_in_its_row() {
        let cell = |number: u32, text: &str| Cell {
            text: text.to_owned(),
            column: number as usize - 1,
            column_span: 1,
            row_span: 1,
            place: At { table: Some(2), row: Some(1), cell: Some(number), ..At::default() },
        };
        let table = Table {
            rows: vec![vec![cell(1, "规章"), cell(2, "1\n2"), cell(3, "")]],
            place: At::default(),
        };
        let blocks = vec![Block::Table(table)];
        let document = Document { format: Format::Docx, title: None, blocks, remarks: Vec::new() };
        let at =
            |number| Place { table: Some(2), row: Some(1), cell: Some(number), ..Place::default() };
        assert_eq!(marked(&document, at(2)), "1 2");
        assert_eq!(marked(&document, at(3)), "");
        assert_eq!(marked(&document, at(9)), "规章 | 1 2 |");
    }

    #[test]
    fn a_paragraph_without_columns_is_marked_whole() {
        let mut document = text_document(&["　全年收到 3 件。"]);
        if let Block::Paragraph(paragraph) = &mut document.blocks[0] {
            paragraph.place = At { paragraph: Some(4), ..At::default() };
        }
        let place = Place { paragraph: Some(4), ..Place::default() };
        assert_eq!(marked(&document, place), "全年收到 3 件。");
    }
}
