//! Attacks on areas: where something may stand in one and be left there.

use super::pdf::{document, drawn, scan, show, stream};
use super::*;
use proptest::prelude::*;

/// An area of page one, from x and y to x and y, counted from the upper left corner.
fn area(left: f64, top: f64, right: f64, bottom: f64) -> Area {
    Area { page: 1, left, top, right, bottom }
}

fn without(bytes: &[u8], areas: &[Area]) -> Redacted {
    let marks = Marks { areas: areas.to_vec(), ..Marks::default() };
    let copy = redact(bytes, &marks, &Limits::default()).unwrap();
    assert_eq!(copy.proof.n_areas, areas.len());
    assert!(copy.proof.ways.iter().any(|way| way.contains("黑框")));
    copy
}

/// All characters that stand on the first page, in the order of drawing.
fn characters(bytes: &[u8]) -> String {
    drawn(bytes).into_iter().next().unwrap_or_default()
}

/// The page as it is drawn again.
fn page_of(bytes: &[u8]) -> super::super::pdf::Page {
    let limits = Limits::default();
    let bytes = std::sync::Arc::new(bytes.to_vec());
    super::super::pdf::recorded(bytes, &limits, &Deadline::start(&limits)).unwrap().remove(0)
}

const LINE: &str = "由王某甲签收";

/// The place of 王某甲 in the line, as the page is shown with this turn; the page is 400 by 300.
fn of_the_name(turn: u32) -> Area {
    let (left, right, low, high) = (62.5, 97.5, 199.0, 210.0);
    match turn {
        0 => area(left, 300.0 - high, right, 300.0 - low),
        90 => area(low, left, high, right),
        180 => area(400.0 - right, low, 400.0 - left, high),
        _ => area(300.0 - high, 400.0 - right, 300.0 - low, 400.0 - left),
    }
}

#[test]
fn an_area_of_a_turned_page_takes_what_is_shown_there() {
    for turn in [0, 90, 180, 270] {
        let page = format!("/Rotate {turn}");
        let before = document(&show(50, 200, LINE), &page, "", "", &[]);
        let copy = without(&before, &[of_the_name(turn)]);
        assert_eq!(characters(&copy.bytes), "由签收", "{turn}");
        assert_eq!(copy.remarks[0], "第 1 页的遮盖区域里去掉了 3 个字", "{turn}");
    }
}

#[test]
fn a_character_that_is_half_in_goes_and_the_line_below_stays() {
    let content = format!("{}{}", show(50, 200, LINE), show(50, 184, "乙丙丁"));
    let before = document(&content, "", "", "", &[]);
    // A quarter of 王, all of 某, a quarter of 甲.
    let copy = without(&before, &[area(71.0, 88.0, 89.0, 103.0)]);
    assert_eq!(characters(&copy.bytes), "由签收乙丙丁");
}

#[test]
fn words_in_pictures_forms_inline_pictures_and_annotations_go_under_an_area() {
    let resources = "/XObject << /I 8 0 R >>";
    let picture = "q 400 0 0 300 0 0 cm /I Do Q";
    let form = |content: &str| {
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 400 300] \
             /Resources << /Font << /F 5 0 R >> /XObject << /I 8 0 R >> >>",
            content.as_bytes(),
        )
    };
    let annotation =
        "<< /Type /Annot /Subtype /Stamp /Rect [0 0 400 300] /AP << /N 9 0 R >> >>".into();
    let inline = format!(
        "q 400 0 0 300 0 0 cm BI /W 4 /H 3 /CS /G /BPC 8 /F /AHx ID {}> EI Q {}",
        "64".repeat(12),
        show(50, 200, LINE)
    );
    let with_text = format!("{picture} {}", show(50, 200, LINE));
    let cases = [
        document(&with_text, "", resources, "", &[scan()]),
        document("/X Do", "", "/XObject << /X 9 0 R >>", "", &[scan(), form(&with_text)]),
        document(&inline, "", "", "", &[]),
        document("", "/Annots [10 0 R]", "", "", &[scan(), form(&with_text), annotation]),
    ];
    for (case, before) in cases.iter().enumerate() {
        let copy = without(before, &[of_the_name(0)]);
        assert_eq!(characters(&copy.bytes), "由签收", "{case}");
        let page = page_of(&copy.bytes);
        let points = page.points_of_pictures();
        assert!(points.iter().any(|points| points.contains(&0)), "{case}: nothing is black");
        assert!(points.iter().any(|points| points.contains(&100)), "{case}: the rest is gone");
    }
}

#[test]
fn drawings_that_show_letters_go_and_rulings_stay() {
    // A letter drawn as a shape, one by a broad pen beside the area, the ruling of a form, and a
    // shape far from it.
    let inside = "70 202 m 75 210 80 194 85 208 c f";
    let broad = "20 w 60 220 m 70 216 80 224 90 218 c S 1 w";
    let rest = "0 205 m 400 205 l S 300 100 m 310 120 320 90 330 110 c f";
    let marked = document(&format!("{inside} {broad} {rest}"), "", "", "", &[]);
    let never = document(rest, "", "", "", &[]);
    let area = [of_the_name(0)];
    assert!(without(&marked, &area).bytes == without(&never, &area).bytes, "the same is left");
    assert_ne!(without(&never, &area).bytes, without(&document("", "", "", "", &[]), &area).bytes);
}

#[test]
fn several_areas_and_one_over_the_edge_of_the_page_go() {
    let content = format!("{}{}{}", show(10, 280, "乙"), show(50, 200, LINE), show(380, 5, "丙"));
    let before = document(&content, "", "", "", &[]);
    let corner = area(370.0, 280.0, 900.0, 900.0);
    let copy = without(&before, &[area(-20.0, -20.0, 30.0, 40.0), of_the_name(0), corner]);
    assert_eq!(characters(&copy.bytes), "由签收");
    for outside in [area(500.0, 10.0, 600.0, 20.0), area(0.0, -50.0, 40.0, -10.0)] {
        let marks = Marks { areas: vec![outside], ..Marks::default() };
        let refused = redact(&before, &marks, &Limits::default());
        assert_eq!(refused, Err(Refusal::BadArea { page: 1 }));
    }
}

#[test]
fn what_an_earlier_revision_showed_in_an_area_is_gone() {
    let mut before = document(&show(50, 200, LINE), "", "", "", &[]);
    before.extend(b"4 0 obj\n");
    before.extend(stream("", show(50, 200, "由乙丙丁签收").as_bytes()));
    before.extend(b"\nendobj\ntrailer << /Root 1 0 R /Size 99 >>\n%%EOF\n");
    let copy = without(&before, &[of_the_name(0)]);
    assert_eq!(characters(&copy.bytes), "由签收");
    assert!(proof(&copy.bytes, &["王某甲"]).is_clean());
    assert_eq!(copy.bytes.windows(5).filter(|window| *window == b"%%EOF").count(), 1);
}

#[test]
fn a_page_is_shown_as_a_picture_without_words_links_or_scripts() {
    let content = format!("q 400 0 0 300 0 0 cm /I Do Q {} 0 50 m 400 50 l S", show(50, 200, LINE));
    let link = "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://x) >> >>";
    let page = "/Rotate 90 /Annots [9 0 R]";
    let before = document(&content, page, "/XObject << /I 8 0 R >>", "", &[scan(), link.into()]);
    let limits = Limits::default();
    assert_eq!(page_sizes(&before, &limits).unwrap(), [(300.0, 400.0)]);
    let svg = page_picture(&before, 1, &limits).unwrap();
    let mut reader = quick_xml::Reader::from_str(&svg);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    assert!(svg.contains("width=\"300\" height=\"400\"") && svg.contains("data:image/png;base64,"));
    for never in ["王", "<text", "script", "http://x", "href=\"http"] {
        assert!(!svg.contains(never), "{never}");
    }
    assert_eq!(page_picture(&before, 2, &limits), Err(Refusal::BadArea { page: 2 }));
    assert_eq!(page_picture(&before, 0, &limits), Err(Refusal::BadArea { page: 0 }));
    assert!(matches!(page_sizes("甲".as_bytes(), &limits), Err(Refusal::Format(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_stands_in_an_area_goes_and_what_stands_apart_stays(
        lines in proptest::collection::vec("[由王某甲签收乙丙丁]{1,20}", 1..8),
        (x, y) in (0.0_f64..330.0, 0.0_f64..260.0),
        (wide, high) in (6.0_f64..120.0, 6.0_f64..80.0),
    ) {
        let mut content = String::new();
        let mut places = Vec::new();
        for (row, line) in (0_u32..).zip(&lines) {
            let base = 270 - 30 * row;
            content.push_str(&show(20, base, line));
            for (at, letter) in (0_u32..).zip(line.chars()) {
                let left = f64::from(20 + 12 * at);
                // Their ink: the box that the font of tests draws.
                let top = 300.0 - f64::from(base) - 9.0;
                places.push((letter, left, top, left + 11.0, top + 9.6));
            }
        }
        let before = document(&content, "", "", "", &[]);
        let marked = area(x, y, x + wide, y + high);
        let copy = without(&before, &[marked]);
        let left = characters(&copy.bytes);
        let (mut apart, mut within) = (0, 0);
        for (_, x0, y0, x1, y1) in &places {
            let far = *x1 + 3.0 < marked.left || marked.right + 3.0 < *x0
                || *y1 + 4.0 < marked.top || marked.bottom + 4.0 < *y0;
            let (middle, height) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
            let in_it = marked.left < middle && middle < marked.right
                && marked.top < height && height < marked.bottom;
            apart += usize::from(far);
            within += usize::from(in_it);
        }
        let n_left = left.chars().filter(|c| !c.is_whitespace()).count();
        prop_assert!(apart <= n_left, "{apart} stand apart, {n_left} are left");
        prop_assert!(n_left + within <= places.len(), "{within} stand within, {n_left} are left");
    }
}
