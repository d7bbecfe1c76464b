//! What a file is, told by its content; never by its name.

use crate::{Format, Limits, ReadError, container};

/// So much of the beginning is looked at to tell text from HTML.
const PREFIX_BYTES: usize = 64 << 10;

/// Tells the format of a file, or says what else it looks like.
pub(crate) fn format(bytes: &[u8], limits: &Limits) -> Result<Format, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip(bytes, limits);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return ole(bytes);
    }
    if holds(&bytes[..bytes.len().min(1024)], b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if let Some(name) = known_foreign(bytes) {
        return Err(ReadError::UnknownFormat(name.to_owned()));
    }
    text_or_html(bytes)
}

/// Looks into a ZIP container for the main part of an office document.
fn zip(bytes: &[u8], limits: &Limits) -> Result<Format, ReadError> {
    let archive = container::open(bytes, limits, "ZIP")?;
    let has = |name: &str| archive.has(name);
    if has("xl/workbook.xml") || has("xl/workbook.bin") {
        return Ok(Format::Workbook);
    }
    if archive.text_part().is_some() {
        return Ok(Format::Docx);
    }
    let name = if has("EncryptionInfo") || has("EncryptedPackage") {
        return Err(ReadError::Encrypted);
    } else if has("ppt/presentation.xml") {
        "PowerPoint 演示文稿"
    } else if has("OFD.xml") {
        "OFD 版式文件，请另存为 pdf 或 docx"
    } else if has("content.xml") && has("mimetype") {
        "OpenDocument 文档，请另存为 docx 或 xlsx"
    } else {
        "ZIP 压缩包，请先解压"
    };
    Err(ReadError::UnknownFormat(name.to_owned()))
}

/// Tells an OLE2 compound file by the names in its directory.
///
/// Directory entries are 128 bytes, aligned so, wherever the directory lies; the first known name
/// wins, so that a workbook embedded in a text document does not hide the document.
fn ole(bytes: &[u8]) -> Result<Format, ReadError> {
    let mut found = None;
    for entry in bytes.chunks_exact(128).skip(4) {
        match directory_name(entry).as_deref() {
            Some("EncryptedPackage" | "EncryptionInfo") => return Err(ReadError::Encrypted),
            Some(name @ ("Workbook" | "Book" | "WordDocument" | "PowerPoint Document")) => {
                found.get_or_insert(name.to_owned());
            }
            _ => {}
        }
    }
    let name = match found.as_deref() {
        Some("Workbook" | "Book") => return Ok(Format::Workbook),
        Some("WordDocument") => "旧版 Word 文档（.doc），请另存为 .docx",
        Some(_) => "旧版 PowerPoint 演示文稿",
        None => "OLE2 复合文件，里面没有认识的文档",
    };
    Err(ReadError::UnknownFormat(name.to_owned()))
}

/// The name of a stream or storage, if these 128 bytes are such a directory entry.
fn directory_name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
    let is_entry = matches!(entry[66], 1 | 2) && (4..=64).contains(&length) && length % 2 == 0;
    if !is_entry {
        return None;
    }
    let units: Vec<u16> = entry[..length - 2]
        .chunks_exact(2)
        .map(|two| u16::from_le_bytes([two[0], two[1]]))
        .collect();
    String::from_utf16(&units).ok()
}

/// Formats that are no text and are not read here, by their first bytes.
fn known_foreign(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 14] = [
        (b"\x89PNG", "PNG 图片，请先做文字识别"),
        (b"\xFF\xD8\xFF", "JPEG 图片，请先做文字识别"),
        (b"GIF8", "GIF 图片，请先做文字识别"),
        (b"II*\0", "TIFF 图片，请先做文字识别"),
        (b"MM\0*", "TIFF 图片，请先做文字识别"),
        (b"Rar!", "RAR 压缩包，请先解压"),
        (b"7z\xBC\xAF\x27\x1C", "7z 压缩包，请先解压"),
        (b"\x1F\x8B\x08", "gzip 压缩文件，请先解压"),
        (b"{\\rtf", "RTF 文档，请另存为 .docx"),
        (b"%!PS", "PostScript 文件，请另存为 pdf"),
        (b"CAJ", "CAJ 文件，请另存为 pdf"),
        (b"\x7FELF", "程序文件"),
        (b"MZ\x90\0", "程序文件"),
        (b"SQLite format 3\0", "SQLite 数据库"),
    ];
    let signature = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start));
    if let Some((_, name)) = signature {
        return Some(name);
    }
    let is_bitmap = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    (is_bitmap || is_webp).then_some("图片，请先做文字识别")
}

/// Tells text from HTML and from what only looks like text.
fn text_or_html(bytes: &[u8]) -> Result<Format, ReadError> {
    let prefix = &bytes[..bytes.len().min(PREFIX_BYTES)];
    let wide = crate::encoding::wide(prefix);
    if wide.is_none() && looks_binary(prefix) {
        return Err(ReadError::UnknownFormat("二进制文件，不是文字".to_owned()));
    }
    // Without these there is neither markup nor the head of a message.
    if wide.is_none() && !prefix.iter().any(|byte| matches!(byte, b'<' | b':')) {
        return Ok(Format::Text);
    }
    // Markup is ASCII in every encoding that is read here, the wide ones apart.
    let start = match wide {
        Some(encoding) => encoding.decode_with_bom_removal(prefix).0,
        None => String::from_utf8_lossy(prefix),
    };
    let start = skip_to_markup(&start).to_ascii_lowercase();
    if start.starts_with("mime-version:") || start.contains("content-type: multipart/related") {
        let hint = "单个文件网页（.mht），请另存为 .html 或 .docx";
        return Err(ReadError::UnknownFormat(hint.to_owned()));
    }
    if start.contains("<?mso-application") || start.contains("<pkg:package") {
        let hint = "Office 2003 XML 文档，请另存为 .docx 或 .xlsx";
        return Err(ReadError::UnknownFormat(hint.to_owned()));
    }
    Ok(if is_html(&start) { Format::Html } else { Format::Text })
}

/// NUL and other control characters that no text file holds, more than a slip of the hand.
fn looks_binary(prefix: &[u8]) -> bool {
    let odd = |byte: &&u8| matches!(**byte, 0..=6 | 0x0E..=0x1A | 0x1C..=0x1F);
    let n_odd = prefix.iter().filter(odd).count();
    prefix.len() / 100 + 8 < n_odd
}

/// Leaves off a byte order mark and white space.
fn skip_to_markup(start: &str) -> &str {
    start.trim_start_matches(|c: char| c == '\u{FEFF}' || c == '\0' || c.is_whitespace())
}

/// Whether lower-cased text is HTML: it begins with a tag of it, or holds several closing tags.
fn is_html(start: &str) -> bool {
    const FIRST: [&str; 34] = [
        "html", "head", "body", "meta", "title", "link", "base", "style", "script", "table",
        "tbody", "thead", "tr", "div", "p", "span", "h1", "h2", "h3", "h4", "ul", "ol", "br",
        "center", "font", "section", "article", "main", "header", "form", "a", "b", "strong",
        "img",
    ];
    const CLOSING: [&str; 9] =
        ["</p>", "</td>", "</tr>", "</table>", "</div>", "</span>", "</body>", "</html>", "</li>"];
    let begins_with_tag = start.strip_prefix('<').is_some_and(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        FIRST.contains(&&rest[..end])
    });
    let is_declared = start.starts_with("<!doctype html") || start.starts_with("<!--");
    if !start.contains('<') {
        return false;
    }
    let n_closing: usize = CLOSING.iter().map(|tag| start.matches(tag).take(4).count()).sum();
    let is_xhtml = start.starts_with("<?xml") && start.contains("<html");
    begins_with_tag || is_xhtml || (is_declared && start.contains('>')) || 3 < n_closing
}

/// Whether `hay` holds `needle`.
fn holds(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|window| window[0] == needle[0] && window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tell(bytes: &[u8]) -> Result<Format, ReadError> {
        format(bytes, &Limits::default())
    }

    /// An OLE2 file whose directory holds one name.
    fn ole_with(name: &str) -> Vec<u8> {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.resize(1024, 0);
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes[640..640 + units.len()].copy_from_slice(&units);
        bytes[640 + 64] = u8::try_from(units.len() + 2).unwrap();
        bytes[640 + 66] = 2;
        bytes
    }

    #[test]
    fn html_is_told_by_its_tags_in_every_encoding() {
        for page in [
            "<!DOCTYPE html><html>",
            "\u{FEFF}\r\n <HTML xmlns=x>",
            "<?xml version='1.0'?><html>",
            "<table><tr><td>1",
            "<!-- 打印 --><div>",
            "标题<p>一</p><p>二</p><p>三</p><p>四</p>",
        ] {
            assert_eq!(tell(page.as_bytes()), Ok(Format::Html), "{page}");
            let wide: Vec<u8> =
                format!("\u{FEFF}{page}").encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(tell(&wide), Ok(Format::Html), "{page}");
        }
    }

    #[test]
    fn text_with_angles_stays_text() {
        for text in ["一、总体情况", "a < b", "<统计表> 1 2", "《条例》<第711号>", "1|2|3"]
        {
            assert_eq!(tell(text.as_bytes()), Ok(Format::Text), "{text}");
            let (bytes, _, _) = encoding_rs::GB18030.encode(text);
            assert_eq!(tell(&bytes), Ok(Format::Text), "{text}");
        }
    }

    #[test]
    fn old_office_files_are_told_by_their_streams() {
        assert_eq!(tell(&ole_with("Workbook")), Ok(Format::Workbook));
        assert_eq!(tell(&ole_with("EncryptedPackage")), Err(ReadError::Encrypted));
        let Err(ReadError::UnknownFormat(name)) = tell(&ole_with("WordDocument")) else {
            panic!("an old Word document is not read")
        };
        assert!(name.contains(".doc"));
    }

    #[test]
    fn what_is_not_read_is_named() {
        let named = [
            (&b"\x89PNG\r\n\x1A\n\0\0"[..], "PNG"),
            (b"{\\rtf1 x}", "RTF"),
            (b"Rar!\x1A\x07", "RAR"),
            (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mht"),
            (b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?>", "2003"),
            (&[1, 2, 3, 0, 0, 0, 5, 6, 1, 2, 3, 0, 0, 0, 5, 6], "二进制"),
        ];
        for (bytes, wanted) in named {
            let Err(ReadError::UnknownFormat(name)) = tell(bytes) else { panic!("{wanted}") };
            assert!(name.contains(wanted), "{name}");
        }
    }

    #[test]
    fn a_pdf_may_begin_a_little_later() {
        assert_eq!(tell(b"\r\nxx%PDF-1.7\n"), Ok(Format::Pdf));
    }
}
