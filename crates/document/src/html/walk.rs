//! One walk through the tree of a page, from which its blocks come in reading order.

use super::flow::Flow;
use super::grid::{self, RawCell, RawRow};
use super::shade::{Shade, Shades, USUAL_SIZE};
use super::tag::Tag;
use super::tree::{Data, Id, NONE, ROOT, Tree};
use crate::script::Script;
use crate::{
    Block, Deadline, Document, Format, Limits, Paragraph, Place, ReadError, Remark, RemarkKind,
    Table,
};

/// Nodes between two looks at the clock.
const NODES_A_LOOK: usize = 4096;

/// Walks the tree without recursion and collects the document.
pub(super) fn walk(tree: &Tree, limits: &Limits, clock: &Deadline) -> Result<Document, ReadError> {
    let mut walker = Walker::new(tree, limits);
    let mut at = ROOT;
    for step in 1.. {
        if step % NODES_A_LOOK == 0 {
            clock.check()?;
            walker.check_memory()?;
        }
        let is_read = walker.enter(at);
        let child = tree.node(at).first_child;
        if is_read && child != NONE {
            at = child;
            continue;
        }
        if is_read {
            walker.leave(at)?;
        }
        while tree.node(at).next == NONE {
            at = tree.node(at).parent;
            if at == NONE || at == ROOT {
                walker.check_memory()?;
                return Ok(walker.finish());
            }
            walker.leave(at)?;
        }
        at = tree.node(at).next;
    }
    unreachable!("the walk ends at the root")
}

/// What was collected so far.
struct Walker<'a> {
    tree: &'a Tree,
    limits: &'a Limits,
    document: Document,
    flow: Flow,
    shades: Shades,
    heading: Option<u8>,
    /// Size of the text on the line that was written last, in hundredths of a point.
    level_size: Option<u32>,
    n_preformatted: u32,
    /// Tables of figures rather than of layout, in order of id.
    grids: Vec<Id>,
    table: Option<OpenTable>,
    n_tables: u32,
    n_paragraphs: u32,
    first_picture: Option<u32>,
}

/// A table whose rows are being collected.
struct OpenTable {
    id: Id,
    line: u32,
    rows: Vec<RawRow>,
    group: u32,
    is_foot: bool,
    is_in_cell: bool,
}

impl<'a> Walker<'a> {
    fn new(tree: &'a Tree, limits: &'a Limits) -> Self {
        let document =
            Document { format: Format::Html, title: None, blocks: Vec::new(), remarks: Vec::new() };
        Self {
            tree,
            limits,
            document,
            flow: Flow::default(),
            shades: Shades::default(),
            heading: None,
            level_size: None,
            n_preformatted: 0,
            grids: grids(tree),
            table: None,
            n_tables: 0,
            n_paragraphs: 0,
            first_picture: None,
        }
    }

    /// Comes to a node; whether what is in it shall be read.
    fn enter(&mut self, id: Id) -> bool {
        let node = self.tree.node(id);
        let element = match &node.data {
            Data::Element(_, element) => element,
            Data::Text(text) => {
                self.read_text(id, text, node.line);
                return false;
            }
            Data::Other => return id == ROOT,
        };
        if element.style.is_hidden {
            self.leave_out(id, RemarkKind::Hidden, "隐藏的内容没有读入");
            return false;
        }
        match element.tag {
            Tag::Inline => {}
            Tag::Skipped => return false,
            Tag::Deleted => {
                self.leave_out(id, RemarkKind::TrackedChanges, "修订中删除的文字没有读入");
                return false;
            }
            Tag::Picture => self.first_picture = self.first_picture.or(Some(node.line)),
            Tag::Title => {
                self.take_title(id);
                return false;
            }
            Tag::Heading(level) => {
                self.end_line();
                self.heading = Some(level);
            }
            Tag::Preformatted => {
                self.end_line();
                self.n_preformatted += 1;
            }
            Tag::Block | Tag::Break => self.end_line(),
            Tag::Table | Tag::RowGroup | Tag::Foot | Tag::Row | Tag::Cell => {
                self.end_line();
                self.enter_table_part(id, element.tag);
            }
        }
        self.shades.enter(id, &element.style);
        true
    }

    /// Goes from an element whose content was read.
    fn leave(&mut self, id: Id) -> Result<(), ReadError> {
        self.shades.leave(id);
        match self.tree.tag(id) {
            Tag::Inline | Tag::Picture | Tag::Skipped | Tag::Deleted | Tag::Title => {}
            Tag::Block | Tag::Break | Tag::RowGroup | Tag::Foot | Tag::Row => self.end_line(),
            Tag::Heading(_) => {
                self.end_line();
                self.heading = None;
            }
            Tag::Preformatted => {
                self.end_line();
                self.n_preformatted -= 1;
            }
            Tag::Cell => {
                self.end_line();
                if let Some(table) = &mut self.table {
                    table.is_in_cell = false;
                }
            }
            Tag::Table => {
                self.end_line();
                if let Some(table) = self.table.take_if(|table| table.id == id) {
                    self.push_table(table)?;
                }
            }
        }
        Ok(())
    }

    /// Opens a table of figures, or a row or cell of the open one; layout tables are but blocks.
    fn enter_table_part(&mut self, id: Id, tag: Tag) {
        let line = self.tree.node(id).line;
        if tag == Tag::Table {
            if self.grids.binary_search(&id).is_ok() {
                let rows = Vec::new();
                let (group, is_foot, is_in_cell) = (0, false, false);
                self.table = Some(OpenTable { id, line, rows, group, is_foot, is_in_cell });
            }
            return;
        }
        let Some(table) = &mut self.table else { return };
        match tag {
            Tag::RowGroup | Tag::Foot => {
                table.group += 1;
                table.is_foot = tag == Tag::Foot;
            }
            Tag::Row => {
                let (group, is_foot) = (table.group, table.is_foot);
                table.rows.push(RawRow { group, is_foot, cells: Vec::new() });
            }
            _ => {
                let Some(element) = self.tree.element(id) else { return };
                let cell = RawCell {
                    text: String::new(),
                    column_span: usize::from(element.column_span),
                    row_span: usize::from(element.row_span),
                    line,
                };
                if let Some(row) = table.rows.last_mut() {
                    row.cells.push(cell);
                    table.is_in_cell = true;
                }
            }
        }
    }

    /// Refuses a page of more blocks than memory shall hold.
    fn check_memory(&self) -> Result<(), ReadError> {
        let n_blocks = self.document.blocks.len();
        self.limits.check_expanded((n_blocks * size_of::<Block>()) as u64)
    }

    /// Writes a text as it is shown, or leaves it out.
    fn read_text(&mut self, id: Id, text: &str, line: u32) {
        let shade = self.shades.current();
        if shade.is_struck {
            self.leave_out(id, RemarkKind::TrackedChanges, "划去的文字没有读入");
        } else if shade.is_unseen() {
            self.leave_out(id, RemarkKind::Hidden, "隐藏的内容没有读入");
        } else {
            let script = shade.script.or_else(|| self.shifted(&shade));
            if script.is_none() && shade.shift.is_none() && !text.trim().is_empty() {
                self.level_size = Some(shade.size.unwrap_or(USUAL_SIZE));
            }
            self.write(&Script::write(script, text), line);
        }
    }

    /// Where text moved by hand stands, if it is smaller than the text before it on the line: such
    /// is a mark of a footnote, while larger text and text that stands alone is only moved.
    fn shifted(&self, shade: &Shade) -> Option<Script> {
        let is_smaller = shade.size? < self.level_size?;
        shade.shift.filter(|_| is_smaller)
    }

    fn write(&mut self, text: &str, line: u32) {
        if self.n_preformatted == 0 {
            return self.flow.write(text, line);
        }
        for (index, part) in text.split('\n').enumerate() {
            if 0 < index {
                self.end_line();
            }
            if self.check_memory().is_err() {
                // The walk looks again, and refuses.
                return;
            }
            let line = line.saturating_add(u32::try_from(index).unwrap_or(u32::MAX));
            self.flow.write_verbatim(part, line);
        }
    }

    /// Ends a line: it joins the open cell, or becomes a paragraph.
    fn end_line(&mut self) {
        self.level_size = None;
        let Some((text, line)) = self.flow.end() else { return };
        if let Some(table) = self.table.as_mut().filter(|table| table.is_in_cell) {
            let cell = table.rows.last_mut().and_then(|row| row.cells.last_mut());
            let cell = cell.expect("a cell is open");
            if cell.text.is_empty() {
                cell.text = text;
            } else {
                cell.text.push('\n');
                cell.text.push_str(&text);
            }
            return;
        }
        self.n_paragraphs += 1;
        let place =
            Place { line: Some(line), paragraph: Some(self.n_paragraphs), ..Place::default() };
        let heading = self.heading;
        self.document.blocks.push(Block::Paragraph(Paragraph { text, place, heading }));
    }

    fn push_table(&mut self, table: OpenTable) -> Result<(), ReadError> {
        let number = self.n_tables + 1;
        let rows = grid::lay_out(table.rows, number, self.limits)?;
        if rows.iter().all(Vec::is_empty) {
            return Ok(());
        }
        self.n_tables = number;
        let place = Place { line: Some(table.line), table: Some(number), ..Place::default() };
        self.document.blocks.push(Block::Table(Table { rows, place }));
        Ok(())
    }

    fn take_title(&mut self, id: Id) {
        let mut flow = Flow::default();
        for child in self.tree.children(id) {
            if let Data::Text(text) = &self.tree.node(child).data {
                flow.write(text, 1);
            }
        }
        if self.document.title.is_none() {
            self.document.title = flow.end().map(|(title, _)| title);
        }
    }

    /// Remarks once, for each way, that text was left out.
    fn leave_out(&mut self, id: Id, kind: RemarkKind, message: &str) {
        let is_told = self.document.remarks.iter().any(|remark| remark.message == message);
        if !is_told && holds_text(self.tree, id) {
            let line = Some(self.tree.node(id).line);
            let place = Place { line, ..Place::default() };
            self.document.remarks.push(Remark { kind, message: message.to_owned(), place });
        }
    }

    fn finish(mut self) -> Document {
        self.end_line();
        if let Some(line) = self.first_picture.filter(|_| self.document.blocks.is_empty()) {
            let message = "网页里只有图片，没有文字".to_owned();
            let place = Place { line: Some(line), ..Place::default() };
            let kind = RemarkKind::PictureOnly;
            self.document.remarks.push(Remark { kind, message, place });
        }
        self.document
    }
}

/// Tables of figures, in order of id: those that hold no other table and have a row of two cells.
///
/// All other tables are there for layout, and what is in them is read as text.
fn grids(tree: &Tree) -> Vec<Id> {
    let ids = || (0..).take(tree.nodes.len());
    let enclosing = |id: Id| tree.ancestors(id).skip(1).find(|id| tree.tag(*id) == Tag::Table);
    let is_hidden = |id: Id| tree.element(id).is_some_and(|element| element.style.is_hidden);
    let (mut with_rows, mut with_tables) = (Vec::new(), Vec::new());
    for id in ids() {
        match tree.tag(id) {
            Tag::Row => {
                let is_cell = |child: &Id| tree.tag(*child) == Tag::Cell;
                if tree.children(id).filter(is_cell).nth(1).is_some() {
                    with_rows.extend(enclosing(id));
                }
            }
            Tag::Table if !is_hidden(id) => with_tables.extend(enclosing(id)),
            _ => {}
        }
    }
    with_rows.sort_unstable();
    with_rows.dedup();
    with_tables.sort_unstable();
    with_rows.retain(|id| with_tables.binary_search(id).is_err());
    with_rows
}

/// Whether anything but white space is written in a node.
fn holds_text(tree: &Tree, id: Id) -> bool {
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        match &tree.node(id).data {
            Data::Text(text) if !text.chars().all(char::is_whitespace) => return true,
            Data::Element(_, element) if element.tag != Tag::Skipped => {
                waiting.extend(tree.children(id));
            }
            _ => {}
        }
    }
    false
}
