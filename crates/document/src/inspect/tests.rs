//! Attachments of every kind, clean ones, telling ones and hostile ones.

use super::*;
use crate::samples::{self, jpeg, png, workbook, zipped};

fn looked(name: &str, bytes: &[u8]) -> Inspection {
    inspect(name, bytes, &Limits::default()).unwrap()
}

fn keys(inspection: &Inspection) -> Vec<&'static str> {
    inspection.findings.iter().map(|finding| finding.key).collect()
}

fn refused(name: &str, bytes: &[u8]) -> String {
    inspect(name, bytes, &Limits::default()).unwrap_err().to_string()
}

#[test]
fn a_clean_document_has_no_findings_and_its_text() {
    let inspection =
        looked("通知.docx", &samples::docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", &[]));
    assert_eq!((inspection.kind, keys(&inspection)), (Kind::Docx, vec![]));
    assert_eq!(inspection.safe_name, "通知.docx");
    assert_eq!(inspection.text.unwrap().blocks.len(), 1);
}

#[test]
fn a_telling_word_document_is_told_of() {
    let inspection = looked("a.docx", &samples::telling_docx());
    let mut keys = keys(&inspection);
    keys.sort();
    assert_eq!(
        keys,
        [
            "author",
            "comments",
            "embedded",
            "external-links",
            "hidden-text",
            "macros",
            "thumbnail",
            "tracked-changes"
        ]
    );
    let author = inspection.findings.iter().find(|finding| finding.key == "author").unwrap();
    for name in ["作者“王某”", "最后修改人“李某”", "单位“示例局”", "自定义属性“内部稿”"]
    {
        assert!(author.message.contains(name), "{}", author.message);
    }
    let tracked = inspection.findings.iter().find(|each| each.key == "tracked-changes").unwrap();
    assert!(tracked.message.contains("赵某"), "{}", tracked.message);
    assert!(inspection.media_type.contains("macroEnabled"));
}

#[test]
fn hidden_things_of_a_workbook_are_told_of() {
    let inspection = looked("a.xlsx", &workbook());
    let mut keys = keys(&inspection);
    keys.sort();
    assert_eq!(keys, ["author", "comments", "hidden-lines", "hidden-sheet", "very-hidden-sheet"]);
    let sheet = inspection.findings.iter().find(|each| each.key == "hidden-sheet").unwrap();
    assert!(sheet.message.contains("底表"), "{}", sheet.message);
}

#[test]
fn slides_are_looked_into_and_their_text_is_read() {
    let slide =
        "<p:sld show=\"0\"><a:p><a:r><a:t>第一</a:t></a:r><a:r><a:t>页</a:t></a:r></a:p></p:sld>";
    let bytes = zipped(&[
        ("ppt/presentation.xml", "<p:presentation/>"),
        ("ppt/slides/slide10.xml", slide),
        ("ppt/slides/slide2.xml", "<p:sld><a:p><a:t>前</a:t></a:p></p:sld>"),
        ("ppt/notesSlides/notesSlide1.xml", "<x/>"),
        ("ppt/comments/comment1.xml", "<p:cmLst/>"),
        ("ppt/comments1/x.xml", "<x/>"),
        ("ppt/comments/comments2.xml", "<p:cmLst><p:cm/></p:cmLst>"),
    ]);
    let inspection = looked("a.pptx", &bytes);
    assert_eq!(keys(&inspection), ["comments", "hidden-slides", "speaker-notes"]);
    let texts: Vec<_> = inspection
        .text
        .unwrap()
        .blocks
        .iter()
        .map(|block| match block {
            crate::Block::Paragraph(paragraph) => paragraph.text.clone(),
            crate::Block::Table(_) => String::new(),
        })
        .collect();
    assert_eq!(texts, ["前", "第一页"]);
}

#[test]
fn what_stands_in_a_pdf_beside_its_pages_is_told_of() {
    let plain = samples::pdf("");
    assert_eq!(keys(&looked("a.pdf", &plain)), Vec::<&str>::new());
    let telling = samples::pdf(
        "6 0 obj<</S/JavaScript/JS(app.alert\\(1\\))>>endobj\n\
        7 0 obj<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(x)>>endobj\n\
        8 0 obj<</Type/EmbeddedFile/Length 1>>stream\nx\nendstream endobj\n\
        9 0 obj<</S/Launch/F(x.exe)>>endobj\n10 0 obj<</Author(Wang)/Creator(WPS)>>endobj\n",
    );
    let mut updated = telling.clone();
    updated.extend_from_slice(b"\n%%EOF\n");
    let inspection = looked("a.pdf", &updated);
    let mut keys = keys(&inspection);
    keys.sort();
    assert_eq!(keys, ["author", "comments", "embedded", "incremental", "launch", "scripts"]);
}

#[test]
fn photos_tell_where_and_who() {
    assert_eq!(keys(&looked("a.jpg", &jpeg(10, 10, false))), Vec::<&str>::new());
    let told = looked("a.jpg", &jpeg(10, 10, true));
    assert_eq!(keys(&told), ["photo-place", "photo-author", "photo-device"]);
    assert_eq!(keys(&looked("a.png", &png(10, 10, true))), ["photo-words"]);
    assert_eq!(keys(&looked("a.mp4", b"\0\0\0\x18ftypmp42....\xA9xyz+30")), ["photo-place"]);
}

#[test]
fn a_pixel_bomb_is_refused_by_its_header() {
    assert!(refused("a.png", &png(60_000, 60_000, false)).contains("3600000000"));
    assert!(refused("a.jpg", &jpeg(60_000, 60_000, false)).contains("像素"));
}

#[test]
fn archives_are_listed_and_bombs_refused() {
    let bytes = zipped(&[
        ("../../etc/x.txt", "甲"),
        ("安装.exe", "MZ"),
        ("内.zip", "PK"),
        ("表.xlsx", "x"),
    ]);
    let inspection = looked("a.zip", &bytes);
    assert_eq!(keys(&inspection), ["zip-path", "zip-program", "zip-nested", "not-inspected"]);
    assert_eq!(inspection.entries.len(), 4);
    assert_eq!(inspection.entries[3].size_bytes, 1);
    let bomb = zipped(&[("a.txt", &"0".repeat(5 << 20))]);
    let limits = Limits { expanded_bytes: 4 << 20, ..Limits::default() };
    let Err(Refusal::Bound { what, .. }) = inspect("a.zip", &bomb, &limits) else {
        panic!("a bomb")
    };
    assert!(what.contains("解压"));
}

#[test]
fn pages_drawings_and_programs_are_refused_whatever_their_name() {
    for (bytes, wanted) in [
        (&b"<!DOCTYPE html><html><script>x</script>"[..], "HTML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "SVG"),
        (b"<?xml version='1.0'?><!-- x --><svg/>", "SVG"),
        (b"<html>\n%PDF-1.4", "PDF"),
        (b"MZ\x90\0", "程序"),
        (b"\x7FELF", "程序"),
        (b"Rar!\x1A\x07", "RAR"),
        (&[0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3], "二进制"),
        (b"", "空"),
    ] {
        for name in ["a.txt", "a.pdf", "a.png"] {
            let said = refused(name, bytes);
            assert!(said.contains(wanted), "{said}");
        }
    }
    assert!(refused("a.js", b"alert(1)").contains("js"));
    assert!(refused("a.txt", b"").contains("空"));
}

#[test]
fn names_lose_their_tricks() {
    let text = "甲，乙".as_bytes();
    for (name, safe, wanted) in [
        ("表.txt", "表.txt", &[][..]),
        ("../../etc/表.txt", "表.txt", &["name-path"]),
        ("C:\\x\\表.txt", "表.txt", &["name-path"]),
        ("表\u{202E}fdp.txt", "表fdp.txt", &["name-invisible"]),
        ("表\0\n.txt", "表.txt", &["name-invisible"]),
        ("表.exe.txt", "表.txt", &["name-double"]),
        ("表?.txt", "表_.txt", &["name-characters"]),
        ("con.txt", "_con.txt", &[]),
        (".txt", "附件.txt", &[]),
        ("表.txt. ", "表.txt", &[]),
    ] {
        let inspection = looked(name, text);
        assert_eq!((&*inspection.safe_name, &*keys(&inspection)), (safe, wanted), "{name:?}");
        assert_eq!(keys(&looked(safe, text)), Vec::<&str>::new(), "{safe}");
    }
    let long = looked(&format!("{}.txt", "长".repeat(300)), text);
    assert_eq!((long.safe_name.chars().count(), keys(&long)), (84, vec!["name-long"]));
    let picture = looked("图.pdf", &png(1, 1, false));
    assert_eq!((&*picture.safe_name, keys(&picture)), ("图.png", vec!["name-extension"]));
    assert_eq!(looked("v1.2 定稿", &png(1, 1, false)).safe_name, "v1.2 定稿.png");
}

#[test]
fn old_documents_are_said_not_to_be_looked_into() {
    for (stream, name, kind) in
        [("WordDocument", "a.wps", Kind::Doc), ("PowerPoint Document", "a.dps", Kind::Ppt)]
    {
        let inspection = looked(name, &samples::ole(stream));
        assert_eq!((inspection.kind, keys(&inspection)), (kind, vec!["not-inspected"]));
    }
    let locked = looked("a.docx", &samples::ole("EncryptedPackage"));
    assert_eq!((locked.kind, keys(&locked)), (Kind::EncryptedOffice, vec!["encrypted"]));
}

#[test]
fn damaged_attachments_are_refused_or_told_of_and_never_panic() {
    for file in
        [samples::telling_docx(), workbook(), samples::pdf(""), jpeg(9, 9, true), png(9, 9, true)]
    {
        for end in (0..file.len()).step_by(1 + file.len() / 60) {
            let _ = inspect("a.x", &file[..end], &Limits::default());
        }
    }
}
