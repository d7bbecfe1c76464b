//! Workbooks: `.xlsx`, `.xlsm`, `.xlsb` and `.xls`, each visible sheet as tables and paragraphs.
//!
//! Values are the cached ones: nothing is computed here, and macros are never looked at.

mod container;
mod sheet;
mod value;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, Reader, Sheet as SheetInfo, SheetType, SheetVisible, Xls, XlsError, Xlsb,
    XlsbError, Xlsx, XlsxError,
};

use crate::limits::Deadline;
use crate::model::{Block, Document, Format, Place, Remark, RemarkKind};
use crate::{Limits, ReadError};
use container::Kind;
use sheet::{Counters, Sheet};

/// How errors name the format.
const NAME: &str = "工作簿";

type Bytes<'a> = Cursor<&'a [u8]>;

/// Reads a workbook.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
    deadline: &Deadline,
) -> Result<Document, ReadError> {
    let container = container::inspect(bytes, limits, deadline)?;
    let mut document =
        Document { format: Format::Workbook, title: None, blocks: Vec::new(), remarks: Vec::new() };
    if container.has_macros {
        document.remarks.push(Remark {
            kind: RemarkKind::Macros,
            message: "文件带有宏，宏未被执行，也未被读取".to_owned(),
            place: Place::default(),
        });
    }
    let bounds = Bounds { limits, deadline };
    // The parsers index into hostile bytes; a slip of theirs is damage of the file, not ours, and
    // in a sheet it leaves the others readable.
    let read = catch_unwind(AssertUnwindSafe(|| match container.kind {
        Kind::Xlsx => read_xlsx(bytes, &bounds, &mut document),
        Kind::Xlsb => read_xlsb(bytes, &bounds, &mut document),
        Kind::Xls => read_xls(bytes, &bounds, &mut document),
    }));
    read.unwrap_or_else(|_| Err(slipped()))?;
    Ok(document)
}

/// What bounds the reading of every sheet.
struct Bounds<'a> {
    limits: &'a Limits,
    deadline: &'a Deadline,
}

fn broken(reason: impl Into<String>) -> ReadError {
    ReadError::Broken { format: NAME, reason: reason.into() }
}

fn slipped() -> ReadError {
    broken("内部结构不合格式")
}

fn read_xlsx(bytes: &[u8], bounds: &Bounds, document: &mut Document) -> Result<(), ReadError> {
    let mut book: Xlsx<Bytes> = Xlsx::new(Cursor::new(bytes)).map_err(of_xlsx)?;
    let infos = book.sheets_metadata().to_vec();
    each_sheet(&infos, bounds, document, |info, sheet, bounds| {
        let mut cells = book.worksheet_cells_reader(&info.name).map_err(of_xlsx)?;
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(of_xlsx)? {
            let style = cells.styles().get(style);
            let format = style.and_then(|style| style.number_format.as_ref());
            let text =
                value::text(cell.get_value(), format.map(|format| format.format_code.as_str()));
            let bordered = style
                .and_then(|style| style.borders.as_ref())
                .is_some_and(|borders| borders.has_visible_borders());
            sheet.put(cell.get_position(), text, Some(bordered), bounds)?;
        }
        drop(cells);
        sheet.merges = book.merge_cells_by_sheet_name(&info.name).map_err(of_xlsx)?;
        Ok(())
    })
}

fn read_xlsb(bytes: &[u8], bounds: &Bounds, document: &mut Document) -> Result<(), ReadError> {
    let mut book: Xlsb<Bytes> = Xlsb::new(Cursor::new(bytes)).map_err(of_xlsb)?;
    let infos = book.sheets_metadata().to_vec();
    document.remarks.push(Remark {
        kind: RemarkKind::Damaged,
        message: "二进制工作簿（xlsb）的合并单元格未读取，被合并的位置按空白单元格读出".to_owned(),
        place: Place::default(),
    });
    each_sheet(&infos, bounds, document, |info, sheet, bounds| {
        let mut cells = book.worksheet_cells_reader(&info.name).map_err(of_xlsb)?;
        while let Some(cell) = cells.next_cell().map_err(of_xlsb)? {
            let text = value::text(cell.get_value(), None);
            sheet.put(cell.get_position(), text, None, bounds)?;
        }
        Ok(())
    })
}

fn read_xls(bytes: &[u8], bounds: &Bounds, document: &mut Document) -> Result<(), ReadError> {
    let mut book: Xls<Bytes> = Xls::new(Cursor::new(bytes)).map_err(of_xls)?;
    let infos = book.sheets_metadata().to_vec();
    each_sheet(&infos, bounds, document, |info, sheet, bounds| {
        let range = book.worksheet_range(&info.name).map_err(of_xls)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            let at = (top + to_u32(row), left + to_u32(column));
            sheet.put(at, value::text(&lent(data), None), None, bounds)?;
        }
        sheet.merges = book.merge_cells_by_sheet_name(&info.name).map_err(of_xls)?;
        Ok(())
    })
}

fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The value of an `.xls` cell, in the shape that the other formats give.
fn lent(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(value) => DataRef::Int(*value),
        Data::Float(value) => DataRef::Float(*value),
        Data::String(value) => DataRef::SharedString(value),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(value) => DataRef::DateTime(*value),
        Data::DateTimeIso(value) => DataRef::DateTimeIso(value.clone()),
        Data::DurationIso(value) => DataRef::DurationIso(value.clone()),
        Data::Error(value) => DataRef::Error(value.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// Walks the sheets in order, fills each visible one with `fill` and lays out its blocks.
fn each_sheet(
    infos: &[SheetInfo],
    bounds: &Bounds,
    document: &mut Document,
    mut fill: impl FnMut(&SheetInfo, &mut Sheet, &Bounds) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    crate::limits::at_most("pages", "工作表数", bounds.limits.pages, infos.len() as u64)?;
    let mut counters = Counters::default();
    for (index, info) in infos.iter().enumerate() {
        bounds.deadline.check()?;
        let number = to_u32(index) + 1;
        if info.typ != SheetType::WorkSheet {
            continue;
        }
        if info.visible != SheetVisible::Visible {
            document.remarks.push(hidden(info, number));
            continue;
        }
        let mut sheet = Sheet::new(number);
        let filled = catch_unwind(AssertUnwindSafe(|| fill(info, &mut sheet, bounds)));
        match filled.unwrap_or_else(|_| Err(slipped())) {
            Ok(()) => {}
            Err(ReadError::Broken { reason, .. }) => {
                document.remarks.push(damaged(info, number, &reason));
            }
            Err(error) => return Err(error),
        }
        let blocks: Vec<Block> = sheet.into_blocks(&mut counters, bounds)?;
        document.blocks.extend(blocks);
    }
    Ok(())
}

fn hidden(info: &SheetInfo, number: u32) -> Remark {
    Remark {
        kind: RemarkKind::Hidden,
        message: format!("工作表“{}”是隐藏的，未读取", info.name),
        place: Place { page: Some(number), ..Place::default() },
    }
}

fn damaged(info: &SheetInfo, number: u32, reason: &str) -> Remark {
    Remark {
        kind: RemarkKind::Damaged,
        message: format!("工作表“{}”已损坏，只读出一部分：{reason}", info.name),
        place: Place { page: Some(number), ..Place::default() },
    }
}

fn of_xlsx(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Encrypted,
        other => broken(other.to_string()),
    }
}

fn of_xlsb(error: XlsbError) -> ReadError {
    match error {
        XlsbError::Password => ReadError::Encrypted,
        other => broken(other.to_string()),
    }
}

fn of_xls(error: XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::Encrypted,
        other => broken(other.to_string()),
    }
}
