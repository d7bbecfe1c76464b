//! Oddities of real pages, each with the blocks that come of it.

use super::*;
use crate::{Block, Format, RemarkKind};

fn read_page(html: &str) -> Document {
    let document = crate::read(html.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(document.format, Format::Html);
    document
}

/// Blocks as text: paragraphs as they stand, headings with `#`, cells as `text@column+columns*rows`.
fn shown(document: &Document) -> Vec<String> {
    let block = |block: &Block| match block {
        Block::Paragraph(paragraph) => match paragraph.heading {
            Some(level) => format!("#{level} {}", paragraph.text),
            None => paragraph.text.clone(),
        },
        Block::Table(table) => {
            let cell = |cell: &crate::Cell| {
                let spans = match (cell.column_span, cell.row_span) {
                    (1, 1) => String::new(),
                    (columns, rows) => format!("+{columns}*{rows}"),
                };
                format!("{}@{}{spans}", cell.text, cell.column)
            };
            let row = |row: &Vec<crate::Cell>| row.iter().map(cell).collect::<Vec<_>>().join(" | ");
            table.rows.iter().map(row).collect::<Vec<_>>().join(" / ")
        }
    };
    document.blocks.iter().map(block).collect()
}

fn check(html: &str, blocks: &[&str]) {
    assert_eq!(shown(&read_page(html)), blocks, "{html}");
}

#[test]
fn blocks_and_breaks_end_paragraphs() {
    check(
        "<h2>一、总体情况</h2><p>甲<br>乙</p><div>丙<div>丁</div>戊</div><ul><li>己<li>庚</ul>",
        &["#2 一、总体情况", "甲", "乙", "丙", "丁", "戊", "己", "庚"],
    );
}

#[test]
fn white_space_collapses_but_no_break_spaces_stay() {
    check("<p> a \n\t b&nbsp;&nbsp;c　d </p><p>&nbsp;</p>", &["a b\u{a0}\u{a0}c　d"]);
    check("<p>主动\n公开<span> 3</span> 件</p>", &["主动公开 3 件"]);
}

#[test]
fn scripts_styles_controls_and_hidden_things_are_left_out() {
    let page = read_page(
        "<html><head><title> 年度\n报告 </title><style>p{}</style></head><body>\
         <script>var a='<p>x</p>'</script><noscript>n</noscript><template><p>t</p></template>\
         <p style='DISPLAY: none'>h</p><p hidden>h</p><input type=hidden value=v>\
         <select><option>2019</select><p>甲</p>",
    );
    assert_eq!(shown(&page), ["甲"]);
    assert_eq!(page.title.as_deref(), Some("年度报告"));
    let kinds: Vec<_> = page.remarks.iter().map(|remark| remark.kind).collect();
    assert_eq!(kinds, [RemarkKind::Hidden]);
}

#[test]
fn hidden_things_without_text_are_not_worth_a_remark() {
    let page = read_page("<p>甲</p><div style='display:none'><script>x</script> </div>");
    assert_eq!(page.remarks, []);
}

#[test]
fn deletions_are_left_out_and_said_so() {
    let page = read_page("<p>共<del>12</del><ins>13</ins>件<span class=msoDel>x</span></p>");
    assert_eq!(shown(&page), ["共13件"]);
    assert_eq!(page.remarks[0].kind, RemarkKind::TrackedChanges);
}

#[test]
fn struck_text_is_left_out_and_its_cell_stays() {
    for struck in [
        "<s>5</s>25",
        "<strike>5</strike>25",
        "<span style='text-decoration: line-through'>5<b style='text-decoration:none'>6</b></span>25",
    ] {
        let page = read_page(&format!("<table><tr><td>甲<td>{struck}<td>1</table>"));
        assert_eq!(shown(&page), ["甲@0 | 25@1 | 1@2"], "{struck}");
        assert_eq!(page.remarks[0].kind, RemarkKind::TrackedChanges, "{struck}");
    }
    check(
        "<table><tr><td>甲<td style='text-decoration:line-through'>5<td>1</table>",
        &["甲@0 | @1 | 1@2"],
    );
    check("<p><u>甲</u><span style='text-decoration:underline'>乙</span></p>", &["甲乙"]);
}

#[test]
fn text_that_cannot_be_seen_is_left_out_and_its_cell_stays() {
    for style in [
        "font-size:0",
        "font-size: 0pt",
        "visibility:hidden",
        "visibility: collapse",
        "color:#fff;background:white",
    ] {
        let cell = format!("<td>2<span style='{style}'>7</span>5<td style='{style}'>8<td>1");
        let page = read_page(&format!("<table><tr>{cell}</table>"));
        assert_eq!(shown(&page), ["25@0 | @1 | 1@2"], "{style}");
        assert_eq!(page.remarks[0].kind, RemarkKind::Hidden, "{style}");
    }
}

#[test]
fn text_that_is_shown_within_hidden_text_is_read() {
    check("<div style='font-size:0'>a<p style='font-size:14px'>甲</p></div>", &["甲"]);
    check("<div style='font-size:0'>a<p style='font-size:2em'>b</p></div>", &[]);
    check(
        "<div style='visibility:hidden'>a<p style='visibility:visible'>甲</p>b</div>c",
        &["甲", "c"],
    );
    check("<p style='color:#fff;background:#fff'>a<b style='color:red'>甲</b></p>", &["甲"]);
    check("<p style='color:#fff'>1<b style='background:#fff'>2</b></p>", &["12"]);
    let page = read_page("<div style='font-size:0'> \n <p style='font-size:9pt'>甲</p></div>");
    assert_eq!(page.remarks, []);
}

#[test]
fn digits_above_and_below_the_line_do_not_join_a_number() {
    check("<p>16<sup>1</sup>件，H<sub>2</sub>O，m<sup><b>2</b></sup>3</p>", &["16¹件，H₂O，m²3"]);
    check("<p>16<span style='vertical-align:super'>[12]</span></p>", &["16[¹²]"]);
    check("<table><tr><td style='vertical-align:super'>16<td>2</table>", &["16@0 | 2@1"]);
}

#[test]
fn small_digits_raised_by_hand_do_not_join_a_number() {
    let word = "font-size:7.5pt;position:relative;top:-3.0pt;mso-text-raise:3.0pt";
    check(&format!("<p>16<span style='{word}'>1</span>件"), &["16¹件"]);
    check(&format!("<p><span style='font-size:9pt'>16</span><span style='{word}'>1"), &["16¹"]);
    check("<p>16<span style='top:-.3em;position:relative;font-size:60%'><b>1</b>", &["16¹"]);
    check("<p>H<span style='font-size:7pt;mso-text-raise:-2pt'>2</span>O", &["H₂O"]);
    check("<p>16<span style='font-size:8px;vertical-align:3px'>1</span>", &["16¹"]);
    let word = "font-size:8pt;mso-text-raise:3pt;vertical-align:baseline";
    check(&format!("<p>16<span style='{word}'>1</span>"), &["16¹"]);
}

#[test]
fn digits_that_are_only_moved_or_only_small_stay() {
    let raised = "position:relative;top:-3pt";
    check(&format!("<p>1<span style='{raised}'>6</span>"), &["16"]);
    check(&format!("<p>1<span style='{raised};font-size:14pt'>6</span>"), &["16"]);
    check("<p>1<span style='font-size:7pt;position:relative;top:0'>6</span>", &["16"]);
    check("<p>1<span style='font-size:7pt;top:-3pt'>6</span>", &["16"]);
    check(
        &format!("<table><tr><td>1<td><span style='{raised};font-size:7pt'>6</span></table>"),
        &["1@0 | 6@1"],
    );
    check(&format!("<div style='{raised};font-size:7pt'>16</div>"), &["16"]);
}

#[test]
fn spans_give_grid_columns() {
    check(
        "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>",
        &["a@0+1*2 | b@1+2*1 / c@1 | d@2"],
    );
}

#[test]
fn a_row_span_of_zero_and_one_too_large_end_with_the_row_group() {
    check(
        "<table><tbody><tr><td rowspan=0>a<td rowspan=99>b<td>c<tr><td>d<tbody><tr><td>e<td>f</table>",
        &["a@0+1*2 | b@1+1*2 | c@2 / d@2 / e@0 | f@1"],
    );
}

#[test]
fn overlapping_cells_are_cut_short() {
    check(
        "<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d<td>e</table>",
        &["a@0 | b@1+1*2 | c@2 / d@0 | e@2"],
    );
}

#[test]
fn columns_in_which_no_cell_begins_do_not_count() {
    check(
        "<table><tr><td colspan=9>a<tr><td>b<td colspan=1000>c</table>",
        &["a@0+2*1 / b@0 | c@1"],
    );
}

#[test]
fn cells_keep_their_lines_and_blank_ones_are_empty() {
    check(
        "<table><caption>表一</caption><tr><th><p>本年</p><p>&nbsp;</p><p>制发</p><th>件<br>数\
         <tr><td>&nbsp;<td> </table>",
        &["表一", "本年\n制发@0 | 件\n数@1 / @0 | @1"],
    );
}

#[test]
fn the_foot_comes_last_as_it_is_shown() {
    check(
        "<table><tfoot><tr><td>合计<td>2</tfoot><tr><td>甲<td>2</table>",
        &["甲@0 | 2@1 / 合计@0 | 2@1"],
    );
}

#[test]
fn a_layout_table_is_text_around_the_tables_in_it() {
    check(
        "<table><tr><td>导航<td>标题<table><tr><td>a<td>b</table>正文</table>",
        &["导航", "标题", "a@0 | b@1", "正文"],
    );
    check("<table><tr><td><h1>甲</h1><p>乙</p></table>", &["#1 甲", "乙"]);
}

#[test]
fn words_filtered_html_is_read() {
    check(
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><!--[if gte mso 9]><xml><w:View/>\
         </xml><![endif]--><p class=MsoNormal><![if !supportLists]><span>一、</span><![endif]>\
         <span lang=EN-US>总体<o:p></o:p></span><span style='mso-hide:all'>h</span></p>\
         <table class=MsoTable><tr><td><p>规章<o:p></o:p></p></td><td><p>0</p></td></tr></table>",
        &["一、总体", "规章@0 | 0@1"],
    );
}

#[test]
fn the_reading_beside_a_character_is_left_out() {
    check("<p><ruby>務<rp>(</rp><rt>wù</rt><rp>)</rp></ruby>服</p>", &["務服"]);
}

#[test]
fn preformatted_text_keeps_lines_and_tabs() {
    check("<body><pre>一、总体\n  规章\t0\n\n完</pre>", &["一、总体", "  规章\t0", "完"]);
}

#[test]
fn a_page_of_pictures_is_said_to_be_one() {
    let page = read_page("<html><body><img src=1.png><img src=2.png></body></html>");
    assert_eq!(page.remarks[0].kind, RemarkKind::PictureOnly);
}

#[test]
fn places_count_tables_rows_cells_paragraphs_and_lines() {
    let page = read_page(
        "<p>\n\n甲</p>\n<table><tr><td>a<td>b</table>\n<table>\n<tr><td>a<td>b\n<tr><td rowspan=1>c\n<td>d</table>",
    );
    let Block::Paragraph(paragraph) = &page.blocks[0] else { unreachable!() };
    assert_eq!((paragraph.place.line, paragraph.place.paragraph), (Some(3), Some(1)));
    let Block::Table(table) = &page.blocks[2] else { unreachable!() };
    let place = table.rows[1][1].place;
    let wanted = (Some(8), Some(2), Some(2), Some(2));
    assert_eq!((place.line, place.table, place.row, place.cell), wanted);
}

#[test]
fn the_label_of_the_encoding_is_found() {
    for page in [
        "<meta charset=gb2312>",
        "<html><meta http-equiv='Content-Type' content='text/html; charset=GB2312'>",
        "<?xml version='1.0' encoding=\"gb2312\"?><html>",
    ] {
        assert_eq!(label(page.as_bytes()).as_deref(), Some(&b"gb2312"[..]), "{page}");
    }
    let (bytes, _, _) = encoding_rs::GB18030.encode("<meta charset=gb2312><p>鼎</p>");
    assert_eq!(shown(&crate::read(&bytes, &Limits::default()).unwrap()), ["鼎"]);
}

fn limit(html: &str, limits: &Limits) -> &'static str {
    match crate::read(html.as_bytes(), limits) {
        Err(ReadError::Limit { name, .. }) => name,
        other => panic!("no bound was met: {:?}", other.map(|document| document.blocks.len())),
    }
}

#[test]
fn nesting_is_bounded() {
    let limits = Limits::default();
    assert_eq!(limit(&"<div>".repeat(200_000), &limits), "depth");
    assert_eq!(limit(&"<table><td>".repeat(100_000), &limits), "depth");
    assert_eq!(limit(&format!("<p>{}", "<svg><g>".repeat(100_000)), &limits), "depth");
}

#[test]
fn deep_nesting_that_is_allowed_does_not_overflow_the_stack() {
    let limits = Limits { depth: 20_000, ..Limits::default() };
    let html = format!("{}甲", "<span>".repeat(10_000));
    assert_eq!(shown(&crate::read(html.as_bytes(), &limits).unwrap()), ["甲"]);
}

#[test]
fn a_table_is_bounded() {
    let limits = Limits { table_cells: 1000, ..Limits::default() };
    let row = "<tr><td>1<td colspan=1000 rowspan=65534>2";
    assert_eq!(limit(&format!("<table>{}</table>", row.repeat(3)), &limits), "table-cells");
}

#[test]
fn repeated_formatting_does_not_fill_the_memory() {
    let limits = Limits { expanded_bytes: 1 << 20, ..Limits::default() };
    let opened: String = (0..200).map(|size| format!("<font size={size}>")).collect();
    let html = format!("<p>{opened}{}", "<p>x".repeat(10_000));
    assert_eq!(limit(&html, &limits), "expanded-bytes");
}

#[test]
fn preformatted_lines_do_not_fill_the_memory() {
    let limits = Limits { expanded_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(limit(&format!("<pre>{}", "a\n".repeat(100_000)), &limits), "expanded-bytes");
}
