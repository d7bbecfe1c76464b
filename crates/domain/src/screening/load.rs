//! Reads the data that screening goes by; refuses what stands there twice.

use crate::catalogue::{CatalogueError, Entry, read, unique};
use crate::finding::Severity;
use serde::Deserialize;
use std::sync::LazyLock;

/// What numbers look like, and what tells others apart.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub id_provinces: Vec<String>,
    pub id_labels: Vec<String>,
    pub plate_provinces: String,
    pub plate_endings: String,
    pub private_phone_labels: Vec<String>,
    pub passport_labels: Vec<String>,
    pub latin_labels: Vec<String>,
    pub code_labels: Vec<String>,
    pub amount_labels: Vec<String>,
    pub units: Vec<String>,
    pub not_units: Vec<String>,
    pub name_labels: Vec<String>,
    pub name_ends: String,
    pub name_titles: Vec<String>,
    pub organisation_words: Vec<String>,
    pub address_labels: Vec<String>,
    pub address_words: Vec<String>,
    pub bank_card: Vec<BankCard>,
}

/// Bank cards of one kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BankCard {
    pub prefixes: Vec<String>,
    pub lengths: Vec<usize>,
    pub sure: bool,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    read("screening.toml", include_str!("../../../../data/catalogue/screening.toml"))
        .expect("data/catalogue/screening.toml is embedded and tested")
});

/// The embedded rules.
pub(super) fn rules() -> &'static Rules {
    &RULES
}

/// How a mark of secrecy stands in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum How {
    /// Alone on its line, in brackets, or before a star.
    Mark,
    /// In running text too.
    Anywhere,
}

/// A mark of secrecy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    pub key: String,
    pub words: Vec<String>,
    #[serde(default)]
    pub except: Vec<String>,
    pub how: How,
    pub severity: Severity,
    pub meaning: String,
}

#[derive(Deserialize)]
struct MarkFile {
    mark: Vec<Mark>,
}

/// A slip of writing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    pub key: String,
    pub wrong: Vec<String>,
    pub right: String,
    #[serde(default)]
    pub replace: bool,
    #[serde(default)]
    pub except: Vec<String>,
    pub severity: Severity,
    #[serde(default)]
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordingFile {
    wording: Vec<Wording>,
}

impl Entry for Mark {
    fn key(&self) -> &str {
        &self.key
    }
    fn words(&self) -> &str {
        &self.meaning
    }
}

impl Entry for Wording {
    fn key(&self) -> &str {
        &self.key
    }
    fn words(&self) -> &str {
        &self.right
    }
}

/// The embedded marks.
pub(super) fn marks() -> Vec<Mark> {
    let read = || -> Result<Vec<Mark>, CatalogueError> {
        const FILE: &str = "secrecy-marks.toml";
        let file: MarkFile =
            read(FILE, include_str!("../../../../data/catalogue/secrecy-marks.toml"))?;
        unique(FILE, file.mark)
    };
    read().expect("data/catalogue/secrecy-marks.toml is embedded and tested")
}

/// The embedded wording.
pub(super) fn official_wording() -> Vec<Wording> {
    let text = include_str!("../../../../data/catalogue/wording.toml");
    wording("wording.toml", text, Vec::new())
        .expect("data/catalogue/wording.toml is embedded and tested")
}

/// The wording of a file beside what is known already.
pub(super) fn wording(
    file: &str,
    text: &str,
    mut known: Vec<Wording>,
) -> Result<Vec<Wording>, CatalogueError> {
    let read: WordingFile = read(file, text)?;
    for entry in &read.wording {
        let blank = |words: &String| words.trim().is_empty();
        if entry.wrong.is_empty() || entry.wrong.iter().any(blank) {
            return Err(CatalogueError::Nameless { file: file.to_owned(), key: entry.key.clone() });
        }
        if entry.wrong.contains(&entry.right) {
            return Err(CatalogueError::Unreadable {
                file: file.to_owned(),
                why: format!("“{}”中正确写法与错误写法相同", entry.key),
            });
        }
    }
    known.extend(read.wording);
    unique(file, known)
}
