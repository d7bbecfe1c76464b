//! ZIP containers of office documents, opened and read within bounds that trust no header.

use std::io::Cursor;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::limits::{Expansion, at_most};
use crate::{Deadline, Limits, ReadError};

/// An opened container that counts what it inflates.
pub(crate) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
    expansion: Expansion,
}

/// Opens a container; `format` names it in errors.
pub(crate) fn open<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    format: &'static str,
) -> Result<Container<'a>, ReadError> {
    // Counted before the directory is parsed, for parsing already costs memory for each entry.
    let n_entries = bytes.windows(4).filter(|four| *four == b"PK\x01\x02").count() as u64;
    at_most("zip-entries", "压缩包内的文件个数", limits.zip_entries, n_entries)?;
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(format, &error))?;
    Ok(Container { archive, format, expansion: Expansion::new(limits) })
}

impl Container<'_> {
    /// Whether an entry of that name is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Names of all entries that are readable as text.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        self.archive.file_names().filter_map(|name| name.ok().map(|name| name.into_owned()))
    }

    /// The main part of a text document: `word/document.xml`, or another number of it.
    pub(crate) fn text_part(&self) -> Option<String> {
        let usual = "word/document.xml";
        if self.has(usual) {
            return Some(usual.to_owned());
        }
        self.names().find(|name| name.starts_with("word/document") && name.ends_with(".xml"))
    }

    /// Inflates an entry; `None` when there is none of that name.
    pub(crate) fn part(
        &mut self,
        name: &str,
        clock: &Deadline,
    ) -> Result<Option<Vec<u8>>, ReadError> {
        let format = self.format;
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(format, &error)),
        };
        let inflated = self.expansion.inflate(entry, usize::MAX, clock)?;
        match inflated.fault {
            None => Ok(Some(inflated.head)),
            Some(error) => Err(ReadError::Broken { format, reason: format!("{name}：{error}") }),
        }
    }

    /// Inflates every entry, for a parser that will do so by itself, and has `look` look at the
    /// name of each, its first `kept_bytes`, and how much has expanded up to then. An entry that
    /// cannot be opened is that parser's to complain about, if it needs it.
    pub(crate) fn survey(
        &mut self,
        kept_bytes: usize,
        clock: &Deadline,
        mut look: impl FnMut(&str, &[u8], u64) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        for index in 0..self.archive.len() {
            clock.check()?;
            let entry = match self.archive.by_index(index) {
                Ok(entry) => entry,
                Err(error) => match broken(self.format, &error) {
                    ReadError::Encrypted => return Err(ReadError::Encrypted),
                    _ => continue,
                },
            };
            let Ok(name) = entry.name().map(|name| name.into_owned()) else { continue };
            let inflated = self.expansion.inflate(entry, kept_bytes, clock)?;
            look(&name, &inflated.head, self.expansion.n_bytes())?;
        }
        Ok(())
    }
}

/// What the ZIP library says, in our words.
fn broken(format: &'static str, error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => {
            ReadError::Encrypted
        }
        ZipError::InvalidPassword => ReadError::Encrypted,
        other => ReadError::Broken { format, reason: other.to_string() },
    }
}
