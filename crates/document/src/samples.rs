//! Attachments for tests, made here byte by byte; no file of anybody's.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{DocProperties, Note, Workbook};
use zip::write::SimpleFileOptions;

/// A ZIP archive.
pub(crate) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document of a body and further parts.
pub(crate) fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let body = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("word/document.xml", body.as_str())];
    if more.iter().all(|(name, _)| *name != "[Content_Types].xml") {
        parts.push(("[Content_Types].xml", "<Types/>"));
    }
    parts.extend(more);
    zipped(&parts)
}

/// A Word document that tells more than it shows.
pub(crate) fn telling_docx() -> Vec<u8> {
    let body = "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:rPr><w:del w:author=\"赵某\"/></w:rPr></w:pPr>\
        <w:r><w:t>合</w:t></w:r></w:p><w:p><w:pPr><w:pPrChange w:author=\"赵某\"><w:pPr/></w:pPrChange></w:pPr>\
        <w:commentRangeStart w:id=\"0\"/><w:ins w:id=\"1\" w:author=\"赵某\"><w:r><w:rPr><w:b/><w:rPrChange w:author=\"赵某\">\
        <w:rPr/></w:rPrChange></w:rPr><w:t>并</w:t></w:r></w:ins><w:del w:author=\"赵某\"><w:r><w:delText>删去</w:delText></w:r></w:del>\
        <w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del w:author=\"赵某\"/></w:rPr></w:pPr><w:del w:author=\"赵某\"><w:r><w:delText>整段</w:delText></w:r></w:del></w:p>\
        <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>&amp;尾</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:trPr><w:del w:author=\"赵某\"/></w:trPr><w:tc><w:p><w:r><w:t>删行</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:trPr><w:ins w:author=\"赵某\"/></w:trPr><w:tc><w:p><w:r><w:t>留行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:moveTo w:author=\"赵某\"><w:p><w:r><w:t>移来</w:t></w:r></w:p></w:moveTo>";
    docx(
        body,
        &[
            (
                "[Content_Types].xml",
                "<Types><Override PartName=\"/word/document.xml\" ContentType=\"d\"/>\
            <Override PartName=\"/word/comments.xml\" ContentType=\"c\"/><Override PartName=\"/docProps/custom.xml\" ContentType=\"p\"/></Types>",
            ),
            (
                "_rels/.rels",
                "<Relationships><Relationship Id=\"r1\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/>\
            <Relationship Id=\"r2\" Type=\"x/thumbnail\" Target=\"docProps/thumbnail.jpeg\"/>\
            <Relationship Id=\"r3\" Type=\"x/custom-properties\" Target=\"docProps/custom.xml\"/></Relationships>",
            ),
            (
                "word/_rels/document.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Type=\"x/comments\" Target=\"comments.xml\"/>\
            <Relationship Id=\"r2\" Type=\"x/image\" TargetMode=\"External\" Target=\"file:///C:/a.png\"/>\
            <Relationship Id=\"r3\" Type=\"x/hyperlink\" TargetMode=\"External\" Target=\"https://a.example/\"/></Relationships>",
            ),
            (
                "word/comments.xml",
                "<w:comments><w:comment w:author=\"钱某\"><w:p><w:r><w:t>批</w:t></w:r></w:p></w:comment></w:comments>",
            ),
            ("word/vbaProject.bin", "x"),
            ("word/embeddings/a.xlsx", "x"),
            ("docProps/thumbnail.jpeg", "x"),
            (
                "docProps/core.xml",
                "<cp:coreProperties xmlns:dc=\"d\"><dc:creator>王某</dc:creator><cp:lastModifiedBy>李某</cp:lastModifiedBy></cp:coreProperties>",
            ),
            ("docProps/app.xml", "<Properties><Company>示例局</Company></Properties>"),
            (
                "docProps/custom.xml",
                "<Properties><property name=\"a\"><vt:lpwstr>内部稿</vt:lpwstr></property></Properties>",
            ),
        ],
    )
}

/// A workbook with hidden sheets, rows and columns, a comment and properties.
pub(crate) fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_author("王某").set_company("示例局"));
    let sheet = book.add_worksheet().set_name("公开").unwrap();
    sheet.write(0, 0, "项目").unwrap();
    sheet.write(1, 0, "许可").unwrap();
    sheet.write(2, 0, "隐藏行").unwrap();
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(5).unwrap();
    sheet.insert_note(0, 0, &Note::new("批注").set_author("钱某")).unwrap();
    let hidden = book.add_worksheet().set_name("底表").unwrap();
    hidden.write(0, 0, "名单甲").unwrap();
    hidden.write(1, 0, "许可").unwrap();
    hidden.set_hidden(true);
    let hidden = book.add_worksheet().set_name("更深").unwrap();
    hidden.write(0, 0, "名单乙").unwrap();
    hidden.set_very_hidden(true);
    let last = book.add_worksheet().set_name("末表").unwrap();
    last.write(0, 0, "末").unwrap();
    book.save_to_buffer().unwrap()
}

/// A PDF of one page and further objects; the sixth and later ones are its own.
pub(crate) fn pdf(objects: &str) -> Vec<u8> {
    let info = if objects.contains("10 0 obj") { "/Info 10 0 R" } else { "" };
    format!("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n\
        4 0 obj<</Length 9>>stream\n0 0 m 1 w\nendstream endobj\n{objects}trailer<</Root 1 0 R{info}>>\n%%EOF").into_bytes()
}

/// An OLE2 file whose directory holds one name.
pub(crate) fn ole(name: &str) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1024, 0);
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[640..640 + units.len()].copy_from_slice(&units);
    bytes[640 + 64] = u8::try_from(units.len() + 2).unwrap();
    bytes[640 + 66] = 2;
    bytes
}

/// A JPEG of some size without points, with or without what a camera writes: maker, author,
/// turned to the side, place.
pub(crate) fn jpeg(width: u16, height: u16, is_telling: bool) -> Vec<u8> {
    let mut bytes = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
    if is_telling {
        let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
            [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
        };
        let tags = [
            entry(0x010F, 2, 4, *b"Cam\0"),
            entry(0x0112, 3, 1, [0, 6, 0, 0]),
            entry(0x013B, 2, 4, *b"Wan\0"),
            entry(0x8825, 4, 1, 62_u32.to_be_bytes()),
        ];
        let place = entry(0x0001, 2, 2, *b"N\0\0\0");
        let tiff =
            [&b"MM\0*\0\0\0\x08\0\x04"[..], &tags.concat(), &[0; 4], &[0, 1], &place, &[0; 4]]
                .concat();
        let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
        bytes.extend([b"\xFF\xE1", &length[..], b"Exif\0\0", &tiff].concat());
    }
    bytes.extend(b"\xFF\xC0\0\x0B\x08");
    bytes.extend([height.to_be_bytes(), width.to_be_bytes()].concat());
    bytes.extend(b"\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x12\x34\xFF\xD9");
    bytes
}

/// A PNG of some size, with or without an author.
pub(crate) fn png(width: u32, height: u32, is_telling: bool) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(data);
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], kind, data, &crc.sum().to_be_bytes()].concat()
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    bytes.extend(chunk(b"IHDR", &head));
    if is_telling {
        bytes.extend(chunk(b"tEXt", b"Author\0Wang"));
    }
    bytes.extend(chunk(b"IDAT", &[0x78, 0x9C, 0x63, 0, 0, 0, 2, 0, 1]));
    bytes.extend(chunk(b"IEND", &[]));
    bytes
}
