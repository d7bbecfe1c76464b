//! Who may know whom: edges between the rooms, and the outside crates that the pure rooms may use.

use cargo_metadata::{DependencyKind, Package};
use xtask::workspace;

/// Room and the rooms it may import. `testkit` may be a dev-dependency of any.
const EDGES: &[(&str, &[&str])] = &[
    ("gongkai-domain", &[]),
    ("gongkai-document", &[]),
    ("gongkai-typeset", &[]),
    ("gongkai-papers", &["gongkai-domain", "gongkai-document", "gongkai-typeset"]),
    ("gongkai-store", &["gongkai-domain"]),
    ("gongkai-app", &["gongkai-domain", "gongkai-store", "gongkai-papers"]),
    ("gongkai-web", &["gongkai-app", "gongkai-domain"]),
    // `domain` and `document` until there is an `app` to call: ADR 0001.
    (
        "gongkai",
        &["gongkai-app", "gongkai-web", "gongkai-papers", "gongkai-domain", "gongkai-document"],
    ),
];

/// Not part of the program: may import what they like, and nothing of the program imports them.
const FREE: &[&str] = &["gongkai-testkit", "gongkai-bench", "xtask"];

/// Outside crates of the rooms that must stay pure or bounded.
const OUTSIDE: &[(&str, &[&str])] = &[
    (
        "gongkai-domain",
        &["indexmap", "jiff", "rust_decimal", "serde", "sha2", "sm3", "thiserror", "toml"],
    ),
    (
        "gongkai-document",
        &[
            // Looks for every removed word in every encoding in one pass.
            "aho-corasick",
            "ammonia",
            // Pictures within the picture of a page: ADR 0017.
            "base64",
            "calamine",
            "cfb",
            "chardetng",
            "encoding_rs",
            "flate2",
            "hayro-interpret",
            "hayro-syntax",
            "html5ever",
            "imagesize",
            "img-parts",
            "kamadak-exif",
            // Writes redacted PDF anew: ADR 0011.
            "pdf-writer",
            // Pictures within the picture of a page: ADR 0017.
            "png",
            "pulldown-cmark",
            "quick-xml",
            "rust_xlsxwriter",
            // The proof of a redaction is kept, with the hash of the file it speaks of.
            "serde",
            "sha2",
            "thiserror",
            // A word in other forms of its characters is the same word.
            "unicode-normalization",
            "zip",
        ],
    ),
    ("gongkai-typeset", &["imagesize", "jiff", "krilla", "serde", "skrifa", "thiserror", "toml"]),
];

/// Outside crates that one room alone may use.
const RESERVED: &[(&str, &str)] = &[
    ("axum", "gongkai-web"),
    ("sqlx", "gongkai-store"),
    ("sea-orm", "gongkai-store"),
    ("rusqlite", "gongkai-store"),
    ("krilla", "gongkai-typeset"),
];

fn packages() -> Vec<Package> {
    workspace::packages().expect("cargo metadata").packages
}

/// Names of the dependencies that go into the program.
fn dependencies(package: &Package) -> Vec<&str> {
    let of_program = |kind| kind != DependencyKind::Development;
    let all = package.dependencies.iter();
    all.filter(|each| of_program(each.kind)).map(|each| each.name.as_str()).collect()
}

fn is_room(name: &str) -> bool {
    EDGES.iter().any(|(room, _)| *room == name) || FREE.contains(&name)
}

#[test]
fn only_the_allowed_rooms_know_each_other() {
    let mut wrong = Vec::new();
    for package in packages() {
        let name = package.name.as_str();
        if FREE.contains(&name) {
            continue;
        }
        let Some((_, allowed)) = EDGES.iter().find(|(room, _)| *room == name) else {
            wrong.push(format!("{name} is no room of the plan"));
            continue;
        };
        let rooms = dependencies(&package).into_iter().filter(|each| is_room(each));
        wrong.extend(
            rooms.filter(|each| !allowed.contains(each)).map(|each| format!("{name} -> {each}")),
        );
    }
    assert!(wrong.is_empty(), "edges the plan does not have; write an ADR first: {wrong:#?}");
}

#[test]
fn only_testkit_is_a_dev_dependency_between_rooms() {
    let mut wrong = Vec::new();
    for package in packages() {
        let name = package.name.as_str();
        let normal = dependencies(&package);
        for dependency in &package.dependencies {
            let for_tests = dependency.kind == DependencyKind::Development
                && is_room(&dependency.name)
                && !normal.contains(&dependency.name.as_str());
            if for_tests && dependency.name != "gongkai-testkit" && !FREE.contains(&name) {
                wrong.push(format!("{name} -> {}", dependency.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn domain_document_and_typeset_use_the_listed_crates_only() {
    let mut wrong = Vec::new();
    for package in packages() {
        let Some((_, allowed)) = OUTSIDE.iter().find(|(room, _)| *room == package.name.as_str())
        else {
            continue;
        };
        for dependency in dependencies(&package) {
            if !allowed.contains(&dependency) {
                wrong.push(format!("{} -> {dependency}", package.name));
            }
        }
    }
    assert!(wrong.is_empty(), "a dependency is a decision; write an ADR first: {wrong:#?}");
}

#[test]
fn a_database_is_known_in_store_only_and_http_in_web_only() {
    let mut wrong = Vec::new();
    for package in packages() {
        for dependency in dependencies(&package) {
            let owner = RESERVED.iter().find(|(outside, _)| *outside == dependency);
            if owner.is_some_and(|(_, room)| *room != package.name.as_str()) {
                wrong.push(format!("{} -> {dependency}", package.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_crate_inherits_the_lints_and_the_lints_forbid_unsafe() {
    let lints: toml::Table = workspace::text("Cargo.toml").unwrap().parse().unwrap();
    assert_eq!(lints["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    for package in packages() {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        let inherited = manifest.get("lints").and_then(|lints| lints.get("workspace"));
        assert_eq!(inherited.and_then(toml::Value::as_bool), Some(true), "{}", package.name);
    }
}
