//! The main part: paragraphs and tables as they are shown, tracked changes settled.

use super::grid::{self, Item, RawCell, RawRow};
use super::numbering::Numbering;
use super::run::{Line, RunLook};
use super::styles::Styles;
use super::xml::{Element, Handler};
use crate::{Block, Limits, ReadError, RemarkKind};

/// What an open element means for what stands in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Plain,
    Skipped,
    Paragraph,
    ParagraphProperties,
    MarkProperties,
    Run,
    RunProperties,
    Text,
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    Alternate,
}

/// Collects the body.
pub(super) struct Body<'a> {
    limits: &'a Limits,
    styles: &'a Styles,
    numbering: Numbering,
    open: Vec<Part>,
    /// Paragraphs that are open; those in text boxes stand in others.
    paragraphs: Vec<OpenParagraph>,
    tables: Vec<OpenTable>,
    /// For each open choice between contents whether one was taken.
    choices: Vec<bool>,
    /// Text of a paragraph whose end was deleted: the next one goes on with it.
    carried: String,
    n_lines: u64,
    /// Lines and tables outside all tables.
    pub(super) items: Vec<Item>,
    /// What was noticed, each kind once.
    pub(super) noticed: Vec<RemarkKind>,
    /// Whether text was left out because it is struck out.
    pub(super) has_struck: bool,
    /// Whether there are pictures.
    pub(super) has_picture: bool,
    /// Whether there are embedded documents that were not read.
    pub(super) has_embedded: bool,
}

#[derive(Default)]
struct OpenParagraph {
    line: Line,
    style: Option<String>,
    outline: Option<usize>,
    list: Option<String>,
    list_level: Option<usize>,
    run: RunLook,
    is_mark_deleted: bool,
}

#[derive(Default)]
struct OpenTable {
    rows: Vec<RawRow>,
    is_in_cell: bool,
}

impl<'a> Body<'a> {
    /// Begins with nothing.
    pub(super) fn new(limits: &'a Limits, styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            limits,
            styles,
            numbering,
            open: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            choices: Vec::new(),
            carried: String::new(),
            n_lines: 0,
            items: Vec::new(),
            noticed: Vec::new(),
            has_struck: false,
            has_picture: false,
            has_embedded: false,
        }
    }

    /// Ends all that a broken part left open.
    pub(super) fn finish(&mut self) -> Result<(), ReadError> {
        while !self.open.is_empty() {
            self.close()?;
        }
        self.flush_carried();
        Ok(())
    }

    fn notice(&mut self, kind: RemarkKind) {
        if !self.noticed.contains(&kind) {
            self.noticed.push(kind);
        }
    }

    fn row(&mut self) -> Option<&mut RawRow> {
        self.tables.last_mut()?.rows.last_mut()
    }

    fn cell(&mut self) -> Option<&mut RawCell> {
        let table = self.tables.last_mut().filter(|table| table.is_in_cell)?;
        table.rows.last_mut()?.cells.last_mut()
    }

    /// What a newly opened element is, where it stands; properties take effect at once.
    fn part(&mut self, element: &Element<'_>) -> Part {
        let parent = self.open.last().copied().unwrap_or(Part::Plain);
        let name = element.name();
        match parent {
            Part::Skipped => Part::Skipped,
            Part::ParagraphProperties => self.paragraph_property(&name, element),
            Part::MarkProperties => self.mark_property(&name),
            Part::RunProperties => self.run_property(&name, element),
            Part::RowProperties => self.row_property(&name, element),
            Part::CellProperties => self.cell_property(&name, element),
            Part::Run => self.run_content(&name).unwrap_or_else(|| self.content(&name)),
            Part::Alternate => self.choice(&name),
            _ => self.content(&name),
        }
    }

    fn paragraph_property(&mut self, name: &str, element: &Element<'_>) -> Part {
        let Some(paragraph) = self.paragraphs.last_mut() else { return Part::Skipped };
        match name {
            "numPr" => return Part::ParagraphProperties,
            "rPr" => return Part::MarkProperties,
            "pStyle" => paragraph.style = element.value(),
            "outlineLvl" => paragraph.outline = element.number(),
            "numId" => paragraph.list = element.value(),
            "ilvl" => paragraph.list_level = element.number(),
            _ => {}
        }
        Part::Skipped
    }

    fn mark_property(&mut self, name: &str) -> Part {
        if matches!(name, "del" | "moveFrom") {
            self.notice(RemarkKind::TrackedChanges);
            if let Some(paragraph) = self.paragraphs.last_mut() {
                paragraph.is_mark_deleted = true;
            }
        }
        Part::Skipped
    }

    fn run_property(&mut self, name: &str, element: &Element<'_>) -> Part {
        let Some(paragraph) = self.paragraphs.last_mut() else { return Part::Skipped };
        let run = &mut paragraph.run;
        match name {
            "vanish" => run.is_hidden |= element.is_on(),
            "strike" | "dstrike" => run.is_struck |= element.is_on(),
            "rStyle" => run.style = element.value(),
            property => run.font.declare(property, element),
        }
        Part::Skipped
    }

    fn row_property(&mut self, name: &str, element: &Element<'_>) -> Part {
        let number = element.number();
        if matches!(name, "del" | "moveFrom") {
            self.notice(RemarkKind::TrackedChanges);
        }
        if let Some(row) = self.row() {
            match name {
                "gridBefore" => row.before = number.unwrap_or(0),
                "del" | "moveFrom" => row.is_deleted = true,
                _ => {}
            }
        }
        Part::Skipped
    }

    fn cell_property(&mut self, name: &str, element: &Element<'_>) -> Part {
        let Some(cell) = self.cell() else { return Part::Skipped };
        let is_restart = element.value().as_deref() == Some("restart");
        match name {
            "gridSpan" => cell.span = element.number().unwrap_or(1),
            "vMerge" => cell.continues_above = !is_restart,
            "hMerge" => cell.continues_before = !is_restart,
            _ => {}
        }
        Part::Skipped
    }

    /// What stands in runs only.
    fn run_content(&mut self, name: &str) -> Option<Part> {
        match name {
            "rPr" => return Some(Part::RunProperties),
            "t" => return Some(Part::Text),
            "tab" | "ptab" => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            _ => return None,
        }
        Some(Part::Skipped)
    }

    /// Of contents for newer and older programs the first is taken.
    fn choice(&mut self, name: &str) -> Part {
        let Some(is_taken) = self.choices.last_mut() else { return Part::Skipped };
        if *is_taken || !matches!(name, "Choice" | "Fallback") {
            return Part::Skipped;
        }
        *is_taken = true;
        // Runs open around it, and what stands in it stands in them.
        Part::Run
    }

    /// What may stand anywhere.
    fn content(&mut self, name: &str) -> Part {
        match name {
            "p" => {
                let line = Line::going_on(std::mem::take(&mut self.carried));
                self.paragraphs.push(OpenParagraph { line, ..OpenParagraph::default() });
                Part::Paragraph
            }
            "pPr" => Part::ParagraphProperties,
            "r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run = RunLook::default();
                }
                Part::Run
            }
            "t" => Part::Text,
            "tbl" => {
                self.flush_carried();
                self.tables.push(OpenTable::default());
                Part::Table
            }
            "tr" if !self.tables.is_empty() => {
                self.tables.last_mut().expect("a table is open").rows.push(RawRow::default());
                Part::Row
            }
            "tc" if self.row().is_some() => {
                let cell = RawCell { span: 1, ..RawCell::default() };
                self.row().expect("a row is open").cells.push(cell);
                self.tables.last_mut().expect("a table is open").is_in_cell = true;
                Part::Cell
            }
            "trPr" => Part::RowProperties,
            "tcPr" => Part::CellProperties,
            "AlternateContent" => {
                self.choices.push(false);
                Part::Alternate
            }
            "del" | "moveFrom" => {
                self.notice(RemarkKind::TrackedChanges);
                Part::Skipped
            }
            "altChunk" => {
                self.has_embedded = true;
                Part::Skipped
            }
            "drawing" | "pict" | "object" => {
                self.has_picture = true;
                Part::Plain
            }
            "instrText" | "delText" | "delInstrText" | "sectPr" | "tblPr" | "tblPrEx"
            | "tblGrid" | "sdtPr" | "sdtEndPr" | "rubyPr" | "rt" | "fldData" => Part::Skipped,
            _ => Part::Plain,
        }
    }

    fn write(&mut self, text: &str) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let is_blank = text.trim().is_empty();
        if paragraph.run.is_hidden {
            if !is_blank {
                self.notice(RemarkKind::Hidden);
            }
        } else if paragraph.run.is_struck {
            self.has_struck |= !is_blank;
        } else {
            let style = paragraph.style.as_deref();
            paragraph.line.write(text, &paragraph.run, style, self.styles);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let text = paragraph.line.into_text();
        if paragraph.is_mark_deleted {
            self.carried = text;
            return;
        }
        let style = paragraph.style.as_deref();
        let outline = paragraph.outline.or_else(|| style.and_then(|id| self.styles.outline(id)));
        let of_style = || style.and_then(|id| self.styles.list(id));
        let list = match paragraph.list {
            Some(list) => Some((list, paragraph.list_level.unwrap_or(0))),
            None => of_style().map(|(list, level)| (list, paragraph.list_level.unwrap_or(level))),
        };
        let is_blank = text.trim().is_empty();
        // An empty paragraph of a list is numbered as well, and shown so.
        let number = list.and_then(|(list, level)| self.numbering.next(&list, level));
        let text = match number {
            Some(number) if !is_blank => number + &text,
            _ => text,
        };
        let level =
            outline.filter(|level| *level < 9).and_then(|level| u8::try_from(level + 1).ok());
        self.push_lines(&text, level);
    }

    /// A line for each forced break; lines of white space are left out.
    fn push_lines(&mut self, text: &str, heading: Option<u8>) {
        for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
            if self.check_memory().is_err() {
                // The end of the element looks again, and refuses.
                return;
            }
            self.n_lines += 1;
            self.push(Item::Line(line.to_owned(), heading));
        }
    }

    /// Refuses a document of more lines than memory shall hold.
    fn check_memory(&self) -> Result<(), ReadError> {
        self.limits.check_expanded(self.n_lines * size_of::<Block>() as u64)
    }

    fn flush_carried(&mut self) {
        let carried = std::mem::take(&mut self.carried);
        self.push_lines(&carried, None);
    }

    fn push(&mut self, item: Item) {
        match self.cell() {
            Some(cell) => cell.items.push(item),
            None => self.items.push(item),
        }
    }

    fn end_table(&mut self) -> Result<(), ReadError> {
        let Some(mut table) = self.tables.pop() else { return Ok(()) };
        table.rows.retain(|row| !row.is_deleted);
        for item in grid::items(table.rows, self.limits)? {
            self.push(item);
        }
        Ok(())
    }
}

impl Handler for Body<'_> {
    fn open(&mut self, element: &Element<'_>) {
        let part = self.part(element);
        self.open.push(part);
    }

    fn close(&mut self) -> Result<(), ReadError> {
        match self.open.pop() {
            Some(Part::Paragraph) => {
                self.end_paragraph();
                self.check_memory()?;
            }
            Some(Part::Table) => self.end_table()?,
            Some(Part::Cell) => {
                self.flush_carried();
                if let Some(table) = self.tables.last_mut() {
                    table.is_in_cell = false;
                }
            }
            Some(Part::Alternate) => {
                self.choices.pop();
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.open.last() == Some(&Part::Text) {
            // A line end of the source is no line end of the document.
            match text.contains('\n') {
                true => self.write(&text.replace('\n', " ")),
                false => self.write(text),
            }
        }
    }
}
