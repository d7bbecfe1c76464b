//! What a row counts in a period, and what it lists: one definition for both.

use super::{Period, StatisticPaper};
use crate::report::cell::{ActFact, Facts, RemedyFact, RequestFact};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A predicate over what the registers hold.
#[derive(Debug, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Count {
    /// Items published in the period: of these kinds, or of all others; of all where none is named.
    Items {
        /// Keys of kinds.
        #[serde(default)]
        kinds: Vec<String>,
        /// Keys of kinds that do not count.
        #[serde(default)]
        others: Vec<String>,
    },
    /// Requests received in the period.
    Received {},
    /// Requests closed in the period with an outcome of these, by the beginning of its key; with any
    /// where none is named.
    Closed {
        /// Beginnings of keys.
        #[serde(default)]
        outcomes: Vec<String>,
    },
    /// Requests that stand open at its end.
    Open {},
    /// Acts of a row of table two in the period.
    Acts {
        /// The row.
        line: String,
    },
    /// What such acts amount to, in 元.
    Amount {
        /// The row.
        line: String,
    },
    /// Reconsiderations and suits filed in the period.
    Contested {
        /// Rows of table four.
        blocks: Vec<String>,
    },
    /// Reconsiderations and suits whose last result came in the period and is this.
    Decided {
        /// A column of table four.
        result: String,
    },
}

/// An item as it was published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Published {
    /// Which.
    pub id: String,
    /// The key of its kind.
    pub kind: String,
    /// The day.
    pub on: Date,
}

/// What the registers hold.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Requests, acts, remedies.
    pub facts: Facts,
    /// Items.
    pub items: Vec<Published>,
}

/// A paper that was counted: the value of each row, and what it lists.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    values: BTreeMap<String, Decimal>,
    lists: BTreeMap<String, Vec<String>>,
}

impl Compiled {
    /// The value of a row; `None` where nobody typed it, or a part of its sum.
    pub fn value(&self, row: &str) -> Option<Decimal> {
        self.values.get(row).copied()
    }

    /// What a row counts, by ids.
    pub fn list(&self, row: &str) -> &[String] {
        self.lists.get(row).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Counts every row of a paper in a period; `typed` are the figures that people typed.
pub fn compile(
    paper: &StatisticPaper,
    period: Period,
    sources: &Sources,
    typed: &BTreeMap<String, Decimal>,
) -> Compiled {
    let mut compiled = Compiled::default();
    for row in paper.rows() {
        if let Some(count) = &row.count {
            let (value, list) = count.of(period, sources);
            compiled.values.insert(row.key.clone(), value);
            compiled.lists.insert(row.key.clone(), list);
        } else if let Some(value) = typed.get(&row.key).filter(|_| row.is_typed()) {
            compiled.values.insert(row.key.clone(), *value);
        }
    }
    for row in paper.rows().filter(|row| !row.sum.is_empty()) {
        let parts: Option<Vec<Decimal>> = row.sum.iter().map(|key| compiled.value(key)).collect();
        let add = |sum: Decimal, part: Decimal| sum.checked_add(part);
        let sum = parts.and_then(|parts| parts.into_iter().try_fold(Decimal::ZERO, add));
        compiled.values.extend(sum.map(|sum| (row.key.clone(), sum)));
    }
    compiled
}

/// The acts of a line in a period.
fn acts<'a>(
    line: &'a str,
    period: Period,
    sources: &'a Sources,
) -> impl Iterator<Item = &'a ActFact> {
    let acts = sources.facts.acts.iter();
    acts.filter(move |act| act.row == line && period.holds(act.on))
}

impl Count {
    /// The value in a period, with the ids of what is counted.
    fn of(&self, period: Period, sources: &Sources) -> (Decimal, Vec<String>) {
        let list = self.list(period, sources);
        let value = match self {
            Self::Amount { line } => acts(line, period, sources).map(|act| act.amount).sum(),
            _ => Decimal::from(list.len()),
        };
        (value, list)
    }

    fn list(&self, period: Period, sources: &Sources) -> Vec<String> {
        let facts = &sources.facts;
        let requests = |is_meant: &dyn Fn(&RequestFact) -> bool| {
            let found = facts.requests.iter().filter(|fact| is_meant(fact));
            found.map(|fact| fact.id.clone()).collect()
        };
        let remedies = |is_meant: &dyn Fn(&RemedyFact) -> bool| {
            let found = facts.remedies.iter().filter(|fact| is_meant(fact));
            found.map(|fact| fact.id.clone()).collect()
        };
        match self {
            Self::Items { kinds, others } => {
                let is_meant = |item: &&Published| {
                    (kinds.is_empty() || kinds.contains(&item.kind)) && !others.contains(&item.kind)
                };
                let items = sources.items.iter().filter(is_meant);
                items.filter(|item| period.holds(item.on)).map(|item| item.id.clone()).collect()
            }
            Self::Received {} => requests(&|fact| period.holds(fact.received_on)),
            Self::Closed { outcomes } => requests(&|fact| {
                fact.closed.is_some_and(|(how, on)| {
                    let is_one = |each: &String| how.key().starts_with(each.as_str());
                    period.holds(on) && (outcomes.is_empty() || outcomes.iter().any(is_one))
                })
            }),
            Self::Open {} => requests(&|fact| {
                let last = period.last_day();
                fact.received_on <= last && fact.closed.is_none_or(|(_, on)| last < on)
            }),
            Self::Acts { line } | Self::Amount { line } => {
                acts(line, period, sources).map(|act| act.id.clone()).collect()
            }
            Self::Contested { blocks } => remedies(&|fact| {
                period.holds(fact.filed_on) && blocks.iter().any(|block| block == fact.block.key())
            }),
            Self::Decided { result } => remedies(&|fact| {
                fact.concluded.is_some_and(|(how, on)| period.holds(on) && how.key() == result)
            }),
        }
    }

    /// The table in which the ids of its list stand.
    pub fn table(&self) -> &'static str {
        match self {
            Self::Items { .. } => "items",
            Self::Received {} | Self::Closed { .. } | Self::Open {} => "requests",
            Self::Acts { .. } | Self::Amount { .. } => "registers",
            Self::Contested { .. } | Self::Decided { .. } => "remedies",
        }
    }
}
