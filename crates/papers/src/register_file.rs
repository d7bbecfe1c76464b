//! The rows of a register that comes as a file: CSV or a workbook, each cell as text; and what makes a
//! cell safe in a file that goes out. Knows no columns.

use gongkai_document::{Block, Format, Limits};

/// More rows than a year of a large city has decisions in one file.
const MOST_ROWS: usize = 200_000;

/// The rows of the first table, blank ones left out, each with its number in the file from 1.
///
/// # Errors
/// In Chinese, why it cannot be read.
pub fn rows(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, String> {
    let is_container = bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    let rows = if is_container { of_workbook(bytes)? } else { of_csv(bytes)? };
    let filled = |(_, row): &(usize, Vec<String>)| row.iter().any(|cell| !cell.trim().is_empty());
    let rows: Vec<_> = rows.into_iter().filter(filled).collect();
    match rows.len() {
        0 => Err("文件里没有内容".to_owned()),
        n if MOST_ROWS < n => Err(format!("文件有 {n} 行，最多 {MOST_ROWS} 行，请分批导入")),
        _ => Ok(rows),
    }
}

/// A cell that no spreadsheet takes for a formula: a quote before it makes it a text.
pub fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn of_workbook(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, String> {
    let document = gongkai_document::read(bytes, &Limits::default()).map_err(|e| e.to_string())?;
    if document.format != Format::Workbook {
        return Err("请上传 CSV 文件或者 Excel 工作簿".to_owned());
    }
    let table = document.blocks.into_iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    let table = table.ok_or("工作簿里没有表格")?;
    let row = |(index, cells): (usize, Vec<gongkai_document::Cell>)| {
        let mut row: Vec<String> = Vec::new();
        for cell in cells {
            row.resize(row.len().max(cell.column), String::new());
            row.push(cell.text);
        }
        (index + 1, row)
    };
    Ok(table.rows.into_iter().enumerate().map(row).collect())
}

/// Text of any encoding that the reader knows; its lines are the rows of the file again.
fn of_csv(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => decoded(bytes)?,
    };
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut seen, mut number) = (0, 1);
    for record in reader.records() {
        let record = record.map_err(|error| format!("CSV 文件有误：{error}"))?;
        // Where a record begins the reader has not passed the blank lines before it.
        let begin = record.position().map_or(seen as u64, csv::Position::byte);
        let begin = usize::try_from(begin).unwrap_or(usize::MAX).min(text.len());
        let blank = text[begin..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        number += text[seen..begin + blank].matches('\n').count();
        seen = begin + blank;
        rows.push((number, record.iter().map(str::to_owned).collect()));
    }
    Ok(rows)
}

fn decoded(bytes: &[u8]) -> Result<String, String> {
    let document = gongkai_document::read(bytes, &Limits::default()).map_err(|e| e.to_string())?;
    if document.format != Format::Text {
        return Err("请上传 CSV 文件或者 Excel 工作簿".to_owned());
    }
    let lines = document.blocks.into_iter().map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.text,
        Block::Table(_) => String::new(),
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_in_any_encoding_is_read_with_its_lines() {
        let text = "类别,日期\n\n行政许可,2024-01-02\n";
        let expected = vec![
            (1, vec!["类别".to_owned(), "日期".to_owned()]),
            (3, vec!["行政许可".to_owned(), "2024-01-02".to_owned()]),
        ];
        assert_eq!(rows(text.as_bytes()).unwrap(), expected);
        assert_eq!(rows(format!("\u{feff}{text}").as_bytes()).unwrap(), expected);
    }

    #[test]
    fn no_cell_that_goes_out_is_a_formula() {
        for sign in ["=", "+", "-", "@", "\t", "\r"] {
            assert_eq!(harmless(&format!("{sign}1+1")), format!("'{sign}1+1"));
        }
        assert_eq!(harmless("关于通知"), "关于通知");
        assert_eq!(harmless(""), "");
    }

    #[test]
    fn what_is_no_table_is_refused_in_words() {
        assert!(rows(b"").is_err());
        assert!(rows(b"PK not a workbook").is_err());
    }
}
