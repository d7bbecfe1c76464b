//! Shapes in which reports are met, each with what a person reads in it.
//!
//! Every document is invented. Beside it stands a table: a key and its value, `?` where the paper
//! has none; what is not named is zero. `GONGKAI_SHAPES=1` prints what is read of each.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use gongkai_document::Limits;
use gongkai_domain::figure::plain_text;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn shapes() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut shapes: Vec<PathBuf> = entries.filter(|path| with_tsv(path).exists()).collect();
    shapes.sort();
    shapes
}

fn with_tsv(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".tsv");
    name.into()
}

/// What stands in the paper; `None` where it has no readable value.
fn truth(path: &Path) -> BTreeMap<String, Option<Decimal>> {
    let text = std::fs::read_to_string(with_tsv(path)).unwrap();
    text.lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(key, _)| key.contains('.'))
        .map(|(key, value)| (key.to_owned(), value.parse().ok()))
        .collect()
}

#[test]
fn no_figure_of_any_shape_is_read_as_another() {
    let (mut read, mut unread, mut wrong) = (0, 0, Vec::new());
    let shapes = shapes();
    for path in &shapes {
        let name = path.file_name().unwrap().to_string_lossy();
        let document =
            gongkai_document::read(&std::fs::read(path).unwrap(), &Limits::default()).unwrap();
        let report = gongkai_papers::annual_report::read(&document, &name);
        let truth = truth(path);
        let (mut own, mut own_unread) = (0, 0);
        for (cell, value) in report.figures.iter() {
            let stands = truth.get(cell.as_str()).copied().unwrap_or(Some(Decimal::ZERO));
            match (value, stands) {
                (Some(value), Some(stands)) if value == stands => own += 1,
                (None, Some(_)) => own_unread += 1,
                (None, None) => {}
                (Some(value), stands) => {
                    let stands = stands.map(plain_text);
                    wrong.push(format!("{name}: {cell} is {stands:?}, read {value}"));
                }
            }
        }
        if std::env::var_os("GONGKAI_SHAPES").is_some() {
            println!("{name}: {own} read, {own_unread} not");
        }
        (read, unread) = (read + own, unread + own_unread);
    }
    println!("{} shapes: {read} figures read, {unread} not", shapes.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(unread * 3 < read, "{unread} figures not read beside {read}");
}
