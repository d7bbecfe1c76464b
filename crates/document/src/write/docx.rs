//! A paper as DOCX: official page and type (GB/T 9704-2012), tables with merged cells.

use super::WriteError;
use super::model::{Grid, Paper, Part, Purpose, Slot, Spot};
use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, LineSpacing, LineSpacingType, PageMargin, PageNum,
    Paragraph, Run, RunFonts, SpecialIndentType, Table, TableAlignmentType, TableCell,
    TableCellMargins, TableLayoutType, TableRow, VAlignType, VMergeType, WidthType,
};
use std::io::Cursor;

/// A4 in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);

/// GB/T 9704-2012: 37 mm above, 28 mm at the binding, a type area of 156 mm by 225 mm.
const MARGIN: PageMargin = PageMargin {
    top: 2098,
    left: 1587,
    bottom: 1984,
    right: 1474,
    header: 851,
    footer: 1417,
    gutter: 0,
};

/// The width of the type area in twentieths of a point.
const WIDTH: usize = 8844;

/// What is left free at both sides of a cell, in twentieths of a point.
const SIDE: usize = 57;

/// From line to line, in twentieths of a point: 22 lines a page.
const PITCH: i32 = 580;

/// Type: name and size in half points (2号 is 44, 3号 32, 小五 18).
struct Type {
    name: &'static str,
    size: usize,
}

const TITLE: Type = Type { name: "方正小标宋简体", size: 44 };
const HEADING: Type = Type { name: "黑体", size: 32 };
const SUBHEADING: Type = Type { name: "楷体_GB2312", size: 32 };
const BODY: Type = Type { name: "仿宋_GB2312", size: 32 };
const NOTE: Type = Type { name: "仿宋_GB2312", size: 24 };
const CELL: Type = Type { name: "宋体", size: 18 };
const CELL_HEAD: Type = Type { name: "黑体", size: 18 };
const LATIN: &str = "Times New Roman";

/// The paper as DOCX.
///
/// # Errors
/// When the container cannot be packed.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, WriteError> {
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(MARGIN)
        .default_fonts(fonts(&BODY))
        .default_size(BODY.size)
        .custom_property("title", &paper.title)
        .footer(footer());
    for part in &paper.parts {
        docx = match part {
            Part::Table(grid) => docx.add_table(table(grid)).add_paragraph(after_table()),
            _ => docx.add_paragraph(paragraph(part)),
        };
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).map_err(|error| WriteError::Package(error.to_string()))?;
    super::pack::steadily(bytes.get_ref())
}

fn fonts(face: &Type) -> RunFonts {
    RunFonts::new().ascii(LATIN).hi_ansi(LATIN).east_asia(face.name)
}

/// Page numbers, centred.
fn footer() -> Footer {
    let number = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
    Footer::new().add_paragraph(number)
}

fn run(text: &str, face: &Type) -> Run {
    let mut run = Run::new().fonts(fonts(face)).size(face.size);
    for (index, line) in text.split('\n').enumerate() {
        if 0 < index {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line);
    }
    run
}

fn spacing() -> LineSpacing {
    LineSpacing::new().line(PITCH).line_rule(LineSpacingType::Exact)
}

/// A paragraph of running text; its first line begins two characters in.
fn paragraph(part: &Part) -> Paragraph {
    let plain = Paragraph::new().line_spacing(spacing());
    let indented = |face: &Type| {
        Some(SpecialIndentType::FirstLine(i32::try_from(face.size * 20).unwrap_or(0)))
    };
    match part {
        Part::Title(text) => {
            plain.align(AlignmentType::Center).outline_lvl(0).add_run(run(text, &TITLE))
        }
        Part::Heading(text) => plain
            .indent(None, indented(&HEADING), None, None)
            .outline_lvl(1)
            .keep_next(true)
            .add_run(run(text, &HEADING)),
        Part::Subheading(text) => plain
            .indent(None, indented(&SUBHEADING), None, None)
            .outline_lvl(2)
            .keep_next(true)
            .add_run(run(text, &SUBHEADING)),
        Part::Note(text) => plain.add_run(run(text, &NOTE)),
        Part::Signature(text) => plain.align(AlignmentType::Right).add_run(run(text, &BODY)),
        Part::Paragraph(text) => plain
            .indent(None, indented(&BODY), None, None)
            .align(AlignmentType::Both)
            .add_run(run(text, &BODY)),
        Part::Table(_) => plain,
    }
}

/// Two tables without a paragraph between them become one.
fn after_table() -> Paragraph {
    Paragraph::new().add_run(Run::new().size(CELL.size))
}

fn table(grid: &Grid) -> Table {
    let all: u32 = grid.widths.iter().sum::<u32>().max(1);
    let width = |share: &u32| WIDTH * (*share as usize) / (all as usize);
    let widths: Vec<usize> = grid.widths.iter().map(width).collect();
    let spots = grid.spots();
    // A table stands on one page where it can: each of its rows but the last keeps with the next.
    let is_last = |row: usize| row + 1 == spots.len();
    let rows = spots.iter().enumerate().map(|(row, line)| table_row(line, &widths, !is_last(row)));
    Table::new(rows.collect())
        .margins(TableCellMargins::new().margin(0, SIDE, 0, SIDE))
        .set_grid(widths.clone())
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Center)
        .width(widths.iter().sum(), WidthType::Dxa)
}

fn table_row(spots: &[Spot<'_>], widths: &[usize], keeps: bool) -> TableRow {
    let wide = |column: usize, span: usize| widths.iter().skip(column).take(span).sum::<usize>();
    let cells = spots.iter().enumerate().filter_map(|(column, spot)| match spot {
        Spot::Origin(slot) => {
            let cell = cell(slot, wide(column, slot.column_span))
                .add_paragraph(words(slot).keep_next(keeps));
            Some(if 1 < slot.row_span { cell.vertical_merge(VMergeType::Restart) } else { cell })
        }
        Spot::Below(slot) => {
            let cell = cell(slot, wide(column, slot.column_span))
                .add_paragraph(Paragraph::new().keep_next(keeps));
            Some(cell.vertical_merge(VMergeType::Continue))
        }
        Spot::Hole => Some(TableCell::new().width(wide(column, 1), WidthType::Dxa)),
        Spot::Beside | Spot::Inside => None,
    });
    TableRow::new(cells.collect()).cant_split()
}

fn cell(slot: &Slot, width: usize) -> TableCell {
    let cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
    if 1 < slot.column_span { cell.grid_span(slot.column_span) } else { cell }
}

fn words(slot: &Slot) -> Paragraph {
    let (face, align) = match slot.purpose {
        Purpose::ColumnHead | Purpose::Caption => (&CELL_HEAD, AlignmentType::Center),
        Purpose::RowHead => (&CELL, AlignmentType::Left),
        Purpose::Datum => (&CELL, AlignmentType::Center),
    };
    Paragraph::new().align(align).add_run(run(slot.shown(), face))
}
