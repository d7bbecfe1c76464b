//! What the fuzz targets and the test that reads their corpus share: what is read for what bytes.

use std::io::{Cursor, Write};
use std::time::Duration;

use gongkai_document::{Limits, read};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const WORKBOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const RELATIONS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// Reads the file that a target makes of fuzzed bytes, within bounds so small that a hang shows.
pub fn read_as(target: &str, bytes: &[u8]) {
    let limits = Limits {
        input_bytes: 1 << 20,
        zip_entries: 100,
        expanded_bytes: 8 << 20,
        depth: 64,
        pdf_objects: 2000,
        pages: 20,
        table_cells: 10_000,
        time: Duration::from_secs(5),
    };
    let _ = read(&file(target, bytes), &limits);
}

/// Whole containers are read as they are; other bytes become the parts, parted by NUL, of a sound
/// one, so that the fuzzer reaches the XML behind compression and check sums.
fn file(target: &str, bytes: &[u8]) -> Vec<u8> {
    let is_whole = bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF]);
    let pieces = bytes.split(|byte| *byte == 0);
    match target {
        "html" => [b"<html>", bytes].concat(),
        "pdf" => [b"%PDF-1.7\n", bytes].concat(),
        "docx" if !is_whole => {
            let names =
                ["word/document.xml", "word/styles.xml", "word/numbering.xml", "docProps/core.xml"];
            container(&names.into_iter().zip(pieces).collect::<Vec<_>>())
        }
        "workbook" if !is_whole => {
            let names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
            let mut parts: Vec<_> = names.into_iter().zip(pieces).collect();
            parts.push(("xl/workbook.xml", WORKBOOK));
            parts.push(("xl/_rels/workbook.xml.rels", RELATIONS));
            container(&parts)
        }
        _ => bytes.to_vec(),
    }
}

fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in parts {
        writer.start_file(*name, options).expect("memory takes every entry");
        writer.write_all(part).expect("memory takes every byte");
    }
    writer.finish().expect("memory takes the directory").into_inner()
}
