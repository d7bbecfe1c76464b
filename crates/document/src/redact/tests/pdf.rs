//! Attacks on PDF.

use std::fmt::Write as _;

use super::*;
use proptest::prelude::*;

/// A file of these objects, numbered from 1.
fn file(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    for (index, object) in objects.iter().enumerate() {
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    file.extend(format!("trailer << /Root 1 0 R /Size 99 {trailer} >>\n%%EOF\n").bytes());
    file
}

pub(super) fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dict} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// Draws a box for every character, and tells what it means by its map.
const GLYPH: &str = "1000 0 0 0 900 800 d1 50 0 850 750 re f";

/// The characters that the font of tests has; its codes count from 1.
const LETTERS: &str = "由王某甲签收乙丙丁0123456789abc的 ";

fn codes(text: &str) -> String {
    text.chars().fold(String::new(), |mut codes, character| {
        let at = LETTERS.chars().position(|each| each == character).expect("a letter of the font");
        let _ = write!(codes, "{:02X}", at + 1);
        codes
    })
}

/// A page; `page` are entries of it, `resources` of its resources, `more` the objects from 8.
pub(super) fn document(
    content: &str,
    page: &str,
    resources: &str,
    catalog: &str,
    more: &[Vec<u8>],
) -> Vec<u8> {
    let n_letters = LETTERS.chars().count();
    let names: Vec<String> = (1..=n_letters).map(|code| format!("/c{code}")).collect();
    let procedures: Vec<String> = names.iter().map(|name| format!("{name} 6 0 R")).collect();
    let font = format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] \
         /CharProcs << {} >> /Encoding << /Differences [1 {}] >> /FirstChar 1 /LastChar {n_letters} \
         /Widths [{}] /ToUnicode 7 0 R /Resources << >> >>",
        procedures.join(" "),
        names.join(" "),
        vec!["1000"; n_letters].join(" "),
    );
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> \
         endcodespacerange ",
    );
    let _ = write!(map, "{n_letters} beginbfchar ");
    for (character, code) in LETTERS.chars().zip(1..) {
        let _ = write!(map, "<{code:02X}> <{:04X}> ", character as u32);
    }
    map.push_str("endbfchar endcmap end");
    let mut objects: Vec<Vec<u8>> = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>").into(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R {page} \
             /Resources << /Font << /F 5 0 R >> {resources} >> >>"
        )
        .into(),
        stream("", content.as_bytes()),
        font.into(),
        stream("", GLYPH.as_bytes()),
        stream("", map.as_bytes()),
    ];
    objects.extend_from_slice(more);
    file(&objects, "")
}

/// Shows a text at a place.
pub(super) fn show(x: u32, y: u32, text: &str) -> String {
    format!("BT /F 12 Tf 1 0 0 1 {x} {y} Tm <{}> Tj ET ", codes(text))
}

const SECRET: &str = "王某甲";

/// All characters of a file in every order.
pub(super) fn drawn(bytes: &[u8]) -> Vec<String> {
    let limits = Limits::default();
    let clock = Deadline::start(&limits);
    let pages =
        super::super::pdf::recorded(std::sync::Arc::new(bytes.to_vec()), &limits, &clock).unwrap();
    super::super::pdf::strings(&pages).collect()
}

/// The word is there before and gone after, and the rest stays.
#[track_caller]
fn gone(before: &[u8], kept: &str) -> Redacted {
    assert!(!proof(before, &[SECRET]).is_clean(), "the word must be there before");
    let copy = redacted(before, &[SECRET]);
    let all = drawn(&copy.bytes).join("\n");
    for character in kept.chars() {
        assert!(all.contains(character), "{character} of {kept} is lost: {all}");
    }
    assert!(!copy.bytes.windows(5).any(|window| window == b"/Info"));
    copy
}

#[test]
fn a_word_on_a_line_goes_and_the_line_stays_text() {
    let before = document(&show(50, 200, "由王某甲签收"), "", "", "", &[]);
    assert_eq!(text(&before), "由王某甲签收");
    let copy = gone(&before, "由签收");
    assert_eq!(text(&copy.bytes).replace(' ', ""), "由签收");
    assert_eq!(copy.met, [(SECRET.to_owned(), 1)]);
}

#[test]
fn a_word_on_a_turned_page_and_at_any_angle_goes() {
    for turn in [90, 180, 270] {
        let page = format!("/Rotate {turn}");
        gone(&document(&show(50, 200, "由王某甲签收"), &page, "", "", &[]), "由签收");
    }
    for (a, b) in [(0, 1), (-1, 0), (0, -1), (1, 1)] {
        // Drawn from the last character to the first, so that only the place tells the order.
        let mut content = String::new();
        for (index, character) in
            "由王某甲签收".chars().rev().zip((0..6).rev()).map(|(each, at)| (at, each))
        {
            let step = 14 * index;
            let (x, y) = (200 + a * step, 150 + b * step);
            let _ = write!(
                content,
                "BT /F 12 Tf {a} {b} {} {a} {x} {y} Tm <{}> Tj ET ",
                -b,
                codes(&character.to_string())
            );
        }
        gone(&document(&content, "", "", "", &[]), "由签收");
    }
}

#[test]
fn a_kerned_a_broken_and_a_doubled_word_goes() {
    let pieces: Vec<String> = "由王某甲签收".chars().map(|c| codes(&c.to_string())).collect();
    let kerned = format!("BT /F 12 Tf 1 0 0 1 50 200 Tm [<{}>] TJ ET", pieces.join("> -300 <"));
    let broken = format!("{}{}", show(300, 200, "由王某"), show(20, 180, "甲签收"));
    let doubled: String = "由王某甲签收"
        .chars()
        .zip(0_u32..)
        .map(|(c, at)| {
            let one = c.to_string();
            format!("{}{}", show(50 + 12 * at, 200, &one), show(50 + 12 * at, 200, &one))
        })
        .collect();
    let filled_and_stroked = format!("2 Tr {}", show(50, 200, "由王某甲签收"));
    for content in [kerned, broken, doubled, filled_and_stroked] {
        let copy = gone(&document(&content, "", "", "", &[]), "由签收");
        assert_ne!(copy.met[0].1, 0);
    }
}

#[test]
fn a_word_in_forms_hidden_layers_and_behind_clips_goes() {
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 400 300] /Matrix [1 0 0 1 10 10] \
         /Resources << /Font << /F 5 0 R >> >>",
        show(50, 200, "由王某甲签收").as_bytes(),
    );
    gone(
        &document("/X Do", "", "/XObject << /X 8 0 R >>", "", std::slice::from_ref(&form)),
        "由签收",
    );
    // A layer that is off is not drawn again at all.
    let layers = "/OCProperties << /OCGs [8 0 R] /D << /OFF [8 0 R] /Order [] >> >>";
    let layer = "<< /Type /OCG /Name (x) >>".into();
    let content =
        format!("/OC /L BDC {} EMC {}", show(50, 100, "王某甲丙"), show(50, 200, "由签收"));
    let before = document(&content, "", "/Properties << /L 8 0 R >>", layers, &[layer]);
    let copy = redacted(&before, &[SECRET]);
    assert_eq!(text(&copy.bytes), "由签收");
    // Nor what a clip cuts off, or what stands off the page.
    let content = format!(
        "q 0 190 400 50 re W n {} Q {}{}",
        show(50, 100, "王某甲丙"),
        show(50, 200, "由签收"),
        show(900, 900, "王某甲丁")
    );
    let copy = redacted(&document(&content, "", "", "", &[]), &[SECRET]);
    assert_eq!(drawn(&copy.bytes)[0], "由签收");
}

#[test]
fn invisible_words_and_white_ones_go() {
    for content in [
        format!("3 Tr {} 0 Tr {}", show(50, 200, "由王某甲签收"), show(50, 100, "乙")),
        format!("1 g {} 0 g {}", show(50, 200, "由王某甲签收"), show(50, 100, "乙")),
    ] {
        gone(&document(&content, "", "", "", &[]), "由签收乙");
    }
}

#[test]
fn what_is_said_beside_the_page_goes() {
    let wide = "FEFF738B67D07532";
    let plain: String = SECRET.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    });
    let xmp = format!("<x:xmpmeta><dc:creator>{SECRET}</dc:creator></x:xmpmeta>");
    let packed = {
        use std::io::Write as _;
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(SECRET.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let content = format!(
        "/Span << /ActualText <{wide}> /Alt <{wide}> >> BDC {} EMC",
        show(50, 200, "由签收")
    );
    let more: Vec<Vec<u8>> = vec![
        format!("<< /Author <{wide}> /Title <{plain}> >>").into(),
        stream("/Type /Metadata /Subtype /XML", xmp.as_bytes()),
        stream("/Type /EmbeddedFile /Filter /FlateDecode", &packed),
        format!("<< /Type /Filespec /F (a) /UF <{wide}> /EF << /F 10 0 R >> >>").into(),
        format!("<< /Title <{wide}> /Dest [3 0 R /Fit] >>").into(),
        format!("<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents <{wide}> /T <{wide}> >>")
            .into(),
        format!("<< /FT /Tx /T <{wide}> /V <{wide}> /Subtype /Widget /Rect [0 0 9 9] >>").into(),
        format!("<< /S /JavaScript /JS <{wide}> >>").into(),
    ];
    let page = "/Annots [13 0 R 14 0 R] /Thumb 10 0 R /PieceInfo << /x 8 0 R >>";
    let catalog = "/Metadata 9 0 R /Outlines << /First 12 0 R /Last 12 0 R /Count 1 >> \
        /Names << /EmbeddedFiles << /Names [(x) 11 0 R] >> >> /AcroForm << /Fields [14 0 R] >> \
        /OpenAction 15 0 R";
    let before = document(&content, page, "", catalog, &more);
    let copy = gone(&before, "由签收");
    let findings = crate::inspect::inspect("a.pdf", &copy.bytes, &Limits::default()).unwrap();
    assert!(findings.findings.is_empty(), "{:?}", findings.findings);
    for n_object in 0..more.len() {
        let alone = document(&show(50, 200, "由签收"), "", "", "", &more[n_object..=n_object]);
        assert!(!proof(&alone, &[SECRET]).is_clean(), "object {n_object}");
    }
}

#[test]
fn words_in_annotations_that_are_seen_go_and_their_rest_stays() {
    let appearance = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 400 300] /Resources << /Font << /F 5 0 R >> >>",
        show(50, 200, "由王某甲签收").as_bytes(),
    );
    let field =
        "<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 400 300] /AP << /N 8 0 R >> >>";
    gone(&document("", "/Annots [9 0 R]", "", "", &[appearance, field.into()]), "由签收");
}

#[test]
fn earlier_revisions_go() {
    let mut before = document(&show(50, 200, "由王某甲签收"), "", "", "", &[]);
    let new = stream("", show(50, 200, "由签收").as_bytes());
    before.extend(b"4 0 obj\n");
    before.extend(new);
    before.extend(
        format!("\nendobj\n% {SECRET}\ntrailer << /Root 1 0 R /Size 99 >>\n%%EOF\n").bytes(),
    );
    let copy = gone(&before, "由签收");
    assert_eq!(copy.bytes.windows(5).filter(|window| *window == b"%%EOF").count(), 1);
}

#[test]
fn a_glyph_that_only_the_word_needs_is_not_in_the_fonts() {
    let copy = gone(&document(&show(50, 200, "由王某甲签收"), "", "", "", &[]), "由签收");
    let limits = Limits::default();
    for character in ["王", "某", "甲"] {
        assert!(prove(&copy.bytes, &owned(&[character]), &limits).unwrap().is_clean());
    }
}

#[test]
fn a_report_of_hundreds_of_characters_is_drawn_again_as_it_reads() {
    let before = include_bytes!("../../../tests/files/report-2021-split.pdf");
    let copy = redacted(before, &["申请"]);
    assert!(10 < copy.met[0].1);
    // Compatible forms of a character and the character itself read the same.
    let plain = |bytes: &[u8]| {
        let text = text(bytes).replace(['|', '\n', ' '], "").replace("申请", "");
        text.chars().take(400).collect::<String>()
    };
    assert_eq!(plain(&copy.bytes), plain(before));
}

/// A picture of the page's size, each point grey, 40 by 30.
pub(super) fn scan() -> Vec<u8> {
    stream(
        "/Type /XObject /Subtype /Image /Width 40 /Height 30 /ColorSpace /DeviceGray \
         /BitsPerComponent 8",
        &[100; 1200],
    )
}

#[test]
fn a_mark_over_a_scan_blacks_the_points_under_it() {
    let content = format!("q 400 0 0 300 0 0 cm /I Do Q 3 Tr {}", show(50, 200, "由王某甲签收"));
    let copy = gone(&document(&content, "", "/XObject << /I 8 0 R >>", "", &[scan()]), "由签收");
    let limits = Limits::default();
    let bytes = std::sync::Arc::new(copy.bytes.clone());
    let pages = super::super::pdf::recorded(bytes, &limits, &Deadline::start(&limits)).unwrap();
    let points = pages[0].points_of_pictures();
    // From x = 62 to 98, y = 198 to 211 from below, ten points a pixel.
    let at = |x: usize, y: usize| points[0][y * 40 + x];
    assert_eq!([at(7, 9), at(9, 9)], [0, 0]);
    assert_eq!([at(7, 5), at(30, 9), at(2, 9)], [100, 100, 100]);
    assert!(copy.remarks[0].starts_with("第 1 页有图片"));
}

#[test]
fn an_area_takes_all_that_stands_in_it() {
    let content = format!(
        "q 400 0 0 300 0 0 cm /I Do Q {} 100 100 m 110 120 120 80 130 100 c S 0 50 m 400 50 l S",
        show(50, 200, "由王某甲签收")
    );
    let before = document(&content, "", "/XObject << /I 8 0 R >>", "", &[scan()]);
    let area = Area { page: 1, left: 40.0, top: 80.0, right: 200.0, bottom: 260.0 };
    let marks = Marks { areas: vec![area], ..Marks::default() };
    let copy = redact(&before, &marks, &Limits::default()).unwrap();
    assert_eq!(drawn(&copy.bytes)[0], "");
    assert_eq!(copy.remarks[0], "第 1 页的遮盖区域里去掉了 6 个字");
    for (page, left) in [(0, 1.0), (2, 1.0), (1, 200.0), (1, f64::NAN)] {
        let marks = Marks { areas: vec![Area { page, left, ..area }], ..Marks::default() };
        let refused = redact(&before, &marks, &Limits::default());
        assert_eq!(refused, Err(Refusal::BadArea { page }), "{page} {left}");
    }
}

#[test]
fn what_cannot_be_known_is_refused_until_somebody_has_looked() {
    let words = owned(&[SECRET]);
    let refused = |bytes: &[u8], seen_pages: Vec<u32>| {
        let marks = Marks { words: words.clone(), seen_pages, ..Marks::default() };
        redact(bytes, &marks, &Limits::default()).err()
    };
    let only_picture =
        document("q 400 0 0 300 0 0 cm /I Do Q", "", "/XObject << /I 8 0 R >>", "", &[scan()]);
    assert!(matches!(refused(&only_picture, vec![]), Some(Refusal::Page { page: 1, .. })));
    assert_eq!(refused(&only_picture, vec![1]), None);
    let text = String::from_utf8(document(&show(50, 200, "由签收"), "", "", "", &[])).unwrap();
    let unmapped = text.replace("/ToUnicode 7 0 R", "");
    assert!(matches!(refused(unmapped.as_bytes(), vec![]), Some(Refusal::Page { page: 1, .. })));
    assert_eq!(refused(unmapped.as_bytes(), vec![1]), None);
    let pattern = stream(
        "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>",
        b"0 0 4 4 re f",
    );
    let content = "/Pattern cs /P scn 0 0 99 99 re f";
    let patterned = document(content, "", "/Pattern << /P 8 0 R >>", "", &[pattern]);
    assert!(matches!(refused(&patterned, vec![1]), Some(Refusal::Page { page: 1, .. })));
    let locked = text.replace("/Size 99", "/Size 99 /Encrypt 8 0 R");
    assert!(matches!(refused(locked.as_bytes(), vec![1]), Some(Refusal::Unreadable(_))));
}

#[test]
fn drawings_shadings_groups_and_masks_are_drawn_again() {
    let group = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 400 300] /Group << /S /Transparency /CS /DeviceGray >> \
         /Resources << /Font << /F 5 0 R >> >>",
        format!("1 g 0 0 200 300 re f {}", show(50, 200, "由王某甲签收")).as_bytes(),
    );
    let states = "/ExtGState << /A << /ca 0.5 /BM /Multiply >> /M << /SMask << /S /Luminosity /G 8 0 R >> >> >> \
        /XObject << /X 8 0 R >> /Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 400 0] \
        /Function << /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >> >> >>";
    let content = "q /A gs /X Do Q q /M gs 1 0 0 rg 0 0 400 300 re f Q q 10 10 50 50 re W n /S sh Q \
        0 0 1 RG 3 w [4 2] 0 d 10 20 m 300 20 l S";
    let before = document(content, "", states, "", &[group]);
    let copy = gone(&before, "由签收");
    let again = redacted(&copy.bytes, &[SECRET]);
    assert_eq!(again.met[0].1, 0);
}

#[test]
fn a_cut_off_file_is_refused_or_proved_and_never_panics() {
    let whole =
        document(&show(50, 200, "由王某甲签收"), "", "/XObject << /I 8 0 R >>", "", &[scan()]);
    let marks = Marks { words: owned(&[SECRET]), ..Marks::default() };
    for length in (0..whole.len()).step_by(97) {
        let mut bytes = whole[..length].to_vec();
        if let Ok(copy) = redact(&bytes, &marks, &Limits::default()) {
            assert!(copy.proof.is_clean());
        }
        bytes.extend(b"\ntrailer << /Root 1 0 R >>\n%%EOF");
        if let Ok(copy) = redact(&bytes, &marks, &Limits::default()) {
            assert!(copy.proof.is_clean());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_secret_survives_nowhere_on_pages(
        text in "[由签收的0-9abc ]{0,30}",
        secret in "[王某甲乙丙丁0-9]{2,9}",
        place in 0_usize..30,
        turn in 0_u32..4,
        cuts in proptest::collection::vec(1_usize..7, 1..9),
    ) {
        let mut whole: Vec<char> = text.chars().collect();
        let place = place.min(whole.len());
        whole.splice(place..place, secret.chars());
        let (mut content, mut at, mut x, mut y) = (String::new(), 0, 20, 260);
        for cut in cuts.iter().cycle() {
            if at == whole.len() {
                break;
            }
            let end = (at + cut).min(whole.len());
            let piece: String = whole[at..end].iter().collect();
            content.push_str(&show(x, y, &piece));
            x += 12 * u32::try_from(end - at).unwrap();
            if 300 < x {
                (x, y) = (20, y - 20);
            }
            at = end;
        }
        let before = document(&content, &format!("/Rotate {}", 90 * turn), "", "", &[]);
        let marks = Marks { words: vec![secret.clone()], ..Marks::default() };
        let copy = redact(&before, &marks, &Limits::default()).unwrap();
        prop_assert!(0 < copy.met[0].1);
        prop_assert!(copy.proof.is_clean());
        prop_assert!(prove(&copy.bytes, &[secret], &Limits::default()).unwrap().is_clean());
    }
}
