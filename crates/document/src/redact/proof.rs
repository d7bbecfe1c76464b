//! The proof that nothing of what was removed is in a file: it is read again by our own readers,
//! and every part, stream and string of it is looked through in every encoding in use.
//!
//! A proof speaks of words, not of what pictures show. It holds the words: it belongs with the
//! case and never with the file.

mod needles;
mod package;
mod pdf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::words::Words;
use super::{Refusal, slip};
use crate::{Block, Deadline, Format, Limits, ReadError, encoding, limits, sniff};
use needles::Needles;

/// What was looked for in a file and where, and what was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Proof {
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Its length in bytes.
    pub n_bytes: u64,
    /// The words looked for.
    pub words: Vec<String>,
    /// In what ways, Chinese sentences.
    pub ways: Vec<String>,
    /// In how many parts: entries of a package, streams and strings of a PDF, the text as read.
    pub n_parts: u64,
    /// What was found; empty when the file is clean.
    pub found: Vec<Found>,
    /// How many areas were looked into and are empty.
    #[serde(default)]
    pub n_areas: usize,
}

/// A word that is still there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Found {
    /// The word, as it was marked.
    pub word: String,
    /// The part, in Chinese where it has no name of its own.
    pub part: String,
    /// In which writing: `文字`, `UTF-8`, `UTF-16BE` …
    pub way: String,
}

impl Proof {
    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.found.is_empty()
    }
}

/// So much is told at most; one is enough to refuse.
const MOST_FOUND: usize = 200;

/// Looks for words everywhere in a file.
///
/// # Errors
/// When the file cannot be read, or the words are none: nothing is proved by what was not read.
pub fn prove(bytes: &[u8], removed: &[String], limits: &Limits) -> Result<Proof, Refusal> {
    let length = bytes.len() as u64;
    limits::at_most("input-bytes", "文件大小（字节）", limits.input_bytes, length)?;
    let words = Words::new(removed)?;
    let searched = catch_unwind(AssertUnwindSafe(|| search(bytes, &words, limits)));
    let search = searched.unwrap_or_else(|_| Err(slip().into()))?;
    let sha256 = Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    Ok(Proof {
        sha256,
        n_bytes: length,
        words: removed.to_vec(),
        ways: WAYS.map(str::to_owned).to_vec(),
        n_parts: search.n_parts,
        found: search.found,
        n_areas: 0,
    })
}

const WAYS: [&str; 4] = [
    "用本系统的读取程序重新读出全文，不计空白、换行、全角半角和零宽字符地查找",
    "解开每个部分和数据流，按 UTF-8、UTF-16（两种字节序）、GBK 及其十六进制写法逐字节查找",
    "查找每个属性、名称和字符串",
    "在整个文件的原始字节中查找",
];

fn search(bytes: &[u8], words: &Words, limits: &Limits) -> Result<Search, Refusal> {
    let clock = Deadline::start(limits);
    let mut search = Search::new(words, limits, clock);
    let format = sniff::format(bytes, limits)?;
    match format {
        Format::Pdf => pdf::search(bytes, &mut search)?,
        Format::Docx | Format::Workbook => package::search(bytes, &mut search)?,
        Format::Text | Format::Html => search.text("全文", &encoding::decode(bytes).text),
    }
    search.raw("整个文件", bytes, is_text(format));
    search.read_again(bytes)?;
    Ok(search)
}

fn is_text(format: Format) -> bool {
    matches!(format, Format::Text | Format::Html)
}

/// A search as it goes on.
struct Search {
    words: Arc<Words>,
    /// The words that are looked for in markup.
    telling: Arc<Words>,
    needles: Needles,
    limits: Limits,
    clock: Deadline,
    n_parts: u64,
    found: Vec<Found>,
}

impl Search {
    fn new(words: &Words, limits: &Limits, clock: Deadline) -> Self {
        let needles = Needles::new(words);
        let (n_parts, found) = (0, Vec::new());
        let (telling, words) = (Arc::new(words.for_markup()), Arc::new(words.clone()));
        let limits = limits.clone();
        Self { words, telling, needles, limits, clock, n_parts, found }
    }

    fn hit(&mut self, word: &str, part: &str, way: &str) {
        let found = Found { word: word.to_owned(), part: part.to_owned(), way: way.to_owned() };
        if self.found.len() < MOST_FOUND && !self.found.contains(&found) {
            self.found.push(found);
        }
    }

    /// Looks through text that people read.
    fn text(&mut self, part: &str, text: &str) {
        self.n_parts += 1;
        for word in Arc::clone(&self.words).held(text) {
            self.hit(word, part, "文字");
        }
    }

    /// Looks through a name or a value.
    fn value(&mut self, part: &str, text: &str) {
        for word in Arc::clone(&self.telling).held(text) {
            self.hit(word, part, "名称或属性");
        }
    }

    /// Looks through text that is no writing for people, and may hold it: code, metadata.
    fn markup(&mut self, part: &str, text: &str) {
        self.n_parts += 1;
        for word in Arc::clone(&self.telling).held(text) {
            let is_accident = word.is_ascii() && word.len() < needles::SHORTEST_PLAIN;
            if !is_accident {
                self.hit(word, part, "文字");
            }
        }
    }

    /// Looks through bytes, in every encoding.
    fn raw(&mut self, part: &str, bytes: &[u8], is_text: bool) {
        self.n_parts += 1;
        for (word, way) in self.needles.find(bytes, is_text) {
            self.hit(&word, part, way);
        }
    }

    /// Reads the file as anybody would.
    fn read_again(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let document = match crate::read(bytes, &self.limits) {
            Ok(document) => document,
            // All of it went.
            Err(ReadError::Empty) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let mut text = document.title.unwrap_or_default();
        for block in &document.blocks {
            text.push('\n');
            match block {
                Block::Paragraph(paragraph) => text.push_str(&paragraph.text),
                Block::Table(table) => {
                    for cell in table.rows.iter().flatten() {
                        self.text("重新读出的表格", &cell.text);
                        text.push('\n');
                        text.push_str(&cell.text);
                    }
                }
            }
        }
        self.text("重新读出的全文", &text);
        Ok(())
    }
}
