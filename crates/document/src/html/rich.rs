//! What people paste, as one small clean HTML, and that HTML as blocks again; no page of a site.
//!
//! Everything that is kept is named in [`model`]; what has no place there cannot come through.
//! A second, independent sieve ([`guard`]) goes over what was written.

mod guard;
mod line;
mod link;
mod model;
mod read;
mod word_list;
mod write;

use pulldown_cmark::{Options, Parser};

use super::{tree, walk};
use crate::limits::at_most;
use crate::{Deadline, Document, Limits, ReadError};

/// Deeper than this no page is nested that people wrote; the reading calls itself as deep.
const MAX_DEPTH: u64 = 256;

/// In what form the text came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// HTML, as Word and browsers put it on the clipboard.
    Html,
    /// Markdown with tables.
    Markdown,
    /// Text, a paragraph a line.
    Plain,
}

/// Clean HTML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rich {
    /// Headings `h2` to `h4`, paragraphs, lists, tables, links, pictures that are attachments,
    /// bold, raised and lowered text, line breaks; nothing else. Empty when nothing was left.
    pub html: String,
    /// What was left out that somebody may miss.
    pub left_out: LeftOut,
}

/// How many things of a kind were left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LeftOut {
    /// Pictures that are no attachments.
    pub n_pictures: u32,
    /// Links to places that are not allowed; their text stayed.
    pub n_links: u32,
    /// Frames, programs, films, drawings and controls.
    pub n_embedded: u32,
    /// Texts that were struck out or deleted by tracked changes.
    pub n_deleted: u32,
    /// Texts that were not shown.
    pub n_hidden: u32,
    /// Comments written beside the text.
    pub n_comments: u32,
}

/// Makes text clean. What comes out stays as it is when it is cleaned again.
///
/// A picture stays when its address begins with one of `picture_prefixes`, such as `attachment:`.
///
/// # Errors
/// When a bound of `limits` is passed: size, depth, memory, cells of a table, time.
pub fn clean(
    text: &str,
    source: Source,
    picture_prefixes: &[&str],
    limits: &Limits,
) -> Result<Rich, ReadError> {
    let length = text.len() as u64;
    at_most("input-bytes", "粘贴内容的大小（字节）", limits.input_bytes, length)?;
    match source {
        Source::Html => clean_html(text, picture_prefixes, limits),
        Source::Markdown => {
            let mut html = String::new();
            let parser = Parser::new_ext(text, Options::ENABLE_TABLES);
            pulldown_cmark::html::push_html(&mut html, parser);
            clean_html(&html, picture_prefixes, limits)
        }
        Source::Plain => clean_html(&write::paragraphs(text), picture_prefixes, limits),
    }
}

/// Clean HTML as blocks with places: for search, screening and differences.
///
/// # Errors
/// When a bound of `limits` is passed.
pub fn blocks(html: &str, limits: &Limits) -> Result<Document, ReadError> {
    let length = html.len() as u64;
    at_most("input-bytes", "正文的大小（字节）", limits.input_bytes, length)?;
    let clock = Deadline::start(limits);
    walk::walk(&tree::parse(html, limits, &clock)?, limits, &clock)
}

fn clean_html(text: &str, prefixes: &[&str], limits: &Limits) -> Result<Rich, ReadError> {
    let limits = Limits { depth: limits.depth.min(MAX_DEPTH), ..limits.clone() };
    let clock = Deadline::start(&limits);
    let tree = tree::parse_with_attributes(text, &limits, &clock)?;
    let (blocks, left_out) = read::read(&tree, prefixes, &limits, &clock)?;
    let html = guard::sieve(&write::html(&blocks), prefixes);
    Ok(Rich { html, left_out })
}

#[cfg(test)]
mod tests;
