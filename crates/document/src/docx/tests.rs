//! Oddities of real Word documents, each with the blocks that come of it.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::*;

/// A container of the given parts.
fn container(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn main_part(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body>{body}</w:body></w:document>")
}

fn docx(body: &str) -> Vec<u8> {
    container(&[("word/document.xml", &main_part(body))])
}

fn read_body(body: &str) -> Document {
    let document = crate::read(&docx(body), &Limits::default()).unwrap();
    assert_eq!(document.format, Format::Docx);
    document
}

/// Blocks as text: headings with `#`, cells as `text@column+columns*rows`.
fn shown(document: &Document) -> Vec<String> {
    let cell = |cell: &crate::Cell| {
        let spans = match (cell.column_span, cell.row_span) {
            (1, 1) => String::new(),
            (columns, rows) => format!("+{columns}*{rows}"),
        };
        format!("{}@{}{spans}", cell.text, cell.column)
    };
    let row = |row: &Vec<crate::Cell>| row.iter().map(cell).collect::<Vec<_>>().join(" | ");
    let block = |block: &Block| match block {
        Block::Paragraph(Paragraph { text, heading: Some(level), .. }) => {
            format!("#{level} {text}")
        }
        Block::Paragraph(paragraph) => paragraph.text.clone(),
        Block::Table(table) => table.rows.iter().map(row).collect::<Vec<_>>().join(" / "),
    };
    document.blocks.iter().map(block).collect()
}

fn kinds(document: &Document) -> Vec<RemarkKind> {
    document.remarks.iter().map(|remark| remark.kind).collect()
}

fn check(body: &str, blocks: &[&str]) {
    assert_eq!(shown(&read_body(body)), blocks, "{body}");
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn tc(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

#[test]
fn runs_tabs_breaks_and_hyphens_make_a_paragraph() {
    check(
        "<w:p><w:pPr><w:tabs><w:tab w:pos=\"1\"/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">甲 </w:t>\
         <w:tab/><w:t>A&amp;B&#x4E59;</w:t><w:br/><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r></w:p>",
        &["甲 \tA&B乙", "1-2"],
    );
}

#[test]
fn links_fields_controls_and_smart_tags_are_kept_but_not_their_codes() {
    check(
        "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent><w:p><w:hyperlink><w:r><w:t>甲</w:t></w:r>\
         </w:hyperlink><w:bookmarkStart w:name=\"_GoBack\"/><w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>\
         <w:fldSimple w:instr=\"x\"><w:r><w:t>乙</w:t></w:r></w:fldSimple><w:smartTag><w:r><w:t>丙</w:t></w:r>\
         </w:smartTag></w:p></w:sdtContent></w:sdt>",
        &["甲乙丙"],
    );
}

#[test]
fn tracked_changes_are_settled_and_said_so() {
    let document = read_body(
        "<w:p><w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>12</w:delText><w:t>12</w:t></w:r></w:del>\
         <w:ins><w:r><w:t>13</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>\
         <w:r><w:t>件</w:t></w:r></w:p>",
    );
    assert_eq!(shown(&document), ["共13件"]);
    assert_eq!(kinds(&document), [RemarkKind::TrackedChanges]);
}

#[test]
fn a_deleted_paragraph_end_joins_two_paragraphs() {
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>{}",
        p("乙")
    );
    check(&body, &["甲乙"]);
}

#[test]
fn a_deleted_row_is_left_out() {
    let row = |properties: &str, text: &str| {
        format!("<w:tr><w:trPr>{properties}</w:trPr>{}{}</w:tr>", tc("", &p(text)), tc("", &p("0")))
    };
    check(&format!("<w:tbl>{}{}</w:tbl>", row("<w:del/>", "甲"), row("", "乙")), &["乙@0 | 0@1"]);
}

#[test]
fn text_boxes_are_read_once() {
    let text_box = format!("<w:txbxContent>{}</w:txbxContent>", p("框"));
    check(
        &format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice>{text_box}</mc:Choice><mc:Fallback>{text_box}\
             </mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>甲</w:t></w:r></w:p>"
        ),
        &["框", "甲"],
    );
}

#[test]
fn hidden_runs_are_left_out_and_said_so() {
    let document = read_body(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>\
         <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r></w:p>",
    );
    assert_eq!(shown(&document), ["显"]);
    assert_eq!(kinds(&document), [RemarkKind::Hidden]);
}

fn run(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
}

#[test]
fn struck_runs_are_left_out_and_said_so() {
    for struck in ["<w:strike/>", "<w:dstrike w:val=\"true\"/>"] {
        let runs = run(struck, "5") + &run("<w:strike w:val=\"0\"/>", "2") + &run("", "6");
        let document = read_body(&format!("<w:p>{runs}</w:p>"));
        assert_eq!(shown(&document), ["26"]);
        assert_eq!(kinds(&document), [RemarkKind::TrackedChanges]);
    }
    let blank = read_body(&format!("<w:p>{}{}</w:p>", run("<w:strike/>", " "), run("", "甲")));
    assert_eq!(kinds(&blank), []);
}

#[test]
fn digits_above_and_below_the_line_do_not_join_a_number() {
    let align = |value: &str| format!("<w:vertAlign w:val=\"{value}\"/>");
    let runs = run("", "16")
        + &run(&align("superscript"), "1")
        + &run(&align("baseline"), "7")
        + &run(&align("subscript"), "2")
        + &run("", "件");
    check(&format!("<w:p>{runs}</w:p>"), &["16¹7₂件"]);
}

#[test]
fn small_digits_raised_by_hand_do_not_join_a_number() {
    let raised = "<w:position w:val=\"6\"/><w:sz w:val=\"13\"/>";
    let lowered = "<w:position w:val=\"-4\"/><w:sz w:val=\"13\"/>";
    let level = "<w:sz w:val=\"21\"/>";
    let line = |runs: String| format!("<w:p>{runs}</w:p>");
    check(&line(run("", "12") + &run(raised, "1")), &["12¹"]);
    check(&line(run(level, "12") + &run(raised, "[1]") + &run(level, "件")), &["12[¹]件"]);
    check(&line(run(raised, "1") + &run(raised, " 2") + &run(level, "12")), &["¹ ²12"]);
    check(&line(run(level, "H") + &run(lowered, "2") + &run(level, "O")), &["H₂O"]);
    let cell = tc("", &line(run(level, "12") + &run(raised, "1"))) + &tc("", &p("3"));
    check(&format!("<w:tbl><w:tr>{cell}</w:tr></w:tbl>"), &["12¹@0 | 3@1"]);
}

#[test]
fn text_that_is_raised_as_a_whole_or_is_not_smaller_stays() {
    let raised = |size: u32| format!("<w:position w:val=\"6\"/><w:sz w:val=\"{size}\"/>");
    let level = "<w:position w:val=\"0\"/><w:sz w:val=\"21\"/>";
    let line = |runs: String| format!("<w:p>{runs}</w:p>");
    check(&line(run(&raised(13), "1") + &run(&raised(21), "2")), &["12"]);
    check(&line(run(level, "1") + &run(&raised(21), "2") + &run(&raised(32), "3")), &["123"]);
    check(&line(run(&raised(21), "2") + &run(level, "1")), &["21"]);
}

#[test]
fn styles_say_how_large_and_how_high_digits_stand() {
    let style = |kind: &str, id: &str, properties: &str| {
        format!("<w:style {kind} w:styleId=\"{id}\"><w:rPr>{properties}</w:rPr></w:style>")
    };
    let styles = "<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"18\"/></w:rPr>\
        </w:rPrDefault></w:docDefaults>"
        .to_owned()
        + &style("w:type=\"paragraph\" w:default=\"1\"", "a", "<w:sz w:val=\"21\"/>")
        + &style("", "big", "<w:sz w:val=\"32\"/>")
        + &style("", "mark", "<w:vertAlign w:val=\"superscript\"/>")
        + &style("", "hand", "<w:position w:val=\"6\"/><w:sz w:val=\"20\"/>")
        + "</w:styles>";
    let of_style = |style: &str| format!("<w:rStyle w:val=\"{style}\"/>");
    let line = |style: &str, mark: &str| {
        let style = format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
        format!("<w:p>{style}{}{}</w:p>", run("", "12"), run(mark, "1"))
    };
    let body = line("a", &of_style("mark"))
        + &line("a", &of_style("hand"))
        + &line("none", &of_style("hand"))
        + &line("big", "<w:position w:val=\"6\"/><w:sz w:val=\"31\"/>")
        + &format!("<w:p>{}{}</w:p>", run("", "12"), run(&of_style("hand"), "1"));
    let parts = [("word/document.xml", main_part(&body)), ("word/styles.xml", styles)];
    let parts = parts.each_ref().map(|(name, text)| (*name, text.as_str()));
    let document = crate::read(&container(&parts), &Limits::default()).unwrap();
    assert_eq!(shown(&document), ["12¹", "12¹", "121", "12¹", "12¹"]);
}

#[test]
fn merged_cells_stand_once() {
    let header = tc("<w:gridSpan w:val=\"2\"/>", &p("甲"))
        + &tc("<w:vMerge w:val=\"restart\"/>", &(p("乙") + &p("丙")));
    let below = tc("", &p("1")) + &tc("", &p("2")) + &tc("<w:vMerge/>", "<w:p/>");
    let last = tc("", &p("3")) + &tc("", "<w:p/>") + &tc("", &p("5"));
    check(
        &format!("<w:tbl><w:tr>{header}</w:tr><w:tr>{below}</w:tr><w:tr>{last}</w:tr></w:tbl>"),
        &["甲@0+2*1 | 乙\n丙@2+1*2 / 1@0 | 2@1 / 3@0 | @1 | 5@2"],
    );
}

#[test]
fn old_horizontal_merges_and_free_columns_count() {
    let row = "<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>".to_owned()
        + &tc("<w:hMerge w:val=\"restart\"/>", &p("甲"))
        + &tc("<w:hMerge/>", "<w:p/>")
        + &tc("", &p("乙"));
    check(&format!("<w:tbl><w:tr>{row}</w:tr></w:tbl>"), &["甲@1+2*1 | 乙@3"]);
}

#[test]
fn a_table_in_a_cell_comes_after_and_layout_tables_dissolve() {
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", &p("a")), tc("", &p("b")));
    let cell = tc("", &(p("前") + &inner + &p("后")));
    check(
        &format!("<w:tbl><w:tr>{cell}{}</w:tr></w:tbl>", tc("", &p("右"))),
        &["前\n后@0 | 右@1", "a@0 | b@1"],
    );
    check(&format!("<w:tbl><w:tr>{cell}</w:tr></w:tbl>"), &["前", "a@0 | b@1", "后"]);
}

#[test]
fn headings_numbers_and_the_title_come_from_other_parts() {
    let styles = "<w:styles><w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr>\
        <w:numId w:val=\"7\"/></w:numPr></w:pPr></w:style><w:style w:styleId=\"a\"><w:basedOn w:val=\"1\"/>\
        </w:style><w:style w:styleId=\"z\"><w:basedOn w:val=\"z\"/></w:style></w:styles>";
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
        <w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\">\
        <w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2.\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"7\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let styled = |style: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let listed = "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"7\"/>\
        </w:numPr></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>";
    let body =
        styled("1", "甲") + listed + listed + &styled("a", "丙") + listed + &styled("z", "丁");
    let bytes = container(&[
        ("word/document.xml", &main_part(&body)),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering),
        ("docProps/core.xml", "<c:p><dc:title>年度报告</dc:title></c:p>"),
    ]);
    let document = crate::read(&bytes, &Limits::default()).unwrap();
    assert_eq!(shown(&document), ["#1 一、甲", "#2 1.乙", "#2 2.乙", "#1 二、丙", "#2 1.乙", "丁"]);
    assert_eq!(document.title.as_deref(), Some("年度报告"));
}

#[test]
fn macros_are_said_to_be_there() {
    let bytes =
        container(&[("word/document.xml", &main_part(&p("甲"))), ("word/vbaProject.bin", "x")]);
    assert_eq!(kinds(&crate::read(&bytes, &Limits::default()).unwrap()), [RemarkKind::Macros]);
}

#[test]
fn a_broken_main_part_is_read_as_far_as_it_goes() {
    let whole = main_part(&(p("甲") + &p("乙")));
    let cut = &whole[..whole.find('乙').unwrap()];
    let document =
        crate::read(&container(&[("word/document.xml", cut)]), &Limits::default()).unwrap();
    assert_eq!(shown(&document), ["甲"]);
    assert_eq!(kinds(&document), [RemarkKind::Damaged]);
    let nothing = container(&[("word/document.xml", "<w:document")]);
    assert!(matches!(crate::read(&nothing, &Limits::default()), Err(ReadError::Broken { .. })));
}

#[test]
fn entities_of_a_doctype_are_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>".to_owned()
        + &main_part(&p("&b;"));
    let outcome = crate::read(&container(&[("word/document.xml", &bomb)]), &Limits::default());
    assert!(matches!(outcome, Err(ReadError::Broken { .. })));
}

fn limit(bytes: &[u8], limits: &Limits) -> &'static str {
    match crate::read(bytes, limits) {
        Err(ReadError::Limit { name, .. }) => name,
        other => panic!("no bound was met: {:?}", other.map(|document| document.blocks.len())),
    }
}

#[test]
fn every_bound_is_kept() {
    let usual = Limits::default();
    let deep = docx(&"<w:sdt>".repeat(100_000));
    assert_eq!(limit(&deep, &usual), "depth");
    let bomb = docx(&p(&"0".repeat(3 << 20)));
    assert!(bomb.len() < 100_000);
    assert_eq!(
        limit(&bomb, &Limits { expanded_bytes: 1 << 20, ..usual.clone() }),
        "expanded-bytes"
    );
    let names: Vec<String> = (0..40).map(|number| format!("{number}.xml")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(
        limit(&container(&parts), &Limits { zip_entries: 30, ..usual.clone() }),
        "zip-entries"
    );
    let cells = tc("<w:gridSpan w:val=\"99999999\"/>", "").repeat(3);
    let table = docx(&format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>"));
    assert_eq!(limit(&table, &Limits { table_cells: 2000, ..usual.clone() }), "table-cells");
    let time = std::time::Duration::ZERO;
    assert_eq!(limit(&docx(&p("甲")), &Limits { time, ..usual.clone() }), "time");
    assert_eq!(limit(&docx(""), &Limits { input_bytes: 10, ..usual }), "input-bytes");
}

#[test]
fn an_encrypted_entry_is_said_to_be_one() {
    let mut bytes = docx(&p("甲"));
    // Bit 0 of the flags, in the local header and in the directory.
    bytes[6] |= 1;
    let at = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bytes[at + 8] |= 1;
    assert_eq!(crate::read(&bytes, &Limits::default()), Err(ReadError::Encrypted));
}
