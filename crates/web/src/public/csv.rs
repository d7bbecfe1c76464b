//! Tables as CSV that spreadsheets open rightly: UTF-8 with its mark, and no cell that is a formula.

use crate::answer::Answer;
use ::csv::{Terminator, Writer, WriterBuilder};
use axum::http::header;
use axum::response::IntoResponse;
use gongkai_app::ledger::harmless;

/// A table being written.
pub struct Csv(Writer<Vec<u8>>);

const IN_MEMORY: &str =
    "writing to memory cannot fail, and every row has as many cells as the head";

impl Csv {
    /// A table with these heads.
    pub fn new(heads: &[&str]) -> Self {
        let marked = "\u{feff}".as_bytes().to_vec();
        let mut csv = Self(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(marked));
        csv.row(heads);
        csv
    }

    /// One more row; a cell that a spreadsheet would reckon is made a text.
    pub fn row(&mut self, cells: &[&str]) {
        self.0.write_record(cells.iter().map(|cell| harmless(cell))).expect(IN_MEMORY);
    }

    fn bytes(self) -> Vec<u8> {
        self.0.into_inner().expect(IN_MEMORY)
    }
}

/// The table as a download.
pub fn answer(name: &str, csv: Csv) -> Answer {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, csv.bytes()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_never_a_formula() {
        let mut csv = Csv::new(&["名称", "说明"]);
        csv.row(&["=1+1", "说\"好\",\n了"]);
        let text = String::from_utf8(csv.bytes()).expect("text");
        assert_eq!(text, "\u{feff}名称,说明\r\n'=1+1,\"说\"\"好\"\",\n了\"\r\n");
    }
}
