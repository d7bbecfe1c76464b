//! The example that the repository carries: one invented report with three deliberate faults.

use crate::compose;
use crate::layout::{self, Layout};
use crate::paper::{Item, Paper, Role};
use crate::truth::{Mode, Plan};
use gongkai_domain::figure::Figures;
use gongkai_domain::form::Form;
use rust_decimal::Decimal;

/// The year that the example reports on.
const YEAR: i16 = 2023;

/// Figures that are not zero. The results of natural persons do not add up: 6 + 1 + 2 + 1 is not 9.
const FIGURES: [(&str, i64); 28] = [
    ("proactive.normative_document.issued", 2),
    ("proactive.normative_document.repealed", 1),
    ("proactive.normative_document.in_force", 14),
    ("proactive.permit.decided", 39),
    ("proactive.penalty.decided", 4),
    ("requests.received.natural", 9),
    ("requests.received.business", 3),
    ("requests.received.total", 12),
    ("requests.brought_forward.natural", 1),
    ("requests.brought_forward.total", 1),
    ("requests.disclosed.natural", 6),
    ("requests.disclosed.business", 2),
    ("requests.disclosed.total", 8),
    ("requests.partly_disclosed.natural", 1),
    ("requests.partly_disclosed.total", 1),
    ("requests.withheld.third_party.business", 1),
    ("requests.withheld.third_party.total", 1),
    ("requests.unavailable.not_held.natural", 2),
    ("requests.unavailable.not_held.total", 2),
    ("requests.otherwise_closed.not_supplemented.natural", 1),
    ("requests.otherwise_closed.not_supplemented.total", 1),
    ("requests.closed_total.natural", 9),
    ("requests.closed_total.business", 3),
    ("requests.closed_total.total", 12),
    ("requests.carried_forward.natural", 1),
    ("requests.carried_forward.total", 1),
    ("remedies.reconsideration.upheld", 1),
    ("remedies.reconsideration.total", 1),
];

/// The cell that is left blank.
pub const BLANK: &str = "requests.withheld.state_secret.other";

/// The example as text and as HTML: the name of its file in `data/examples`, and its content.
pub fn files() -> [(&'static str, Vec<u8>); 2] {
    let paper = paper();
    let written = |layout: Option<&Layout>| layout.expect("a layout of this name").write(&paper);
    [
        ("annual-report-2023.txt", written(layout::by_name("pipes"))),
        ("annual-report-2023.html", written(layout::by_name("html"))),
    ]
}

/// The example's plan.
pub fn plan() -> Plan {
    let form = Form::for_year(YEAR).expect("a form is laid down for every year since 2019");
    let mut plan = Plan {
        place: "云河县",
        agency: "云河县商务局".to_owned(),
        year: YEAR,
        forms: [form; 3],
        figures: Figures::default(),
        mode: Mode::Faulty,
    };
    let value =
        |key: &str| FIGURES.iter().find(|(each, _)| *each == key).map_or(0, |(_, value)| *value);
    let cells = plan.tables().into_iter().flat_map(|table| table.cells.iter().flatten());
    plan.figures = cells.map(|cell| (*cell, Some(Decimal::from(value(cell.as_str()))))).collect();
    plan
}

/// The example's paper: the text says thirteen requests where the table has twelve, and one cell
/// is blank.
pub fn paper() -> Paper {
    let mut paper = compose::paper(&plan());
    for item in &mut paper.items {
        if let Item::Prose(text) = item {
            *text = text.replace("新收政府信息公开申请12件", "新收政府信息公开申请13件");
        }
    }
    let blank = paper.expect.keys().copied().find(|cell| cell.as_str() == BLANK);
    let blank = blank.expect("the form of 2021 has this cell");
    for entry in paper.entries_mut().filter(|entry| entry.role == Role::Value(blank)) {
        entry.text.clear();
    }
    paper.lose(blank);
    paper
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// `GONGKAI_WRITE_EXAMPLES=1` writes the files anew.
    #[test]
    fn the_files_in_data_examples_are_what_is_generated() {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/examples"));
        for (name, content) in files() {
            let path = folder.join(name);
            if std::env::var_os("GONGKAI_WRITE_EXAMPLES").is_some() {
                std::fs::create_dir_all(folder).unwrap();
                std::fs::write(&path, &content).unwrap();
            }
            assert!(std::fs::read(&path).unwrap() == content, "{name} is not what is generated");
        }
    }

    #[test]
    fn every_figure_of_the_example_is_a_cell_of_its_form() {
        let plan = plan();
        for (key, value) in FIGURES {
            assert_eq!(plan.figures.by_key(key), Some(Decimal::from(value)), "{key}");
        }
    }
}
