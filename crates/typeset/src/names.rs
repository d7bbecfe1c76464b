//! The names that a font file gives its faces, read without reading the letters; no file is chosen here.

use skrifa::raw::tables::name::Name;
use skrifa::raw::{FontData, FontRead};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// A face of a file by its names.
pub(crate) struct Named {
    /// Which of the file's faces.
    pub index: u32,
    families: Vec<String>,
    styles: Vec<String>,
}

/// No honest table of names is larger.
const LARGEST_TABLE_BYTES: u32 = 1 << 20;
/// No honest collection has more faces, no honest face more tables.
const MOST_FACES: u32 = 256;
const MOST_TABLES: u16 = 512;

/// Name IDs of OpenType: family, style, typographic family, typographic style.
const FAMILY: [u16; 2] = [1, 16];
const STYLE: [u16; 2] = [2, 17];

impl Named {
    /// Whether the face goes by this name, and by this weight where one is asked for.
    pub fn is(&self, family: &str, style: Option<&str>) -> bool {
        let same =
            |all: &[String], wanted: &str| all.iter().any(|each| each.eq_ignore_ascii_case(wanted));
        same(&self.families, family) && style.is_none_or(|style| same(&self.styles, style))
    }
}

/// The faces of a file; none where it is no font or is damaged.
pub(crate) fn read(path: &Path) -> Vec<Named> {
    let Ok(mut file) = File::open(path) else { return Vec::new() };
    let starts = starts(&mut file).unwrap_or_default();
    let named = |(index, start): (usize, u32)| {
        let table = name_table(&mut file, start)?;
        names(&table, u32::try_from(index).ok()?)
    };
    starts.into_iter().enumerate().filter_map(named).collect()
}

fn bytes<const N: usize>(file: &mut File, at: u32) -> Option<[u8; N]> {
    let mut buffer = [0; N];
    file.seek(SeekFrom::Start(at.into())).ok()?;
    file.read_exact(&mut buffer).ok()?;
    Some(buffer)
}

fn number(file: &mut File, at: u32) -> Option<u32> {
    bytes::<4>(file, at).map(u32::from_be_bytes)
}

/// Where the faces of the file begin: one, or several in a collection.
fn starts(file: &mut File) -> Option<Vec<u32>> {
    match &bytes::<4>(file, 0)? {
        b"ttcf" => {
            let count = number(file, 8)?.min(MOST_FACES);
            (0..count).map(|each| number(file, 12 + 4 * each)).collect()
        }
        b"OTTO" | b"true" | [0, 1, 0, 0] => Some(vec![0]),
        _ => None,
    }
}

fn name_table(file: &mut File, start: u32) -> Option<Vec<u8>> {
    let count = u16::from_be_bytes(bytes(file, start.checked_add(4)?)?).min(MOST_TABLES);
    let records = start.checked_add(12)?;
    let wanted = (0..u32::from(count)).find_map(|each| {
        let at = records.checked_add(16 * each)?;
        (&bytes::<4>(file, at)? == b"name").then_some(at)
    })?;
    let offset = number(file, wanted + 8)?;
    let length = number(file, wanted + 12)?.min(LARGEST_TABLE_BYTES);
    let mut table = vec![0; usize::try_from(length).ok()?];
    file.seek(SeekFrom::Start(offset.into())).ok()?;
    file.read_exact(&mut table).ok()?;
    Some(table)
}

fn names(table: &[u8], index: u32) -> Option<Named> {
    let names = Name::read(FontData::new(table)).ok()?;
    let of = |wanted: [u16; 2]| {
        let records = names.name_record().iter();
        let wanted = records.filter(|record| wanted.contains(&record.name_id().to_u16()));
        let strings = wanted.filter_map(|record| record.string(names.string_data()).ok());
        strings.map(|string| string.to_string()).collect()
    };
    Some(Named { index, families: of(FAMILY), styles: of(STYLE) })
}
