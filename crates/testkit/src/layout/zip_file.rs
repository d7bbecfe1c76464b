//! A ZIP file of named texts, always the same bytes.

use std::io::{Cursor, Write as _};
use zip::write::{SimpleFileOptions, ZipWriter};

/// The bytes of a ZIP file.
pub(super) fn bytes(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .and_then(|()| Ok(writer.write_all(text.as_bytes())?))
            .expect("memory takes every byte");
    }
    writer.finish().expect("memory takes every byte").into_inner()
}
