//! The definitions of the cells, loaded from `data/forms/cells.toml`: which facts, and in what words.

use super::fact::{ActFact, DocumentFact, ItemFact, RemedyFact, RequestFact};
use crate::figure::CellKey;
use crate::form::{Form, Table, TableKind, forms};
use jiff::civil::{Date, date};
use serde::Deserialize;
use std::sync::LazyLock;

/// The definition of one cell of one form.
#[derive(Debug)]
pub struct CellRule {
    /// Which.
    pub cell: CellKey,
    /// What it counts, for people.
    pub words: String,
    pub(super) what: What,
}

/// Which facts a cell takes; conditions that are not given hold for all.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub(super) enum What {
    Request {
        moment: RequestMoment,
        /// The key of the outcome, or the beginning of several.
        #[serde(default)]
        outcome: Option<String>,
        #[serde(default)]
        applicant: Option<String>,
    },
    Remedy {
        moment: RemedyMoment,
        block: String,
        #[serde(default)]
        result: Option<String>,
    },
    Act {
        measure: Measure,
        row: String,
    },
    Item {
        moment: ItemMoment,
        row: String,
    },
    Document {
        moment: DocumentMoment,
        kind: String,
    },
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RequestMoment {
    Received,
    BroughtForward,
    Closed,
    CarriedForward,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RemedyMoment {
    Concluded,
    Pending,
    Either,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Measure {
    Number,
    Amount,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ItemMoment {
    Before,
    Change,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum DocumentMoment {
    Issued,
    Published,
    Repealed,
    InForce,
    PublishedTotal,
}

/// The year reported on: from 1 January to 31 December.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    first: Date,
    last: Date,
}

impl Span {
    pub(super) fn of(year: i16) -> Self {
        Self { first: date(year, 1, 1), last: date(year, 12, 31) }
    }

    fn holds(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    fn holds_some(self, day: Option<Date>) -> bool {
        day.is_some_and(|day| self.holds(day))
    }
}

impl RequestMoment {
    pub(super) fn holds(self, fact: &RequestFact, year: Span) -> bool {
        let closed_on = fact.closed.map(|(_, on)| on);
        match self {
            Self::Received => year.holds(fact.received_on),
            Self::Closed => year.holds_some(closed_on),
            Self::BroughtForward => {
                fact.received_on < year.first && closed_on.is_none_or(|on| year.first <= on)
            }
            Self::CarriedForward => {
                fact.received_on <= year.last && closed_on.is_none_or(|on| year.last < on)
            }
        }
    }
}

impl RemedyMoment {
    pub(super) fn holds(self, fact: &RemedyFact, year: Span) -> bool {
        let concluded_on = fact.concluded.map(|(_, on)| on);
        match self {
            Self::Concluded => year.holds_some(concluded_on),
            Self::Pending => {
                fact.filed_on <= year.last && concluded_on.is_none_or(|on| year.last < on)
            }
            Self::Either => Self::Concluded.holds(fact, year) || Self::Pending.holds(fact, year),
        }
    }
}

impl ItemMoment {
    /// What a matter adds to the cell: 1, −1 or nothing.
    pub(super) fn weight(self, fact: &ItemFact, year: Span) -> i64 {
        match self {
            Self::Before => {
                let is_there =
                    fact.from < year.first && fact.until.is_none_or(|until| year.first <= until);
                i64::from(is_there)
            }
            Self::Change => {
                i64::from(year.holds(fact.from)) - i64::from(year.holds_some(fact.until))
            }
        }
    }

    /// Whether a matter belongs to what the cell lists, even where it adds nothing in the end.
    pub(super) fn lists(self, fact: &ItemFact, year: Span) -> bool {
        match self {
            Self::Before => self.weight(fact, year) != 0,
            Self::Change => year.holds(fact.from) || year.holds_some(fact.until),
        }
    }
}

impl DocumentMoment {
    pub(super) fn holds(self, fact: &DocumentFact, year: Span) -> bool {
        match self {
            Self::Issued => year.holds(fact.issued_on),
            Self::Published => year.holds_some(fact.published_on),
            Self::Repealed => year.holds_some(fact.repealed_on),
            Self::InForce => {
                fact.issued_on <= year.last && fact.repealed_on.is_none_or(|on| year.last < on)
            }
            Self::PublishedTotal => fact.published_on.is_some_and(|on| on <= year.last),
        }
    }
}

/// Whether an act is of the year.
pub(super) fn act_holds(fact: &ActFact, year: Span) -> bool {
    year.holds(fact.on)
}

#[derive(Deserialize)]
struct RuleFile {
    rule: Vec<RuleEntry>,
}

#[derive(Deserialize)]
struct RuleEntry {
    table: TableKind,
    rows: Vec<String>,
    columns: Vec<String>,
    words: String,
    #[serde(flatten)]
    what: What,
}

static RULES: LazyLock<Vec<Vec<CellRule>>> = LazyLock::new(|| {
    let file: RuleFile = toml::from_str(include_str!("../../../../../data/forms/cells.toml"))
        .expect("data/forms/cells.toml is embedded and tested");
    forms().iter().map(|form| of_form(form, &file.rule)).collect()
});

/// The definitions of a form's cells, in the order of the form.
///
/// # Panics
/// When the form is not one of [`forms`]: there is no other way to have one.
pub fn rules(form: &Form) -> &'static [CellRule] {
    let position = forms().iter().position(|each| each.key == form.key);
    &RULES[position.expect("forms are those of the data")]
}

/// The definition of a cell; `None` where the form has no such cell.
pub fn rule_of(form: &Form, cell: CellKey) -> Option<&'static CellRule> {
    rules(form).iter().find(|rule| rule.cell == cell)
}

fn of_form(form: &Form, entries: &[RuleEntry]) -> Vec<CellRule> {
    let tables = form.tables.iter();
    tables.flat_map(|table| of_table(table, entries)).collect()
}

fn of_table(table: &Table, entries: &[RuleEntry]) -> Vec<CellRule> {
    let mut rules = Vec::new();
    for (index, (row, cells)) in table.rows.iter().zip(&table.cells).enumerate() {
        for (column, cell) in table.columns(index).iter().zip(cells) {
            let is_named = |names: &[String], key: &str| names.iter().any(|name| fits(name, key));
            let entry = entries.iter().find(|entry| {
                entry.table == table.kind
                    && is_named(&entry.rows, &row.key)
                    && is_named(&entry.columns, &column.key)
            });
            let entry = entry.expect("every cell has its definition; kept by a test");
            let words = entry.words.replace("{row}", plain(&row.label));
            let words = words.replace("{column}", plain(&column.label));
            rules.push(CellRule { cell: *cell, words, what: entry.what.of(&row.key, &column.key) });
        }
    }
    rules
}

/// Whether a name of the file, perhaps with `*` at its end, means a key.
fn fits(name: &str, key: &str) -> bool {
    match name.strip_suffix('*') {
        Some(start) => key.starts_with(start),
        None => name == key,
    }
}

/// A label without its number and without the remark behind it.
fn plain(label: &str) -> &str {
    let label = match label.split_once('）') {
        Some((number, words)) if number.starts_with('（') && !words.is_empty() => words,
        _ => label.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('.'),
    };
    label.split('（').next().unwrap_or(label)
}

impl What {
    /// With the keys of a cell in the place of `$row` and `$column`.
    fn of(&self, row: &str, column: &str) -> Self {
        let mut what = self.clone();
        let texts: Vec<&mut String> = match &mut what {
            Self::Request { outcome, applicant, .. } => {
                outcome.iter_mut().chain(applicant).collect()
            }
            Self::Remedy { block, result, .. } => [block].into_iter().chain(result).collect(),
            Self::Act { row, .. } | Self::Item { row, .. } => vec![row],
            Self::Document { kind, .. } => vec![kind],
        };
        for text in texts {
            let key = match text.as_str() {
                "$row" => row,
                "$column" => column,
                _ => continue,
            };
            *text = key.to_owned();
        }
        what
    }
}
