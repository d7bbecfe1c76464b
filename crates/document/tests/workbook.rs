//! Workbooks, as LibreOffice and Excel write them, hostile ones among them.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::io::{Cursor, Write};
use std::time::Duration;

use gongkai_document::{Block, Document, Format, Limits, ReadError, RemarkKind, Table, read};
use rust_xlsxwriter::{Format as Style, FormatBorder, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const XLSX: &[u8] = include_bytes!("files/report-2021.xlsx");
const XLS: &[u8] = include_bytes!("files/report-2021.xls");

fn read_all(bytes: &[u8]) -> Document {
    read(bytes, &Limits::default()).unwrap()
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.blocks.iter();
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
        .collect()
}

fn paragraphs(document: &Document) -> Vec<&str> {
    let blocks = document.blocks.iter();
    blocks
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
            Block::Table(_) => None,
        })
        .collect()
}

fn rows(document: &Document) -> Vec<String> {
    let row = |cells: &Vec<gongkai_document::Cell>| {
        let texts: Vec<String> =
            cells.iter().map(|cell| cell.text.split_whitespace().collect()).collect();
        let shown: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        shown.join("|")
    };
    tables(document).iter().flat_map(|table| table.rows.iter().map(row)).collect()
}

fn save(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().unwrap()
}

#[test]
fn every_cell_of_the_demo_report_is_read_from_xlsx_and_xls() {
    // The first caption stands right under a heading and is read as a line of text.
    let expected: Vec<&str> = include_str!("files/report-2021.rows.txt").lines().skip(1).collect();
    for bytes in [XLSX, XLS] {
        let document = read_all(bytes);
        assert_eq!(document.format, Format::Workbook);
        assert_eq!(rows(&document), expected);
        assert_eq!(tables(&document).len(), 3);
        let paragraphs = paragraphs(&document);
        assert_eq!(paragraphs[0], "示例县商务局2021年政府信息公开工作年度报告");
        assert_eq!(paragraphs.last(), Some(&"2022年1月18日"));
        assert!(document.remarks.is_empty());
    }
}

#[test]
fn merged_cells_span_and_blank_cells_stay_blank() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Style::new();
    sheet.write(2, 1, "行政规范性文件").unwrap();
    sheet.write(2, 3, 230).unwrap();
    sheet.merge_range(3, 1, 4, 2, "行政许可", &plain).unwrap();
    sheet.write(3, 3, 13713.89).unwrap();
    sheet.write(4, 3, "/").unwrap();
    let document = read_all(&save(book));
    let table = tables(&document)[0];
    let first: Vec<_> =
        table.rows[0].iter().map(|cell| (cell.column, cell.text.as_str())).collect();
    assert_eq!(first, [(0, "行政规范性文件"), (1, ""), (2, "230")]);
    let merged = &table.rows[1][0];
    assert_eq!((merged.column_span, merged.row_span), (2, 2));
    assert_eq!(table.rows[1][1].text, "13713.89");
    assert_eq!(table.rows[2].len(), 1);
    let place = table.rows[2][0].place;
    assert_eq!(
        (place.page, place.table, place.row, place.cell),
        (Some(1), Some(1), Some(5), Some(4))
    );
}

#[test]
fn values_are_read_as_people_see_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, 0.092).unwrap();
    sheet.write_with_format(0, 1, 0.985, &Style::new().set_num_format("0.0%")).unwrap();
    sheet.write_with_format(0, 2, 44579, &Style::new().set_num_format("yyyy-mm-dd")).unwrap();
    sheet.write(0, 3, true).unwrap();
    sheet.write(0, 4, "甲\n乙").unwrap();
    let formula = rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!");
    sheet.write(0, 5, formula).unwrap();
    sheet.write(0, 6, rust_xlsxwriter::Formula::new("=1+2").set_result("3")).unwrap();
    let document = read_all(&save(book));
    let texts: Vec<_> =
        tables(&document)[0].rows[0].iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["0.092", "98.5%", "2022-01-18", "TRUE", "甲\n乙", "#DIV/0!", "3"]);
}

#[test]
fn lines_without_borders_stand_between_bordered_tables() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let ruled = Style::new().set_border(FormatBorder::Thin);
    for (row, title) in [(0, "一、总体情况"), (3, "二、主动公开情况")] {
        sheet.write(row, 0, title).unwrap();
        for (column, text) in ["规章", "3", ""].into_iter().enumerate() {
            let column = u16::try_from(column).unwrap();
            sheet.write_with_format(row + 1, column, text, &ruled).unwrap();
            sheet.write_with_format(row + 2, column, "", &ruled).unwrap();
        }
        sheet.write_with_format(row + 2, 0, "行政许可", &ruled).unwrap();
    }
    let document = read_all(&save(book));
    assert_eq!(paragraphs(&document), ["一、总体情况", "二、主动公开情况"]);
    assert_eq!(rows(&document), ["规章|3", "行政许可", "规章|3", "行政许可"]);
}

#[test]
fn a_hidden_sheet_is_left_out_and_named() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "看得见").unwrap();
    let hidden = book.add_worksheet();
    hidden.set_name("草稿").unwrap().set_hidden(true).write(0, 0, "看不见").unwrap();
    let document = read_all(&save(book));
    assert_eq!(paragraphs(&document), ["看得见"]);
    assert_eq!(document.remarks[0].kind, RemarkKind::Hidden);
    assert!(document.remarks[0].message.contains("草稿"));
}

/// Packs a workbook anew, with entries changed or added.
fn repacked(change: impl Fn(&str, Vec<u8>) -> Vec<u8>, added: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(XLSX)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    };
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::copy(&mut entry, &mut bytes).unwrap();
        put(&name, &change(&name, bytes));
    }
    for (name, bytes) in added {
        put(name, bytes);
    }
    writer.finish().unwrap().into_inner()
}

fn replaced(part: &'static str, from: &'static str, to: &'static str) -> Vec<u8> {
    repacked(
        |name, bytes| {
            if name != part {
                return bytes;
            }
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{part} has {from}");
            text.replacen(from, to, 1).into_bytes()
        },
        &[],
    )
}

#[test]
fn macros_are_said_to_be_there() {
    let bytes = repacked(|_, bytes| bytes, &[("xl/vbaProject.bin".to_owned(), b"x".to_vec())]);
    assert_eq!(read_all(&bytes).remarks[0].kind, RemarkKind::Macros);
}

#[test]
fn an_encrypted_workbook_is_said_to_be_encrypted() {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap().write_all(b"0").unwrap();
    file.flush().unwrap();
    let bytes = file.into_inner().into_inner();
    assert_eq!(read(&bytes, &Limits::default()), Err(ReadError::Encrypted));
}

#[track_caller]
fn passes(bytes: &[u8], limits: &Limits, bound: &str) {
    match read(bytes, limits) {
        Err(ReadError::Limit { name, .. }) => assert_eq!(name, bound),
        other => panic!("{bound} is not kept: {:?}", other.map(|document| document.remarks)),
    }
}

#[test]
fn each_bound_is_kept() {
    let limits = Limits::default();
    passes(XLSX, &Limits { input_bytes: 100, ..limits.clone() }, "input-bytes");
    passes(XLSX, &Limits { zip_entries: 3, ..limits.clone() }, "zip-entries");
    passes(XLSX, &Limits { expanded_bytes: 1_000, ..limits.clone() }, "expanded-bytes");
    for bytes in [XLSX, XLS] {
        passes(bytes, &Limits { table_cells: 50, ..limits.clone() }, "table-cells");
        passes(bytes, &Limits { pages: 0, ..limits.clone() }, "pages");
        passes(bytes, &Limits { time: Duration::ZERO, ..limits.clone() }, "time");
    }
}

#[test]
fn a_zip_bomb_is_stopped_while_it_expands() {
    let zeros = vec![0; 1 << 20];
    let bytes = repacked(|_, bytes| bytes, &[("xl/media/a.bin".to_owned(), zeros)]);
    passes(&bytes, &Limits { expanded_bytes: 1 << 20, ..Limits::default() }, "expanded-bytes");
}

#[test]
fn a_cell_at_the_far_corner_takes_no_memory() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, 1).unwrap();
    sheet.write(1_048_575, 16_383, 1).unwrap();
    passes(&save(book), &Limits::default(), "table-cells");
}

#[test]
fn a_merged_region_over_the_whole_sheet_takes_no_memory() {
    let bytes = replaced(
        "xl/worksheets/sheet1.xml",
        "<mergeCell ref=\"",
        "<mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"",
    );
    assert!(read_all(&bytes).blocks.len() < 50);
}

#[test]
fn a_merged_region_told_backwards_leaves_the_cells_readable() {
    let part = "xl/worksheets/sheet1.xml";
    for wrong in ["<mergeCell ref=\"C3:A1\"/><mergeCell ref=\"", "<mergeCell ref=\"?"] {
        let document = read_all(&replaced(part, "<mergeCell ref=\"", wrong));
        assert!(rows(&document).iter().any(|row| row.contains("行政规范性文件|")), "{wrong}");
    }
    let unknown = read_all(&replaced(part, "<mergeCell ref=\"", "<mergeCell ref=\"?"));
    assert_eq!(unknown.remarks[0].kind, RemarkKind::Damaged);
}

#[test]
fn declared_sizes_are_not_believed() {
    let bytes = replaced(
        "xl/worksheets/sheet1.xml",
        "<dimension ref=\"",
        "<dimension ref=\"A1:XFD1048576\" x=\"",
    );
    assert_eq!(rows(&read_all(&bytes)).len(), 45);
    let bytes = replaced("xl/sharedStrings.xml", "uniqueCount=\"", "uniqueCount=\"99999999999");
    assert!(matches!(read(&bytes, &Limits::default()), Err(ReadError::Broken { .. })));
}

#[test]
fn damaged_workbooks_give_an_answer_and_no_panic() {
    let limits = Limits { time: Duration::from_secs(5), ..Limits::default() };
    for bytes in [XLSX, XLS] {
        for part in 1..60 {
            let _ = read(&bytes[..bytes.len() * part / 60], &limits);
        }
        for round in 0..60 {
            let mut bytes = bytes.to_vec();
            let at = (round * 7_919 + 13) % bytes.len();
            bytes[at] ^= 1 << (round % 8);
            bytes[(at * 31) % XLSX.len()] = 0xFF;
            let _ = read(&bytes, &limits);
        }
    }
}
