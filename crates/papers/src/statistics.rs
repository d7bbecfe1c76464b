//! A paper of statistics: blocks of rows with a figure each, as one table; in every format of an official
//! paper. What the rows mean is not known here.

use crate::official::{Fonts, OfficialPaper, PdfProblem, of_neutral};
use gongkai_document::write::{
    self as document, Grid, Links, Paper, Part, Purpose, Slot, WriteError,
};
use gongkai_domain::figure::plain_text;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// How wide the columns are beside each other: block, row, unit, figure.
const WIDTHS: [u32; 4] = [3, 8, 2, 3];

/// A row: its key, its label, its unit, its figure where that is known.
pub type Line = (String, String, String, Option<Decimal>);

/// A paper of statistics.
#[derive(Clone, Debug)]
pub struct Statistics {
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub organ: String,
    /// The blocks, each with its rows.
    pub blocks: Vec<(String, Vec<Line>)>,
    /// What is said below the table.
    pub notes: Vec<String>,
    /// The day of the file.
    pub day: Date,
}

const HEADS: [&str; 4] = ["类别", "指标", "单位", "数量"];

fn heads(heads: &[&str]) -> Vec<Slot> {
    heads.iter().map(|head| Slot::new(Purpose::ColumnHead, *head)).collect()
}

fn row((key, label, unit, value): &Line) -> Vec<Slot> {
    let named = [label, unit].map(|text| Slot::new(Purpose::RowHead, text));
    let value = Slot::datum(key.as_str(), value.map(plain_text));
    named.into_iter().chain([value]).collect()
}

/// All blocks in one table, as pages and workbooks show them.
fn whole(statistics: &Statistics) -> Vec<Part> {
    let mut rows = vec![heads(&HEADS)];
    for (title, lines) in &statistics.blocks {
        for (at, line) in lines.iter().enumerate() {
            let title = (at == 0).then(|| Slot::new(Purpose::RowHead, title));
            let title = title.map(|slot| slot.spanning(1, lines.len()));
            rows.push(title.into_iter().chain(row(line)).collect());
        }
    }
    let (name, widths) = ("统计表".to_owned(), WIDTHS.to_vec());
    vec![Part::Table(Grid { name, widths, n_head_rows: 1, rows })]
}

/// A table for each block, as they fill the pages of an official paper.
fn by_blocks(statistics: &Statistics) -> Vec<Part> {
    let block = |(title, lines): &(String, Vec<Line>)| {
        // The title stands in the table, so that no page ends with it.
        let caption = Slot::new(Purpose::Caption, title).spanning(HEADS.len() - 1, 1);
        let top = [vec![caption], heads(&HEADS[1..])];
        let rows = top.into_iter().chain(lines.iter().map(row)).collect();
        let (name, widths) = (title.clone(), WIDTHS[1..].to_vec());
        Part::Table(Grid { name, widths, n_head_rows: 2, rows })
    };
    statistics.blocks.iter().map(block).collect()
}

fn paper(statistics: &Statistics, tables: Vec<Part>) -> Paper {
    let notes = statistics.notes.iter().cloned().map(Part::Note);
    let parts = [Part::Title(statistics.title.clone())].into_iter().chain(tables).chain(notes);
    let lines = statistics.blocks.iter().flat_map(|(_, lines)| lines);
    let data = lines.map(|(key, _, _, value)| (key.clone(), value.map(plain_text)));
    Paper {
        title: statistics.title.clone(),
        author: statistics.organ.clone(),
        parts: parts.collect(),
        data: data.collect(),
    }
}

impl Statistics {
    /// As a part of a page; `links` tells where each figure leads, by its key.
    pub fn fragment(&self, links: Links<'_>) -> String {
        document::fragment(&paper(self, whole(self)), links)
    }

    /// As DOCX.
    ///
    /// # Errors
    /// When a text passes the bounds of the format.
    pub fn docx(&self) -> Result<Vec<u8>, WriteError> {
        self.official().to_docx().map_err(|problem| WriteError::Package(problem.to_string()))
    }

    /// As a workbook.
    ///
    /// # Errors
    /// When a text passes the bounds of the format.
    pub fn xlsx(&self) -> Result<Vec<u8>, WriteError> {
        document::workbook(&paper(self, whole(self)))
    }

    /// As PDF, set as GB/T 9704 lays down.
    ///
    /// # Errors
    /// Where a face has no font, or a font lacks a character.
    pub fn pdf(&self, fonts: &Fonts) -> Result<Vec<u8>, PdfProblem> {
        Ok(self.official().to_pdf(fonts)?.bytes)
    }

    fn official(&self) -> OfficialPaper {
        of_neutral(&paper(self, by_blocks(self)), self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongkai_document::{Block, Limits};

    fn statistics() -> Statistics {
        let line = |key: &str, value: Option<i64>| {
            (key.to_owned(), format!("{key}数"), "件".to_owned(), value.map(Decimal::from))
        };
        Statistics {
            title: "某局统计表（某季度）".to_owned(),
            organ: "某局".to_owned(),
            blocks: vec![
                ("甲类".to_owned(), vec![line("a", Some(12)), line("b", None)]),
                ("乙类".to_owned(), vec![line("c", Some(0))]),
            ],
            notes: vec!["注：按台账统计。".to_owned()],
            day: jiff::civil::date(2024, 3, 31),
        }
    }

    #[test]
    fn every_format_reads_back_with_the_same_figures_and_is_the_same_twice() {
        let paper = statistics();
        for bytes in [paper.docx().unwrap(), paper.xlsx().unwrap()] {
            let read = gongkai_document::read(&bytes, &Limits::default()).unwrap();
            let mut cells: Vec<String> = Vec::new();
            for block in read.blocks {
                if let Block::Table(table) = block {
                    let rows = table.rows.iter().skip(1);
                    cells.extend(rows.filter_map(|row| row.last().map(|cell| cell.text.clone())));
                }
            }
            for figure in ["12", "0"] {
                assert!(cells.iter().any(|cell| cell == figure), "{cells:?}");
            }
        }
        assert_eq!(paper.docx().unwrap(), paper.docx().unwrap());
        assert_eq!(paper.xlsx().unwrap(), paper.xlsx().unwrap());
        let page = paper.fragment(&|key| Some(format!("/cells/{key}")));
        assert!(page.contains("href=\"/cells/a\"") && page.contains("甲类"), "{page}");
    }
}
