//! Invented families of reports.

use super::*;
use crate::figure::{Certainty, Place, Reading};
use crate::finding::Verdict;
use crate::form::{FormKey, forms};
use crate::report::{Paragraph, Section};

fn form(key: &str) -> FormKey {
    forms().iter().find(|form| form.key.as_str() == key).unwrap().key
}

fn report(agency: &str, year: i16, figures: &[(&str, i64)], text: &str) -> AnnualReport {
    let key = form(if year < 2021 { "2019" } else { "2021" });
    let mut report = AnnualReport {
        source: format!("{agency}{year}.txt"),
        agency: Some(agency.to_owned()),
        year: Some(year),
        forms: TableForms { proactive: Some(key), requests: Some(key), remedies: Some(key) },
        ..AnnualReport::default()
    };
    let cells = key.form().unwrap().tables.iter().flat_map(|table| table.cells.iter().flatten());
    for cell in cells {
        if let Some((_, value)) = figures.iter().find(|(name, _)| *name == cell.as_str()) {
            report.figures.set(*cell, Some((*value).into()));
            report.readings.push(Reading {
                cell: *cell,
                text: value.to_string(),
                value: Some((*value).into()),
                place: Place { line: Some(7), ..Place::default() },
                certainty: Certainty::Sure,
                reason: None,
            });
        }
    }
    report.sections.push(Section {
        number: Some(5),
        title: "问题".to_owned(),
        paragraphs: vec![Paragraph { text: text.to_owned(), ..Paragraph::default() }],
        place: Default::default(),
        printed_number: Some(5),
    });
    report
}

fn found(reports: &[AnnualReport]) -> Vec<(usize, &'static str, Verdict)> {
    let digests: Vec<Digest> = reports.iter().map(Digest::of).collect();
    between(&digests)
        .into_iter()
        .filter(|(_, finding)| matches!(finding.verdict, Verdict::Fails | Verdict::Uncertain))
        .map(|(index, finding)| (index, finding.check, finding.verdict))
        .collect()
}

/// A long text that differs from seed to seed.
fn text(seed: u32) -> String {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(97);
    (0..400)
        .filter_map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_u32(0x4e00 + (state >> 16) % 5000)
        })
        .collect()
}

#[test]
fn requests_carried_forward_come_back_next_year() {
    let key = "requests.carried_forward.natural";
    let back = "requests.brought_forward.natural";
    let one = report("甲山市商务局", 2020, &[(key, 3)], "");
    let good = report("甲山市商务局", 2021, &[(back, 3)], "");
    let bad = report("甲山市商务局", 2021, &[(back, 2)], "");
    let other = report("甲山市教育局", 2021, &[(back, 2)], "");
    let later = report("甲山市商务局", 2022, &[(back, 2)], "");
    assert_eq!(found(&[one.clone(), good]), []);
    assert_eq!(found(&[bad.clone(), one.clone()]), [(0, "T3-4", Verdict::Fails)]);
    let findings = between(&[Digest::of(&bad), Digest::of(&one)]);
    let failed = findings.iter().find(|(_, each)| each.verdict == Verdict::Fails).unwrap();
    let spots: Vec<_> = failed.1.places.iter().map(|s| (s.place.line, s.source.clone())).collect();
    assert_eq!(spots, [(Some(7), None), (Some(7), Some("甲山市商务局2020.txt".to_owned()))]);
    assert_eq!(found(&[one.clone(), other]), []);
    assert_eq!(found(&[one, later]), []);
}

#[test]
fn a_figure_missing_in_one_year_is_no_fault() {
    let one = report("甲山市商务局", 2020, &[], "");
    let two = report("甲山市商务局", 2021, &[("requests.brought_forward.natural", 2)], "");
    assert_eq!(found(&[one.clone(), two.clone()]), []);
    let digests = [Digest::of(&one), Digest::of(&two)];
    let verdicts: Vec<Verdict> =
        between(&digests).into_iter().map(|(_, each)| each.verdict).collect();
    assert!(verdicts.contains(&Verdict::NotAssessable));
}

#[test]
fn documents_in_force_and_items_carry_over() {
    let force = "proactive.normative_document.in_force";
    let issued = "proactive.normative_document.issued";
    let repealed = "proactive.normative_document.repealed";
    let one = report("甲山市商务局", 2021, &[(force, 10)], "");
    let good = report("甲山市商务局", 2022, &[(force, 11), (issued, 2), (repealed, 1)], "");
    let bad = report("甲山市商务局", 2022, &[(force, 12), (issued, 2), (repealed, 1)], "");
    assert_eq!(found(&[one.clone(), good]), []);
    assert_eq!(found(&[one, bad]), [(1, "T2-1", Verdict::Fails)]);
    let before = ("proactive.permit.items_before", 10);
    let one = report("甲山市商务局", 2019, &[before, ("proactive.permit.items_change", -2)], "");
    let next =
        |value| report("甲山市商务局", 2020, &[("proactive.permit.items_before", value)], "");
    assert_eq!(found(&[one.clone(), next(8)]), []);
    assert_eq!(found(&[one, next(10)]), [(1, "T2-3Y", Verdict::Fails)]);
}

#[test]
fn sudden_jumps_are_noted_and_small_ones_are_not() {
    let key = "requests.received.total";
    let year = |year, value| report("甲山市商务局", year, &[(key, value)], "");
    assert_eq!(found(&[year(2021, 5), year(2022, 150)]), [(1, "X-12", Verdict::Uncertain)]);
    assert_eq!(found(&[year(2021, 5), year(2022, 90)]), []);
    assert_eq!(found(&[year(2021, 200), year(2022, 900)]), []);
}

#[test]
fn a_government_counts_no_less_than_its_organs() {
    let key = "requests.received.total";
    let of = |agency: &str, value| report(agency, 2022, &[(key, value)], "");
    let parent = of("甲山市人民政府", 10);
    assert_eq!(found(&[parent.clone(), of("甲山市商务局", 6), of("甲山市教育局", 4)]), []);
    assert_eq!(found(&[parent.clone(), of("甲山市商务局", 11)]), [(0, "ROLL", Verdict::Fails)]);
    let both = [parent.clone(), of("甲山市商务局", 6), of("甲山市教育局", 5)];
    assert_eq!(found(&both), [(0, "ROLL", Verdict::Fails)]);
    let lower = [parent.clone(), of("甲山市丁河区人民政府", 10), of("甲山市丁河区教育局", 10)];
    assert_eq!(found(&lower), []);
    assert_eq!(found(&[parent, of("乙水市商务局", 90)]), []);
}

#[test]
fn like_texts_name_each_other_and_copies_are_only_noted() {
    let mine = report("甲山市商务局", 2022, &[], &text(1));
    let theirs = report("甲山市教育局", 2022, &[], &format!("{}又及", text(1)));
    let own = report("甲山市交通局", 2022, &[], &text(2));
    let alike = [(0, "X-3S", Verdict::Fails), (1, "X-3S", Verdict::Fails)];
    assert_eq!(found(&[mine.clone(), theirs, own]), alike);
    assert_eq!(found(&[mine.clone(), mine.clone()]), [(1, "X-3S", Verdict::Uncertain)]);
    let last_year = report("甲山市商务局", 2021, &[], &text(1));
    assert_eq!(found(&[last_year, mine]), alike);
}

#[test]
fn thousands_of_reports_are_compared_in_little_time() {
    let digests: Vec<Digest> = (0..3_000u32)
        .map(|seed| {
            let agency = format!("甲{}市商务局", text(seed).chars().take(4).collect::<String>());
            Digest::of(&report(&agency, 2022, &[], &text(seed % 1500)))
        })
        .collect();
    let started = std::time::Instant::now();
    let findings = between(&digests);
    eprintln!("{} findings in {:?}", findings.len(), started.elapsed());
    assert_eq!(findings.iter().filter(|(_, finding)| finding.check == "X-3S").count(), 3_000);
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}
