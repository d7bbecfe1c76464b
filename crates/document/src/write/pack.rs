//! Packs the parts of a container again: in their order, compressed, every part of one fixed time.

use super::WriteError;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The same container, the same bytes whenever it is packed.
///
/// # Errors
/// When the container cannot be opened or written in memory.
pub(super) fn steadily(bytes: &[u8]) -> Result<Vec<u8>, WriteError> {
    repack(bytes).map_err(|error| WriteError::Package(error.to_string()))
}

fn repack(bytes: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut from = ZipArchive::new(Cursor::new(bytes))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for index in 0..from.len() {
        let mut part = from.by_index(index)?;
        if part.is_dir() {
            continue;
        }
        let mut content = Vec::new();
        part.read_to_end(&mut content)?;
        to.start_file(part.name()?.into_owned(), options)?;
        to.write_all(&content)?;
    }
    Ok(to.finish()?.into_inner())
}
