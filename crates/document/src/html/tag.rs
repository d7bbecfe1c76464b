//! What an element does to the text in it, told by its name and attributes.

use html5ever::Attribute;

use super::style::{self, Style};
use crate::script::Script;

/// Most columns and rows that one cell may cover, as the HTML standard has it.
const MAX_COLUMN_SPAN: u16 = 1000;
const MAX_ROW_SPAN: u16 = 65_534;

/// What an element does to the text in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tag {
    /// Nothing.
    Inline,
    /// It stands in lines of its own.
    Block,
    /// It stands in lines of its own and is a heading of this level.
    Heading(u8),
    /// It ends a line.
    Break,
    /// White space in it counts.
    Preformatted,
    /// It holds nothing that is read.
    Skipped,
    /// It was struck out by tracked changes.
    Deleted,
    /// A picture.
    Picture,
    /// The document's title.
    Title,
    /// A table.
    Table,
    /// Rows that belong together.
    RowGroup,
    /// Rows that are shown last.
    Foot,
    /// A row.
    Row,
    /// A cell.
    Cell,
}

/// An element's properties.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) tag: Tag,
    /// Whether and how its text is shown.
    pub(super) style: Style,
    /// Columns that a cell asks for, at least 1.
    pub(super) column_span: u16,
    /// Rows that a cell asks for; 0 means all that follow.
    pub(super) row_span: u16,
}

/// Tells the properties of an HTML element.
pub(super) fn element(name: &str, attributes: &[Attribute]) -> Element {
    let tag = tag(name);
    let mut element = Element { tag, style: Style::default(), column_span: 1, row_span: 1 };
    let mut is_hidden = false;
    for attribute in attributes {
        let value = &*attribute.value;
        match &*attribute.name.local {
            "hidden" => is_hidden |= value != "until-found",
            "style" => element.style = style::read(value),
            "class" if value.contains("msoDel") => element.tag = Tag::Deleted,
            "colspan" => {
                let span = number(value, MAX_COLUMN_SPAN).unwrap_or(1);
                element.column_span = span.max(1);
            }
            "rowspan" => element.row_span = number(value, MAX_ROW_SPAN).unwrap_or(1),
            _ => {}
        }
    }
    element.style.is_hidden |= is_hidden;
    match name {
        "s" | "strike" => element.style.is_struck = true,
        "sup" => element.style.script = Some(Script::Superscript),
        "sub" => element.style.script = Some(Script::Subscript),
        _ => {}
    }
    if tag != Tag::Inline {
        // Moves all that is in it.
        element.style.shift = None;
    }
    if tag == Tag::Cell {
        // Where all of the text stands, not that it stands above a line.
        element.style.script = None;
    }
    element
}

/// The tag of an element that is not HTML: drawings hold no prose, other things may.
pub(super) fn foreign(name: &str) -> Tag {
    if name == "svg" { Tag::Skipped } else { Tag::Inline }
}

/// The number at the beginning of a value, at most `most`.
fn number(value: &str, most: u16) -> Option<u16> {
    let value = value.trim_start().trim_start_matches('+');
    let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    // Digits beyond counting are still a number, and more than `most`.
    (0 < end).then(|| value[..end].parse().unwrap_or(most).min(most))
}

/// The tag of a name.
fn tag(name: &str) -> Tag {
    match name {
        "td" | "th" => Tag::Cell,
        "tr" => Tag::Row,
        "table" => Tag::Table,
        "tbody" | "thead" => Tag::RowGroup,
        "tfoot" => Tag::Foot,
        "br" => Tag::Break,
        "h1" => Tag::Heading(1),
        "h2" => Tag::Heading(2),
        "h3" => Tag::Heading(3),
        "h4" => Tag::Heading(4),
        "h5" => Tag::Heading(5),
        "h6" => Tag::Heading(6),
        "img" | "picture" => Tag::Picture,
        "pre" | "listing" | "plaintext" | "xmp" => Tag::Preformatted,
        "del" => Tag::Deleted,
        "title" => Tag::Title,
        "address" | "article" | "aside" | "blockquote" | "body" | "button" | "caption"
        | "center" | "dd" | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset"
        | "figcaption" | "figure" | "footer" | "form" | "header" | "hgroup" | "hr" | "html"
        | "legend" | "li" | "main" | "menu" | "nav" | "ol" | "p" | "search" | "section"
        | "summary" | "ul" => Tag::Block,
        // Controls, programs, fall-backs, and the reading beside a character (`<ruby>`).
        "script" | "style" | "noscript" | "template" | "select" | "datalist" | "textarea"
        | "iframe" | "noframes" | "noembed" | "audio" | "video" | "canvas" | "input" | "meta"
        | "link" | "rt" | "rp" => Tag::Skipped,
        _ => Tag::Inline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_browsers_read_them() {
        let spans = ["3", " 2px", "+4", "", "x", "-1", "0", "99999999999999999999"];
        let read = spans.map(|value| number(value, MAX_COLUMN_SPAN));
        let wanted = [Some(3), Some(2), Some(4), None, None, None, Some(0), Some(1000)];
        assert_eq!(read, wanted);
    }
}
