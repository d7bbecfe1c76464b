//! The filters beside the hits: links with the number of hits behind each.

use super::Typed;
use gongkai_app::search::Counts;
use gongkai_domain::catalogue::{Catalogue, Validity};
use gongkai_domain::item_kind;
use gongkai_domain::organ::Organ;
use std::collections::BTreeMap;

/// One value of a filter.
pub struct Choice {
    /// What people see.
    pub title: String,
    /// How many hits it has.
    pub n_hits: u64,
    /// Where it leads: to the hits with it, or without it where it is chosen.
    pub address: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// One filter.
pub struct Group {
    /// What people see.
    pub title: &'static str,
    /// The values that occur.
    pub choices: Vec<Choice>,
}

/// More values than these of one filter are not shown.
const MOST: usize = 12;

/// The filters that have something to choose from.
pub fn groups(typed: &Typed, counts: &Counts, organs: &[Organ]) -> Vec<Group> {
    let named = |id: &str| {
        let organ = organs.iter().find(|organ| organ.id.as_str() == id);
        organ.map_or_else(|| id.to_owned(), |organ| organ.short_name.clone())
    };
    let kind =
        |key: &str| item_kind::kind(key).map_or_else(|| key.to_owned(), |kind| kind.title.clone());
    let validity = |key: &str| {
        let value = Validity::ALL.into_iter().find(|value| value.key() == key);
        value.map_or_else(|| key.to_owned(), |value| value.title().to_owned())
    };
    let subject =
        |key: &str| Catalogue::official().subject_path(key).unwrap_or_else(|| key.to_owned());
    let years = counts.years.iter().rev().map(|(year, n_hits)| (year.to_string(), *n_hits));
    let all = [
        group(typed, "organ", "发布机关", &typed.organ, by_number(&counts.organs), named),
        group(typed, "kind", "信息类型", &typed.kind, by_number(&counts.kinds), kind),
        group(typed, "year", "发布年份", &typed.year, years.collect(), |year| {
            format!("{year} 年")
        }),
        group(
            typed,
            "validity",
            "有效性",
            &typed.validity,
            by_number(&counts.validities),
            validity,
        ),
        group(typed, "subject", "主题分类", &typed.subject, by_number(&counts.subjects), subject),
    ];
    all.into_iter().filter(|group| !group.choices.is_empty()).collect()
}

fn by_number(counts: &BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<_> = counts.iter().map(|(key, count)| (key.clone(), *count)).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

fn group(
    typed: &Typed,
    name: &str,
    title: &'static str,
    chosen: &str,
    mut counts: Vec<(String, u64)>,
    called: impl Fn(&str) -> String,
) -> Group {
    // What was chosen stays, so that it can be taken back.
    if !chosen.is_empty() && counts.iter().all(|(key, _)| key != chosen) {
        counts.insert(0, (chosen.to_owned(), 0));
    }
    let is_shown = |at: usize, key: &str| at < MOST || key == chosen;
    let counts = counts.into_iter().enumerate().filter(|(at, (key, _))| is_shown(*at, key));
    let choice = |(_, (key, n_hits)): (usize, (String, u64))| {
        let is_chosen = key == chosen;
        Choice {
            title: called(&key),
            n_hits,
            address: typed.with(name, if is_chosen { "" } else { &key }),
            is_chosen,
        }
    };
    Group { title, choices: counts.map(choice).collect() }
}
