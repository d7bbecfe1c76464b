//! How the code of the rooms is kept: sizes, first sentences, and what must not stand in it.

use xtask::source::Source;
use xtask::workspace;

/// Folder of a room, the lines a file may have without its tests, the lines of a function.
const SIZES: &[(&str, usize, u32)] = &[
    ("crates/domain", 400, 50),
    ("crates/document", 600, 80),
    ("crates/papers", 600, 80),
    ("crates/typeset", 600, 80),
    ("crates/store", 600, 80),
    ("crates/testkit", 600, 80),
    ("crates/app", 300, 60),
    ("crates/web", 300, 60),
    ("crates/cli", 300, 60),
    ("xtask", 300, 80),
    ("bench", 600, 80),
];

/// Where printing is the purpose.
const PRINTS: &[&str] = &["crates/cli", "xtask", "bench"];

/// Where the clock may be read.
const READS_THE_CLOCK: &[&str] =
    &["crates/document/src/limits.rs", "crates/app/src/clock.rs", "crates/cli", "bench"];

fn program() -> Vec<Source> {
    workspace::sources("crates").expect("readable")
}

fn everything() -> Vec<Source> {
    let folders = ["crates", "xtask", "bench"].into_iter();
    folders.flat_map(|folder| workspace::sources(folder).expect("readable")).collect()
}

/// Every line of code that holds one of the pieces, outside the places that may.
fn lines_with(pieces: &[&str], except: &[&str]) -> Vec<String> {
    let sources = everything();
    let bound = sources.iter().filter(|each| !except.iter().any(|at| each.path.starts_with(at)));
    bound.flat_map(|each| pieces.iter().flat_map(|piece| each.lines_with(piece))).collect()
}

#[test]
fn every_module_opens_with_a_sentence() {
    let silent = |source: &Source| !source.text.starts_with("//! ");
    let wrong: Vec<_> = everything().into_iter().filter(silent).map(|each| each.path).collect();
    assert!(wrong.is_empty(), "say in `//!` what it is, and what it is not: {wrong:#?}");
}

#[test]
fn no_file_is_longer_than_its_room_allows() {
    let mut wrong = Vec::new();
    for source in everything() {
        let room = SIZES.iter().find(|(folder, ..)| source.path.starts_with(folder));
        let Some((_, stop, _)) = room else {
            panic!("{} stands in no room with a size", source.path.display())
        };
        if *stop < source.body.lines {
            wrong.push(format!("{}: {} > {stop}", source.path.display(), source.body.lines));
        }
    }
    assert!(wrong.is_empty(), "split by meaning: {wrong:#?}");
}

/// Clippy counts; here only the numbers it is given are held against the plan.
#[test]
fn clippy_stops_functions_at_the_size_of_their_room() {
    for (folder, _, stop) in SIZES {
        if !workspace::root().join(folder).is_dir() {
            continue;
        }
        let own = workspace::text(format!("{folder}/clippy.toml"));
        let settings = own.or_else(|_| workspace::text("clippy.toml")).unwrap();
        let settings: toml::Table = settings.parse().unwrap();
        let threshold = settings["too-many-lines-threshold"].as_integer();
        assert_eq!(threshold, Some(i64::from(*stop)), "{folder}");
    }
}

#[test]
fn nothing_prints_outside_the_command() {
    let wrong = lines_with(&["print!(", "println!(", "eprint!(", "eprintln!("], PRINTS);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_clock_is_read_in_listed_places_only() {
    let clocks = ["SystemTime::now", "Instant::now", "Zoned::now", "Timestamp::now"];
    let wrong = lines_with(&clocks, READS_THE_CLOCK);
    assert!(wrong.is_empty(), "let the time come in: {wrong:#?}");
}

#[test]
fn nothing_is_left_for_later_and_no_lint_is_silenced() {
    let pieces = ["todo!(", "unimplemented!(", "dbg!(", "[allow(", "unsafe {", "unsafe fn"];
    let wrong = lines_with(&pieces, &[]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sql_stands_in_store_only_and_http_in_web_only() {
    let mut wrong = Vec::new();
    let sql = regex::Regex::new(
        r"(?i)^\s*(select\s.+\sfrom|insert\s+into|update\s.+\sset|delete\s+from|create\s+table)\s",
    )
    .unwrap();
    for source in program() {
        if !source.path.starts_with("crates/store") {
            let statements = source.body.literals.iter().filter(|(_, text)| sql.is_match(text));
            wrong.extend(statements.map(|(line, _)| format!("{}: SQL", source.at(*line))));
        }
        if !source.path.starts_with("crates/web") {
            wrong.extend(source.lines_with("axum::"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
