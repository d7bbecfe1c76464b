//! Attacks on Word documents.

use super::*;
use crate::samples;
use crate::scrub::package::{Parts, zipped};
use proptest::prelude::*;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"wp\" xmlns:a=\"a\" xmlns:v=\"v\" xmlns:mc=\"mc\" xmlns:m=\"m\" xmlns:o=\"o\"";

/// A document of a body and further parts, each with the word of its relation.
fn document(body: &str, more: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut relations = String::new();
    let mut parts: Parts = vec![(
        "word/document.xml".to_owned(),
        format!("<w:document {W}><w:body>{body}</w:body></w:document>").into_bytes(),
    )];
    for (index, (name, relation, bytes)) in more.iter().enumerate() {
        let target = name.trim_start_matches("word/");
        let target = if name.starts_with("word/") { target.to_owned() } else { format!("/{name}") };
        relations.push_str(&format!(
            "<Relationship Id=\"r{index}\" Type=\"x/{relation}\" Target=\"{target}\"/>"
        ));
        parts.push(((*name).to_owned(), bytes.to_vec()));
    }
    relations.push_str(
        "<Relationship Id=\"link\" Type=\"x/hyperlink\" Target=\"mailto:王某甲@x\" \
         TargetMode=\"External\"/>",
    );
    let relations = format!("<Relationships>{relations}</Relationships>");
    parts.push(("word/_rels/document.xml.rels".to_owned(), relations.into_bytes()));
    parts.push(("[Content_Types].xml".to_owned(), b"<Types/>".to_vec()));
    parts.push(("docProps/core.xml".to_owned(), "<c><creator>王某甲</creator></c>".into()));
    parts.push(("docProps/thumbnail.jpeg".to_owned(), "王某甲".into()));
    zipped(&parts)
}

fn part(root: &str, inner: &str) -> Vec<u8> {
    format!("<w:{root} {W}>{inner}</w:{root}>").into_bytes()
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn paragraph(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

/// Puts the word into a place and looks that it goes from there, and the rest stays.
fn gone(body: &str, more: &[(&str, &str, &[u8])], kept: &str) -> Redacted {
    let before = document(&format!("{}{body}", paragraph(&run("首段"))), more);
    assert!(!proof(&before, &["王某甲"]).is_clean(), "the word must be there before");
    let copy = redacted(&before, &["王某甲"]);
    let text = text(&copy.bytes);
    assert!(text.starts_with("首段"), "{text}");
    assert!(text.contains(kept), "{text}");
    copy
}

#[test]
fn a_word_split_over_runs_in_every_way_goes() {
    let styled =
        |text: &str| format!("<w:r w:rsidR=\"00A1\"><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>");
    for inner in [
        run("由王某甲签"),
        format!("{}{}{}", run("由王"), styled("某"), run("甲签")),
        format!("{}<w:proofErr/>{}{}", run("由王"), styled("某"), run("甲签")),
        run("由王&#x67D0;甲签"),
        run("由<![CDATA[王某]]>甲签"),
        format!("{}<w:r><w:tab/></w:r>{}", run("由王"), run("某甲签")),
        format!("{}<w:r><w:br/></w:r>{}", run("由王某"), run("甲签")),
        format!("{}<w:r><w:softHyphen/></w:r>{}", run("由王\u{200b}"), run("某 甲签")),
        format!("<w:ins w:author=\"王某甲\">{}</w:ins>{}", run("由王"), run("某甲签")),
        format!("{}<w:del>{}</w:del>{}", run("由王"), run("乙"), run("某甲签")),
        format!("<w:hyperlink r:id=\"link\">{}</w:hyperlink>{}", run("由王"), run("某甲签")),
        format!("<w:smartTag w:element=\"王某甲\">{}</w:smartTag>", run("由王某甲签")),
        format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"王某甲\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            run("由王某甲签")
        ),
    ] {
        let copy = gone(&paragraph(&inner), &[], "由");
        let text = text(&copy.bytes).replace(['\t', '\n'], "");
        assert!(text.contains("由■■■签"), "{inner}: {text}");
        assert_eq!(copy.met[0].1, 1, "{inner}");
    }
}

#[test]
fn a_word_written_one_character_a_cell_goes() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(&run(text)));
    let row = format!("<w:tbl><w:tr>{}{}{}</w:tr></w:tbl>", cell("王"), cell("某"), cell("甲"));
    gone(&row, &[], "■■■");
}

#[test]
fn deleted_and_moved_text_comments_and_their_authors_go() {
    let body = format!(
        "{}<w:p><w:del w:author=\"王某甲\"><w:r><w:delText>王某甲</w:delText></w:r></w:del>\
         <w:moveFrom>{}</w:moveFrom><w:commentRangeStart w:id=\"0\"/>{}</w:p>",
        paragraph(&format!("<w:pPr><w:pPrChange w:author=\"王某甲\"/></w:pPr>{}", run("尾"))),
        run("王某甲"),
        run("末"),
    );
    let comments = part("comments", &paragraph(&run("王某甲")));
    let people = part("people", "<w:person w:author=\"王某甲\"/>");
    gone(
        &body,
        &[("word/comments.xml", "comments", &comments), ("word/people.xml", "people", &people)],
        "末",
    );
}

#[test]
fn headers_footers_and_notes_are_masked_and_stay() {
    let text = paragraph(&format!("{}{}", run("印王某"), run("甲章")));
    let notes = format!("<w:footnote w:id=\"1\">{text}</w:footnote>");
    let (header, footer) = (part("hdr", &text), part("ftr", &text));
    let (footnotes, endnotes) = (part("footnotes", &notes), part("endnotes", &notes));
    let body =
        "<w:sectPr><w:headerReference r:id=\"r0\"/><w:footerReference r:id=\"r1\"/></w:sectPr>";
    let copy = gone(
        body,
        &[
            ("word/王某甲.xml", "header", &header),
            ("word/f.xml", "footer", &footer),
            ("word/fn.xml", "footnotes", &footnotes),
            ("word/en.xml", "endnotes", &endnotes),
        ],
        "",
    );
    assert_eq!(copy.met[0].1, 4);
    let limits = Limits::default();
    let parts =
        crate::scrub::package::parts(&copy.bytes, &limits, &Deadline::start(&limits)).unwrap();
    for name in ["header1", "footer1", "footnotes1", "endnotes1"] {
        let (_, bytes) =
            parts.iter().find(|(each, _)| *each == format!("word/{name}.xml")).unwrap();
        assert!(String::from_utf8_lossy(bytes).contains("印■■■"), "{name}");
    }
    let main = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    let relations =
        &parts.iter().find(|(name, _)| name == "word/_rels/document.xml.rels").unwrap().1;
    for id in ["rId1", "rId2"] {
        assert!(String::from_utf8_lossy(main).contains(&format!("r:id=\"{id}\"")));
        assert!(String::from_utf8_lossy(relations).contains(&format!("Id=\"{id}\"")));
    }
}

#[test]
fn text_boxes_both_ways_equations_and_word_art_are_masked() {
    let inner = paragraph(&format!("{}{}", run("框王某"), run("甲")));
    let body = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr id=\"1\" name=\"王某甲\" \
         descr=\"王某甲\" title=\"王某甲\"/><w:txbxContent>{inner}</w:txbxContent></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:shape alt=\"王某甲\" o:gfxdata=\"UEsDB王某甲\"><v:textbox><w:txbxContent>{inner}\
         </w:txbxContent></v:textbox><v:textpath string=\"仅王某甲阅\"/></v:shape></w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r>{}</w:p><w:p><m:oMath><m:r><m:t>王某甲</m:t></m:r></m:oMath></w:p>",
        run("王某"),
        run("甲外"),
    );
    let copy = gone(&body, &[], "外");
    assert_eq!(copy.met[0].1, 4);
}

#[test]
fn field_codes_go_and_page_numbers_stay() {
    let mark = |kind: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"{kind}\"><w:ffData><w:name w:val=\"王某甲\"/></w:ffData></w:fldChar></w:r>"
        )
    };
    let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let field = |parts: &str, result: &str| {
        format!("{}{parts}{}{}{}", mark("begin"), mark("separate"), run(result), mark("end"))
    };
    let link = field(&format!("{}{}", code(" HYPERLINK \"mailto:王"), code("某甲@x\" ")), "链接");
    let page = field(&format!("{}{}", code(" PA"), code("GE \\* 王某甲 ")), "7");
    let simple = format!(
        "<w:fldSimple w:instr=\" AUTHOR 王某甲 \">{}</w:fldSimple>\
         <w:fldSimple w:instr=\" NUMPAGES 王某甲 \">{}</w:fldSimple>",
        run("某作者"),
        run("9")
    );
    let copy = gone(&paragraph(&format!("{link}{page}{simple}")), &[], "链接7某作者9");
    let limits = Limits::default();
    let parts =
        crate::scrub::package::parts(&copy.bytes, &limits, &Deadline::start(&limits)).unwrap();
    let main = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    let main = String::from_utf8_lossy(main).into_owned();
    assert_eq!(main.matches("<w:instrText> PAGE </w:instrText>").count(), 1, "{main}");
    assert_eq!(main.matches("fldCharType").count(), 3);
    assert!(main.contains("w:instr=\"NUMPAGES\"") && !main.contains("AUTHOR"));
}

#[test]
fn settings_styles_properties_and_custom_data_tell_nothing() {
    let settings = part(
        "settings",
        "<w:zoom w:percent=\"100\"/><w:docVars><w:docVar w:name=\"x\" w:val=\"王某甲\"/></w:docVars>\
         <w:rsids><w:rsid w:val=\"00AB\"/></w:rsids><w:attachedTemplate r:id=\"link\"/>",
    );
    let styles = part(
        "styles",
        "<w:style w:styleId=\"王某甲1\"><w:name w:val=\"王某甲样式\"/></w:style>\
         <w:style w:styleId=\"h\"><w:rPr><w:vanish/></w:rPr></w:style>",
    );
    let numbering = part(
        "numbering",
        "<w:abstractNum><w:lvl><w:lvlText w:val=\"王某甲%1\"/></w:lvl></w:abstractNum>",
    );
    let body = format!(
        "<w:bookmarkStart w:name=\"王某甲\"/><w:p><w:pPr><w:pStyle w:val=\"王某甲1\"/></w:pPr>{}</w:p>",
        run("样式段")
    );
    let copy = gone(
        &body,
        &[
            ("word/settings.xml", "settings", &settings),
            ("word/styles.xml", "styles", &styles),
            ("word/numbering.xml", "numbering", &numbering),
            ("customXml/item1.xml", "customXml", "<x>王某甲</x>".as_bytes()),
            ("word/embeddings/a.bin", "oleObject", "王某甲".as_bytes()),
            ("word/glossary/document.xml", "glossaryDocument", "<x>王某甲</x>".as_bytes()),
            ("word/unheard-of.bin", "unheard-of", "王某甲".as_bytes()),
        ],
        "样式段",
    );
    assert!(
        copy.remarks.iter().any(|remark| remark.starts_with("嵌入的对象")),
        "{:?}",
        copy.remarks
    );
    assert!(!copy.remarks.iter().any(|remark| remark.contains("王某甲")));
}

#[test]
fn hidden_text_goes_whoever_hides_it() {
    let hidden = |inner: &str| format!("<w:r><w:rPr>{inner}</w:rPr><w:t>王某甲密</w:t></w:r>");
    let styles = part("styles", "<w:style w:styleId=\"h\"><w:rPr><w:vanish/></w:rPr></w:style>");
    let body = format!(
        "<w:p>{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"h\"/></w:pPr>{}</w:p>",
        hidden("<w:vanish/>"),
        hidden("<w:rStyle w:val=\"h\"/>"),
        hidden("<w:vanish w:val=\"0\"/>"),
        run("整段密"),
    );
    let copy = gone(&body, &[("word/styles.xml", "styles", &styles)], "■■■密");
    assert_eq!(text(&copy.bytes).matches('密').count(), 1);
    assert!(copy.remarks.contains(&"3 处隐藏的文字没有放进副本".to_owned()), "{:?}", copy.remarks);
}

#[test]
fn pictures_lose_what_they_tell_and_their_names_and_go_when_wanted() {
    let (photo, drawing) = (samples::jpeg(8, 8, true), samples::png(8, 8, true));
    let shown = |id: &str| {
        format!(
            "<w:p><w:r><w:drawing><a:blip r:embed=\"{id}\" r:link=\"link\"/></w:drawing></w:r>{}</w:p>",
            run("图注")
        )
    };
    let body = format!("{}{}{}", shown("r0"), shown("r1"), shown("r2"));
    let more: &[(&str, &str, &[u8])] = &[
        ("word/media/王某甲.jpg", "image", &photo),
        ("word/media/b.png", "image", &drawing),
        ("word/media/c.emf", "image", b"\x01\0\0\0 EMF"),
    ];
    let copy = gone(&body, more, "图注\n图注\n图注");
    let names = |bytes: &[u8]| {
        let limits = Limits::default();
        let parts =
            crate::scrub::package::parts(bytes, &limits, &Deadline::start(&limits)).unwrap();
        let main = String::from_utf8(
            parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1.clone(),
        )
        .unwrap();
        let pictures: Vec<_> =
            parts.into_iter().filter(|(name, _)| name.contains("media")).collect();
        (pictures, main.matches("w:drawing>").count() / 2)
    };
    let (pictures, n_shown) = names(&copy.bytes);
    assert_eq!(
        pictures.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["word/media/image1.jpeg", "word/media/image2.png"]
    );
    assert_eq!(n_shown, 2, "a picture that went leaves no hole that Word stumbles over");
    assert_eq!(pictures[1].1, samples::png(8, 8, false));
    assert_eq!(
        copy.remarks,
        ["有 2 幅图片，图片里的字没有查找，请由人看过", "不是 JPEG、PNG 的图片没有放进副本"]
    );
    let marks = Marks { words: owned(&["王某甲"]), without_pictures: true, ..Marks::default() };
    let bare = redact(&document(&body, more), &marks, &Limits::default()).unwrap();
    assert_eq!(names(&bare.bytes), (vec![], 0));
}

#[test]
fn a_document_that_tells_much_comes_out_readable() {
    let copy = redacted(&samples::telling_docx(), &["并"]);
    assert_eq!(text(&copy.bytes), "合■■■\n&尾\n留行\n移来");
}

#[test]
fn a_cut_off_document_is_refused_or_proved_and_never_panics() {
    let whole = document(&paragraph(&run("由王某甲签")), &[]);
    for length in (0..whole.len()).step_by(7) {
        let marks = Marks { words: owned(&["王某甲"]), ..Marks::default() };
        if let Ok(copy) = redact(&whole[..length], &marks, &Limits::default()) {
            assert!(copy.proof.is_clean());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_secret_survives_no_split_into_runs(
        texts in proptest::collection::vec("[甲乙丙0-9a-c <&]{0,12}", 1..6),
        secret in "[甲乙丙丁0-9]{2,9}",
        cuts in proptest::collection::vec(0_usize..6, 0..12),
        wraps in proptest::collection::vec(0_u8..6, 12),
        place in 0_usize..60,
    ) {
        let mut whole: Vec<char> = texts.concat().chars().collect();
        let place = place.min(whole.len());
        whole.splice(place..place, secret.chars());
        let mut body = String::new();
        let mut at = 0_usize;
        for (index, cut) in cuts.iter().chain([&usize::MAX]).enumerate() {
            let end = at.max(at.saturating_add(*cut).min(whole.len()));
            let text: String = whole[at..end].iter().collect();
            at = end;
            let text = run(&quick_xml::escape::escape(&text));
            body.push_str(&match wraps[index % wraps.len()] {
                0 => format!("<w:ins w:author=\"x\">{text}</w:ins>"),
                1 => format!("<w:hyperlink r:id=\"link\">{text}</w:hyperlink>"),
                2 => format!("</w:p><w:p>{text}"),
                3 => format!("<w:sdt><w:sdtContent>{text}</w:sdtContent></w:sdt>"),
                4 => format!("{text}<w:r><w:t> </w:t></w:r>"),
                _ => text,
            });
        }
        let before = document(&paragraph(&body), &[]);
        let marks = Marks { words: vec![secret.clone()], ..Marks::default() };
        let copy = redact(&before, &marks, &Limits::default()).unwrap();
        prop_assert!(copy.proof.is_clean());
        prop_assert!(0 < copy.met[0].1);
        let found = prove(&copy.bytes, &[secret], &Limits::default()).unwrap();
        prop_assert!(found.is_clean());
    }
}
