//! Fonts by their names: folders of one's own, what is no font, what is missing. Needs Debian's
//! fonts-noto-cjk.

use gongkai_typeset::paper::{Align, BLACK, Block, Face, Page, Paper, Paragraph, Role, Run, Style};
use gongkai_typeset::{Fonts, Problem, pdf};
use jiff::civil::date;
use std::fs;
use std::path::Path;

const NOTO: &str = "/usr/share/fonts/opentype/noto";

fn paper(face: Face, text: &str) -> Paper {
    let style = Style { face, size_pt: 16.0, spacing_pt: 0.0, color: BLACK };
    let paragraph = Paragraph {
        role: Role::Text,
        runs: vec![Run { text: text.to_owned(), style }],
        align: Align::Left,
        first_line_pt: 0.0,
        left_pt: 0.0,
        right_pt: 0.0,
        line_pt: 30.0,
        before_pt: 0.0,
        keep_with_next: false,
        picture: None,
    };
    Paper {
        title: "试".to_owned(),
        author: String::new(),
        date: date(2025, 3, 10),
        page: Page {
            width_mm: 210.0,
            height_mm: 297.0,
            top_mm: 37.0,
            left_mm: 28.0,
            area_width_mm: 156.0,
            area_height_mm: 225.0,
            line_pt: 30.0,
            size_pt: 16.0,
            number: None,
        },
        first_page: Vec::new(),
        blocks: vec![Block::Paragraph(paragraph)],
        closing: Vec::new(),
    }
}

fn folder_with(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("as prepared");
    let inner = folder.path().join("below");
    fs::create_dir(&inner).expect("as prepared");
    for file in files {
        std::os::unix::fs::symlink(Path::new(NOTO).join(file), inner.join(file))
            .expect("as prepared");
    }
    folder
}

#[test]
fn a_face_that_is_not_in_the_folders_is_named() {
    let folder = folder_with(&["NotoSerifCJK-Regular.ttc"]);
    let fonts = Fonts::find_only_in(&[folder.path().to_owned()]);
    assert!(pdf(&paper(Face::Text, "正文"), &fonts).is_ok());
    let problem = pdf(&paper(Face::Display, "标题"), &fonts).unwrap_err();
    assert!(matches!(&problem, Problem::NoFont { face, .. } if face == "小标宋"), "{problem}");
}

#[test]
fn what_is_no_font_is_passed_over_and_what_is_cut_off_is_named() {
    let folder = folder_with(&["NotoSerifCJK-Regular.ttc"]);
    fs::write(folder.path().join("a.ttf"), b"no font at all").expect("as prepared");
    fs::write(folder.path().join("b.otf"), b"OTTO\xff\xff\xff\xff\xff\xff\xff\xff")
        .expect("as prepared");
    fs::write(folder.path().join("c.ttc"), b"ttcf\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff")
        .expect("as prepared");
    fs::write(folder.path().join("empty.ttf"), b"").expect("as prepared");
    let fonts = Fonts::find_only_in(&[folder.path().to_owned()]);
    assert!(pdf(&paper(Face::Text, "正文"), &fonts).is_ok());
    // The file loses its letters after its names were read.
    let inner = folder.path().join("below/NotoSerifCJK-Regular.ttc");
    let fonts = Fonts::find_only_in(&[folder.path().to_owned()]);
    fs::remove_file(&inner).expect("as prepared");
    fs::write(&inner, b"ttcf").expect("as prepared");
    let problem = pdf(&paper(Face::Text, "正文"), &fonts).unwrap_err();
    assert!(matches!(&problem, Problem::BrokenFont { path } if *path == inner), "{problem}");
}

#[test]
fn a_letter_that_the_face_lacks_is_borrowed_and_told() {
    let folder = folder_with(&["NotoSerifCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"]);
    let fonts = Fonts::find_only_in(&[folder.path().to_owned()]);
    let whole = pdf(&paper(Face::Text, "正文"), &fonts).expect("as prepared");
    assert_eq!((whole.borrowed.as_str(), whole.n_pages), ("", 1));
    let problem = pdf(&paper(Face::Text, "正\u{f0000}文"), &fonts).unwrap_err();
    assert_eq!(problem, Problem::NoLetters("\u{f0000}".to_owned()));
}

#[test]
fn the_file_says_that_it_is_an_archive_with_tags_and_in_chinese() {
    let file = pdf(&paper(Face::Text, "正文"), &Fonts::find(&[])).expect("as prepared").bytes;
    let file = String::from_utf8_lossy(&file).into_owned();
    for mark in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>U</pdfaid:conformance>",
        "/Marked true",
        "/Lang(zh-CN)",
        "2025-03-10",
    ] {
        assert!(file.contains(mark), "{mark}");
    }
}
