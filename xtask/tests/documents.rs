//! The documents: generated ones are fresh, hand-written ones name what is there and nothing else.

use gongkai_domain::form::{TableKind, forms};
use regex::Regex;
use std::collections::BTreeSet;
use xtask::{generate, workspace};

#[test]
fn generated_documents_are_fresh() {
    for (path, fresh) in generate::documents() {
        assert!(workspace::text(path).unwrap() == fresh, "{path}: run `cargo xtask generate`");
    }
}

#[test]
fn the_glossary_knows_every_key_of_the_forms() {
    let mut keys: BTreeSet<&str> = ["proactive", "requests", "remedies"].into();
    assert_eq!(keys.len(), TableKind::ALL.len());
    for table in forms().iter().flat_map(|form| &form.tables) {
        keys.extend(table.rows.iter().map(|row| row.key.as_str()));
        keys.extend(table.groups.iter().map(|group| group.key.as_str()));
        let columns = table.blocks.iter().flat_map(|block| &block.columns);
        keys.extend(columns.map(|column| column.key.as_str()));
    }
    let glossary = workspace::text("docs/glossary.md").unwrap();
    let missing: Vec<_> =
        keys.into_iter().filter(|key| !glossary.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_decision_is_listed() {
    let list = workspace::text("docs/adr/README.md").unwrap();
    let files = workspace::files("docs/adr", "md").unwrap();
    let names = files.iter().filter_map(|path| path.file_name()?.to_str());
    for name in names.filter(|name| *name != "README.md") {
        assert!(list.contains(&format!("]({name})")), "{name} is missing in docs/adr/README.md");
        let text = workspace::text(format!("docs/adr/{name}")).unwrap();
        for part in ["## Status", "## Context", "## Decision", "## Consequences"] {
            assert!(text.contains(part), "{name} has no part {part}");
        }
    }
}

/// The lines inside fenced `sh` blocks.
fn commands(text: &str) -> Vec<&str> {
    let mut inside = false;
    let mut commands = Vec::new();
    for line in text.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            _ if inside => commands.push(line),
            _ => {}
        }
    }
    commands
}

#[test]
fn both_readmes_hold_the_same_commands() {
    let english = workspace::text("README.md").unwrap();
    let chinese = workspace::text("README.zh-CN.md").unwrap();
    assert_eq!(commands(&english), commands(&chinese));
    let scripts: Vec<&str> =
        commands(&english).into_iter().filter(|line| line.starts_with("scripts/")).collect();
    assert!(scripts.contains(&"scripts/test"));
    assert_eq!(commands(&english)[..2], ["cargo run --release -- serve --demo", "scripts/test"]);
}

#[test]
fn ci_calls_the_second_command_and_nothing_else() {
    let script = workspace::text(".ci/run").unwrap();
    let lines: Vec<&str> = script.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines, [r#"exec "$(dirname "$0")/../scripts/test""#]);
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let link = Regex::new(r"\]\(([^)#]+)(?:#[^)]*)?\)").unwrap();
    let mut broken = Vec::new();
    for path in markdown() {
        let text = std::fs::read_to_string(&path).unwrap();
        for found in link.captures_iter(&text) {
            let target = &found[1];
            let here = path.parent().expect("a file stands in a folder");
            if !target.contains("://") && !here.join(target).exists() {
                broken.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_test_that_a_promise_names_exists() {
    let name = Regex::new(r"`([a-z0-9]+(?:_[a-z0-9]+){3,})`").unwrap();
    let sources = ["crates", "xtask", "bench"].map(|folder| workspace::sources(folder).unwrap());
    let code: String = sources.iter().flatten().map(|source| source.text.as_str()).collect();
    for path in ["ARCHITECTURE.md", "SECURITY.md"] {
        let text = workspace::text(path).unwrap();
        for found in name.captures_iter(&text) {
            assert!(code.contains(&format!("fn {}(", &found[1])), "{path}: no test {}", &found[1]);
        }
    }
}

#[test]
fn the_reference_names_every_option() {
    let option = Regex::new(r"(?s)#\[arg\(([^\]]*)\)\]\s*(?:pub )?(\w+):").unwrap();
    let renamed = Regex::new(r#"\bid = "([a-z-]+)""#).unwrap();
    let reference = workspace::text("docs/manual/reference.md").unwrap();
    let mut missing = BTreeSet::new();
    for source in workspace::sources("crates/cli/src").unwrap() {
        for found in option.captures_iter(&source.text) {
            let id = renamed
                .captures(&found[1])
                .map_or_else(|| found[2].to_owned(), |id| id[1].to_owned());
            let name = format!("`--{}`", id.replace('_', "-"));
            if found[1].contains("long") && !reference.contains(&name) {
                missing.insert(name);
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_invariant_names_its_test() {
    let text = workspace::text("ARCHITECTURE.md").unwrap();
    let numbered = Regex::new(r"(?m)^\d+\. .*(?:\n   .*)*").unwrap();
    let invariants: Vec<&str> = numbered.find_iter(&text).map(|found| found.as_str()).collect();
    assert!(10 <= invariants.len(), "{}", invariants.len());
    for invariant in invariants {
        assert!(invariant.contains("Kept by"), "{invariant}");
    }
}

#[test]
fn a_line_of_a_document_holds_one_sentence() {
    let second = Regex::new(r"[a-z)`]\. [A-Z]|。[^」”）*\s]").unwrap();
    let mut wrong = Vec::new();
    for path in markdown() {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut code = false;
        for (line, number) in text.lines().zip(1..) {
            code ^= line.starts_with("```");
            if !code && !line.starts_with('|') && second.is_match(line) {
                wrong.push(format!("{}:{number}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every Markdown file of the project itself.
fn markdown() -> Vec<std::path::PathBuf> {
    let mut files = workspace::files("docs", "md").expect("readable");
    for entry in std::fs::read_dir(workspace::root()).expect("readable") {
        let path = entry.expect("readable").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files
}
