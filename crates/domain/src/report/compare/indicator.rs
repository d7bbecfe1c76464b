//! What is compared: counts and shares, with how surely a share can be taken.

use super::{Entry, percent};
use crate::figure::CellKey;
use crate::report::expression::{Expression, parse};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A count, or the share of one count in another.
#[derive(Debug)]
pub struct Indicator {
    /// Stable key.
    pub key: String,
    /// What it is, in Chinese.
    pub title: String,
    /// Its unit: that of the count, or %.
    pub unit: String,
    value: Expression,
    of: Option<Expression>,
    cells: Vec<CellKey>,
}

/// A year from which on the numbers mean something else.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Break {
    /// The first year of the new series.
    pub from: i16,
    /// Beginnings of the keys that it concerns.
    #[serde(skip_serializing)]
    keys: Vec<String>,
    /// Why, in Chinese.
    pub reason: String,
    /// Where that is laid down.
    pub source: String,
}

/// How surely a share can be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reliability {
    /// A count: it is what it is.
    Count,
    /// Too few cases for a share to mean anything; not ranked.
    TooFew,
    /// Some cases.
    Medium,
    /// Many cases.
    Stable,
}

/// The value of an indicator in one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The count, or the share in percent; `None` where it is not known.
    pub value: Option<Decimal>,
    /// How surely; `None` where there is no value.
    pub reliability: Option<Reliability>,
}

#[derive(Deserialize)]
struct File {
    guard: Guard,
    r#break: Vec<Break>,
    indicator: Vec<IndicatorFile>,
}

#[derive(Deserialize)]
struct Guard {
    unrated_below: Decimal,
    stable_from: Decimal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorFile {
    key: String,
    title: String,
    #[serde(default)]
    unit: Option<String>,
    value: String,
    #[serde(default)]
    of: Option<String>,
}

struct Loaded {
    guard: Guard,
    breaks: Vec<Break>,
    indicators: Vec<Indicator>,
}

static LOADED: LazyLock<Loaded> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../../data/forms/indicators.toml"))
        .expect("data/forms/indicators.toml is embedded and tested");
    let indicators = file.indicator.into_iter().map(indicator).collect();
    Loaded { guard: file.guard, breaks: file.r#break, indicators }
});

/// Every indicator in the order of the file.
pub fn indicators() -> &'static [Indicator] {
    &LOADED.indicators
}

/// The break of series between two years that concerns one of the figures, if there is one.
pub fn break_between(cells: &[CellKey], before: i16, after: i16) -> Option<&'static Break> {
    let concerns = |each: &&Break| {
        let is_named =
            |cell: &CellKey| each.keys.iter().any(|key| cell.as_str().starts_with(key.as_str()));
        cells.iter().any(is_named)
    };
    let between = |each: &&Break| before < each.from && each.from <= after;
    LOADED.breaks.iter().filter(between).find(concerns)
}

fn indicator(file: IndicatorFile) -> Indicator {
    let read = |text: &str| parse(text).expect("the expressions of indicators.toml are tested");
    let (value, of) = (read(&file.value), file.of.as_deref().map(read));
    let mut cells = value.cells();
    cells.extend(of.iter().flat_map(Expression::cells));
    Indicator {
        key: file.key,
        title: file.title,
        unit: file.unit.unwrap_or_else(|| "%".to_owned()),
        cells,
        value,
        of,
    }
}

impl Indicator {
    /// Whether it is a share.
    pub fn is_share(&self) -> bool {
        self.of.is_some()
    }

    /// The break between two years, if there is one.
    pub fn break_between(&self, before: i16, after: i16) -> Option<&'static Break> {
        break_between(&self.cells, before, after)
    }
}

/// The value of an indicator in a report.
pub fn measure(indicator: &Indicator, entry: &Entry<'_>) -> Measured {
    let unknown = Measured { value: None, reliability: None };
    let Ok(value) = indicator.value.value(entry.figures) else { return unknown };
    let Some(of) = &indicator.of else {
        return Measured { value: Some(value), reliability: Some(Reliability::Count) };
    };
    let Ok(whole) = of.value(entry.figures) else { return unknown };
    let Some(share) = percent(value, whole) else { return unknown };
    let guard = &LOADED.guard;
    let reliability = match whole {
        whole if whole < guard.unrated_below => Reliability::TooFew,
        whole if whole < guard.stable_from => Reliability::Medium,
        _ => Reliability::Stable,
    };
    Measured { value: Some(share), reliability: Some(reliability) }
}
