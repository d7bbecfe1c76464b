//! The DOCX writer: a composed paper into an office document with the same bytes each time. Written
//! part by part, as no crate repeats table heads and sets the properties (ADR 0010).

mod blocks;
mod parts;

use blocks::Body;
use gongkai_typeset::faces::office_name;
use gongkai_typeset::paper::{Face, Paper};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Why a DOCX cannot be written.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// A picture is of no kind that papers take.
    #[error("图片（{0}）既不是 PNG 也不是 JPEG，请换一张")]
    Picture(String),
    /// The archive could not be put together.
    #[error("DOCX 文件无法打包：{0}")]
    Archive(String),
}

/// The names of fonts that a DOCX asks for: the commercial ones, unless set otherwise.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct OfficeFonts {
    /// Faces that shall be asked for by another name.
    pub other: BTreeMap<Face, String>,
}

impl OfficeFonts {
    fn name(&self, face: Face) -> &str {
        self.other.get(&face).map_or(office_name(face), String::as_str)
    }
}

/// Twentieths of a point, rounded.
fn twips(points: f32) -> i32 {
    (points * 20.0).round() as i32
}

fn twips_of_mm(mm: f32) -> i32 {
    twips(mm * gongkai_typeset::paper::POINTS_PER_MM)
}

/// Writes a composed paper as DOCX.
///
/// # Errors
/// Where a picture is neither PNG nor JPEG.
pub fn docx(paper: &Paper, fonts: &OfficeFonts) -> Result<Vec<u8>, Problem> {
    let body = Body::of(paper, fonts)?;
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), parts::content_types(&body).into()),
        ("_rels/.rels".to_owned(), parts::PACKAGE_RELATIONS.into()),
        ("docProps/core.xml".to_owned(), parts::core(paper).into()),
        ("docProps/app.xml".to_owned(), parts::APP.into()),
        ("word/document.xml".to_owned(), parts::document(paper, &body).into()),
        ("word/_rels/document.xml.rels".to_owned(), parts::relations(&body).into()),
        ("word/styles.xml".to_owned(), parts::styles(paper, fonts).into()),
        ("word/settings.xml".to_owned(), parts::SETTINGS.into()),
    ];
    files.extend(parts::footers(paper, fonts));
    files.extend(body.pictures.into_iter().map(|picture| (picture.path(), picture.bytes)));
    archive(&files).map_err(|error| Problem::Archive(error.to_string()))
}

fn archive(files: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // The time of the entries is the archive format's first: no clock in a paper.
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (path, bytes) in files {
        zip.start_file(path.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
