//! The parts of a DOCX around its text: kinds, relations, properties, styles, footers.

use super::blocks::{Body, fonts_of, paragraph_start};
use super::{OfficeFonts, twips, twips_of_mm};
use gongkai_typeset::paper::{Face, POINTS_PER_MM, Page, PageNumber, Paper};
use quick_xml::escape::escape;

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const KINDS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

pub(super) const PACKAGE_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>"#,
    "</Relationships>"
);

pub(super) const APP: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>gongkai</Application></Properties>"#
);

/// Odd and even pages have footers of their own; punctuation is not squeezed by the program.
pub(super) const SETTINGS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>"#,
    r#"<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"#,
    r#"<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"#
);

/// The footers: name of the file, what section property refers to it.
const FOOTERS: [(&str, &str); 3] =
    [("footer1.xml", "default"), ("footer2.xml", "even"), ("footer3.xml", "first")];

pub(super) fn content_types(body: &Body) -> String {
    let mut text = format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    for (extension, kind) in [("png", "image/png"), ("jpeg", "image/jpeg")] {
        if body.pictures.iter().any(|picture| picture.extension == extension) {
            text += &format!(r#"<Default Extension="{extension}" ContentType="{kind}"/>"#);
        }
    }
    let mut part = |name: &str, kind: &str| {
        text += &format!(r#"<Override PartName="{name}" ContentType="{kind}"/>"#);
    };
    part("/word/document.xml", &format!("{KINDS}.document.main+xml"));
    part("/word/styles.xml", &format!("{KINDS}.styles+xml"));
    part("/word/settings.xml", &format!("{KINDS}.settings+xml"));
    for (file, _) in FOOTERS {
        part(&format!("/word/{file}"), &format!("{KINDS}.footer+xml"));
    }
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part(
        "/docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    );
    text + "</Types>"
}

pub(super) fn relations(body: &Body) -> String {
    let mut text = format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    let mut relation = |id: &str, kind: &str, target: &str| {
        text +=
            &format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#);
    };
    relation("rId1", "styles", "styles.xml");
    relation("rId2", "settings", "settings.xml");
    for (file, kind) in FOOTERS {
        relation(&format!("rId_{kind}"), "footer", file);
    }
    for picture in &body.pictures {
        relation(&picture.relation(), "image", &picture.target());
    }
    text + "</Relationships>"
}

pub(super) fn core(paper: &Paper) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:creator>{author}</dc:creator><dc:language>zh-CN</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:modified></cp:coreProperties>",
        title = escape(&paper.title),
        author = escape(&paper.author),
        date = paper.date,
    )
}

pub(super) fn styles(paper: &Paper, fonts: &OfficeFonts) -> String {
    let half_points = (paper.page.size_pt * 2.0).round();
    let mut text = format!(
        "{DECLARATION}<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}\
         <w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>",
        fonts = fonts_of(fonts.name(Face::Text)),
    );
    let mut style = |id: &str, name: &str, level: Option<u8>| {
        let outline =
            level.map(|level| format!(r#"<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>"#));
        text += &format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{}</w:style>"#,
            outline.unwrap_or_default()
        );
    };
    style("Title", "Title", None);
    for level in 1..=4 {
        style(&format!("Heading{level}"), &format!("heading {level}"), Some(level - 1));
    }
    text + "</w:styles>"
}

pub(super) fn document(paper: &Paper, body: &Body) -> String {
    format!(
        "{DECLARATION}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{RELATIONS}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{}{}</w:body></w:document>",
        body.text,
        section(&paper.page)
    )
}

/// The margins of an office document lie around the lines, not around the letters: of a line of
/// exact height four fifths stand above the foot of the letters, and the letters themselves reach
/// 0.88 of their size up. The type area is let out by what is free above and below.
fn section(page: &Page) -> String {
    let above_mm = (0.8 * page.line_pt - 0.88 * page.size_pt) / POINTS_PER_MM;
    let below_mm = (0.2 * page.line_pt - 0.12 * page.size_pt) / POINTS_PER_MM;
    let right_mm = page.width_mm - page.left_mm - page.area_width_mm;
    let bottom_mm = page.height_mm - page.top_mm - page.area_height_mm;
    let footer_mm = page.number.as_ref().map_or(bottom_mm / 2.0, |number| {
        bottom_mm - number.below_mm - number.style.size_pt * 1.2 / POINTS_PER_MM
    });
    let first = page.number.as_ref().is_some_and(|number| !number.first_page);
    let references: String = FOOTERS
        .iter()
        .map(|(_, kind)| format!(r#"<w:footerReference w:type="{kind}" r:id="rId_{kind}"/>"#))
        .collect();
    format!(
        "<w:sectPr>{references}<w:pgSz w:w=\"{}\" w:h=\"{}\"/><w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" \
         w:header=\"567\" w:footer=\"{}\" w:gutter=\"0\"/>{}</w:sectPr>",
        twips_of_mm(page.width_mm),
        twips_of_mm(page.height_mm),
        twips_of_mm(page.top_mm - above_mm),
        twips_of_mm(right_mm),
        twips_of_mm(bottom_mm - below_mm),
        twips_of_mm(page.left_mm),
        twips_of_mm(footer_mm.max(0.0)),
        if first { "<w:titlePg/>" } else { "" },
    )
}

pub(super) fn footers(paper: &Paper, fonts: &OfficeFonts) -> Vec<(String, Vec<u8>)> {
    let footer = |(file, kind): &(&str, &str)| {
        let shown =
            paper.page.number.as_ref().filter(|number| *kind != "first" || number.first_page);
        let text =
            shown.map_or("<w:p/>".to_owned(), |number| page_number(number, *kind == "even", fonts));
        let text = format!(
            "{DECLARATION}<w:ftr xmlns:w=\"{MAIN}\" xmlns:r=\"{RELATIONS}\">{text}</w:ftr>"
        );
        (format!("word/{file}"), text.into_bytes())
    };
    FOOTERS.iter().map(footer).collect()
}

fn page_number(number: &PageNumber, even: bool, fonts: &OfficeFonts) -> String {
    let (align, side) = if even { ("left", "left") } else { ("right", "right") };
    let half_points = (number.style.size_pt * 2.0).round();
    let look = format!(
        r#"<w:rPr>{}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>"#,
        fonts_of(fonts.name(number.style.face))
    );
    let run = |inner: &str| format!("<w:r>{look}{inner}</w:r>");
    let dash = escape(&number.dash);
    let properties =
        format!(r#"<w:ind w:{side}="{}"/><w:jc w:val="{align}"/>"#, twips(number.inset_pt));
    [
        paragraph_start(&properties),
        run(&format!(r#"<w:t xml:space="preserve">{dash} </w:t>"#)),
        run(r#"<w:fldChar w:fldCharType="begin"/>"#),
        run(r#"<w:instrText xml:space="preserve"> PAGE </w:instrText>"#),
        run(r#"<w:fldChar w:fldCharType="separate"/>"#),
        run("<w:t>1</w:t>"),
        run(r#"<w:fldChar w:fldCharType="end"/>"#),
        run(&format!(r#"<w:t xml:space="preserve"> {dash}</w:t>"#)),
        "</w:p>".to_owned(),
    ]
    .concat()
}
