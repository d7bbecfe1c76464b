//! What may be attached, told by content; never by name, but for the kinds of bare text.

use super::Refusal;
use crate::{Format, Limits, ReadError, container, sniff};

/// A kind of attachment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// Word document of today.
    Docx,
    /// Workbook of today.
    Xlsx,
    /// Slides of today.
    Pptx,
    /// Word or WPS document of old; cannot be looked into.
    Doc,
    /// Workbook of old, of Excel or WPS; cannot be looked into, its text is read.
    Xls,
    /// Slides of old; cannot be looked into.
    Ppt,
    /// Office document with a password.
    EncryptedOffice,
    /// OFD.
    Ofd,
    /// Text.
    Txt,
    /// Text of values parted by commas.
    Csv,
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
    /// GIF picture.
    Gif,
    /// WebP picture.
    Webp,
    /// MPEG-4 film or sound.
    Mp4,
    /// MP3 sound.
    Mp3,
    /// ZIP archive.
    Zip,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 18] = [
        Self::Pdf,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Doc,
        Self::Xls,
        Self::Ppt,
        Self::EncryptedOffice,
        Self::Ofd,
        Self::Txt,
        Self::Csv,
        Self::Jpeg,
        Self::Png,
        Self::Gif,
        Self::Webp,
        Self::Mp4,
        Self::Mp3,
        Self::Zip,
    ];

    /// Extensions that agree with it, the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx", "docm"],
            Self::Xlsx => &["xlsx", "xlsm"],
            Self::Pptx => &["pptx", "pptm", "ppsx"],
            Self::Doc => &["doc", "wps"],
            Self::Xls => &["xls", "et"],
            Self::Ppt => &["ppt", "dps", "pps"],
            Self::EncryptedOffice => &["docx", "xlsx", "pptx", "docm", "xlsm", "pptm"],
            Self::Ofd => &["ofd"],
            Self::Txt => &["txt"],
            Self::Csv => &["csv"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Gif => &["gif"],
            Self::Webp => &["webp"],
            Self::Mp4 => &["mp4", "m4v", "m4a"],
            Self::Mp3 => &["mp3"],
            Self::Zip => &["zip"],
        }
    }

    /// The media type to serve it with.
    pub(super) fn media_type(self, has_macros: bool) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx if has_macros => "application/vnd.ms-word.document.macroEnabled.12",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx if has_macros => "application/vnd.ms-excel.sheet.macroEnabled.12",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx if has_macros => {
                "application/vnd.ms-powerpoint.presentation.macroEnabled.12"
            }
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Doc => "application/msword",
            Self::Xls => "application/vnd.ms-excel",
            Self::Ppt => "application/vnd.ms-powerpoint",
            Self::EncryptedOffice => "application/octet-stream",
            Self::Ofd => "application/ofd",
            Self::Txt => "text/plain; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Mp4 => "video/mp4",
            Self::Mp3 => "audio/mpeg",
            Self::Zip => "application/zip",
        }
    }
}

/// Tells what an attachment is.
pub(super) fn tell(name: &str, bytes: &[u8], limits: &Limits) -> Result<Kind, Refusal> {
    if let Some(kind) = by_first_bytes(bytes) {
        return Ok(kind);
    }
    if bytes.starts_with(b"PK") {
        return container_kind(bytes, limits);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return old_kind(bytes);
    }
    match sniff::format(bytes, limits) {
        Ok(Format::Pdf) => {
            match bytes.iter().take_while(|byte| **byte != b'%').any(|byte| *byte == b'<') {
                true => Err(Refusal::Active("带网页开头的 PDF")),
                false => Ok(Kind::Pdf),
            }
        }
        Ok(Format::Html) => Err(Refusal::Active("网页（HTML）")),
        Ok(Format::Text) => text_kind(name, bytes),
        Ok(Format::Docx) => Ok(Kind::Docx),
        Ok(Format::Workbook) => Ok(Kind::Xlsx),
        Err(ReadError::UnknownFormat(what)) => Err(Refusal::Unknown(what)),
        Err(error) => Err(error.into()),
    }
}

fn by_first_bytes(bytes: &[u8]) -> Option<Kind> {
    let is_mp3 = bytes.starts_with(b"ID3")
        || matches!(bytes, [0xFF, 0xFB | 0xFA | 0xF3 | 0xF2, third, ..] if third >> 4 != 15);
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpeg),
        _ if bytes.starts_with(b"\x89PNG\r\n\x1A\n") => Some(Kind::Png),
        _ if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Some(Kind::Gif),
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => Some(Kind::Webp),
        _ if bytes.get(4..8) == Some(b"ftyp") => Some(Kind::Mp4),
        _ if is_mp3 => Some(Kind::Mp3),
        _ => None,
    }
}

fn container_kind(bytes: &[u8], limits: &Limits) -> Result<Kind, Refusal> {
    let container = container::open(bytes, limits, "ZIP ")?;
    let has = |name| container.has(name);
    if has("xl/workbook.bin") {
        return Err(Refusal::Unknown("二进制工作簿（xlsb），请另存为 xlsx".to_owned()));
    }
    if has("content.xml") && has("mimetype") {
        return Err(Refusal::Unknown("OpenDocument 文档，请另存为 docx 或 xlsx".to_owned()));
    }
    Ok(match () {
        () if has("xl/workbook.xml") => Kind::Xlsx,
        () if container.text_part().is_some() => Kind::Docx,
        () if has("ppt/presentation.xml") => Kind::Pptx,
        () if has("OFD.xml") => Kind::Ofd,
        () => Kind::Zip,
    })
}

fn old_kind(bytes: &[u8]) -> Result<Kind, Refusal> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
        // Entries of the directory are 128 bytes long and begin with the name.
        bytes.chunks(128).any(|entry| entry.starts_with(&wide))
    };
    Ok(match () {
        () if has("EncryptedPackage") || has("EncryptionInfo") => Kind::EncryptedOffice,
        () if has("WordDocument") => Kind::Doc,
        () if has("PowerPoint Document") => Kind::Ppt,
        () if has("Workbook") || has("Book") => Kind::Xls,
        () => return Err(Refusal::Unknown("OLE2 复合文件，里面没有认识的文档".to_owned())),
    })
}

/// Text is only what its name says: programs and pages are text too.
fn text_kind(name: &str, bytes: &[u8]) -> Result<Kind, Refusal> {
    let text = crate::encoding::decode(bytes).text.trim_start().to_ascii_lowercase();
    let is_drawing = text.starts_with("<svg")
        || ((text.starts_with("<?xml") || text.starts_with("<!")) && text.contains("<svg"));
    if is_drawing {
        return Err(Refusal::Active("SVG 图"));
    }
    if text.starts_with("<?xml") || text.starts_with("<!doctype") {
        return Err(Refusal::Unknown("XML 文件".to_owned()));
    }
    match super::name::extension(name).as_str() {
        "txt" => Ok(Kind::Txt),
        "csv" => Ok(Kind::Csv),
        other => Err(Refusal::Unknown(format!("文本文件，扩展名却是“{other}”"))),
    }
}
