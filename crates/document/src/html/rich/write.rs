//! The model as HTML: nothing is written here that is not named here.

use super::model::{Block, Cell, List, Marks, Piece};
use crate::script::Script;

/// Writes blocks.
pub(super) fn html(blocks: &[Block]) -> String {
    let mut html = String::new();
    blocks.iter().for_each(|each| block(&mut html, each));
    html
}

/// Text as paragraphs, one a line.
pub(super) fn paragraphs(text: &str) -> String {
    let lines = text.split(['\n', '\r', '\u{0B}', '\u{0C}', '\u{2028}', '\u{2029}']);
    lines.map(|line| format!("<p>{}</p>", escaped(line))).collect()
}

fn block(html: &mut String, block: &Block) {
    match block {
        Block::Heading(level, pieces) => {
            html.push_str(&format!("<h{level}>"));
            line(html, pieces);
            html.push_str(&format!("</h{level}>"));
        }
        Block::Paragraph(pieces) => {
            html.push_str("<p>");
            line(html, pieces);
            html.push_str("</p>");
        }
        Block::List(each) => list(html, each),
        Block::Table(rows) => table(html, rows),
    }
}

fn list(html: &mut String, list: &List) {
    let (open, close) = match list.start {
        None => ("<ul>".to_owned(), "</ul>"),
        Some(1) => ("<ol>".to_owned(), "</ol>"),
        Some(start) => (format!("<ol start=\"{start}\">"), "</ol>"),
    };
    html.push_str(&open);
    for item in &list.items {
        html.push_str("<li>");
        inner(html, item);
        html.push_str("</li>");
    }
    html.push_str(close);
}

fn table(html: &mut String, rows: &[Vec<Cell>]) {
    let is_head = |row: &&Vec<Cell>| !row.is_empty() && row.iter().all(|cell| cell.is_header);
    let n_head = rows.iter().take_while(is_head).count();
    html.push_str("<table>");
    for (part, rows) in [("thead", &rows[..n_head]), ("tbody", &rows[n_head..])] {
        if rows.is_empty() {
            continue;
        }
        html.push_str(&format!("<{part}>"));
        for row in rows {
            html.push_str("<tr>");
            row.iter().for_each(|each| cell(html, each));
            html.push_str("</tr>");
        }
        html.push_str(&format!("</{part}>"));
    }
    html.push_str("</table>");
}

fn cell(html: &mut String, cell: &Cell) {
    let name = if cell.is_header { "th" } else { "td" };
    html.push_str(&format!("<{name}"));
    for (attribute, span) in [("colspan", cell.column_span), ("rowspan", cell.row_span)] {
        if 1 < span {
            html.push_str(&format!(" {attribute}=\"{span}\""));
        }
    }
    html.push('>');
    inner(html, &cell.blocks);
    html.push_str(&format!("</{name}>"));
}

/// What stands in a cell or an item: one paragraph, lists behind it or not, needs no tags of its own.
fn inner(html: &mut String, blocks: &[Block]) {
    match blocks {
        [Block::Paragraph(pieces), rest @ ..]
            if rest.iter().all(|each| matches!(each, Block::List(_))) =>
        {
            line(html, pieces);
            rest.iter().for_each(|each| block(html, each));
        }
        _ => blocks.iter().for_each(|each| block(html, each)),
    }
}

fn line(html: &mut String, pieces: &[Piece]) {
    let mut open = Marks::default();
    for piece in pieces {
        let marks = match piece {
            Piece::Text(_, marks) => marks.clone(),
            Piece::Break | Piece::Picture(..) => Marks::default(),
        };
        turn(html, &open, &marks);
        open = marks;
        match piece {
            Piece::Text(text, _) => html.push_str(&escaped(text)),
            Piece::Break => html.push_str("<br>"),
            Piece::Picture(address, words) => {
                let (address, words) = (escaped(address), escaped(words));
                html.push_str(&format!("<img src=\"{address}\" alt=\"{words}\">"));
            }
        }
    }
    turn(html, &open, &Marks::default());
}

/// Closes and opens what it takes to come from some marks to others; links stand outermost.
fn turn(html: &mut String, from: &Marks, to: &Marks) {
    let same_link = from.link == to.link;
    let same_bold = same_link && from.is_bold == to.is_bold;
    let same_script = same_bold && from.script == to.script;
    let script = |script: Option<Script>| match script {
        Some(Script::Superscript) => "sup>",
        Some(Script::Subscript) => "sub>",
        None => "",
    };
    if from.script.is_some() && !same_script {
        html.push_str(&format!("</{}", script(from.script)));
    }
    if from.is_bold && !same_bold {
        html.push_str("</b>");
    }
    if from.link.is_some() && !same_link {
        html.push_str("</a>");
    }
    if let (Some(link), false) = (&to.link, same_link) {
        html.push_str(&format!("<a href=\"{}\">", escaped(link)));
    }
    if to.is_bold && !same_bold {
        html.push_str("<b>");
    }
    if to.script.is_some() && !same_script {
        html.push_str(&format!("<{}", script(to.script)));
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}
