//! Looks at a workbook's container before a parser does: what kind it is, whether it is
//! encrypted, and whether any count it declares would make the parser take too much memory.

use std::io::Cursor;

use super::{NAME, broken};
use crate::limits::{Deadline, Expansion, at_most};
use crate::{Limits, ReadError, container};

/// Which parser reads the workbook.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Office Open XML, with or without macros.
    Xlsx,
    /// Office Open XML, binary parts.
    Xlsb,
    /// Binary, BIFF.
    Xls,
}

/// What a look at the container told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Container {
    /// Which parser reads it.
    pub(super) kind: Kind,
    /// Whether it carries macros.
    pub(super) has_macros: bool,
}

const COMPOUND_FILE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Largest sheet that `.xls` can hold, in places.
const XLS_PLACES: u64 = 65_536 * 256;

/// Inspects the container and refuses it where a bound is passed.
pub(super) fn inspect(
    bytes: &[u8],
    limits: &Limits,
    deadline: &Deadline,
) -> Result<Container, ReadError> {
    if bytes.starts_with(COMPOUND_FILE) {
        inspect_compound(bytes, limits, deadline)
    } else if bytes.starts_with(b"PK") {
        inspect_zip(bytes, limits, deadline)
    } else {
        Err(ReadError::UnknownFormat("不是工作簿".to_owned()))
    }
}

fn inspect_zip(bytes: &[u8], limits: &Limits, deadline: &Deadline) -> Result<Container, ReadError> {
    let mut found = Container { kind: Kind::Xlsx, has_macros: false };
    container::open(bytes, limits, NAME)?.survey(
        HEAD_BYTES,
        deadline,
        |name, head, expanded| {
            let name = name.to_ascii_lowercase().replace('\\', "/");
            if name.ends_with("vbaproject.bin") {
                found.has_macros = true;
            } else if name.ends_with("xl/workbook.bin") {
                found.kind = Kind::Xlsb;
                check_extern_sheets(head)?;
            } else if name.ends_with("sharedstrings.xml") {
                check_unique_count(head, expanded)?;
            }
            Ok(())
        },
    )?;
    Ok(found)
}

/// How much of an entry is kept to look at its declared counts.
const HEAD_BYTES: usize = 1 << 20;

/// The parser takes memory for as many shared strings as are declared.
fn check_unique_count(head: &[u8], expanded: u64) -> Result<(), ReadError> {
    let text = String::from_utf8_lossy(head);
    for (at, attribute) in text.match_indices("uniqueCount") {
        let digits: String = text[at + attribute.len()..]
            .chars()
            .skip_while(|c| matches!(c, '=' | '"' | '\'') || c.is_whitespace())
            .take_while(char::is_ascii_digit)
            .collect();
        let declared = digits.parse().unwrap_or(u64::MAX);
        if !digits.is_empty() && expanded < declared {
            return Err(broken("共享字符串表声明的条数多于文件所能容纳"));
        }
    }
    Ok(())
}

/// The parser takes memory for as many sheet references as `workbook.bin` declares.
fn check_extern_sheets(head: &[u8]) -> Result<(), ReadError> {
    const EXTERN_SHEETS: u32 = 0x016A;
    let mut rest = head;
    while let Some((kind, after)) = variable_number(rest, 2) {
        let Some((length, body)) = variable_number(after, 4) else { break };
        let length = length as usize;
        let declared = body.first_chunk::<4>().map_or(0, |count| u32::from_le_bytes(*count));
        if kind == EXTERN_SHEETS && length < declared as usize {
            return Err(broken("工作表引用声明的个数多于文件所能容纳"));
        }
        rest = body.get(length..).unwrap_or_default();
    }
    Ok(())
}

/// A number of 7-bit groups, least first, at most `most` of them; and what follows it.
fn variable_number(bytes: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let mut number = 0;
    for (index, byte) in bytes.iter().take(most).enumerate() {
        number |= u32::from(byte & 0x7F) << (7 * index);
        if byte & 0x80 == 0 || index + 1 == most {
            return Some((number, &bytes[index + 1..]));
        }
    }
    None
}

fn inspect_compound(
    bytes: &[u8],
    limits: &Limits,
    deadline: &Deadline,
) -> Result<Container, ReadError> {
    let mut file =
        cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let has = |file: &cfb::CompoundFile<_>, path: &str| file.exists(path);
    if has(&file, "/EncryptedPackage") {
        return Err(ReadError::Encrypted);
    }
    let path = ["/Workbook", "/Book"].into_iter().find(|path| has(&file, path));
    let Some(path) = path else {
        return Err(ReadError::UnknownFormat("复合文档，但不是工作簿".to_owned()));
    };
    let has_macros = has(&file, "/_VBA_PROJECT_CUR");
    let opened = file.open_stream(path).map_err(|error| broken(error.to_string()))?;
    let stream = Expansion::new(limits).inflate(opened, usize::MAX, deadline)?;
    if let Some(error) = stream.fault {
        return Err(broken(error.to_string()));
    }
    check_records(&stream.head, limits, deadline)?;
    Ok(Container { kind: Kind::Xls, has_macros })
}

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;

/// Looks at every sheet of the BIFF stream as the parser will.
fn check_records(stream: &[u8], limits: &Limits, deadline: &Deadline) -> Result<(), ReadError> {
    const SHEET: u16 = 0x0085;
    let globals = Records { rest: stream }.take_while(|(kind, _)| *kind != END);
    for (_, data) in globals.filter(|(kind, _)| *kind == SHEET) {
        deadline.check()?;
        let begin = usize::try_from(u32_at(data, 0)).unwrap_or(usize::MAX);
        check_sheet(stream.get(begin..).unwrap_or_default(), limits, deadline)?;
    }
    Ok(())
}

/// Walks the records of a sheet: the parser fills the rectangle that its cells span. Cells of
/// charts inside do not count.
fn check_sheet(stream: &[u8], limits: &Limits, deadline: &Deadline) -> Result<(), ReadError> {
    const DIMENSIONS: u16 = 0x0200;
    const CELLS: [u16; 9] =
        [0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E];
    let mut span = Span::default();
    let mut begun = 0_u64;
    for (index, (kind, data)) in (Records { rest: stream }).enumerate() {
        if index.is_multiple_of(4096) {
            deadline.check()?;
        }
        match kind {
            BEGIN => begun += 1,
            END if begun <= 1 => break,
            END => begun -= 1,
            _ if 1 < begun => {}
            DIMENSIONS if XLS_PLACES < declared_places(data) => {
                return Err(broken("工作表声明的范围大于格式所允许"));
            }
            _ if CELLS.contains(&kind) => {
                span.include(kind, data);
                at_most("table-cells", "一个表格的单元格数", limits.table_cells, span.places())?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The records of a BIFF stream: kind and data.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let [kind0, kind1, length0, length1, body @ ..] = self.rest else { return None };
        let length = usize::from(u16::from_le_bytes([*length0, *length1]));
        let (data, rest) = body.split_at_checked(length)?;
        self.rest = rest;
        Some((u16::from_le_bytes([*kind0, *kind1]), data))
    }
}

fn u16_at(data: &[u8], at: usize) -> u64 {
    data.get(at..at + 2).map_or(0, |pair| u64::from(u16::from_le_bytes([pair[0], pair[1]])))
}

fn u32_at(data: &[u8], at: usize) -> u64 {
    u16_at(data, at) | u16_at(data, at + 2) << 16
}

fn declared_places(data: &[u8]) -> u64 {
    let (rows, columns) = if data.len() == 10 {
        (u16_at(data, 0)..u16_at(data, 2), u16_at(data, 4)..u16_at(data, 6))
    } else {
        (u32_at(data, 0)..u32_at(data, 4), u16_at(data, 8)..u16_at(data, 10))
    };
    let extent = |range: std::ops::Range<u64>| (range.end + 1).saturating_sub(range.start);
    extent(rows).saturating_mul(extent(columns))
}

/// The rectangle that the cells of a sheet span, rows and columns from first to last.
#[derive(Default)]
struct Span {
    corners: Option<[u64; 4]>,
}

impl Span {
    fn include(&mut self, kind: u16, data: &[u8]) {
        // This record holds several cells and ends with its last column.
        const SEVERAL: u16 = 0x00BD;
        let (row, first) = (u16_at(data, 0), u16_at(data, 2));
        let last = if kind == SEVERAL { u16_at(data, data.len().max(2) - 2) } else { first };
        let [top, bottom, left, right] = self.corners.unwrap_or([row, row, first, first]);
        self.corners = Some([top.min(row), bottom.max(row), left.min(first), right.max(last)]);
    }

    fn places(&self) -> u64 {
        self.corners.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1))
    }
}
