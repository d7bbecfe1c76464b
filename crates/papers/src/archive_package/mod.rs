//! The archive package of a closed case: papers in order, index, events and checksums in one ZIP
//! that proves by itself that nothing of it was changed; it is not kept or found here.
//!
//! A package holds, in this order, `README.txt`, `index.json`, `events.jsonl`, the papers as
//! `papers/001-….pdf`, and `SHA256SUMS` over all before it. Entries are stored, not compressed,
//! and every byte of the container is laid down ([`container`]): the same case gives the same
//! bytes, and a package whose container is written otherwise is not ours.
//!
//! Whoever can write a package can write another one. That it is the one that was made is told by
//! its SHA-256, which stands with the case and in the audit log.

mod build;
mod container;
mod verify;

use gongkai_domain::audit::{self, Algorithm, Event};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use build::{BuildError, build};
pub use verify::{Broken, Report, verify};

/// A package holds at most so many bytes: the container has no room for more than 4 GiB, and a
/// case that is larger is a mistake.
pub const MOST_BYTES: u64 = 1 << 30;

/// A package holds at most so many papers.
pub const MOST_PAPERS: usize = 10_000;

/// The word by which the index says what it is.
const FORMAT: &str = "gongkai-archive-package";
/// The version of the format.
const VERSION: u32 = 1;

const README: &str = "README.txt";
const INDEX: &str = "index.json";
const EVENTS: &str = "events.jsonl";
const SUMS: &str = "SHA256SUMS";
const PAPERS: &str = "papers/";

/// A closed case as it goes into a package.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// The agency that handled it.
    pub agency: String,
    /// When it was closed.
    pub closed_on: Date,
    /// Its papers, in their order.
    pub papers: Vec<Paper>,
    /// What happened, in its order.
    pub events: Vec<Event>,
}

/// A paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    /// What it is called.
    pub title: String,
    /// The ending of its file name, such as `pdf`.
    pub extension: String,
    /// Its media type.
    pub media_type: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What `index.json` says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    format: String,
    version: u32,
    case_number: String,
    title: String,
    agency: String,
    closed_on: Date,
    papers: Vec<IndexedPaper>,
    events: IndexedEvents,
}

/// What `index.json` says of a paper.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct IndexedPaper {
    /// Its place, from 1.
    order: usize,
    title: String,
    file: String,
    media_type: String,
    /// In bytes.
    size: u64,
    sha256: String,
    sm3: String,
}

/// What `index.json` says of the events.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct IndexedEvents {
    file: String,
    count: usize,
    algorithm: Algorithm,
    /// The hash of the last link; empty when there is none.
    last: String,
    sha256: String,
    sm3: String,
}

/// `SHA256SUMS` over entries, as `sha256sum -c` reads it.
fn sums<'a>(entries: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    entries.map(|(name, bytes)| format!("{}  {name}\n", audit::digest(bytes))).collect()
}

/// The name of a paper's file: its place, and what of its title can stand in a name anywhere.
fn file_name(order: usize, title: &str, extension: &str) -> String {
    const LONGEST: usize = 40;
    let safe = |c: &char| c.is_alphanumeric();
    let title: String = title.chars().filter(safe).take(LONGEST).collect();
    let extension: String = extension.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let dash = if title.is_empty() { "" } else { "-" };
    let dot = if extension.is_empty() { "" } else { "." };
    format!("{PAPERS}{order:03}{dash}{title}{dot}{}", extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
