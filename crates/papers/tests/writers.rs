//! The writers: what is written as PDF and DOCX is read back with the same words, the same bytes
//! come out each time, and what cannot be written is said in Chinese. Needs Debian's fonts-noto-cjk.

use gongkai_document::{Block, Limits};
use gongkai_papers::annual_report::{self, write::Draft};
use gongkai_papers::notice;
use gongkai_papers::official::{
    Cell, Fonts, Head, Imprint, OfficialPaper, Part, PdfProblem, Seal, Signature, Table, of_neutral,
};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use std::path::Path;
use std::sync::LazyLock;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::find(&[]));

const DAY: Date = date(2025, 3, 10);

fn all_papers() -> Vec<(String, OfficialPaper)> {
    let fill = |template: &notice::Template| {
        let paper = notice::fill(&template.key, &notice::example(template)).expect("as prepared");
        (template.key.clone(), paper)
    };
    notice::all().iter().map(fill).collect()
}

/// The letters of a file, without blanks, frames and page numbers, in order.
fn letters(bytes: &[u8]) -> String {
    let document = gongkai_document::read(bytes, &Limits::default()).expect("as prepared");
    let mut text = String::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => text += &paragraph.text,
            Block::Table(table) => {
                table.rows.iter().flatten().for_each(|cell| text += &cell.text);
            }
        }
    }
    bare(&text)
}

/// Leaves a file for people to look at, where `DUMP` names a folder.
fn dump(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("DUMP") {
        std::fs::write(Path::new(&folder).join(name), bytes).expect("the folder can be written");
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|each| !each.is_whitespace() && !"—|⏎\u{3000}".contains(*each)).collect()
}

/// The letters of a text, sorted: for comparing where the order of cells is the reader's.
fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<_> = bare(text).chars().collect();
    letters.sort_unstable();
    letters
}

fn plain(parts: Vec<Part>) -> OfficialPaper {
    OfficialPaper { body: parts, ..OfficialPaper::new(Head::Plain, "", DAY) }
}

fn pages(parts: Vec<Part>) -> usize {
    plain(parts).to_pdf(&FONTS).expect("as prepared").n_pages
}

#[test]
fn every_notice_is_written_twice_with_the_same_bytes() {
    for (key, paper) in all_papers() {
        let pdf = paper.to_pdf(&FONTS).unwrap_or_else(|problem| panic!("{key}: {problem}"));
        let again = paper.to_pdf(&Fonts::find(&[])).expect("as prepared");
        assert!(pdf.bytes == again.bytes, "{key}");
        assert!(pdf.n_pages <= 2 && pdf.bytes.len() < 200_000, "{key}");
        dump(&format!("{key}.pdf"), &pdf.bytes);
        assert!(
            paper.to_docx().expect("as prepared") == paper.to_docx().expect("as prepared"),
            "{key}"
        );
    }
}

#[test]
fn every_notice_is_read_back_from_docx_with_its_words() {
    for (key, paper) in all_papers() {
        assert_eq!(letters(&paper.to_docx().expect("as prepared")), bare(&paper.text()), "{key}");
    }
}

#[test]
fn every_notice_is_read_back_from_pdf_with_its_words() {
    for (key, paper) in all_papers() {
        let pdf = paper.to_pdf(&FONTS).expect("as prepared");
        // The reader leaves out the numbers of the pages.
        assert_eq!(sorted(&letters(&pdf.bytes)), sorted(&paper.text()), "{key}");
    }
}

#[test]
fn a_page_takes_twenty_two_lines_of_twenty_eight_characters() {
    let text = |count: usize| vec![Part::Flush("字".repeat(count))];
    assert_eq!(pages(text(22 * 28)), 1);
    assert_eq!(pages(text(22 * 28 + 1)), 2);
    assert_eq!(pages(text(44 * 28)), 2);
    assert_eq!(pages(text(44 * 28 + 1)), 3);
    let lines: Vec<_> = (0..22).map(|_| Part::Text("一行".to_owned())).collect();
    assert_eq!(pages(lines.clone()), 1);
    assert_eq!(pages([lines, vec![Part::Text("一行".to_owned())]].concat()), 2);
}

#[test]
fn a_closing_mark_takes_a_letter_along_to_its_line() {
    // The 29th character is a mark: the letter before it goes along to the next line.
    for mark in "，。、；：？！）》」".chars() {
        let text = format!("{}{mark}{}", "字".repeat(28), "文".repeat(28 * 21 - 2));
        assert_eq!(pages(vec![Part::Flush(text)]), 1, "{mark}");
    }
}

#[test]
fn a_signature_never_stands_alone_on_a_page() {
    for lines in 14..24 {
        let mut paper = plain(vec![Part::Flush("字".repeat(28 * lines))]);
        paper.signature =
            Some(Signature {
                organs: vec!["某某县商务局".to_owned()], date: DAY, seal: None
            });
        let pdf = paper.to_pdf(&FONTS).expect("as prepared");
        let last = letters(&pdf.bytes);
        let after_text = last.rsplit('字').next().unwrap_or_default().to_owned();
        assert!(after_text.starts_with("某某县商务局2025年3月10日"), "{lines}: {after_text}");
    }
}

#[test]
fn a_long_table_goes_on_with_its_head_on_each_page_and_loses_nothing() {
    let row = |n: usize| vec![Cell::new(format!("第{n}行")), Cell::new("内容"), Cell::new("乙")];
    let head = ["表头甲", "表头乙", "表头丙"].map(Cell::head).to_vec();
    let rows: Vec<_> = std::iter::once(head).chain((1..=120).map(row)).collect();
    let table = Table { columns: vec![1.0, 2.0, 1.0], rows, header_rows: 1, compact: false };
    let pdf = plain(vec![Part::Table(table)]).to_pdf(&FONTS).expect("as prepared");
    let text = letters(&pdf.bytes);
    assert!(4 < pdf.n_pages, "{}", pdf.n_pages);
    assert_eq!(text.matches("表头甲").count(), pdf.n_pages);
    for n in 1..=120 {
        assert_eq!(text.matches(&format!("第{n}行")).count(), 1, "{n}");
    }
}

#[test]
fn a_cell_longer_than_a_page_is_cut_by_lines_and_loses_nothing() {
    let long = "申请".repeat(4000);
    let rows = vec![vec![Cell::head("头").over(1, 2), Cell::new(long)], vec![Cell::new("下一行")]];
    let table = Table { columns: vec![1.0, 5.0], rows, header_rows: 0, compact: false };
    let pdf = plain(vec![Part::Table(table)]).to_pdf(&FONTS).expect("as prepared");
    let text = letters(&pdf.bytes);
    assert!(4 < pdf.n_pages, "{}", pdf.n_pages);
    assert_eq!(text.matches('申').count(), 4000);
    assert!(text.contains("下一行"));
}

#[test]
fn without_fonts_the_way_out_is_named() {
    let paper = plain(vec![Part::Text("字".to_owned())]);
    let problem = paper.to_pdf(&Fonts::find_only_in(&[])).unwrap_err();
    let said = problem.to_string();
    assert!(said.contains("仿宋") && said.contains("fonts-noto-cjk"), "{said}");
}

#[test]
fn a_character_that_no_font_has_is_named_and_no_square_is_printed() {
    let paper = plain(vec![Part::Text("甲\u{e123}乙\u{10fffd}".to_owned())]);
    let problem = paper.to_pdf(&FONTS).unwrap_err();
    assert!(
        matches!(&problem, PdfProblem::NoLetters(all) if all.chars().count() == 2),
        "{problem}"
    );
    assert!(paper.to_docx().is_ok(), "DOCX asks the reader's fonts");
}

#[test]
fn what_stands_in_for_the_commercial_fonts_is_told() {
    let pdf = plain(vec![Part::Text("字".to_owned())]).to_pdf(&FONTS).expect("as prepared");
    for each in &pdf.substitutions {
        assert_ne!(each.family, each.wanted);
    }
}

#[test]
fn a_seal_that_is_no_picture_is_refused_in_both_formats() {
    let seal =
        Seal { bytes: b"no picture".to_vec(), diameter_mm: None, right_mm: 0.0, down_mm: 0.0 };
    let signature = Signature { organs: vec!["某某局".to_owned()], date: DAY, seal: Some(seal) };
    let paper = OfficialPaper { signature: Some(signature), ..plain(Vec::new()) };
    assert!(paper.to_docx().unwrap_err().to_string().contains("印章"));
    assert!(paper.to_pdf(&FONTS).unwrap_err().to_string().contains("印章"));
}

#[test]
fn a_paper_with_everything_is_written() {
    let paper = OfficialPaper {
        letterhead: "某某县商务局文件".to_owned(),
        number: Some("某商发〔2025〕3号".to_owned()),
        addressee: Some("各有关单位".to_owned()),
        body: vec![
            Part::Heading(1, "一、总体要求".to_owned()),
            Part::Heading(2, "（一）工作目标".to_owned()),
            Part::Text("正文 with words https://example.invalid/a/very/long/address?and=query&more=things 结束。".to_owned()),
        ],
        attachments: vec!["目录".to_owned(), "名单".to_owned()],
        signature: Some(Signature {
            organs: vec!["某某县商务局".to_owned(), "某某县市场监督管理局知识产权保护办公室".to_owned()],
            date: DAY,
            seal: None,
        }),
        note: Some("此件公开发布".to_owned()),
        imprint: Some(Imprint {
            copies_to: vec!["县委办公室".to_owned(), "县人大常委会办公室".to_owned()],
            printed_by: "某某县商务局办公室".to_owned(),
            printed_on: DAY,
        }),
        ..OfficialPaper::new(Head::File, "关于做好政府信息公开工作的通知", DAY)
    };
    let pdf = paper.to_pdf(&FONTS).expect("as prepared");
    assert_eq!(sorted(&letters(&pdf.bytes)), sorted(&paper.text()));
    assert_eq!(letters(&paper.to_docx().expect("as prepared")), bare(&paper.text()));
    dump("everything.pdf", &pdf.bytes);
    dump("everything.docx", &paper.to_docx().expect("as prepared"));
}

#[test]
fn an_annual_report_as_pdf_is_read_back_with_its_figures() {
    for seed in 0..6_u64 {
        let year = if seed % 2 == 0 { 2020 } else { 2024 };
        let mut draft = Draft::new("某某县商务局", year).expect("as prepared");
        let signed_on = date(year + 1, 1, 20);
        draft.signed_on = Some(signed_on);
        draft.sections =
            [1, 2, 3, 4, 5, 6].map(|n| vec![format!("第{n}部分的文字。").repeat(9 * n)]);
        let cells: Vec<_> = draft.cells().map(|(cell, _)| cell).collect();
        for (at, cell) in cells.into_iter().enumerate() {
            draft.figures.set(cell, Some(Decimal::from((at as u64 * 7 + seed) % 1000)));
        }
        let paper = of_neutral(&annual_report::write::paper(&draft), signed_on);
        let pdf = paper.to_pdf(&FONTS).expect("as prepared");
        dump(&format!("report{seed}.pdf"), &pdf.bytes);
        dump(&format!("report{seed}.docx"), &paper.to_docx().expect("as prepared"));
        let document = gongkai_document::read(&pdf.bytes, &Limits::default()).expect("as prepared");
        let report = annual_report::read(&document, "");
        assert_eq!((report.agency.as_deref(), report.year), (Some("某某县商务局"), Some(year)));
        for (cell, value) in draft.cells() {
            assert_eq!(report.figures.get(cell), value, "{seed} {cell}");
        }
    }
}

#[test]
fn an_empty_paper_is_a_page() {
    assert_eq!(pages(Vec::new()), 1);
    assert!(
        gongkai_document::read(
            &plain(Vec::new()).to_docx().expect("as prepared"),
            &Limits::default()
        )
        .is_ok()
    );
}
