//! A paper as HTML: a fragment for a page of a site, or a whole page that stands alone.
//!
//! No style and no script inside: a site's rules of content forbid both.

use super::model::{Grid, Paper, Part, Purpose, Slot};
use std::fmt::Write;

/// Where the datum of a name leads, if anywhere.
pub type Links<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The paper as a part of a page, in an `article`.
pub fn fragment(paper: &Paper, links: Links<'_>) -> String {
    let mut html = String::from("<article class=\"paper\">\n");
    for part in &paper.parts {
        push_part(&mut html, part, links);
    }
    html.push_str("</article>\n");
    html
}

/// The paper as a page of its own; `style` is what stands in its `style` element.
pub fn page(paper: &Paper, style: &str) -> String {
    let mut html = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n");
    html.push_str("<meta charset=\"utf-8\">\n");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    push_line(&mut html, &format!("<title>{}</title>", escaped(&paper.title)));
    push_line(&mut html, &format!("<meta name=\"author\" content=\"{}\">", escaped(&paper.author)));
    push_line(&mut html, &format!("<style>\n{}\n</style>", style.trim()));
    html.push_str("</head>\n<body>\n");
    html.push_str(&fragment(paper, &|_| None));
    html.push_str("</body>\n</html>\n");
    html
}

fn push_line(html: &mut String, line: &str) {
    html.push_str(line);
    html.push('\n');
}

fn push_part(html: &mut String, part: &Part, links: Links<'_>) {
    let line = match part {
        Part::Title(text) => format!("<h1>{}</h1>", escaped(text)),
        Part::Heading(text) => format!("<h2>{}</h2>", escaped(text)),
        Part::Subheading(text) => format!("<h3>{}</h3>", escaped(text)),
        Part::Paragraph(text) => format!("<p>{}</p>", escaped(text)),
        Part::Note(text) => format!("<p class=\"paper-note\">{}</p>", escaped(text)),
        Part::Signature(text) => format!("<p class=\"paper-signature\">{}</p>", escaped(text)),
        Part::Table(grid) => return push_table(html, grid, links),
    };
    push_line(html, &line);
}

fn push_table(html: &mut String, grid: &Grid, links: Links<'_>) {
    html.push_str("<div class=\"paper-table\">\n");
    // Said to those who do not see what stands over it; a line of its own is not in the paper.
    push_line(html, &format!("<table aria-label=\"{}\">", escaped(&grid.name)));
    for (index, row) in grid.rows.iter().enumerate() {
        html.push_str(match index {
            0 if grid.n_head_rows != 0 => "<thead>\n",
            0 => "<tbody>\n",
            _ if index == grid.n_head_rows => "</thead>\n<tbody>\n",
            _ => "",
        });
        html.push_str("<tr>");
        row.iter().for_each(|slot| push_slot(html, slot, links));
        html.push_str("</tr>\n");
    }
    html.push_str(match grid.rows.len() {
        0 => "",
        n_rows if n_rows <= grid.n_head_rows => "</thead>\n",
        _ => "</tbody>\n",
    });
    html.push_str("</table>\n</div>\n");
}

fn push_slot(html: &mut String, slot: &Slot, links: Links<'_>) {
    let (name, scope) = match slot.purpose {
        Purpose::ColumnHead if 1 < slot.column_span => ("th", " scope=\"colgroup\""),
        Purpose::ColumnHead => ("th", " scope=\"col\""),
        Purpose::RowHead if 1 < slot.row_span => ("th", " scope=\"rowgroup\""),
        Purpose::RowHead => ("th", " scope=\"row\""),
        Purpose::Caption => ("th", " class=\"paper-caption\" scope=\"colgroup\""),
        Purpose::Datum => ("td", ""),
    };
    // Writing to a string does not fail.
    let _ = write!(html, "<{name}{scope}");
    if 1 < slot.column_span {
        let _ = write!(html, " colspan=\"{}\"", slot.column_span);
    }
    if 1 < slot.row_span {
        let _ = write!(html, " rowspan=\"{}\"", slot.row_span);
    }
    if let Some(key) = &slot.key {
        let _ = write!(html, " data-key=\"{}\"", escaped(key));
    }
    let text = escaped(slot.shown());
    let link = slot.key.as_deref().filter(|_| !slot.text.is_empty()).and_then(links);
    let _ = match link {
        Some(address) => write!(html, "><a href=\"{}\">{text}</a></{name}>", escaped(&address)),
        None => write!(html, ">{text}</{name}>"),
    };
}

/// Text for HTML, forced breaks as `<br>`.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\n', "<br>")
}
