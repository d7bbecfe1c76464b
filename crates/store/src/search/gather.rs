//! One walk over all hits: how many, in which order, and the counts for every filter.

use super::{Counts, Filter};
use jiff::civil::Date;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::fastfield::Column;
use tantivy::index::SegmentReader;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal};

/// What to gather by.
pub struct Gather {
    /// What narrows the hits.
    pub filter: Filter,
    /// The day on which validity is judged.
    pub today: Date,
    /// Whether the latest come first, whatever their score.
    pub by_date: bool,
}

/// A hit with what it is ordered by.
#[derive(Clone, Copy, Debug)]
struct Hit {
    score: Score,
    published_at: i64,
    address: DocAddress,
}

/// What was gathered.
#[derive(Default)]
pub struct Gathered {
    /// How many match what was asked, before any filter.
    pub n_matching: u64,
    /// How many pass the filters too.
    pub n_hits: u64,
    /// The counts for the filters.
    pub counts: Counts,
    hits: Vec<Hit>,
}

impl Gathered {
    /// One page of the hits.
    pub fn page(&self, skip: usize, limit: usize) -> Vec<DocAddress> {
        let mut hits = self.hits.clone();
        let last = skip.saturating_add(limit);
        if last < hits.len() {
            hits.select_nth_unstable_by(last, before);
            hits.truncate(last);
        }
        hits.sort_unstable_by(before);
        hits.into_iter().skip(skip).take(limit).map(|hit| hit.address).collect()
    }
}

/// The better first, then the later, then that which stands first in the index.
fn before(one: &Hit, other: &Hit) -> Ordering {
    let by_score = other.score.total_cmp(&one.score);
    by_score.then(other.published_at.cmp(&one.published_at)).then(one.address.cmp(&other.address))
}

/// A column of words: which word a document has, whether it passes, and how often it was met.
struct Words {
    column: Option<StrColumn>,
    values: Vec<String>,
    passes: Vec<bool>,
    counts: Vec<u64>,
}

impl Words {
    fn open(
        segment: &SegmentReader,
        field: &str,
        value: impl Fn(&str) -> String,
        passes: impl Fn(&str) -> bool,
    ) -> tantivy::Result<Self> {
        let column = segment.fast_fields().str(field)?;
        let mut values = Vec::new();
        if let Some(column) = &column {
            let mut word = String::new();
            for ordinal in 0..column.num_terms() as u64 {
                word.clear();
                column.ord_to_str(ordinal, &mut word)?;
                values.push(value(&word));
            }
        }
        let passes = values.iter().map(|value| passes(value)).collect();
        let counts = vec![0; values.len()];
        Ok(Self { column, values, passes, counts })
    }

    fn of(&self, document: DocId) -> Option<usize> {
        let ordinal = self.column.as_ref()?.ords().first(document)?;
        usize::try_from(ordinal).ok()
    }

    fn passes(&self, ordinal: Option<usize>) -> bool {
        ordinal.and_then(|ordinal| self.passes.get(ordinal)).copied().unwrap_or(true)
    }

    fn count(&mut self, ordinal: Option<usize>) {
        if let Some(count) = ordinal.and_then(|ordinal| self.counts.get_mut(ordinal)) {
            *count += 1;
        }
    }

    fn counted(self) -> BTreeMap<String, u64> {
        let mut counted = BTreeMap::new();
        for (value, count) in self.values.into_iter().zip(self.counts) {
            if 0 < count && !value.is_empty() {
                *counted.entry(value).or_default() += count;
            }
        }
        counted
    }
}

/// The part of one segment. Words are organ, kind, validity, subject.
pub struct Part {
    words: [Words; 4],
    years: Column<u64>,
    published_at: Column<i64>,
    year: Option<u64>,
    by_year: HashMap<u64, u64>,
    segment: SegmentOrdinal,
    by_date: bool,
    gathered: Gathered,
}

impl Collector for Gather {
    type Fruit = Gathered;
    type Child = Part;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Part> {
        let filter = &self.filter;
        let is = |wanted: &Option<String>, value: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == value)
        };
        let same = str::to_owned;
        let organ = |value: &str| {
            filter.organs.is_empty() || filter.organs.iter().any(|organ| organ == value)
        };
        let within_class = |value: &str| {
            filter.subject.as_ref().is_none_or(|wanted| {
                value
                    .strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        let words = [
            Words::open(reader, "organ", same, organ)?,
            Words::open(reader, "kind", same, |value| is(&filter.kind, value))?,
            Words::open(
                reader,
                "validity",
                |value| validity_on(value, self.today),
                |value| is(&filter.validity, value),
            )?,
            Words::open(reader, "subject", same, within_class)?,
        ];
        Ok(Part {
            words,
            years: reader.fast_fields().u64("year")?,
            published_at: reader.fast_fields().i64("published_at")?,
            year: filter.year.map(|year| u64::try_from(year).unwrap_or(0)),
            by_year: HashMap::new(),
            segment,
            by_date: self.by_date,
            gathered: Gathered::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        !self.by_date
    }

    fn merge_fruits(&self, parts: Vec<Gathered>) -> tantivy::Result<Gathered> {
        let mut all = Gathered::default();
        for part in parts {
            all.n_matching += part.n_matching;
            all.n_hits += part.n_hits;
            all.hits.extend(part.hits);
            add(&mut all.counts.organs, part.counts.organs);
            add(&mut all.counts.kinds, part.counts.kinds);
            add(&mut all.counts.years, part.counts.years);
            add(&mut all.counts.validities, part.counts.validities);
            add(&mut all.counts.subjects, part.counts.subjects);
        }
        Ok(all)
    }
}

fn add<K: Ord>(all: &mut BTreeMap<K, u64>, part: BTreeMap<K, u64>) {
    for (key, count) in part {
        *all.entry(key).or_default() += count;
    }
}

/// The validity on a day, from `2025-01-01=in_force;2026-01-01=repealed`.
fn validity_on(history: &str, day: Date) -> String {
    let since = |part: &str| {
        let (from, key) = part.split_once('=')?;
        let from: Date = from.parse().ok()?;
        (from <= day).then(|| key.to_owned())
    };
    history.split(';').filter_map(since).next_back().unwrap_or_default()
}

impl SegmentCollector for Part {
    type Fruit = Gathered;

    fn collect(&mut self, document: DocId, score: Score) {
        self.gathered.n_matching += 1;
        let ordinals: [_; 4] = std::array::from_fn(|which| self.words[which].of(document));
        let passes: [bool; 4] =
            std::array::from_fn(|which| self.words[which].passes(ordinals[which]));
        let year = self.years.first(document).unwrap_or(0);
        let passes_year = self.year.is_none_or(|wanted| wanted == year);
        let n_passed = passes.iter().filter(|passed| **passed).count();
        // A value is counted as if its own filter were not there.
        for which in 0..4 {
            if passes_year && n_passed - usize::from(passes[which]) == 3 {
                self.words[which].count(ordinals[which]);
            }
        }
        if n_passed == 4 {
            *self.by_year.entry(year).or_default() += 1;
        }
        if n_passed == 4 && passes_year {
            let published_at = self.published_at.first(document).unwrap_or(0);
            let score = if self.by_date { 0.0 } else { score };
            let address = DocAddress::new(self.segment, document);
            self.gathered.hits.push(Hit { score, published_at, address });
            self.gathered.n_hits += 1;
        }
    }

    fn harvest(self) -> Gathered {
        let mut gathered = self.gathered;
        let years = self.by_year.into_iter();
        let years = years.filter_map(|(year, count)| Some((i16::try_from(year).ok()?, count)));
        let [organs, kinds, validities, subjects] = self.words.map(Words::counted);
        gathered.counts = Counts { organs, kinds, years: years.collect(), validities, subjects };
        gathered
    }
}
