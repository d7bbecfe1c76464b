//! A paper as a workbook: its text, names and values of its data, and a sheet a table.

use super::WriteError;
use super::model::{Grid, Paper, Part, Purpose, Slot, Spot};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// Sheets that are not named after a table.
const TEXT_SHEET: &str = "全文";
const DATA_SHEET: &str = "数据";

/// The date that every workbook bears: a true one would make two writings differ.
const CREATED: (u16, u8, u8) = (2000, 1, 1);

/// How wide the text is, in characters.
const TEXT_WIDTH: f64 = 90.0;

/// How wide all columns of a table are together, in characters.
const TABLE_WIDTH: f64 = 110.0;

/// The paper as a workbook.
///
/// # Errors
/// When a text or a name passes the bounds of the format.
pub fn workbook(paper: &Paper) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = CREATED;
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    let properties = DocProperties::new().set_title(&paper.title).set_author(&paper.author);
    workbook.set_properties(&properties.set_creation_datetime(&created));
    write_text(workbook.add_worksheet(), paper)?;
    if !paper.data.is_empty() {
        write_data(workbook.add_worksheet(), paper)?;
    }
    for part in &paper.parts {
        if let Part::Table(grid) = part {
            write_table(workbook.add_worksheet(), grid)?;
        }
    }
    super::pack::steadily(&workbook.save_to_buffer()?)
}

fn write_text(sheet: &mut Worksheet, paper: &Paper) -> Result<(), XlsxError> {
    sheet.set_name(TEXT_SHEET)?.set_column_width(0, TEXT_WIDTH)?;
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = plain.clone().set_bold();
    let mut row = 0;
    for part in &paper.parts {
        let (text, format) = match part {
            Part::Title(text) => (text, bold.clone().set_align(FormatAlign::Center)),
            Part::Heading(text) | Part::Subheading(text) => (text, bold.clone()),
            Part::Paragraph(text) | Part::Note(text) => (text, plain.clone()),
            Part::Signature(text) => (text, plain.clone().set_align(FormatAlign::Right)),
            Part::Table(_) => continue,
        };
        sheet.write_string_with_format(row, 0, text, &format)?;
        row += 1;
    }
    Ok(())
}

fn write_table(sheet: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    sheet.set_name(&grid.name)?.set_landscape().set_print_fit_to_pages(1, 0);
    let all: u32 = grid.widths.iter().sum();
    for (column, width) in (0_u16..).zip(&grid.widths) {
        let share = f64::from(*width) / f64::from(all.max(1));
        sheet.set_column_width(column, TABLE_WIDTH * share)?;
    }
    for (row, spots) in (0_u32..).zip(grid.spots()) {
        for (column, spot) in (0_u16..).zip(spots) {
            if let Spot::Origin(slot) = spot {
                write_slot(sheet, row, column, slot)?;
            }
        }
    }
    Ok(())
}

fn write_slot(sheet: &mut Worksheet, row: u32, column: u16, slot: &Slot) -> Result<(), XlsxError> {
    let format = Format::new()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_align(match slot.purpose {
            Purpose::RowHead => FormatAlign::Left,
            _ => FormatAlign::Center,
        });
    let right = column + u16::try_from(slot.column_span).unwrap_or(u16::MAX) - 1;
    let bottom = row + u32::try_from(slot.row_span).unwrap_or(u32::MAX) - 1;
    let text = slot.shown();
    if (right, bottom) != (column, row) {
        sheet.merge_range(row, column, bottom, right, text, &format)?;
    }
    match number(slot) {
        Some(value) => sheet.write_number_with_format(row, column, value, &format)?,
        None => sheet.write_string_with_format(row, column, text, &format)?,
    };
    Ok(())
}

/// A datum that a sheet's number holds to the last digit; any other is written as text.
fn number(slot: &Slot) -> Option<f64> {
    let value: f64 = slot.text.parse().ok().filter(|_| slot.purpose == Purpose::Datum)?;
    // The shortest text of a number is what a reader gives back.
    (value.to_string() == slot.text && slot.text.len() <= 15).then_some(value)
}

fn write_data(sheet: &mut Worksheet, paper: &Paper) -> Result<(), XlsxError> {
    sheet.set_name(DATA_SHEET)?.set_column_width(0, 50)?;
    sheet.write_string(0, 0, "key")?.write_string(0, 1, "value")?;
    for (row, (key, value)) in (1_u32..).zip(&paper.data) {
        sheet.write_string(row, 0, key)?;
        if let Some(value) = value {
            sheet.write_string(row, 1, value)?;
        }
    }
    Ok(())
}
