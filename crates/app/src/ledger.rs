//! A register as a file: CSV for programs, a workbook for people. Knows no columns.

use crate::AppError;
pub use gongkai_papers::register_file::harmless;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// CSV in UTF-8 with its mark, so that spreadsheets read it rightly.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn csv<const N: usize>(
    heads: &[&str; N],
    rows: &[[String; N]],
) -> Result<Vec<u8>, AppError> {
    let broken = |error: csv::Error| AppError::Broken(error.to_string());
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(heads).map_err(broken)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(broken)?;
    }
    writer.into_inner().map_err(|error| AppError::Broken(error.to_string()))
}

/// A workbook of one sheet.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn workbook<const N: usize>(
    name: &str,
    heads: &[&str; N],
    rows: &[[String; N]],
) -> Result<Vec<u8>, AppError> {
    written(name, heads, rows).map_err(|error| AppError::Broken(error.to_string()))
}

fn written<const N: usize>(
    name: &str,
    heads: &[&str; N],
    rows: &[[String; N]],
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    let head = Format::new().set_bold();
    for (column, text) in (0_u16..).zip(heads) {
        sheet.write_string_with_format(0, column, *text, &head)?;
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_a_workbook_is_a_workbook() {
        let text = csv(&["标题"], &[["=1+1".to_owned()], ["关于通知".to_owned()]]).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), "\u{feff}标题\n'=1+1\n关于通知\n");
        let bytes = workbook("台账", &["标题"], &[["标题".to_owned()]]).unwrap();
        assert!(bytes.starts_with(b"PK"));
    }
}
