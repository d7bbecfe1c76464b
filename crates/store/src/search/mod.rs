//! The full-text index of what the public may read: derived from the database, never the truth.
//!
//! It holds no text that could be shown: hits are names of items, and what is shown of them is
//! loaded from the database. Texts come in made plain by the caller, and queries the same way.

mod ask;
pub mod changes;
mod error;
mod fields;
mod gather;
mod grams;
mod index;
mod near;
#[cfg(test)]
mod tests;
mod words;

pub use error::SearchError;
pub use index::{Batch, Index, Mark, is_searchable};
pub use near::near;

use gongkai_domain::id::{ItemId, OrganId};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// An item as it is put into the index. Every text is plain already: one width, small letters,
/// simplified characters.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Which item.
    pub id: ItemId,
    /// Whose.
    pub organ: OrganId,
    /// The key of its kind.
    pub kind: String,
    /// The key of its subject class, or nothing.
    pub subject: String,
    /// What the public sees of it: `public` or `archived`.
    pub standing: String,
    /// The keys of its validity, each from a day on; the first one from the beginning of time.
    pub validity: Vec<(Date, String)>,
    /// The year of publication in China.
    pub year: i16,
    /// When it was published.
    pub published_at: Timestamp,
    /// The title.
    pub title: String,
    /// The text.
    pub text: String,
    /// The names and texts of its attachments.
    pub attachments: String,
    /// The keys of its own document number.
    pub numbers: Vec<String>,
    /// The keys of the document numbers that title and text name.
    pub cited: Vec<String>,
    /// 索引号, or nothing.
    pub index_number: String,
}

/// One part of a query; every part must be found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Words without a blank between them, and the organs that are called so.
    Words(String, Vec<OrganId>),
    /// Exactly this, as typed in quotation marks.
    Phrase(String),
    /// A document number: its key with the word of the organ or without, and the key without.
    Number(String, String),
}

/// What is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// What must be found.
    pub parts: Vec<Part>,
    /// Whether the last word may not be finished yet.
    pub is_open: bool,
    /// What narrows it.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// The day on which validity is judged.
    pub today: Date,
    /// How many hits are left out at the beginning.
    pub skip: usize,
    /// How many hits at most.
    pub limit: usize,
}

/// What narrows a search; an empty part does not.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Only these organs.
    pub organs: Vec<String>,
    /// Only this kind.
    pub kind: Option<String>,
    /// Only published in this year.
    pub year: Option<i16>,
    /// Only of this validity.
    pub validity: Option<String>,
    /// Only of this subject class.
    pub subject: Option<String>,
}

/// The order of the hits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sort {
    /// The best first; of equals the latest.
    #[default]
    Relevance,
    /// The latest first.
    Date,
}

/// How many hits there would be for each value, if only this one filter were another.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// By organ.
    pub organs: BTreeMap<String, u64>,
    /// By kind.
    pub kinds: BTreeMap<String, u64>,
    /// By year.
    pub years: BTreeMap<i16, u64>,
    /// By validity.
    pub validities: BTreeMap<String, u64>,
    /// By subject class.
    pub subjects: BTreeMap<String, u64>,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// The hits asked for, in order.
    pub ids: Vec<ItemId>,
    /// How many hits there are in all.
    pub n_hits: u64,
    /// How many of them hold exactly what was asked; fewer where slips of typing were allowed for.
    pub n_exact: u64,
    /// The counts for the filters.
    pub counts: Counts,
    /// What is to be marked in the texts shown.
    pub marks: Vec<String>,
}
