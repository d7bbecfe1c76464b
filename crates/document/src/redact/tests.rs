//! Attacks on copies: where a word may hide, and that it is gone from there.

mod areas;
mod docx;
mod pdf;

use super::*;

/// The copy of a file without words, proved.
fn redacted(bytes: &[u8], words: &[&str]) -> Redacted {
    let marks = Marks { words: owned(words), ..Marks::default() };
    let first = redact(bytes, &marks, &Limits::default()).unwrap();
    let second = redact(bytes, &marks, &Limits::default()).unwrap();
    assert!(first.bytes == second.bytes, "the same input gives the same bytes");
    assert!(first.proof.is_clean());
    first
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn proof(bytes: &[u8], words: &[&str]) -> Proof {
    prove(bytes, &owned(words), &Limits::default()).unwrap()
}

/// All text that our reader finds.
fn text(bytes: &[u8]) -> String {
    let document = crate::read(bytes, &Limits::default()).unwrap();
    let texts = document.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.text.clone(),
        Block::Table(table) => {
            let cells: Vec<_> =
                table.rows.iter().flatten().map(|cell| cell.text.as_str()).collect();
            cells.join("|")
        }
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_text_is_masked_in_every_encoding_and_comes_out_as_utf_8() {
    let source = "关于王某申请公开信息的答复\r\n联系电话１３８-0013-8000。王\u{3000}某";
    let (gbk, ..) = encoding_rs::GBK.encode(source);
    let wide: Vec<u8> =
        [0xFEFF].into_iter().chain(source.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [source.as_bytes(), &gbk, &wide] {
        assert!(!proof(bytes, &["王某", "13800138000"]).found.is_empty());
        let copy = redacted(bytes, &["王某", "13800138000"]);
        let text = String::from_utf8(copy.bytes).unwrap();
        assert_eq!(text, "关于■■■申请公开信息的答复\r\n联系电话■■■。■■■");
        assert_eq!(copy.met, [("王某".to_owned(), 2), ("13800138000".to_owned(), 1)]);
    }
}

#[test]
fn what_cannot_be_redacted_surely_is_refused() {
    let marks = Marks { words: owned(&["王某"]), ..Marks::default() };
    let refused = |bytes: &[u8]| redact(bytes, &marks, &Limits::default()).unwrap_err();
    assert!(matches!(refused(b"<html><body>x</body></html>"), Refusal::Format("网页文件")));
    assert!(matches!(refused(&crate::samples::workbook()), Refusal::Format("电子表格")));
    assert!(matches!(refused(b"\x81\x30\xFF\xFE\x00\x99abc\xFF"), Refusal::Encoding));
    assert!(matches!(refused(b""), Refusal::Unreadable(ReadError::Empty)));
    let nothing = redact(b"x", &Marks::default(), &Limits::default());
    assert_eq!(nothing, Err(Refusal::NothingMarked));
    let area = Area { page: 1, left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 };
    let marks = Marks { areas: vec![area], ..Marks::default() };
    let nowhere = redact("甲".as_bytes(), &marks, &Limits::default());
    assert_eq!(nowhere, Err(Refusal::BadArea { page: 1 }));
}

#[test]
fn a_place_of_the_reading_names_the_word_that_stands_there() {
    let document = crate::read("第一行\n由王某签收".as_bytes(), &Limits::default()).unwrap();
    let Block::Paragraph(second) = &document.blocks[1] else { unreachable!() };
    assert_eq!(word_at(&document, second.place, 1..3).as_deref(), Some("王某"));
    assert_eq!(word_at(&document, second.place, 3..9), None);
    assert_eq!(word_at(&document, second.place, 3..3), None);
    assert_eq!(word_at(&document, Place::default(), 0..1), None);
}

#[test]
fn a_word_in_any_encoding_in_a_package_is_found() {
    let wide: Vec<u8> = "王某甲".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (gbk, ..) = encoding_rs::GBK.encode("王某甲");
    let hex = "738B67D07532";
    for hidden in [&wide[..], &gbk, "王某甲".as_bytes(), hex.as_bytes()] {
        let mut parts = vec![
            (
                "word/document.xml".to_owned(),
                b"<d><body><p><r><t>x</t></r></p></body></d>".to_vec(),
            ),
            ("word/data.bin".to_owned(), [b"\x01\x02", hidden].concat()),
        ];
        let bytes = crate::scrub::package::zipped(&parts);
        let proof = proof(&bytes, &["王某甲"]);
        assert_eq!(proof.found[0].part, "word/data.bin", "{hidden:?}");
        assert_eq!(proof.n_bytes, bytes.len() as u64);
        // The same inside a package within the package.
        let inner = crate::scrub::package::zipped(&parts);
        parts[1].1 = inner;
        let outer = crate::scrub::package::zipped(&parts);
        assert!(!prove(&outer, &owned(&["王某甲"]), &Limits::default()).unwrap().is_clean());
    }
}

#[test]
fn a_proof_is_kept_as_it_is() {
    let proof = proof("甲乙".as_bytes(), &["乙"]);
    assert_eq!(proof.found.len(), 3, "{:?}", proof.found);
    let kept = serde_json::to_string(&proof).unwrap();
    assert_eq!(serde_json::from_str::<Proof>(&kept).unwrap(), proof);
}
