//! Pictures without what cameras and programs wrote into them; their points stay as they are.

use std::io::Cursor;

use exif::{In, Tag};
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::{Bytes, Error};

use crate::ReadError;

fn broken(error: &Error) -> ReadError {
    ReadError::Broken { format: "图片", reason: error.to_string() }
}

/// A JPEG without EXIF, XMP, IPTC and comments; only which way is up is kept.
pub(crate) fn clean_jpeg(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let turned = orientation(bytes);
    let mut picture =
        Jpeg::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|error| broken(&error))?;
    let segments = picture.segments_mut();
    let is_telling = |segment: &JpegSegment| {
        matches!(segment.marker(), markers::APP1 | markers::APP13 | markers::COM)
    };
    segments.retain(|segment| !is_telling(segment));
    if let Some(turned) = turned {
        let place =
            usize::from(segments.first().is_some_and(|first| first.marker() == markers::APP0));
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([turned, 0, 0, 0, 0, 0, 0]);
        segments.insert(place, JpegSegment::new_with_contents(markers::APP1, Bytes::from(exif)));
    }
    Ok(picture.encoder().bytes().to_vec())
}

/// Which way is up, if it is not the usual one.
fn orientation(bytes: &[u8]) -> Option<u8> {
    let exif = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok()?;
    let value = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(value).ok().filter(|value| (2..=8).contains(value))
}

/// A PNG without texts, EXIF and time.
pub(crate) fn clean_png(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut picture =
        Png::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|error| broken(&error))?;
    let telling = [*b"tEXt", *b"zTXt", *b"iTXt", *b"eXIf", *b"tIME"];
    picture.chunks_mut().retain(|chunk| !telling.contains(&chunk.kind()));
    Ok(picture.encoder().bytes().to_vec())
}
