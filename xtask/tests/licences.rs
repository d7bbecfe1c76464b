//! Every dependency's licence is one we allow; the list stands in `deny.toml`.

use spdx::{Expression, ParseMode};
use std::collections::BTreeSet;
use xtask::workspace;

fn allowed() -> BTreeSet<String> {
    let deny: toml::Table = workspace::text("deny.toml").expect("readable").parse().expect("TOML");
    let list = deny["licenses"]["allow"].as_array().expect("a list of licences");
    list.iter().filter_map(|each| each.as_str().map(str::to_owned)).collect()
}

fn permits(allowed: &BTreeSet<String>, expression: &str) -> bool {
    let parsed = Expression::parse_mode(expression, ParseMode::LAX);
    parsed.is_ok_and(|each| each.evaluate(|part| allowed.contains(&part.to_string())))
}

#[test]
fn every_dependency_has_an_allowed_licence() {
    let allowed = allowed();
    let metadata = workspace::packages_and_dependencies().expect("cargo metadata");
    let used: BTreeSet<_> = metadata
        .resolve
        .expect("the graph was asked for")
        .nodes
        .into_iter()
        .map(|node| node.id)
        .collect();
    let wrong: Vec<String> = metadata
        .packages
        .iter()
        .filter(|package| used.contains(&package.id))
        .filter(|package| !package.license.as_deref().is_some_and(|each| permits(&allowed, each)))
        .map(|package| format!("{} {}: {:?}", package.name, package.version, package.license))
        .collect();
    assert!(wrong.is_empty(), "not allowed by deny.toml: {wrong:#?}");
}

#[test]
fn an_expression_is_allowed_when_one_of_its_choices_is() {
    let allowed = allowed();
    let cases = [
        ("MIT OR GPL-3.0-only", true),
        ("MIT/Apache-2.0", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("MIT AND GPL-3.0-only", false),
        ("AGPL-3.0-only", false),
        ("no such licence", false),
    ];
    for (expression, expected) in cases {
        assert_eq!(permits(&allowed, expression), expected, "{expression}");
    }
}
