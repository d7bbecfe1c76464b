//! The years of one organ: values, differences and growth, with the breaks between them.

use super::indicator::{Break, Indicator, Reliability, indicators, measure};
use super::{Entry, percent};
use crate::figure::plain_option;
use rust_decimal::Decimal;
use serde::Serialize;

/// One indicator over the years.
#[derive(Clone, Debug, Serialize)]
pub struct YearLine {
    /// Key of the indicator.
    pub key: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// One point a report, by year.
    pub points: Vec<YearPoint>,
}

/// One year.
#[derive(Clone, Debug, Serialize)]
pub struct YearPoint {
    /// The year.
    pub year: i16,
    /// The value.
    #[serde(serialize_with = "plain_option")]
    pub value: Option<Decimal>,
    /// How surely.
    pub reliability: Option<Reliability>,
    /// Less the value of the year before; of a share in percentage points.
    #[serde(serialize_with = "plain_option")]
    pub difference: Option<Decimal>,
    /// That in percent of the year before; of counts only, and of none that was zero.
    #[serde(serialize_with = "plain_option")]
    pub growth: Option<Decimal>,
    /// Why it cannot be held against the year before.
    #[serde(rename = "break", skip_serializing_if = "Option::is_none")]
    pub r#break: Option<&'static Break>,
}

/// Every indicator over the reports of one organ; of two reports on a year the first counts.
pub fn years(entries: &[Entry<'_>]) -> Vec<YearLine> {
    let mut entries = entries.to_vec();
    entries.sort_by_key(|entry| entry.year);
    entries.dedup_by_key(|entry| entry.year);
    indicators().iter().map(|indicator| line(indicator, &entries)).collect()
}

fn line(indicator: &'static Indicator, entries: &[Entry<'_>]) -> YearLine {
    let mut points: Vec<YearPoint> = Vec::new();
    for entry in entries {
        let point = point(indicator, entry, points.last());
        points.push(point);
    }
    YearLine { key: &indicator.key, title: &indicator.title, unit: &indicator.unit, points }
}

/// A year against the one before it, if that is there and of the same series.
fn point(
    indicator: &'static Indicator,
    entry: &Entry<'_>,
    previous: Option<&YearPoint>,
) -> YearPoint {
    let measured = measure(indicator, entry);
    let r#break = previous.and_then(|each| indicator.break_between(each.year, entry.year));
    let is_next = previous.is_some_and(|each| each.year + 1 == entry.year) && r#break.is_none();
    let before = previous.filter(|_| is_next).and_then(|each| each.value);
    let difference = measured.value.zip(before).and_then(|(now, then)| now.checked_sub(then));
    let growth = difference.zip(before).filter(|_| !indicator.is_share());
    YearPoint {
        year: entry.year,
        value: measured.value,
        reliability: measured.reliability,
        difference,
        growth: growth.and_then(|(difference, before)| percent(difference, before)),
        r#break,
    }
}
