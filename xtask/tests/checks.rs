//! Checks as declared and as used: every key that code names is declared, every declared one used.

use gongkai_domain::finding::definitions;
use gongkai_domain::form::forms;
use regex::Regex;
use std::collections::BTreeSet;
use xtask::workspace;

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
    let unused: Vec<&str> = declared().into_iter().filter(|key| !used.contains(key)).collect();
    assert!(unused.is_empty(), "declared, and no code uses it: {unused:?}");
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
