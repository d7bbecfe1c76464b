//! Workbooks with merged cells: figures as numbers or as texts, on one sheet or one a table.

use super::Written;
use crate::paper::{Entry, Item, Paper, Sheet, Slot};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Columns that title and prose are merged over.
const WIDTH: u16 = 9;

pub(super) fn write_numbers(paper: &Paper) -> Written {
    written(one_sheet(paper, true))
}

pub(super) fn write_texts(paper: &Paper) -> Written {
    written(one_sheet(paper, false))
}

pub(super) fn write_sheets(paper: &Paper) -> Written {
    written(sheet_a_section(paper))
}

fn written(bytes: Result<Vec<u8>, XlsxError>) -> Written {
    Written::Bytes(bytes.expect("papers keep the bounds of a worksheet"))
}

fn workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::from_ymd(2024, 1, 8)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
    Ok(workbook)
}

fn one_sheet(paper: &Paper, numbers: bool) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet().set_name("年度报告")?;
    let mut row = 0;
    for item in &paper.items {
        row = put(sheet, row, item, numbers)?;
    }
    workbook.save_to_buffer()
}

/// A new worksheet begins with every heading.
fn sheet_a_section(paper: &Paper) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook()?;
    let mut sheet = Worksheet::new();
    let mut row = 0;
    for item in &paper.items {
        if matches!(item, Item::Heading(_)) && row > 0 {
            workbook.push_worksheet(std::mem::take(&mut sheet));
            row = 0;
        }
        row = put(&mut sheet, row, item, true)?;
    }
    workbook.push_worksheet(sheet);
    workbook.save_to_buffer()
}

/// Puts an item at a row and gives the row after it.
fn put(sheet: &mut Worksheet, row: u32, item: &Item, numbers: bool) -> Result<u32, XlsxError> {
    match item {
        Item::Title(text) | Item::Heading(text) | Item::Prose(text) | Item::Furniture(text) => {
            sheet.merge_range(row, 0, row, WIDTH, text, &Format::new())?;
            Ok(row + 1)
        }
        Item::Table(table) => put_table(sheet, row, table, numbers),
    }
}

fn put_table(
    sheet: &mut Worksheet,
    first: u32,
    table: &Sheet,
    numbers: bool,
) -> Result<u32, XlsxError> {
    let mut row = first;
    for slots in table.grid() {
        for (column, slot) in (0_u16..).zip(slots) {
            if let Slot::Origin(entry) = slot {
                put_cell(sheet, row, column, entry, numbers)?;
            }
        }
        row += 1;
    }
    Ok(row)
}

fn put_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    entry: &Entry,
    numbers: bool,
) -> Result<(), XlsxError> {
    let format = Format::new().set_text_wrap();
    let right = column + u16::try_from(entry.column_span).expect("tables are narrow") - 1;
    let bottom = row + u32::try_from(entry.row_span).expect("tables are short") - 1;
    if (right, bottom) != (column, row) {
        sheet.merge_range(row, column, bottom, right, &entry.text, &format)?;
    }
    match entry.text.parse::<f64>().ok().filter(|_| numbers && entry.is_value()) {
        Some(number) => sheet.write_number_with_format(row, column, number, &format)?,
        None => sheet.write_string_with_format(row, column, &entry.text, &format)?,
    };
    Ok(())
}
