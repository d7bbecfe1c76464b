//! Reports that are written are read back equal, in every format, and twice give the same bytes.

use gongkai_document::Limits;
use gongkai_domain::check;
use gongkai_domain::figure::Certainty;
use gongkai_domain::finding::{Finding, Severity, Verdict};
use gongkai_domain::report::AnnualReport;
use gongkai_papers::annual_report::write::{Draft, Format, official, write};
use gongkai_papers::annual_report::{keyed, read};
use gongkai_papers::official::Fonts;
use gongkai_testkit::truth::{Mode, Plan};
use gongkai_testkit::{Chance, prose};
use proptest::prelude::{ProptestConfig, any, proptest};
use rand::{Rng, SeedableRng};
use rust_decimal::Decimal;

/// What a plan says; some figures are not known, some are as large as a province's.
fn draft(seed: u64) -> Draft {
    let mut chance = Chance::seed_from_u64(seed);
    let mode = Mode::ALL[chance.random_range(0..Mode::ALL.len())];
    let mut plan = Plan::draw(mode, &mut chance);
    if chance.random_bool(0.25) {
        enlarge(&mut plan, &mut chance);
    }
    let mut draft = Draft::new(&plan.agency, plan.year).expect("as prepared");
    draft.figures = plan.figures.clone();
    draft.sections = prose::sections(&plan);
    draft.signed_on = chance.random_bool(0.5).then(|| jiff::civil::date(plan.year + 1, 1, 20));
    if chance.random_bool(0.3) {
        for _ in 0..chance.random_range(1..6) {
            let cells = draft.cells().collect::<Vec<_>>();
            let (cell, _) = cells[chance.random_range(0..cells.len())];
            draft.figures.set(cell, None);
        }
    }
    draft
}

/// Makes every count a thousand times as large, which keeps the sums, and draws large amounts.
fn enlarge(plan: &mut Plan, chance: &mut Chance) {
    let cells = plan.figures.iter().collect::<Vec<_>>();
    for (cell, value) in cells {
        let larger = match cell.as_str().ends_with("amount") {
            true => Decimal::new(chance.random_range(0..=9_999_999_999), 4).normalize(),
            false => value.unwrap_or_default() * Decimal::ONE_THOUSAND,
        };
        plan.figures.set(cell, Some(larger));
    }
}

fn read_back(bytes: &[u8], format: Format) -> AnnualReport {
    if matches!(format, Format::Csv | Format::Json) {
        return keyed::read(bytes, "").expect("as prepared").remove(0);
    }
    read(&gongkai_document::read(bytes, &Limits::default()).expect("as prepared"), "")
}

/// What is wrong with a report: check, line and difference.
fn errors(report: &AnnualReport) -> Vec<String> {
    let found: Vec<Finding> = check::inside(report);
    let wrong = found
        .iter()
        .chain(&report.findings)
        .filter(|finding| finding.severity == Severity::Error && finding.verdict == Verdict::Fails);
    let mut told: Vec<String> =
        wrong.map(|finding| format!("{} {:?}", finding.message, finding.difference)).collect();
    told.sort();
    told
}

fn comes_back(draft: &Draft, format: Format, seed: u64) {
    let bytes = write(draft, format).expect("as prepared");
    assert!(bytes == write(draft, format).expect("as prepared"), "{format:?} {seed}: other bytes");
    is_the_same(draft, &read_back(&bytes, format), &format!("{format:?}, seed {seed}"));
}

fn is_the_same(draft: &Draft, report: &AnnualReport, what: &str) {
    assert_eq!(report.agency.as_deref(), Some(draft.agency.as_str()), "{what}");
    assert_eq!((report.year, report.forms), (Some(draft.year), draft.table_forms()), "{what}");
    assert_eq!(report.figures.len(), draft.cells().count(), "{what}");
    for (cell, value) in draft.cells() {
        let reading = report.reading(cell).expect("as prepared");
        assert_eq!(reading.value, value, "{what}: {reading:?}");
        if value.is_some() {
            assert_eq!(reading.certainty, Certainty::Sure, "{what}: {reading:?}");
        }
    }
    let numbers: Vec<_> = report.sections.iter().map(|section| section.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6].map(Some), "{what}");
    let stated = read_back(&write(draft, Format::Json).expect("as prepared"), Format::Json);
    assert_eq!(errors(report), errors(&stated), "{what}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back_equal_in_every_format(seed in any::<u64>()) {
        for format in Format::ALL {
            comes_back(&draft(seed), format, seed);
        }
    }
}

#[test]
fn blanks_are_written_blank_and_said() {
    let mut draft = draft(1);
    let cells: Vec<_> = draft.cells().map(|(cell, _)| cell).collect();
    draft.figures.set(cells[3], None);
    assert!(draft.blanks().contains(&cells[3]));
    let html =
        String::from_utf8(write(&draft, Format::Html).expect("as prepared")).expect("as prepared");
    assert!(html.contains("没有可以确认的数字"));
    assert!(html.contains(&format!("data-key=\"{}\">—</td>", cells[3])));
}

/// Cases of PDF, which is slow to set and to read: few every day, `GONGKAI_PDF_CASES` for more.
fn pdf_cases() -> u32 {
    std::env::var("GONGKAI_PDF_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: pdf_cases(), ..ProptestConfig::default() })]

    #[test]
    fn a_pdf_is_read_back_equal(seed in any::<u64>()) {
        let draft = draft(seed);
        let pdf = official(&draft).to_pdf(Fonts::installed()).expect("fonts are installed");
        let again = official(&draft).to_pdf(Fonts::installed()).expect("fonts are installed");
        assert!(pdf.bytes == again.bytes, "seed {seed}: other bytes");
        let document = gongkai_document::read(&pdf.bytes, &Limits::default()).expect("as prepared");
        is_the_same(&draft, &read(&document, ""), &format!("PDF, seed {seed}"));
    }
}

#[test]
fn control_characters_spoil_no_file() {
    let mut draft = draft(3);
    draft.sections[0] = vec!["前\u{0}后\u{b}\u{7f}。".to_owned(), "\u{1}".to_owned()];
    for format in [Format::Html, Format::Docx, Format::Xlsx] {
        let report = read_back(&write(&draft, format).expect("as prepared"), format);
        assert_eq!(report.section(1).expect("as prepared").text(), "前后。", "{format:?}");
    }
}

#[test]
fn a_report_that_was_read_can_be_written_again() {
    let first = draft(7);
    let report = read_back(&write(&first, Format::Docx).expect("as prepared"), Format::Docx);
    let again = Draft::of(&report).expect("as prepared");
    assert_eq!(again.title(), first.title());
    let csv = |draft: &Draft| {
        String::from_utf8(write(draft, Format::Csv).expect("as prepared")).expect("as prepared")
    };
    let (again, first) = (csv(&again), csv(&first));
    let parted: Vec<_> = again.lines().zip(first.lines()).filter(|(a, b)| a != b).collect();
    assert!(parted.is_empty(), "{parted:#?}");
    let nobody = AnnualReport { agency: None, ..report };
    assert!(Draft::of(&nobody).is_err());
}
