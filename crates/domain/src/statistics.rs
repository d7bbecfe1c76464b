//! Papers beside the annual report that come from the same registers: the yearly table of the site and the
//! quarterly statistics of disclosure. What stands in them is data (`data/statistics/papers.toml`).

mod count;
mod period;

pub use count::{Compiled, Count, Published, Sources, compile};
pub use period::{NoPeriod, Period, PeriodKind};

use crate::organ::OrganKind;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::sync::LazyLock;

/// The longest reason for a typed figure, in characters.
const LONGEST_WHY: usize = 200;

/// Whose registers a paper counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Covers {
    /// Those of the organ.
    Own,
    /// Those of the organ and of all organs under it.
    Below,
}

/// A paper.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatisticPaper {
    /// Stable key, in addresses.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// For what time one is made.
    pub period: PeriodKind,
    /// Which organs make it.
    #[serde(rename = "for")]
    pub kinds: Vec<OrganKind>,
    /// Whose registers it counts.
    pub covers: Covers,
    /// Where it is laid down.
    pub source: String,
    /// The kind of item it is published as.
    pub kind: String,
    /// Its blocks.
    #[serde(rename = "block")]
    pub blocks: Vec<Block>,
}

/// A part of a paper.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Its title.
    pub title: String,
    /// Its rows.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
}

/// A figure of a paper.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Stable key.
    pub key: String,
    /// What it is.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// What it counts, where registers hold it.
    #[serde(default)]
    pub count: Option<Count>,
    /// The rows it is the sum of.
    #[serde(default)]
    pub sum: Vec<String>,
}

impl Row {
    /// Whether people type it: no register holds it, and it follows from no other rows.
    pub fn is_typed(&self) -> bool {
        self.count.is_none() && self.sum.is_empty()
    }
}

impl StatisticPaper {
    /// Every row in order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.blocks.iter().flat_map(|block| &block.rows)
    }

    /// The row of a key.
    pub fn row(&self, key: &str) -> Option<&Row> {
        self.rows().find(|row| row.key == key)
    }

    /// Its title for an organ and period.
    pub fn title(&self, organ: &str, period: Period) -> String {
        format!("{organ}{}（{period}）", self.name)
    }
}

#[derive(Deserialize)]
struct File {
    paper: Vec<StatisticPaper>,
}

static PAPERS: LazyLock<Vec<StatisticPaper>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/statistics/papers.toml"))
        .expect("data/statistics/papers.toml is embedded and tested");
    file.paper
});

/// Every paper.
pub fn papers() -> &'static [StatisticPaper] {
    &PAPERS
}

/// The paper of a key.
pub fn paper(key: &str) -> Option<&'static StatisticPaper> {
    PAPERS.iter().find(|paper| paper.key == key)
}

/// A figure that somebody typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypedValue {
    /// Which.
    pub id: String,
    /// The key of its row.
    pub cell: String,
    /// The figure.
    pub value: Decimal,
    /// Where it comes from.
    pub why: String,
    /// Who typed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Why a figure cannot be typed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TypedFault {
    /// It is counted.
    #[error("“{0}”由台账计数，不能手工填写；数字不对的，请改正台账")]
    Counted(String),
    /// Not a number.
    #[error("“{0}”不是数字，请填写不小于零的数字")]
    NoNumber(String),
    /// Nothing is said.
    #[error("请写明数字的来源，最多 {LONGEST_WHY} 个字，例如“网站后台统计”")]
    NoReason,
}

/// Reads a figure that people type.
///
/// # Errors
/// When the row is counted, it is no number, or no source is given.
pub fn typed(row: &Row, value: &str, why: &str) -> Result<(Decimal, String), TypedFault> {
    if !row.is_typed() {
        return Err(TypedFault::Counted(row.label.clone()));
    }
    let clean: String =
        value.chars().filter(|c| !c.is_whitespace() && !",，".contains(*c)).collect();
    let number: Option<Decimal> = clean.parse().ok().filter(|number| Decimal::ZERO <= *number);
    let number = number.ok_or_else(|| TypedFault::NoNumber(value.trim().to_owned()))?;
    let why = why.trim();
    let is_said = (1..=LONGEST_WHY).contains(&why.chars().count());
    if !is_said || why.chars().any(char::is_control) {
        return Err(TypedFault::NoReason);
    }
    Ok((number.normalize(), why.to_owned()))
}

#[cfg(test)]
mod tests;
