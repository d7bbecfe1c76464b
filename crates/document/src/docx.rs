//! Word documents (`.docx`, `.docm`) to a document.

mod body;
mod grid;
mod numbering;
mod run;
mod styles;
pub(crate) mod xml;

use self::body::Body;
use self::grid::Item;
use self::xml::{Element, Handler, Stop};
use crate::container::{self, Container};
use crate::{
    Block, Deadline, Document, Format, Limits, Paragraph, Place, ReadError, Remark, RemarkKind,
    Table,
};

/// How errors name the format.
const NAME: &str = "Word ";

/// Reads a Word document.
///
/// # Errors
/// When the container or its main part cannot be read at all, or a bound is passed.
pub(crate) fn read(bytes: &[u8], limits: &Limits, clock: &Deadline) -> Result<Document, ReadError> {
    let mut container = container::open(bytes, limits, NAME)?;
    let broken = |reason: &str| ReadError::Broken { format: NAME, reason: reason.to_owned() };
    let name = container.text_part().ok_or_else(|| broken("没有正文"))?;
    let main = container.part(&name, clock)?.ok_or_else(|| broken("没有正文"))?;
    let mut remarks = Vec::new();
    let mut side = Side { container: &mut container, limits, clock, remarks: &mut remarks };
    let styles = side.read("word/styles.xml")?;
    let numbering = side.read("word/numbering.xml")?;
    let core: Core = side.read("docProps/core.xml")?;
    let mut body = Body::new(limits, &styles, numbering);
    let outcome = xml::parse(&main, limits, clock, &mut body);
    body.finish()?;
    match outcome {
        Ok(()) => {}
        Err(Stop::Malformed(reason)) if body.items.is_empty() => return Err(broken(&reason)),
        Err(Stop::Malformed(reason)) => {
            let message = format!("正文从中间起已损坏，只读了前一部分（{reason}）");
            remarks.push(remark(RemarkKind::Damaged, &message));
        }
        Err(Stop::Refused(error)) => return Err(error),
    }
    remarks.extend(body_remarks(&body));
    if container.names().any(|name| name.ends_with("vbaProject.bin")) {
        remarks.push(remark(RemarkKind::Macros, "文件带有宏，宏没有读也没有运行"));
    }
    let title = Some(core.title.trim().to_owned()).filter(|title| !title.is_empty());
    Ok(Document { format: Format::Docx, title, blocks: blocks(body.items), remarks })
}

/// Parts beside the main one: without them, or with broken ones, the text is still there.
struct Side<'a, 'b> {
    container: &'a mut Container<'b>,
    limits: &'a Limits,
    clock: &'a Deadline,
    remarks: &'a mut Vec<Remark>,
}

impl Side<'_, '_> {
    fn read<H: Handler + Default>(&mut self, name: &str) -> Result<H, ReadError> {
        let mut handler = H::default();
        let part = match self.container.part(name, self.clock) {
            Err(ReadError::Broken { reason, .. }) => {
                let message = format!("{name} 已损坏，没有用上（{reason}）");
                self.remarks.push(remark(RemarkKind::Damaged, &message));
                return Ok(handler);
            }
            part => part?.unwrap_or_default(),
        };
        match xml::parse(&part, self.limits, self.clock, &mut handler) {
            Ok(()) => {}
            Err(Stop::Malformed(reason)) => {
                let message = format!("{name} 从中间起已损坏（{reason}）");
                self.remarks.push(remark(RemarkKind::Damaged, &message));
            }
            Err(Stop::Refused(error)) => return Err(error),
        }
        Ok(handler)
    }
}

/// The document's own title.
#[derive(Debug, Default)]
struct Core {
    path: Vec<String>,
    title: String,
}

impl Handler for Core {
    fn open(&mut self, element: &Element<'_>) {
        self.path.push(element.name());
    }

    fn close(&mut self) -> Result<(), ReadError> {
        self.path.pop();
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.path.last().is_some_and(|name| name == "title") {
            self.title.push_str(text);
        }
    }
}

fn remark(kind: RemarkKind, message: &str) -> Remark {
    Remark { kind, message: message.to_owned(), place: Place::default() }
}

/// What the body has to tell.
fn body_remarks(body: &Body<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if body.noticed.contains(&RemarkKind::TrackedChanges) {
        remarks.push(remark(RemarkKind::TrackedChanges, "修订中删除的文字没有读入，插入的已读入"));
    }
    if body.has_struck {
        remarks.push(remark(RemarkKind::TrackedChanges, "划去的文字没有读入"));
    }
    if body.noticed.contains(&RemarkKind::Hidden) {
        remarks.push(remark(RemarkKind::Hidden, "隐藏的文字没有读入"));
    }
    if body.has_embedded {
        remarks.push(remark(
            RemarkKind::Damaged,
            "文件里嵌入的外部文档没有读入，请用 Word 另存后再读",
        ));
    }
    if body.has_picture && body.items.is_empty() {
        remarks.push(remark(RemarkKind::PictureOnly, "文档里只有图片，没有文字"));
    }
    remarks
}

/// Blocks with their places counted.
fn blocks(items: Vec<Item>) -> Vec<Block> {
    let (mut n_paragraphs, mut n_tables) = (0_u32, 0_u32);
    let block = |item| match item {
        Item::Line(text, heading) => {
            n_paragraphs += 1;
            let place = Place { paragraph: Some(n_paragraphs), ..Place::default() };
            Block::Paragraph(Paragraph { text, place, heading })
        }
        Item::Table(mut rows) => {
            n_tables += 1;
            let place = Place { table: Some(n_tables), ..Place::default() };
            for (row, number) in rows.iter_mut().zip(1_u32..) {
                for cell in row {
                    let column = u32::try_from(cell.column + 1).ok();
                    cell.place = Place { row: Some(number), cell: column, ..place };
                }
            }
            Block::Table(Table { rows, place })
        }
    };
    items.into_iter().map(block).collect()
}

#[cfg(test)]
mod tests;
