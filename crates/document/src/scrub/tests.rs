//! Cleaned copies: nothing that was to go is found, and all that is shown stays.

use super::*;
use crate::samples::{self, jpeg, png, workbook};
use crate::{Block, read};

fn scrubbed(name: &str, bytes: &[u8], options: Options) -> Scrubbed {
    let first = scrub(name, bytes, options, &Limits::default()).unwrap().unwrap();
    let second = scrub(name, bytes, options, &Limits::default()).unwrap().unwrap();
    assert_eq!(first.bytes, second.bytes, "the same input gives the same bytes");
    let again = scrub(name, &first.bytes, options, &Limits::default()).unwrap().unwrap();
    assert_eq!((again.bytes == first.bytes, again.removed), (true, vec![]));
    first
}

fn blocks(bytes: &[u8]) -> Vec<Block> {
    read(bytes, &Limits::default()).unwrap().blocks
}

fn keys(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.key).collect()
}

/// Whether any part of a package holds a piece of text.
fn holds(bytes: &[u8], piece: &str) -> bool {
    let limits = Limits::default();
    let clock = Deadline::start(&limits);
    let mut container = crate::container::open(bytes, &limits, "ZIP ").unwrap();
    let names: Vec<String> = container.names().collect();
    names.iter().any(|name| {
        let part = container.part(name, &clock).unwrap().unwrap();
        name.contains(piece) || String::from_utf8_lossy(&part).contains(piece)
    })
}

#[test]
fn a_word_document_keeps_its_text_and_loses_what_it_told() {
    let before = samples::telling_docx();
    let copy = scrubbed("a.docx", &before, Options::default());
    assert_eq!(blocks(&copy.bytes), blocks(&before));
    let mut removed = copy.removed.clone();
    removed.sort();
    assert_eq!(removed, ["author", "comments", "thumbnail", "tracked-changes"]);
    for name in [
        "王某",
        "李某",
        "赵某",
        "钱某",
        "示例局",
        "内部稿",
        "删去",
        "整段",
        "删行",
        "comments",
        "docProps",
    ] {
        assert!(!holds(&copy.bytes, name), "{name}");
    }
    let mut stays = keys(&copy.findings);
    stays.sort();
    assert_eq!(stays, ["embedded", "external-links", "hidden-text", "macros"]);
}

#[test]
fn a_clean_document_stays_as_it_reads() {
    let before = samples::docx(
        "<w:p><w:r><w:t xml:space=\"preserve\"> 甲 &lt;&#x4E59;</w:t></w:r></w:p>",
        &[],
    );
    let copy = scrubbed("a.docx", &before, Options::default());
    assert_eq!(blocks(&copy.bytes), blocks(&before));
    assert!(copy.findings.is_empty() && copy.removed.is_empty());
}

#[test]
fn a_workbook_loses_comments_and_names_and_keeps_its_sheets() {
    let before = workbook();
    let copy = scrubbed("a.xlsx", &before, Options::default());
    assert_eq!(blocks(&copy.bytes), blocks(&before));
    let mut removed = copy.removed.clone();
    removed.sort();
    assert_eq!(removed, ["author", "comments"]);
    assert!(
        holds(&copy.bytes, "名单甲")
            && !holds(&copy.bytes, "批注")
            && !holds(&copy.bytes, "vmlDrawing1")
    );
}

#[test]
fn hidden_sheets_go_with_all_that_is_theirs_when_wanted() {
    let before = workbook();
    assert!(holds(&before, "名单乙"));
    let copy = scrubbed("a.xlsx", &before, Options { remove_hidden_sheets: true });
    let texts = |bytes: &[u8]| {
        format!(
            "{:?}",
            blocks(bytes)
                .iter()
                .map(|block| match block {
                    Block::Paragraph(paragraph) => vec![paragraph.text.clone()],
                    Block::Table(table) =>
                        table.rows.iter().flatten().map(|cell| cell.text.clone()).collect(),
                })
                .collect::<Vec<_>>()
        )
    };
    assert_eq!(texts(&copy.bytes), texts(&before));
    for name in ["名单甲", "名单乙", "底表", "更深"] {
        assert!(!holds(&copy.bytes, name), "{name}");
    }
    assert!(holds(&copy.bytes, "许可") && holds(&copy.bytes, "末"));
    assert_eq!(keys(&copy.findings), ["hidden-lines"]);
}

#[test]
fn a_photo_forgets_where_and_who_and_still_stands_upright() {
    let copy = scrubbed("a.jpg", &jpeg(10, 10, true), Options::default());
    assert_eq!(copy.removed, ["photo-place", "photo-author", "photo-device"]);
    assert!(copy.findings.is_empty());
    let exif =
        exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&copy.bytes)).unwrap();
    let turned = exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY).unwrap();
    assert_eq!((turned.value.get_uint(0), exif.fields().count()), (Some(6), 1));
    let copy = scrubbed("a.png", &png(10, 10, true), Options::default());
    assert_eq!((&*copy.removed, copy.bytes), (&["photo-words"][..], png(10, 10, false)));
}

#[test]
fn what_cannot_be_cleaned_here_gives_no_copy() {
    let none = scrub("a.pdf", &samples::pdf(""), Options::default(), &Limits::default());
    assert_eq!(none, Ok(None));
    assert!(scrub("a.html", b"<html></html>", Options::default(), &Limits::default()).is_err());
}
