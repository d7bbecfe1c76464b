//! Checks as declared and as used: every key that code names is declared, every declared one used.

use gongkai_domain::finding::definitions;
use gongkai_domain::form::forms;
use regex::Regex;
use std::collections::BTreeSet;
use xtask::workspace;

/// Declared, and not yet used by any code. A key leaves this list with its first use.
const PENDING: &[&str] = &[
    "R-lost",
    "R-uncertain",
    "R-repaired",
    "R-header",
    "R-table",
    "R-form",
    "R-identity",
    "R-date",
    "R-text",
    "F-sections",
    "F-numbering",
    "F-title",
    "X-1",
    "X-2",
    "X-3",
    "X-3S",
    "X-4",
    "X-5",
    "X-6",
    "X-7",
    "X-8",
    "X-9",
    "X-10",
    "X-11",
    "T2-2",
    "X-12",
    "ROLL",
];

fn declared() -> BTreeSet<&'static str> {
    definitions().iter().map(|check| check.id.as_str()).collect()
}

#[test]
fn every_check_that_code_names_is_declared() {
    let named = Regex::new(r#"Finding::of\(\s*"([^"]+)""#).unwrap();
    let declared = declared();
    let mut wrong = Vec::new();
    for source in workspace::sources("crates").unwrap() {
        let keys = named.captures_iter(&source.text).map(|found| found[1].to_owned());
        let unknown = keys.filter(|key| !declared.contains(key.as_str()));
        wrong.extend(unknown.map(|key| format!("{}: {key}", source.path.display())));
    }
    assert!(wrong.is_empty(), "declare it in data/forms/checks.toml: {wrong:#?}");
}

#[test]
fn every_declared_check_is_used() {
    let sources = workspace::sources("crates").unwrap();
    let literals = sources.iter().flat_map(|source| &source.body.literals);
    let used: BTreeSet<&str> = literals.map(|(_, text)| text.as_str()).collect();
    let unused: BTreeSet<&str> = declared().into_iter().filter(|key| !used.contains(key)).collect();
    let pending = BTreeSet::from_iter(PENDING.iter().copied());
    let forgotten: Vec<_> = unused.difference(&pending).collect();
    assert!(forgotten.is_empty(), "declared, and no code uses it: {forgotten:?}");
    let settled: Vec<_> = pending.difference(&unused).collect();
    assert!(settled.is_empty(), "used by now; take it off the list PENDING: {settled:?}");
}

#[test]
fn keys_are_unique_and_every_check_names_its_basis() {
    let tables = || forms()[0].tables.iter();
    let relations = tables().flat_map(|table| table.relations.iter().map(|each| &each.check));
    let carries = tables().flat_map(|table| table.carries.iter().map(|each| &each.check));
    let mut seen = BTreeSet::new();
    for check in definitions().iter().chain(relations).chain(carries) {
        assert!(seen.insert(&check.id), "{} is declared twice", check.id);
        assert!(!check.basis.is_empty() && !check.title.is_empty(), "{}", check.id);
    }
}
