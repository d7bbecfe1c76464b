//! The text and attachments of an item as people bring them: cleaned, looked at, compared.
//!
//! Knows no states and no rules of disclosure; what a finding means for an item is decided above.

mod differences;

pub use differences::{Change, Kind as ChangeKind, Mark, Piece, differences};
pub use gongkai_document::inspect::{Entry, Finding, Inspection, Kind as AttachmentKind, Refusal};
pub use gongkai_document::rich::{LeftOut, Source as PastedAs};
pub use gongkai_document::scrub::{Options as ScrubOptions, Scrubbed};
pub use gongkai_document::{Document, Place};

use gongkai_document::{Block, Limits, ReadError, inspect, rich, scrub};
use std::time::Duration;

/// Most bytes of a pasted text: a book of a million characters, and time to read it.
pub const PASTED_BYTES: u64 = 4 << 20;

/// Most bytes of an attachment: a film of some minutes.
pub const ATTACHMENT_BYTES: u64 = 200 << 20;

/// Addresses that a picture in a text may have.
const PICTURES: &[&str] = &["attachment:"];

/// A text after cleaning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CleanText {
    /// Clean HTML, safe to show on a page.
    pub html: String,
    /// The same as bare text with places.
    pub blocks: Vec<TextBlock>,
    /// What was left out that somebody may miss, a sentence each.
    pub notes: Vec<String>,
}

/// A paragraph, a heading or a row of a table as bare text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Its text; of a row its cells, parted by tabs.
    pub text: String,
    /// Where it stands in the text.
    pub place: Place,
}

/// What a block of bare text is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A paragraph or an item of a list.
    Paragraph,
    /// A row of a table.
    Row,
}

/// Why a text was not taken, in Chinese, with what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unreadable {
    /// A bound was passed.
    #[error("{what}超过上限 {bound}（实际至少 {actual}），请分成几篇，或作为附件上传")]
    TooMuch {
        /// What it bounds, in Chinese.
        what: &'static str,
        /// The bound.
        bound: u64,
        /// What was met.
        actual: u64,
    },
    /// Something else is wrong with it.
    #[error("{0}")]
    Broken(String),
}

impl From<ReadError> for Unreadable {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Limit { what, bound, actual, .. } => Self::TooMuch { what, bound, actual },
            other => Self::Broken(other.to_string()),
        }
    }
}

/// Cleans what somebody pasted. Clean text stays as it is when it is read again.
///
/// # Errors
/// When it is larger, deeper or wider than a text may be.
pub fn read_pasted(pasted_as: PastedAs, text: &str) -> Result<CleanText, Unreadable> {
    let clean = rich::clean(text, pasted_as, PICTURES, &pasted_limits())?;
    let blocks = text_blocks(&clean.html)?;
    Ok(CleanText { html: clean.html, blocks, notes: notes(&clean.left_out) })
}

/// The bare text of clean HTML.
///
/// # Errors
/// When it is larger, deeper or wider than a text may be.
pub fn text_blocks(html: &str) -> Result<Vec<TextBlock>, Unreadable> {
    let document = rich::blocks(html, &pasted_limits())?;
    Ok(document_blocks(&document))
}

/// The paragraphs and rows of a document, of a text or an attachment.
pub fn document_blocks(document: &Document) -> Vec<TextBlock> {
    let mut blocks = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(each) => {
                let kind = match each.heading {
                    Some(_) => BlockKind::Heading,
                    None => BlockKind::Paragraph,
                };
                blocks.push(TextBlock { kind, text: each.text.clone(), place: each.place });
            }
            Block::Table(table) => {
                for row in table.rows.iter().filter(|row| !row.is_empty()) {
                    let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                    let (kind, place) = (BlockKind::Row, row[0].place);
                    blocks.push(TextBlock { kind, text: cells.join("\t"), place });
                }
            }
        }
    }
    blocks
}

/// Looks at an attachment.
///
/// # Errors
/// When it may not be attached, cannot be opened, or is too large.
pub fn inspect_attachment(name: &str, bytes: &[u8]) -> Result<Inspection, Refusal> {
    inspect::inspect(name, bytes, &attachment_limits())
}

/// A cleaned copy of an attachment; `None` when its kind cannot be cleaned here.
///
/// # Errors
/// When it may not be attached, cannot be opened, or is too large.
pub fn scrubbed(
    name: &str,
    bytes: &[u8],
    options: ScrubOptions,
) -> Result<Option<Scrubbed>, Refusal> {
    scrub::scrub(name, bytes, options, &attachment_limits())
}

fn pasted_limits() -> Limits {
    Limits {
        input_bytes: PASTED_BYTES,
        expanded_bytes: 128 << 20,
        table_cells: 50_000,
        time: Duration::from_secs(5),
        ..Limits::default()
    }
}

fn attachment_limits() -> Limits {
    Limits { input_bytes: ATTACHMENT_BYTES, ..Limits::default() }
}

fn notes(left_out: &LeftOut) -> Vec<String> {
    let told = [
        (left_out.n_pictures, "张图片没有带入，请作为附件上传后再插入"),
        (left_out.n_links, "个链接的地址不能用，只留下文字"),
        (left_out.n_embedded, "处程序、视频或控件没有带入"),
        (left_out.n_deleted, "处划去或修订删除的文字没有带入"),
        (left_out.n_hidden, "处隐藏的文字没有带入"),
        (left_out.n_comments, "处批注没有带入"),
    ];
    let told = told.into_iter().filter(|(count, _)| 0 < *count);
    told.map(|(count, what)| format!("有 {count} {what}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_text_is_clean_and_tells_what_is_missing() {
        let page = "<h1>通知</h1><p>甲<img src='file:///x.png'><script>x</script></p>\
            <table><tr><th>项目</th><th>数</th></tr><tr><td>许可</td><td>1</td></tr></table>";
        let text = read_pasted(PastedAs::Html, page).unwrap();
        assert!(text.html.starts_with("<h2>通知</h2><p>甲</p><table>"), "{}", text.html);
        let blocks: Vec<_> =
            text.blocks.iter().map(|block| (block.kind, block.text.as_str())).collect();
        let wanted = [
            (BlockKind::Heading, "通知"),
            (BlockKind::Paragraph, "甲"),
            (BlockKind::Row, "项目\t数"),
            (BlockKind::Row, "许可\t1"),
        ];
        assert_eq!(blocks, wanted);
        assert_eq!(text.blocks[3].place.row, Some(2));
        assert_eq!(text.notes.len(), 2);
        assert!(text.notes[0].contains("1 张图片"));
        assert_eq!(read_pasted(PastedAs::Html, &text.html).unwrap().html, text.html);
    }

    #[test]
    fn ten_megabytes_are_refused_with_the_bound_and_without_a_hang() {
        for source in [PastedAs::Html, PastedAs::Markdown, PastedAs::Plain] {
            let error = read_pasted(source, &"<b>甲".repeat(2 << 20)).unwrap_err().to_string();
            assert!(error.contains(&PASTED_BYTES.to_string()), "{error}");
            assert!(!error.contains("--limit"), "{error}");
        }
    }

    #[test]
    fn attachments_are_looked_at_and_refused_in_sentences() {
        let inspection = inspect_attachment("表.csv", "项目,数\n许可,1\n".as_bytes()).unwrap();
        assert_eq!(inspection.kind, AttachmentKind::Csv);
        assert_eq!(document_blocks(&inspection.text.unwrap()).len(), 2);
        let refusal = inspect_attachment("x.svg", b"<svg/>").unwrap_err().to_string();
        assert!(refusal.contains("SVG"), "{refusal}");
        assert_eq!(scrubbed("表.csv", b"a,b", ScrubOptions::default()), Ok(None));
    }
}
