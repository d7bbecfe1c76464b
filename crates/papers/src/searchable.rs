//! Texts and queries made alike for searching: one width, small letters, simplified, no pinyin.
//!
//! It is for finding only; what is shown is the text as it stands.

use crate::annual_report::plain::{Plain, Plainer};
use gongkai_document::{Block, Limits};
use std::time::Duration;
use unicode_normalization::UnicodeNormalization;

/// How long a file is read for its words at most.
const TIME: Duration = Duration::from_secs(5);

/// The words of a file, line by line; `None` for a file that cannot be read: a picture, an archive,
/// one that is damaged or too large.
pub fn text_of_file(bytes: &[u8]) -> Option<String> {
    let limits = Limits { time: TIME, ..Limits::default() };
    let document = gongkai_document::read(bytes, &limits).ok()?;
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(paragraph.text.clone()),
            Block::Table(table) => lines.extend(table.rows.iter().map(|row| {
                row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ")
            })),
        }
    }
    Some(lines.join("\n"))
}

/// Makes a text or a query alike, with the place of each character in the text as it stands.
pub fn searchable(text: &str) -> Plain {
    let plain = Plainer::thorough().plain(text);
    let n_plain = plain.text.chars().count();
    let stood = |at: usize| -> u32 {
        let counted = plain.positions.get(at).copied();
        counted.unwrap_or_else(|| u32::try_from(at).unwrap_or(u32::MAX))
    };
    // Without places, and not as long as it was: nobody knows what stood where.
    let is_lost = plain.positions.is_empty() && n_plain != text.chars().count();
    let mut alike = String::with_capacity(plain.text.len());
    let mut positions = Vec::with_capacity(n_plain);
    for (at, character) in plain.text.chars().enumerate() {
        for normal in std::iter::once(character).nfkc().flat_map(char::to_lowercase) {
            alike.push(normal);
            positions.push(stood(at));
        }
    }
    if is_lost {
        positions.clear();
    }
    Plain { text: alike, positions }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_mean_the_same_become_alike() {
        for (one, other) in [
            ("政務公開", "政务公开"),
            ("ＡＢＣ１２３", "abc123"),
            ("第㈠項", "第(一)项"),
            ("政务(wù)服务", "政务服务"),
            ("公\u{200b}开", "公开"),
            ("PDF", "pdf"),
        ] {
            assert_eq!(searchable(one).text, searchable(other).text, "{one}");
        }
    }

    #[test]
    fn each_character_knows_where_it_stood() {
        let alike = searchable("㈠開(kāi)會");
        assert_eq!(alike.text, "(一)开会");
        assert_eq!(alike.positions, [0, 0, 0, 1, 7]);
    }

    #[test]
    fn the_words_of_a_file_come_out_with_its_tables() {
        let page = "<p>说明</p><table><tr><td>项目</td><td>金额</td></tr></table>";
        let text = text_of_file(page.as_bytes()).expect("a page");
        assert!(text.contains("说明") && text.contains("项目 金额"), "{text}");
        assert_eq!(text_of_file(&[0xff, 0xd8, 0xff, 0xe0, 0, 1]), None, "a picture has no words");
    }

    #[test]
    fn making_alike_twice_changes_nothing() {
        for text in ["關於印發《辦法》的通知", "Ⅳ．２０２５年１２号", "İstanbul ﬁ ½"]
        {
            let once = searchable(text).text;
            assert_eq!(searchable(&once).text, once, "{text}");
        }
    }
}
