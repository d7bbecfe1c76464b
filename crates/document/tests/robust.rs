//! Damaged files of every format: reading never panics, and always ends.

use std::io::{Cursor, Write};
use std::time::Duration;

use gongkai_document::{Limits, read};
use zip::write::SimpleFileOptions;

fn limits() -> Limits {
    Limits {
        input_bytes: 1 << 20,
        zip_entries: 100,
        expanded_bytes: 4 << 20,
        depth: 64,
        pdf_objects: 1000,
        pages: 20,
        table_cells: 5000,
        time: Duration::from_secs(5),
    }
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        // Stored, so that damage reaches the XML and not only the compression.
        let options =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, options).expect("memory takes every entry");
        writer.write_all(text.as_bytes()).expect("memory takes every byte");
    }
    writer.finish().expect("memory takes the directory").into_inner()
}

fn utf16(text: &str) -> Vec<u8> {
    format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// One file of each kind.
fn files() -> Vec<Vec<u8>> {
    let text = "一、总体情况\r\n行政许可\t230\n规章 | 0 | 0 |\n";
    let html = "<html><head><meta charset=utf-8><title>报告</title></head><body><h1>一、总体</h1>\
        <table><tr><td rowspan=2>甲<td colspan=3>乙<tr><td>1<td>2</table><p><b>丙<p>丁<del>x</del>\
        <div style='display:none'>h</div><pre> a\n b</pre>";
    let body = "<w:document xmlns:w=\"x\"><w:body><w:p><w:pPr><w:pStyle w:val=\"1\"/><w:numPr>\
        <w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>甲&amp;</w:t><w:tab/>\
        </w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:tcPr>\
        <w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r>\
        <w:t>1</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr>\
        </w:tbl></w:body></w:document>";
    let docx = zipped(&[
        ("word/document.xml", body),
        (
            "word/styles.xml",
            "<w:styles><w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>",
        ),
        (
            "word/numbering.xml",
            "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
        ),
    ]);
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>甲</t></is></c>\
        <c r=\"B1\"><v>3</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells></worksheet>";
    let xlsx = zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n\
        4 0 obj<</Length 20>>stream\nBT (a) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(2048, 0);
    vec![text.into(), utf16(text), html.into(), utf16(html), docx, xlsx, pdf.to_vec(), ole]
}

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

#[test]
fn every_file_cut_anywhere_is_read_or_refused() {
    for file in files() {
        for end in (0..file.len()).step_by(1 + file.len() / 300) {
            let _ = read(&file[..end], &limits());
        }
    }
}

#[test]
fn every_file_with_bytes_changed_is_read_or_refused() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for file in files() {
        for _ in 0..300 {
            let mut damaged = file.clone();
            for _ in 0..=random.below(8) {
                let at = random.below(damaged.len());
                match random.below(4) {
                    0 => damaged[at] = random.below(256) as u8,
                    1 => drop(damaged.remove(at)),
                    2 => damaged.insert(at, b"<>&\"\0/\xFF"[random.below(7)]),
                    _ => {
                        let end = (at + random.below(200)).min(damaged.len());
                        let piece = damaged[at..end].to_vec();
                        damaged.splice(at..at, piece);
                    }
                }
            }
            let _ = read(&damaged, &limits());
        }
    }
}

#[test]
fn noise_is_read_or_refused() {
    let mut random = Random(42);
    for length in 0..400 {
        let noise: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
        let _ = read(&noise, &limits());
        let wide: Vec<u8> = noise.iter().map(|byte| byte % 64 + 0xA0).collect();
        let _ = read(&wide, &limits());
        let ascii: Vec<u8> =
            noise.iter().map(|byte| b"<td>/tr abl=e\"p1"[usize::from(byte % 16)]).collect();
        let _ = read(&ascii, &limits());
    }
}
