//! PDF files, as LibreOffice writes them and made by hand, hostile ones among them.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use gongkai_document::{Block, Document, Format, Limits, ReadError, RemarkKind, Table, read};

const SPLIT: &[u8] = include_bytes!("files/report-2021-split.pdf");
const RESTRICTED: &[u8] = include_bytes!("files/restricted.pdf");
const ENCRYPTED: &[u8] = include_bytes!("files/encrypted.pdf");

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

#[test]
fn every_cell_of_the_demo_report_is_read_across_page_ends() {
    let mut expected: Vec<&str> = include_str!("files/report-2021.rows.txt").lines().collect();
    // One row of labels is itself cut by a page end: each half is a row.
    let cut = expected.len() - 2;
    assert!(expected[cut].starts_with("结果维持|结果纠正"));
    expected.splice(
        cut..=cut,
        [
            "结果|结果|其他|尚未|总计|结果|结果|其他|尚未|总计",
            "维持|纠正|结果|审结|维持|纠正|结果|审结",
        ],
    );
    let document = read_all(SPLIT);
    assert_eq!(document.format, Format::Pdf);
    assert_eq!(rows(&document), expected);
    assert_eq!(tables(&document).len(), 3);
    assert_eq!(paragraphs(&document)[..2], ["示例县商务局2021年政府信息公开工作年度报", "告"]);
    assert!(document.remarks.is_empty());
}

#[test]
fn a_permission_password_hinders_nothing_and_an_open_password_is_named() {
    assert_eq!(rows(&read_all(RESTRICTED)), ["甲|12"]);
    assert_eq!(read(ENCRYPTED, &Limits::default()), Err(ReadError::Encrypted));
}

/// Simple and Chinese fonts, none embedded: `/F1` reads Latin, `/F2` GBK, `/F3` has no mapping.
const FONTS: &str = "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> \
    /F2 << /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /GBK-EUC-H \
    /DescendantFonts [ << /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun \
    /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 \
    /FontDescriptor << /Type /FontDescriptor /FontName /SimSun /Flags 4 >> >> ] >> \
    /F3 << /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H \
    /DescendantFonts [ << /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd \
    /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 \
    /FontDescriptor << /Type /FontDescriptor /FontName /Odd /Flags 4 >> >> ] >> >>";

/// A PDF of these pages, each an A4 page with its content stream.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), String::new()];
    objects.push(FONTS.to_owned());
    objects.push(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 600 850] /Resources 5 0 R /Length 24 >>\n\
         stream\nq /X Do Q q /X Do Q q Q \nendstream"
            .to_owned(),
    );
    objects.push("<< /Font 3 0 R /XObject << /X 4 0 R /P 6 0 R >> >>".to_owned());
    objects.push(
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 \
         /ColorSpace /DeviceGray /Length 1 >>\nstream\nx\nendstream"
            .to_owned(),
    );
    let mut kids = String::new();
    for content in pages {
        let number = objects.len() + 1;
        let _ = write!(kids, "{number} 0 R ");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 5 0 R \
             /Contents {} 0 R >>",
            number + 1
        ));
        let length = content.len();
        objects.push(format!("<< /Length {length} >>\nstream\n{content}\nendstream"));
    }
    objects[1] = format!("<< /Type /Pages /Kids [ {kids}] /Count {} >>", pages.len());
    let mut file = "%PDF-1.4\n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    file.push_str("trailer << /Root 1 0 R /Size 99 >>\n%%EOF\n");
    file.into_bytes()
}

fn text(x: u32, y: u32, text: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n")
}

/// Three rows of two columns, the top row merged, ruled by thin filled rectangles piece by piece
/// with little squares in the corners, as word processors do.
fn pieced_table() -> String {
    let mut content = String::new();
    for y in [700, 680, 660, 640] {
        for x in [100, 200, 300] {
            let _ = writeln!(content, "{x} {y} 0.48 0.48 re f*");
            if x < 300 {
                let _ = writeln!(content, "{x}.48 {y} 99.52 0.48 re f*");
            }
            if 640 < y && !(x == 200 && y == 700) {
                let _ = writeln!(content, "{x} {} 0.48 19.52 re f*", y - 20);
            }
        }
    }
    content + &text(105, 686, "A") + &text(105, 666, "B") + &text(205, 666, "12")
}

#[test]
fn a_table_ruled_by_filled_rectangles_is_a_table() {
    let document = read_all(&pdf(&[&pieced_table()]));
    let table = tables(&document)[0];
    let shape: Vec<Vec<_>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| (cell.column_span, cell.text.as_str())).collect())
        .collect();
    assert_eq!(shape, [vec![(2, "A")], vec![(1, "B"), (1, "12")], vec![(1, ""), (1, "")]]);
    let place = table.rows[1][1].place;
    assert_eq!((place.page, place.row, place.cell), (Some(1), Some(2), Some(2)));
}

#[test]
fn a_table_without_side_lines_has_all_its_columns() {
    let rules = "100 700 m 300 700 l S 100 680 m 300 680 l S 100 660 m 300 660 l S \
                 200 700 m 200 660 l S\n";
    let cells = [text(105, 686, "A"), text(205, 686, "1"), text(105, 666, "B")].concat();
    let document = read_all(&pdf(&[&(rules.to_owned() + &cells)]));
    assert_eq!(rows(&document), ["A|1", "B"]);
    assert_eq!(tables(&document)[0].rows[1].len(), 2);
}

#[test]
fn a_raised_mark_of_a_footnote_does_not_join_its_number() {
    let cell = "BT /F1 10 Tf 205 666 Td (12) Tj /F1 6 Tf 3.5 Ts (1) Tj ET\n";
    let table = pieced_table().replace(&text(205, 666, "12"), cell);
    assert_eq!(rows(&read_all(&pdf(&[&table]))), ["A", "B|12¹", ""]);
    let moved = "BT /F1 10 Tf 205 666 Td (12) Tj ET BT /F1 6 Tf 216.2 669.5 Td (1) Tj ET\n";
    let table = pieced_table().replace(&text(205, 666, "12"), moved);
    assert_eq!(rows(&read_all(&pdf(&[&table]))), ["A", "B|12¹", ""]);
}

#[test]
fn a_frame_around_text_is_no_table() {
    let document = read_all(&pdf(&[&("50 50 400 700 re S\n".to_owned() + &text(60, 600, "A"))]));
    assert_eq!(paragraphs(&document), ["A"]);
}

#[test]
fn a_table_goes_on_over_a_page_number() {
    let foot = text(290, 30, "- 1 -");
    let first = pieced_table() + &foot;
    let second = pieced_table() + &text(290, 30, "- 2 -");
    let document = read_all(&pdf(&[&first, &second]));
    assert_eq!(document.blocks.len(), 1);
    let table = tables(&document)[0];
    assert_eq!(table.rows.len(), 6);
    let place = table.rows[4][1].place;
    assert_eq!((place.page, place.table, place.row), (Some(2), Some(1), Some(5)));
}

#[test]
fn text_between_keeps_tables_apart() {
    let second = text(100, 800, "Next") + &pieced_table();
    let document = read_all(&pdf(&[&pieced_table(), &second]));
    assert_eq!(tables(&document).len(), 2);
    assert_eq!(paragraphs(&document), ["Next"]);
}

#[test]
fn chinese_fonts_that_are_not_embedded_are_read() {
    let document = read_all(&pdf(&["BT /F2 12 Tf 100 700 Td <CABEC0FDCFD8> Tj ET"]));
    assert_eq!(paragraphs(&document), ["示例县"]);
}

#[test]
fn a_font_without_mapping_is_reported_and_not_guessed() {
    let document = read_all(&pdf(&["BT /F3 12 Tf 100 700 Td <00410042> Tj ET"]));
    assert_eq!(document.remarks[0].kind, RemarkKind::Mojibake);
    assert_eq!(paragraphs(&document), ["\u{FFFD}\u{FFFD}"]);
}

#[test]
fn a_page_that_is_only_a_picture_is_named() {
    let document = read_all(&pdf(&[&text(100, 700, "A"), "500 0 0 500 0 0 cm /P Do"]));
    let remark = &document.remarks[0];
    assert_eq!((remark.kind, remark.place.page), (RemarkKind::PictureOnly, Some(2)));
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
    passes(SPLIT, &Limits { input_bytes: 100, ..limits.clone() }, "input-bytes");
    passes(SPLIT, &Limits { pages: 5, ..limits.clone() }, "pages");
    passes(SPLIT, &Limits { pdf_objects: 20, ..limits.clone() }, "pdf-objects");
    passes(SPLIT, &Limits { expanded_bytes: 10_000, ..limits.clone() }, "expanded-bytes");
    passes(SPLIT, &Limits { table_cells: 30, ..limits.clone() }, "table-cells");
    passes(SPLIT, &Limits { time: Duration::ZERO, ..limits.clone() }, "time");
}

#[test]
fn a_stream_bomb_is_stopped_while_it_expands() {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; 4 << 20]).unwrap();
    let packed = encoder.finish().unwrap();
    let mut bytes = pdf(&["q Q"]);
    let head = format!("99 0 obj << /Filter /FlateDecode /Length {} >> stream\n", packed.len());
    bytes.extend(head.into_bytes());
    bytes.extend(packed);
    bytes.extend(b"\nendstream endobj");
    passes(&bytes, &Limits { expanded_bytes: 1 << 20, ..Limits::default() }, "expanded-bytes");
}

#[test]
fn a_form_that_draws_itself_twice_ends_in_time() {
    let limits = Limits { time: Duration::from_secs(1), ..Limits::default() };
    passes(&pdf(&["/X Do"]), &limits, "time");
}

#[test]
fn damaged_files_give_an_answer_and_no_panic() {
    let limits = Limits { time: Duration::from_secs(5), ..Limits::default() };
    let ruled = pdf(&[&pieced_table(), "BT /F2 12 Tf 100 700 Td <CABEC0FDCFD8> Tj ET"]);
    for bytes in [SPLIT, RESTRICTED, &ruled] {
        for part in 1..40 {
            let _ = read(&bytes[..bytes.len() * part / 40], &limits);
        }
        for round in 0..40 {
            let mut bytes = bytes.to_vec();
            let at = (round * 7_919 + 1_013) % bytes.len();
            bytes[at] ^= 1 << (round % 8);
            let _ = read(&bytes, &limits);
        }
    }
}
