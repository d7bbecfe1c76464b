//! What the code may not say: names of the real world, and the labels of the forms.

use gongkai_domain::form::forms;
use regex::Regex;
use std::collections::BTreeSet;
use xtask::source::Source;
use xtask::workspace;

/// The prose of invented reports speaks as reports do; their tables come from the forms all the same.
const SPEAKS_AS_REPORTS_DO: &str = "crates/testkit/src/prose.rs";

/// From this many characters on a label is no everyday word.
const LABEL_HAN: usize = 6;

/// Every string literal of the program that holds a piece of text, with its place.
fn literals_with(sources: &[Source], pieces: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for (line, text) in &source.body.literals {
            let text: String = text.split_whitespace().collect();
            let held = pieces.iter().filter(|piece| text.contains(piece.as_str()));
            found.extend(held.map(|piece| format!("{}: {piece}", source.at(*line))));
        }
    }
    found
}

/// Organs and places that the titles of the real reports name.
fn names_of_the_samples() -> BTreeSet<String> {
    let Some(folder) = workspace::samples() else {
        skipped("no ../shared/samples here: names of real organs are not looked for");
        return BTreeSet::new();
    };
    let title = Regex::new(
        r"(?m)^\s*((\p{Han}{2,6}?)[省市县區区州縣]\p{Han}{0,20}?[局委办厅])\s*(?:19|20)\d\d",
    )
    .expect("readable");
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("readable") {
        let text = std::fs::read(entry.expect("readable").path()).expect("readable");
        for found in title.captures_iter(&String::from_utf8_lossy(&text)) {
            names.extend([found[1].to_owned(), found[2].to_owned()]);
        }
    }
    assert!(!names.is_empty(), "the samples name organs in their titles");
    names
}

#[expect(clippy::print_stderr, reason = "a test that looks at nothing says so")]
fn skipped(why: &str) {
    eprintln!("{why}");
}

#[test]
fn no_real_organ_or_place_is_named_in_code() {
    let found = literals_with(&workspace::sources("crates").unwrap(), &names_of_the_samples());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_year_is_named_in_code() {
    let year = Regex::new(r"(?:19|20)\d\d\s*年").unwrap();
    let mut wrong = Vec::new();
    for source in workspace::sources("crates").unwrap() {
        let named = source.body.literals.iter().filter(|(_, text)| year.is_match(text));
        wrong.extend(named.map(|(line, text)| format!("{}: {text}", source.at(*line))));
    }
    assert!(wrong.is_empty(), "what holds from a date on is data: {wrong:#?}");
}

/// The words of a label without its number and what stands in brackets.
fn bare(label: &str) -> String {
    let number = Regex::new(r"^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+\.)")
        .expect("a sound pattern");
    let words = number.replace(label, "");
    words.split('（').next().unwrap_or_default().to_owned()
}

#[test]
fn labels_of_the_forms_stand_in_the_forms_only() {
    let rows = forms().iter().flat_map(|form| &form.tables).flat_map(|table| &table.rows);
    let labels: BTreeSet<String> = rows
        .map(|row| bare(&row.label))
        .filter(|label| LABEL_HAN <= label.chars().count())
        .collect();
    assert!(labels.contains("属于国家秘密"), "{labels:?}");
    let mut sources = workspace::sources("crates").unwrap();
    sources.retain(|source| !source.path.ends_with(SPEAKS_AS_REPORTS_DO));
    let found = literals_with(&sources, &labels);
    assert!(found.is_empty(), "read them from `gongkai_domain::form`: {found:#?}");
}
