//! ZIP containers of office documents, opened and read within bounds that trust no header.

use crate::limits::at_most;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Deadline, Limits, ReadError};

/// So much is inflated between two looks at the clock.
const CHUNK_BYTES: u64 = 1 << 20;

/// An opened container that counts what it inflates.
pub(crate) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
    expanded_bytes: u64,
    bound: u64,
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
    Ok(Container { archive, format, expanded_bytes: 0, bound: limits.expanded_bytes })
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
        let mut entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(format, &error)),
        };
        let mut inflated = Vec::new();
        loop {
            clock.check()?;
            let left = self.bound.saturating_sub(self.expanded_bytes);
            let n_read = (&mut entry)
                .take(CHUNK_BYTES.min(left.saturating_add(1)))
                .read_to_end(&mut inflated)
                .map_err(|error| ReadError::Broken {
                    format,
                    reason: format!("{name}：{error}"),
                })?;
            if n_read == 0 {
                return Ok(Some(inflated));
            }
            self.expanded_bytes += n_read as u64;
            if self.bound < self.expanded_bytes {
                return Err(ReadError::Limit {
                    name: "expanded-bytes",
                    what: "解压后的大小（字节）",
                    bound: self.bound,
                    actual: self.expanded_bytes,
                });
            }
        }
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
