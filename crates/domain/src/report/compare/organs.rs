//! The organs of one year: values, shares of the whole, ranks, the median.

use super::indicator::{Indicator, Measured, Reliability, indicators, measure};
use super::{Entry, percent};
use crate::figure::plain_option;
use rust_decimal::Decimal;
use serde::Serialize;

/// One indicator over the organs.
#[derive(Clone, Debug, Serialize)]
pub struct OrganLine {
    /// Key of the indicator.
    pub key: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The middle value of those that are ranked.
    #[serde(serialize_with = "plain_option")]
    pub median: Option<Decimal>,
    /// One point a report, in the order given.
    pub points: Vec<OrganPoint>,
}

/// One organ.
#[derive(Clone, Debug, Serialize)]
pub struct OrganPoint {
    /// Name of the organ.
    pub agency: String,
    /// The value.
    #[serde(serialize_with = "plain_option")]
    pub value: Option<Decimal>,
    /// How surely.
    pub reliability: Option<Reliability>,
    /// Its share in percent of the sum of all organs; of counts only.
    #[serde(serialize_with = "plain_option")]
    pub share: Option<Decimal>,
    /// Its place from the largest value on; equal values share a place. `None` where the value is
    /// not known or rests on too few cases.
    pub rank: Option<usize>,
}

/// Every indicator over the reports given, which are of one year.
pub fn organs(entries: &[Entry<'_>]) -> Vec<OrganLine> {
    indicators().iter().map(|indicator| line(indicator, entries)).collect()
}

fn line(indicator: &'static Indicator, entries: &[Entry<'_>]) -> OrganLine {
    let measured: Vec<Measured> = entries.iter().map(|entry| measure(indicator, entry)).collect();
    let mut ranked: Vec<Decimal> = measured.iter().filter_map(to_be_ranked).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    // A sum with an unknown in it is not known, and no share of it.
    let all: Option<Decimal> = measured.iter().map(|each| each.value).sum();
    let all = all.filter(|_| !indicator.is_share());
    let point = |(entry, measured): (&Entry<'_>, &Measured)| OrganPoint {
        agency: entry.agency.to_owned(),
        value: measured.value,
        reliability: measured.reliability,
        share: measured.value.zip(all).and_then(|(value, all)| percent(value, all)),
        rank: to_be_ranked(measured).map(|value| 1 + ranked.partition_point(|each| value < *each)),
    };
    OrganLine {
        key: &indicator.key,
        title: &indicator.title,
        unit: &indicator.unit,
        median: median(&ranked),
        points: entries.iter().zip(&measured).map(point).collect(),
    }
}

fn to_be_ranked(measured: &Measured) -> Option<Decimal> {
    measured.value.filter(|_| measured.reliability != Some(Reliability::TooFew))
}

fn median(sorted: &[Decimal]) -> Option<Decimal> {
    let (low, high) =
        (sorted.get(sorted.len().checked_sub(1)? / 2)?, sorted.get(sorted.len() / 2)?);
    low.checked_add(*high)?.checked_div(Decimal::TWO).map(|middle| middle.normalize())
}
