//! Pictures and films: their size and what cameras wrote into them; nothing is decoded.

use std::io::Cursor;

use exif::{Context, Exif, Tag};

use super::{Finding, Kind, Refusal};
use crate::ReadError;

/// Most points a picture may have: 100 million, more than any camera of an office makes, and
/// 400 MB for a browser that decodes it.
pub const MAX_PIXELS: u64 = 100_000_000;

/// Looks at a picture.
pub(super) fn look(kind: Kind, bytes: &[u8], findings: &mut Vec<Finding>) -> Result<(), Refusal> {
    let size = imagesize::blob_size(bytes)
        .map_err(|error| ReadError::Broken { format: "图片", reason: error.to_string() })?;
    let n_pixels = (size.width as u64).saturating_mul(size.height as u64);
    if MAX_PIXELS < n_pixels {
        return Err(Refusal::TooManyPixels(n_pixels));
    }
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let read = match kind {
        Kind::Gif => None,
        _ => match reader.read_from_container(&mut Cursor::new(bytes)) {
            Ok(exif) => Some(exif),
            Err(exif::Error::PartialResult(partial)) => Some(partial.into_inner().0),
            Err(_) => None,
        },
    };
    if let Some(exif) = read {
        look_exif(&exif, findings);
    }
    look_words(kind, bytes, findings);
    Ok(())
}

const HINT: &str = "请用清理后的副本，或用看图软件去掉照片信息后再上传";

fn look_exif(exif: &Exif, findings: &mut Vec<Finding>) {
    let is_place = |tag: Tag| tag.context() == Context::Gps && tag != Tag::GPSVersionID;
    if exif.fields().any(|field| is_place(field.tag)) {
        findings.push(Finding::new("photo-place", "照片里记着拍摄地点（GPS）", HINT));
    }
    // The author's name as Windows writes it, and the tags of the standard.
    const WINDOWS_AUTHOR: u16 = 0x9C9D;
    let is_name = |tag: Tag| {
        matches!(tag, Tag::Artist | Tag::Copyright | Tag::CameraOwnerName)
            || (tag.context() == Context::Tiff && tag.number() == WINDOWS_AUTHOR)
    };
    if exif.fields().any(|field| is_name(field.tag)) {
        findings.push(Finding::new("photo-author", "照片里记着作者或相机主人的名字", HINT));
    }
    let of_device =
        [Tag::Make, Tag::Model, Tag::DateTimeOriginal, Tag::BodySerialNumber, Tag::MakerNote];
    if exif.fields().any(|field| of_device.contains(&field.tag)) {
        findings.push(Finding::new("photo-device", "照片里记着拍摄时间或设备", HINT));
    }
}

/// Descriptions beside EXIF.
fn look_words(kind: Kind, bytes: &[u8], findings: &mut Vec<Finding>) {
    let has_chunk = |start, is_big_endian, kinds: &[&[u8; 4]]| {
        chunks(bytes, start, is_big_endian).any(|kind| kinds.contains(&&kind))
    };
    let is_told = match kind {
        Kind::Jpeg => {
            holds(bytes, b"http://ns.adobe.com/xap/1.0/") || holds(bytes, b"Photoshop 3.0\0")
        }
        Kind::Png => has_chunk(8, true, &[b"tEXt", b"zTXt", b"iTXt"]),
        Kind::Webp => has_chunk(12, false, &[b"XMP "]),
        _ => holds(bytes, b"XMP DataXMP"),
    };
    if is_told {
        let message = "图片里带有文字说明（XMP 等），可能有作者、修改记录";
        findings.push(Finding::new("photo-words", message, HINT));
    }
}

/// Kinds of the chunks of a PNG (length before kind, checksum behind) or of RIFF (kind before
/// length, padded to even).
fn chunks(bytes: &[u8], start: usize, is_big_endian: bool) -> impl Iterator<Item = [u8; 4]> {
    let mut rest = bytes.get(start..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (one, after) = rest.split_first_chunk::<4>()?;
        let (other, body) = after.split_first_chunk::<4>()?;
        let (kind, length) = if is_big_endian {
            (*other, u32::from_be_bytes(*one) as usize + 4)
        } else {
            (*one, (u32::from_le_bytes(*other) as usize).next_multiple_of(2))
        };
        rest = body.get(length..).unwrap_or_default();
        Some(kind)
    })
}

/// Looks at a film: phones write the place into it.
pub(super) fn look_film(bytes: &[u8], findings: &mut Vec<Finding>) {
    if holds(bytes, b"\xA9xyz") || holds(bytes, b"com.apple.quicktime.location") {
        let hint = "请用剪辑软件重新导出，去掉位置信息后再上传";
        findings.push(Finding::new("photo-place", "视频里记着拍摄地点（GPS）", hint));
    }
}

pub(super) fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == piece[0]) {
        if rest[at..].starts_with(piece) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}
