//! A report from the bytes of a file, and a report in work as its own paper reads: the same reading as
//! of the command, so that the same checks find the same.

use super::write::{Draft, Format, write};
use super::{keyed, read};
use gongkai_document::{Block, Limits};
use gongkai_domain::report::AnnualReport;

/// Reads the bytes of a file; `name` may tell organ and year.
///
/// # Errors
/// In Chinese, why it cannot be read.
pub fn open(bytes: &[u8], name: &str) -> Result<AnnualReport, String> {
    if let Some(report) = keyed::read(bytes, name).and_then(|reports| reports.into_iter().next()) {
        return Ok(report);
    }
    let document = gongkai_document::read(bytes, &Limits::default()).map_err(|e| e.to_string())?;
    Ok(read(&document, name))
}

/// The report as its own paper reads.
///
/// # Errors
/// When a text passes the bounds of the paper.
pub fn as_read(draft: &Draft) -> Result<AnnualReport, String> {
    let page = write(draft, Format::Html).map_err(|error| error.to_string())?;
    let mut report = open(&page, &draft.title())?;
    // The name is known; what stands on the paper must not be taken for another.
    report.agency = Some(draft.agency.clone());
    report.year = Some(draft.year);
    Ok(report)
}

/// The lines of a file as people see them, rows of tables with bars: to be shown beside what was read.
///
/// # Errors
/// In Chinese, why it cannot be read.
pub fn lines(bytes: &[u8]) -> Result<Vec<String>, String> {
    let document = gongkai_document::read(bytes, &Limits::default()).map_err(|e| e.to_string())?;
    let mut lines = Vec::new();
    for block in document.blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(paragraph.text),
            Block::Table(table) => {
                for row in table.rows {
                    let cells = row.iter().map(|cell| cell.text.replace('\n', " "));
                    lines.push(cells.collect::<Vec<_>>().join(" | "));
                }
            }
        }
    }
    Ok(lines)
}
