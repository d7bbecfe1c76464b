//! The tree of a page as the model: what is shown and has a place in the model, nothing else.

use html5ever::ns;

use super::super::tag::{Element, Tag};
use super::super::tree::{Data, Id, ROOT, Tree};
use super::LeftOut;
use super::line::LineBuilder;
use super::link;
use super::model::{Block, Cell, List, Marks, Piece};
use super::word_list::{self, Item, Marker};
use crate::{Deadline, Limits, ReadError};

/// Lists are nested no deeper, as in Word; what is deeper stands in the last.
const MAX_LISTS: u8 = word_list::MAX_LEVEL;

/// Largest number that a list may begin with.
const MAX_START: u32 = 99_999;

/// Reads a tree.
pub(super) fn read(
    tree: &Tree,
    prefixes: &[&str],
    limits: &Limits,
    clock: &Deadline,
) -> Result<(Vec<Block>, LeftOut), ReadError> {
    let has_first = (0..tree.nodes.len()).any(|id| name(tree, id as Id) == "h1");
    let left_out = LeftOut::default();
    let shift = u8::from(has_first);
    let mut reader =
        Reader { tree, prefixes, limits, clock, left_out, shift, n_seen: 0, n_bytes: 0 };
    let mut flow = Flow::default();
    reader.children(ROOT, &Marks::default(), &mut flow)?;
    Ok((flow.finish(), reader.left_out))
}

/// The name of an HTML element; of other nodes nothing.
fn name(tree: &Tree, id: Id) -> &str {
    match &tree.node(id).data {
        Data::Element(name, _) if name.ns == ns!(html) => &name.local,
        _ => "",
    }
}

/// Blocks while they are collected, of the page or of a cell or item.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    line: LineBuilder,
    /// Level of the heading that is open.
    heading: Option<u8>,
    /// Paragraphs of Word that are items, until another block comes.
    items: Vec<Item>,
    /// Level and marker of the paragraph of Word that is open.
    item: Option<(u8, Option<String>)>,
    /// Whether it stands in a cell or an item, where no heading stands.
    is_inner: bool,
    n_lists: u8,
}

impl Flow {
    fn inner(&self, n_lists: u8) -> Self {
        Self { is_inner: true, n_lists, ..Self::default() }
    }

    /// Ends the paragraph.
    fn end(&mut self) {
        for line in self.line.finish() {
            let block = match self.heading {
                Some(level) if !self.is_inner => Block::Heading(level, line),
                _ => Block::Paragraph(line),
            };
            self.push(block);
        }
    }

    fn push(&mut self, block: Block) {
        let items = std::mem::take(&mut self.items);
        self.blocks.extend(word_list::nest(items));
        self.blocks.push(block);
    }

    fn finish(mut self) -> Vec<Block> {
        self.end();
        self.blocks.extend(word_list::nest(self.items));
        self.blocks
    }
}

struct Reader<'a> {
    tree: &'a Tree,
    prefixes: &'a [&'a str],
    limits: &'a Limits,
    clock: &'a Deadline,
    left_out: LeftOut,
    /// The page's title is the heading of level 1: headings of level 1 make the others step down.
    shift: u8,
    n_seen: u64,
    /// What was taken in so far.
    n_bytes: u64,
}

impl Reader<'_> {
    fn children(&mut self, id: Id, marks: &Marks, flow: &mut Flow) -> Result<(), ReadError> {
        let tree = self.tree;
        for child in tree.children(id) {
            self.n_seen += 1;
            if self.n_seen.is_multiple_of(4096) {
                self.clock.check()?;
            }
            // A link is written anew on every line, so a long one on many lines is much.
            self.n_bytes += size_of::<Piece>() as u64 + self.bytes_of(child);
            self.n_bytes += marks.link.as_ref().map_or(0, |link| link.len() as u64);
            self.limits.check_expanded(self.n_bytes)?;
            match &tree.node(child).data {
                Data::Text(text) => {
                    let is_heading = flow.heading.is_some() && !flow.is_inner;
                    match is_heading && marks.is_bold {
                        true => flow.line.write(text, &Marks { is_bold: false, ..marks.clone() }),
                        false => flow.line.write(text, marks),
                    }
                }
                Data::Element(name, element) if name.ns == ns!(html) => {
                    self.element(child, &name.local, element, marks, flow)?;
                }
                Data::Element(..) => self.left_out.n_embedded += 1,
                Data::Other => {}
            }
        }
        Ok(())
    }

    fn bytes_of(&self, id: Id) -> u64 {
        match &self.tree.node(id).data {
            Data::Text(text) => text.len() as u64,
            Data::Element(..) | Data::Other => 0,
        }
    }

    fn element(
        &mut self,
        id: Id,
        name: &str,
        element: &Element,
        marks: &Marks,
        flow: &mut Flow,
    ) -> Result<(), ReadError> {
        let style = self.tree.attribute(id, "style").unwrap_or_default();
        if self.is_left_out(id, name, element, style) {
            return Ok(());
        }
        match name {
            "br" => flow.line.end_line(),
            "img" => self.picture(id, flow),
            "ul" | "ol" | "menu" | "dir" if flow.n_lists < MAX_LISTS => {
                self.list(id, name == "ol", marks, flow)?;
            }
            "table" => self.table(id, marks, flow)?,
            "hr" => flow.end(),
            _ => match element.tag {
                Tag::Heading(level) => self.heading(id, level, marks, flow)?,
                Tag::Inline => self.inline(id, name, element, style, marks, flow)?,
                _ => self.block(id, style, marks, flow)?,
            },
        }
        Ok(())
    }

    /// Whether an element and all in it has no place here; counts what somebody may miss.
    fn is_left_out(&mut self, id: Id, name: &str, element: &Element, style: &str) -> bool {
        let class = self.tree.attribute(id, "class").unwrap_or_default();
        let is_comment = class.contains("MsoCommentReference")
            || declared(style, "mso-element").is_some_and(|value| value.starts_with("comment"))
            || declared(style, "mso-special-character").is_some_and(|value| value == "comment");
        let shown = &element.style;
        let is_hidden =
            shown.is_hidden || shown.is_visible == Some(false) || shown.has_size == Some(false);
        let is_struck = shown.is_struck || matches!(name, "del" | "s" | "strike");
        let left_out = &mut self.left_out;
        let count = match name {
            "head" | "meta" | "link" | "title" | "style" | "base" | "noscript" | "template"
            | "rt" | "rp" => return true,
            "script" | "iframe" | "object" | "embed" | "applet" | "frame" | "frameset"
            | "audio" | "video" | "canvas" | "input" | "select" | "textarea" | "button"
            | "datalist" | "noframes" | "noembed" | "portal" | "marquee" => {
                &mut left_out.n_embedded
            }
            _ if is_comment => &mut left_out.n_comments,
            _ if is_hidden => &mut left_out.n_hidden,
            _ if is_struck || element.tag == Tag::Deleted => &mut left_out.n_deleted,
            _ => return false,
        };
        *count += 1;
        true
    }

    fn picture(&mut self, id: Id, flow: &mut Flow) {
        let address = self.tree.attribute(id, "src").unwrap_or_default();
        match link::picture(address, self.prefixes) {
            Some(address) => {
                let words = self.tree.attribute(id, "alt").unwrap_or_default();
                let mut shown = LineBuilder::default();
                shown.write(words, &Marks::default());
                let words = shown.finish().into_iter().flatten().find_map(|piece| match piece {
                    Piece::Text(text, _) => Some(text),
                    _ => None,
                });
                flow.line.picture(address, words.unwrap_or_default());
            }
            None => self.left_out.n_pictures += 1,
        }
    }

    fn heading(
        &mut self,
        id: Id,
        level: u8,
        marks: &Marks,
        flow: &mut Flow,
    ) -> Result<(), ReadError> {
        flow.end();
        let outer = flow.heading.replace((level + self.shift).clamp(2, 4));
        let marks = Marks { is_bold: flow.is_inner, ..marks.clone() };
        self.children(id, &marks, flow)?;
        flow.end();
        flow.heading = outer;
        Ok(())
    }

    fn inline(
        &mut self,
        id: Id,
        name: &str,
        element: &Element,
        style: &str,
        marks: &Marks,
        flow: &mut Flow,
    ) -> Result<(), ReadError> {
        if let Some((_, marker)) = &mut flow.item
            && declared(style, "mso-list").is_some_and(|value| value == "ignore")
        {
            marker.get_or_insert_default().push_str(&self.text(id));
            return Ok(());
        }
        let mut marks = marks.clone();
        marks.script = element.style.script.or(marks.script);
        marks.is_bold |= matches!(name, "b" | "strong");
        if let Some(weight) = declared(style, "font-weight") {
            let is_heavy = weight.parse().is_ok_and(|weight: u32| 600 <= weight);
            marks.is_bold = is_heavy || matches!(&*weight, "bold" | "bolder");
        }
        if let Some(address) = self.tree.attribute(id, "href").filter(|_| name == "a") {
            marks.link = link::target(address);
            let is_lost = marks.link.is_none() && !address.trim_start().starts_with('#');
            self.left_out.n_links += u32::from(is_lost);
        }
        self.children(id, &marks, flow)
    }

    /// All text in an element.
    fn text(&self, id: Id) -> String {
        let mut text = String::new();
        let mut rest = vec![id];
        while let Some(id) = rest.pop() {
            if let Data::Text(piece) = &self.tree.node(id).data {
                text.push_str(piece);
            }
            let children: Vec<Id> = self.tree.children(id).collect();
            rest.extend(children.into_iter().rev());
        }
        text
    }

    /// What stands in lines of its own: a paragraph, or whatever holds some.
    fn block(
        &mut self,
        id: Id,
        style: &str,
        marks: &Marks,
        flow: &mut Flow,
    ) -> Result<(), ReadError> {
        flow.end();
        let level = declared(style, "mso-list").and_then(|value| word_list::level(&value));
        let Some(level) = level else {
            self.children(id, marks, flow)?;
            flow.end();
            return Ok(());
        };
        let outer = flow.item.replace((level, None));
        self.children(id, marks, flow)?;
        let marker = std::mem::replace(&mut flow.item, outer).and_then(|(_, marker)| marker);
        self.end_item(level, marker, flow);
        Ok(())
    }

    /// Ends a paragraph of Word that is an item of a list.
    fn end_item(&mut self, level: u8, marker: Option<String>, flow: &mut Flow) {
        let kind = marker.as_deref().map_or(Marker::Words, word_list::marker);
        let number = match kind {
            Marker::Words => {
                let mut lines = flow.line.finish();
                let marks = Marks::default();
                let mut words = LineBuilder::default();
                words.write(marker.as_deref().unwrap_or_default(), &marks);
                if let (Some(first), Some(words)) = (lines.first_mut(), words.finish().pop()) {
                    first.splice(0..0, words);
                    super::line::join(first);
                }
                lines.into_iter().for_each(|line| flow.push(Block::Paragraph(line)));
                return;
            }
            Marker::Bullet => None,
            Marker::Number(number) => Some(number),
        };
        for (line, index) in flow.line.finish().into_iter().zip(0_u32..) {
            let number = number.map(|number| number + index);
            flow.items.push(Item { level, number, line });
        }
    }

    fn list(
        &mut self,
        id: Id,
        is_numbered: bool,
        marks: &Marks,
        flow: &mut Flow,
    ) -> Result<(), ReadError> {
        flow.end();
        let mut items: Vec<Vec<Block>> = Vec::new();
        let tree = self.tree;
        for child in tree.children(id) {
            let mut inner = flow.inner(flow.n_lists + 1);
            let is_item = name(tree, child) == "li";
            match &tree.node(child).data {
                Data::Element(local, element) if local.ns == ns!(html) && is_item => {
                    let style = tree.attribute(child, "style").unwrap_or_default();
                    if !self.is_left_out(child, "li", element, style) {
                        self.children(child, marks, &mut inner)?;
                    }
                }
                Data::Element(local, element) if local.ns == ns!(html) => {
                    // A list right in a list goes with the item before it.
                    self.element(child, &local.local, element, marks, &mut inner)?;
                }
                Data::Text(text) => inner.line.write(text, marks),
                Data::Element(..) | Data::Other => {}
            }
            let blocks = inner.finish();
            let is_lists = blocks.iter().all(|block| matches!(block, Block::List(_)));
            match items.last_mut().filter(|_| !is_item && is_lists) {
                Some(before) => before.extend(blocks),
                None if blocks.is_empty() => {}
                None => items.push(blocks),
            }
        }
        if !items.is_empty() {
            let start =
                self.tree.attribute(id, "start").and_then(|start| start.trim().parse().ok());
            let start = start.filter(|start| *start <= MAX_START).unwrap_or(1);
            flow.push(Block::List(List { start: is_numbered.then_some(start), items }));
        }
        Ok(())
    }

    fn table(&mut self, id: Id, marks: &Marks, flow: &mut Flow) -> Result<(), ReadError> {
        flow.end();
        let rows = self.rows(id);
        let cells: Vec<Id> =
            rows.iter().flat_map(|(row, _)| self.cells(*row)).map(|(cell, _)| cell).collect();
        let tree = self.tree;
        for part in tree.children(id).filter(|part| name(tree, *part) == "caption") {
            self.children(part, marks, flow)?;
            flow.end();
        }
        // A table of one cell, or one that holds tables, only lays out the page.
        if cells.len() <= 1 || cells.iter().any(|cell| self.holds_table(*cell)) {
            for cell in cells {
                self.children(cell, marks, flow)?;
                flow.end();
            }
            return Ok(());
        }
        let mut table = Vec::new();
        let mut n_places = 0;
        for (index, (row, is_head)) in rows.iter().enumerate() {
            let mut line = Vec::new();
            for (cell, element) in self.cells(*row) {
                let rows_left = u16::try_from(rows.len() - index).unwrap_or(u16::MAX);
                let row_span = if element.row_span == 0 { rows_left } else { element.row_span };
                let (column_span, row_span) = (element.column_span, row_span.min(rows_left));
                n_places += u64::from(column_span) * u64::from(row_span);
                self.limits.check_table_cells(n_places)?;
                let is_header = *is_head || name(tree, cell) == "th";
                let mut inner = flow.inner(flow.n_lists);
                self.children(cell, &Marks { link: None, ..marks.clone() }, &mut inner)?;
                line.push(Cell { is_header, column_span, row_span, blocks: inner.finish() });
            }
            table.push(line);
        }
        flow.push(Block::Table(table));
        Ok(())
    }

    /// The rows of a table, and whether they stand in its head; hidden ones left out.
    fn rows(&mut self, table: Id) -> Vec<(Id, bool)> {
        let tree = self.tree;
        let mut rows = Vec::new();
        for part in tree.children(table) {
            let is_head = match name(tree, part) {
                "thead" => true,
                "tbody" | "tfoot" => false,
                _ => continue,
            };
            for row in tree.children(part).filter(|row| name(tree, *row) == "tr") {
                let style = tree.attribute(row, "style").unwrap_or_default();
                let is_out =
                    tree.element(row).is_none_or(|each| self.is_left_out(row, "tr", each, style));
                if !is_out {
                    rows.push((row, is_head));
                }
            }
        }
        rows
    }

    /// The cells of a row; hidden ones left out.
    fn cells(&self, row: Id) -> Vec<(Id, Element)> {
        let cells =
            self.tree.children(row).filter(|cell| matches!(name(self.tree, *cell), "td" | "th"));
        let cells = cells.filter_map(|cell| Some((cell, *self.tree.element(cell)?)));
        cells.filter(|(_, element)| !element.style.is_hidden).collect()
    }

    fn holds_table(&self, id: Id) -> bool {
        let mut rest = vec![id];
        while let Some(id) = rest.pop() {
            if name(self.tree, id) == "table" {
                return true;
            }
            rest.extend(self.tree.children(id));
        }
        false
    }
}

/// What a `style` attribute declares for a property, in small letters.
fn declared(style: &str, property: &str) -> Option<String> {
    let declarations = style.split(';').filter_map(|each| each.split_once(':'));
    let mut named = declarations.filter(|(name, _)| name.trim().eq_ignore_ascii_case(property));
    let (_, value) = named.next_back()?;
    Some(value.split('!').next().unwrap_or_default().trim().to_ascii_lowercase())
}
