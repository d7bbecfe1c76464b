//! What people paste, from Word and from pages, and what hostile pages hide in it.

use proptest::prelude::*;

use super::*;
use crate::Block;

const PREFIXES: &[&str] = &["attachment:"];

fn cleaned(text: &str, source: Source) -> String {
    let once = clean(text, source, PREFIXES, &Limits::default()).unwrap().html;
    let twice = clean(&once, Source::Html, PREFIXES, &Limits::default()).unwrap().html;
    assert_eq!(once, twice, "{text}");
    once
}

fn check(html: &str, expected: &str) {
    assert_eq!(cleaned(html, Source::Html), expected, "{html}");
}

#[test]
fn headings_step_down_once_and_stay_headings() {
    check("<h1>甲</h1><h2><b>乙</b></h2><h6>丙</h6>", "<h2>甲</h2><h3>乙</h3><h4>丙</h4>");
    check("<h2>甲</h2><h3>乙</h3><h5>丙</h5>", "<h2>甲</h2><h3>乙</h3><h4>丙</h4>");
    check(
        "<table><tr><td><h1>甲</h1></td><td>1</td></tr></table>",
        "<table><tbody><tr><td><b>甲</b></td><td>1</td></tr></tbody></table>",
    );
}

#[test]
fn white_space_is_the_pages_business() {
    check(
        "<p>\u{3000}\u{3000}本机关\n  收到 &nbsp; <b> 12 </b>件</p>\n<p>&nbsp;</p>",
        "<p>本机关收到 <b>12</b> 件</p>",
    );
    check("甲<br><br>乙<br>丙<div>丁</div>", "<p>甲</p><p>乙<br>丙</p><p>丁</p>");
    check("秘\u{200B}密\u{202E}x", "<p>秘密x</p>");
}

#[test]
fn word_paragraphs_lose_their_dress() {
    check(
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p{color:red}</style>\
        <!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head><body lang=ZH-CN>\
        <!--StartFragment--><p class=MsoNormal style='text-indent:2em;mso-char-indent-count:2'>\
        <span style='font-size:16.0pt;font-family:仿宋'>各<span lang=EN-US><o:p></o:p></span>单位：</span></p>\
        <p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span>重要</span></b>\
        <span style='font-weight:bold'>的</span>事<sup>2</sup></p><!--EndFragment--></body></html>",
        "<p>各单位：</p><p><b>重要的</b>事<sup>2</sup></p>",
    );
    check("<b style='font-weight:normal' id=docs-internal><p>甲</p></b>", "<p>甲</p>");
}

fn word_item(level: u8, marker: &str, text: &str) -> String {
    format!(
        "<p class=MsoListParagraph style='margin-left:18pt;mso-list:l0 level{level} lfo1'>\
        <![if !supportLists]><span><span style='mso-list:Ignore'>{marker}<span style='font:7.0pt'>\
        &nbsp;&nbsp; </span></span></span><![endif]>{text}<o:p></o:p></p>"
    )
}

#[test]
fn lists_of_word_become_lists() {
    let items = [(1, "1.", "甲"), (2, "l", "子"), (2, "l", "丑"), (1, "2.", "乙")];
    let html: String =
        items.iter().map(|(level, marker, text)| word_item(*level, marker, text)).collect();
    check(&html, "<ol><li>甲<ul><li>子</li><li>丑</li></ul></li><li>乙</li></ol>");
    check(
        &(word_item(1, "5、", "戊") + "<p>间</p>" + &word_item(1, "6、", "己")),
        "<ol start=\"5\"><li>戊</li></ol><p>间</p><ol start=\"6\"><li>己</li></ol>",
    );
    check(
        &(word_item(3, "l", "深") + &word_item(1, "l", "浅")),
        "<ul><li><ul><li>深</li></ul></li><li>浅</li></ul>",
    );
}

#[test]
fn official_numbering_is_kept_as_words() {
    check(
        &(word_item(1, "第一条", "为了") + &word_item(2, "（一）", "行政许可")),
        "<p>第一条 为了</p><p>（一） 行政许可</p>"
            .replace("条 ", "条")
            .replace("） ", "）")
            .as_str(),
    );
}

#[test]
fn lists_of_pages_stay_lists() {
    check(
        "<ul><li>甲<li><p>乙</p><p>丙</p><ul><li>子</ul></ul><ol start=3><li>丁</ol>",
        "<ul><li>甲</li><li><p>乙</p><p>丙</p><ul><li>子</li></ul></li></ul><ol start=\"3\"><li>丁</li></ol>",
    );
    check("<ul><li>甲</li><ul><li>子</li></ul></ul>", "<ul><li>甲<ul><li>子</li></ul></li></ul>");
}

#[test]
fn tables_keep_spans_and_header_cells() {
    check(
        "<table class=MsoTableGrid border=1><thead><tr><td rowspan=2><p class=MsoNormal><b>项目</b></p></td>\
        <td colspan=2>数量</td></tr><tr><th>甲</th><th>乙</th></tr></thead><tr><td>许可</td><td>1</td><td></td></tr></table>",
        "<table><thead><tr><th rowspan=\"2\"><b>项目</b></th><th colspan=\"2\">数量</th></tr><tr><th>甲</th>\
        <th>乙</th></tr></thead><tbody><tr><td>许可</td><td>1</td><td></td></tr></tbody></table>",
    );
    check(
        "<table><tr><td><h2>题</h2><table><tr><td>1</td><td>2</td></tr></table></td><td>边</td></tr></table>",
        "<h2>题</h2><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table><p>边</p>",
    );
}

#[test]
fn links_lead_to_allowed_places_only() {
    check(
        "<a href=' https://a.example/x?y=1&amp;z=2 ' onclick=x()>甲</a>",
        "<p><a href=\"https://a.example/x?y=1&amp;z=2\" rel=\"noopener\">甲</a></p>",
    );
    check(
        "<a href='/a/b.html'>甲</a> <a href='mailto:a@b.example'>乙</a><a href='//c.example/'>丙</a>",
        "<p><a href=\"/a/b.html\" rel=\"noopener\">甲</a> <a href=\"mailto:a@b.example\" rel=\"noopener\">乙</a>\
        <a href=\"https://c.example/\" rel=\"noopener\">丙</a></p>",
    );
    for address in [
        "javascript:alert(1)",
        "JaVa\tScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#x0A;script:alert(1)",
        "\u{1}javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///C:/x",
        "C:\\x",
        "\\\\host\\x",
        "#_Toc1",
        "http://[",
        "blob:x",
        "javascript&colon;x",
        "x:y",
        "/\\evil.example",
    ] {
        check(&format!("<a href='{address}'>甲</a>"), "<p>甲</p>");
    }
}

#[test]
fn pictures_are_attachments_or_left_out_and_counted() {
    check(
        "<img src='attachment:图.png' alt='示 例' onerror=x()>",
        "<p><img src=\"attachment:图.png\" alt=\"示 例\"></p>",
    );
    let page = "<p>甲<img src='data:image/png;base64,AA'><img src='file:///c/clip.png'><img src=x srcset='y 2x'>\
        <iframe src=x></iframe><a href=javascript:x>乙</a><del>丙</del><span style='mso-hide:all'>丁</span></p>\
        <div style='mso-element:comment-list'>批注</div>";
    let rich = clean(page, Source::Html, PREFIXES, &Limits::default()).unwrap();
    assert_eq!(rich.html, "<p>甲乙</p>");
    let wanted = LeftOut {
        n_pictures: 3,
        n_links: 1,
        n_embedded: 1,
        n_deleted: 1,
        n_hidden: 1,
        n_comments: 1,
    };
    assert_eq!(rich.left_out, wanted);
}

/// Pages that have broken sanitizers, and ways of theirs to bring in a program.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>甲",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script><a xlink:href=javascript:x>y</a></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<template><script>alert(1)</script><img src=x onerror=x></template>",
    "<div style=\"width:expression(alert(1));background:url(javascript:x)\">甲</div>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'><base href='javascript:x//'>",
    "<a href=\"javascript&#x3A;alert(1)\">甲</a><a href=\"&#x6A&#x61vascript:x\">乙</a>",
    "<img srcset='javascript:x 1x' src='attachment:a\" onerror=\"alert(1)'>",
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x>",
    "<p title='\"><script>x</script>'>甲</p><button formaction=javascript:x>b</button>",
    "<a href='/x' style='position:fixed' target=_top ping=//e.example class=x id=y name=z>甲</a>",
    "<select><option><script>alert(1)</script></select><xmp><script>x</script></xmp>",
    "<!--><script>alert(1)</script>--><![CDATA[<script>x</script>]]>",
    "<table><td background=javascript:x><a href=javascript:x><table><td>x<svg><desc><td>",
    "&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;img src=x onerror=y&amp;gt;",
    "<plaintext><script>alert(1)</script>",
    "<frameset onload=x><frame src=javascript:x></frameset>",
];

/// Names of the tags and attributes of clean HTML.
fn is_plain(html: &str) -> bool {
    let tag = |tag: &str| {
        let (open, after) = tag.split_once('>')?;
        assert!(!after.contains('>'), "{html}");
        let mut words =
            open.trim_start_matches('/').split('"').step_by(2).flat_map(|w| w.split(' '));
        let names = [
            "h2", "h3", "h4", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
            "a", "b", "sup", "sub", "br", "img",
        ];
        let attributes = ["href=", "rel=", "src=", "alt=", "colspan=", "rowspan=", "start=", ""];
        let is_named = words.next().is_some_and(|name| names.contains(&name));
        (is_named && words.all(|word| attributes.contains(&word))).then_some(())
    };
    html.split('<').skip(1).all(|each| tag(each).is_some())
}

#[test]
fn no_hostile_page_brings_anything_with_it() {
    for page in HOSTILE {
        for wrapped in [
            (*page).to_owned(),
            format!("<table><tr><td>1</td><td>{page}</td></tr></table>"),
            format!("<ul><li>{page}</ul>"),
            format!("<svg><foreignObject>{page}"),
        ] {
            let html = cleaned(&wrapped, Source::Html);
            assert!(is_plain(&html), "{wrapped}\n{html}");
            assert!(!html.contains("javascript:"), "{wrapped}\n{html}");
            let html = cleaned(&wrapped, Source::Markdown);
            assert!(is_plain(&html), "{wrapped}\n{html}");
            assert!(is_plain(&cleaned(&wrapped, Source::Plain)), "{wrapped}");
        }
    }
}

#[test]
fn the_second_sieve_finds_nothing_to_take_out() {
    for page in HOSTILE {
        let limits = Limits::default();
        let tree = tree::parse_with_attributes(page, &limits, &Deadline::start(&limits)).unwrap();
        let (blocks, _) = read::read(&tree, PREFIXES, &limits, &Deadline::start(&limits)).unwrap();
        let written = write::html(&blocks);
        let sieved = guard::sieve(&written, PREFIXES).replace(" rel=\"noopener\"", "");
        assert_eq!(sieved, written.replace("&quot;", "\""), "{page}");
    }
}

#[test]
fn markdown_and_text_become_the_same_clean_html() {
    let markdown = "# 题\n\n正文**重点**[站](https://a.example/)\n续\n\n1. 甲\n2. 乙\n\n|项目|数|\n|-|-|\n|许可|1|\n\n<script>x</script>";
    assert_eq!(
        cleaned(markdown, Source::Markdown),
        "<h2>题</h2><p>正文<b>重点</b><a href=\"https://a.example/\" rel=\"noopener\">站</a>续</p>\
        <ol><li>甲</li><li>乙</li></ol><table><thead><tr><th>项目</th><th>数</th></tr></thead><tbody><tr>\
        <td>许可</td><td>1</td></tr></tbody></table>"
    );
    assert_eq!(
        cleaned("一、<总体>\r\n\r\n\u{3000}收到 1 件\n", Source::Plain),
        "<p>一、&lt;总体&gt;</p><p>收到 1 件</p>"
    );
    for source in [Source::Html, Source::Markdown, Source::Plain] {
        assert_eq!(cleaned("", source), "");
        assert_eq!(cleaned(" \n\t ", source), "");
    }
}

#[test]
fn clean_html_is_blocks_again() {
    let html = cleaned("<h2>题</h2><p>甲<br>乙</p><table><tr><td>1<td>2</table>", Source::Html);
    let document = blocks(&html, &Limits::default()).unwrap();
    let texts: Vec<String> = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.text.clone(),
            Block::Table(table) => format!("{}格", table.rows[0].len()),
        })
        .collect();
    assert_eq!(texts, ["题", "甲", "乙", "2格"]);
}

#[test]
fn what_is_too_much_names_the_bound() {
    let named = |html: &str, limits: &Limits| match clean(html, Source::Html, PREFIXES, limits) {
        Err(ReadError::Limit { name, .. }) => name,
        other => panic!("{other:?}"),
    };
    let usual = Limits::default();
    assert_eq!(named(&"<div>".repeat(5000), &usual), "depth");
    assert_eq!(
        named(&"甲".repeat(4 << 20), &Limits { input_bytes: 2 << 20, ..usual.clone() }),
        "input-bytes"
    );
    let wide = "<table>".to_owned() + &"<tr><td colspan=1000>1<td>2".repeat(300);
    assert_eq!(named(&wide, &usual), "table-cells");
    let long_link = format!("<a href='/{}'>", "x".repeat(2000)) + &"<br>甲".repeat(20_000);
    let few_bytes = Limits { expanded_bytes: 32 << 20, ..usual.clone() };
    assert_eq!(named(&long_link, &few_bytes), "expanded-bytes");
    let unclosed = "<b><i><font>".repeat(60) + &"<p>x".repeat(200_000);
    let small = Limits { expanded_bytes: 16 << 20, ..usual };
    assert!(["expanded-bytes", "depth"].contains(&named(&unclosed, &small)));
}

#[test]
fn deep_nesting_that_is_allowed_is_read() {
    for tag in ["div", "span", "b", "a href=/x", "table><tr><td", "ul><li", "h2"] {
        let n_levels = if tag.contains('>') { 60 } else { 240 };
        let html = format!("<{tag}>").repeat(n_levels) + "甲";
        assert!(cleaned(&html, Source::Html).contains('甲'), "{tag}");
    }
}

#[test]
fn lists_within_lists_without_end_stay_within_bounds() {
    let html = cleaned(&("<ul><li>x".repeat(60)), Source::Html);
    assert_eq!(html.matches("<ul>").count(), 9);
    assert_eq!(html.matches('x').count(), 60);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_clean_stays_as_it_is(pieces in prop::collection::vec(piece(), 0..40)) {
        let html = cleaned(&pieces.concat(), Source::Html);
        prop_assert!(is_plain(&html), "{}", html);
        cleaned(&pieces.concat(), Source::Markdown);
    }
}

/// Pieces of pages, well-formed by accident only.
fn piece() -> impl Strategy<Value = String> {
    const TAGS: &[&str] = &[
        "p",
        "/p",
        "b",
        "/b",
        "b style='font-weight:400'",
        "a href=/x",
        "a href=//y",
        "/a",
        "h1",
        "h3",
        "/h3",
        "ul",
        "ol start=4",
        "/ul",
        "/ol",
        "li",
        "/li",
        "table",
        "/table",
        "tr",
        "td",
        "td rowspan=0 colspan=2",
        "th",
        "thead",
        "caption",
        "br",
        "div",
        "/div",
        "sup",
        "/sup",
        "sub",
        "span style='vertical-align:super'",
        "/span",
        "img src=attachment:1 alt=' x\"'",
        "img src=x",
        "svg",
        "math",
        "mtext",
        "style",
        "/style",
        "template",
        "del",
        "!--",
        "--",
        "p style='mso-list:l0 level2 lfo1'",
        "span style='mso-list:Ignore'",
        "select",
        "form",
        "noscript",
        "pre",
        "a href='x y\"<'",
    ];
    prop_oneof![
        6 => prop::sample::select(TAGS).prop_map(|tag| format!("<{tag}>")),
        4 => prop::sample::select(&["甲", "乙\n丙", " ", "\n", "x y", "&lt;", "&nbsp;", "\u{3000}", "&amp;amp;", "1.", "l", "\u{200B}", "*", "> ", "- "][..])
            .prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}
