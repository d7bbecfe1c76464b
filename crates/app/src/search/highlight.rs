//! Marking what was found in the texts that are shown: pieces of plain text, never markup.

use super::numbers;
use gongkai_papers::searchable::searchable;

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The text, as it stands.
    pub text: String,
    /// Whether it is what was looked for.
    pub is_hit: bool,
}

/// How much of a text is looked through for marks, in characters.
const LOOKED_THROUGH: usize = 50_000;
/// How long a snippet is, in characters.
const SNIPPET: usize = 120;
/// How much stands in front of the first mark of a snippet, in characters.
const LEAD: usize = 24;

/// The whole text in pieces.
pub fn whole(text: &str, marks: &[String], keys: &[String]) -> Vec<Piece> {
    let characters: Vec<char> = text.chars().collect();
    let marked = marked(text, characters.len(), marks, keys);
    pieces(&characters, &marked)
}

/// The part of a text with the most marks in it, in pieces; the beginning where there are none.
pub fn snippet(text: &str, marks: &[String], keys: &[String]) -> Vec<Piece> {
    let end = text.char_indices().nth(LOOKED_THROUGH).map_or(text.len(), |(byte, _)| byte);
    let text = text[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    let characters: Vec<char> = text.chars().collect();
    let marked = marked(&text, characters.len(), marks, keys);
    // A text that ends before the window does is shown to its end.
    let from = best_window(&marked).min(characters.len().saturating_sub(SNIPPET));
    let to = characters.len().min(from + SNIPPET);
    let mut shown = pieces(&characters[from..to], &marked[from..to]);
    let dots = || Piece { text: "…".to_owned(), is_hit: false };
    if 0 < from {
        shown.insert(0, dots());
    }
    if to < characters.len() {
        shown.push(dots());
    }
    shown
}

/// Where the snippet begins.
fn best_window(marked: &[bool]) -> usize {
    let width = SNIPPET - LEAD;
    let mut n_in_window = 0;
    let (mut best, mut most) = (0, 0);
    for (at, is_marked) in marked.iter().enumerate() {
        n_in_window += usize::from(*is_marked);
        if width <= at {
            n_in_window -= usize::from(marked[at - width]);
        }
        if most < n_in_window {
            most = n_in_window;
            best = (at + 1).saturating_sub(width);
        }
    }
    // From the first mark in the best window, with a few words in front of it.
    let first = marked.iter().skip(best).position(|is_marked| *is_marked).unwrap_or(0);
    if most == 0 { 0 } else { (best + first).saturating_sub(LEAD) }
}

/// For each character as it stands, whether it belongs to something that was looked for.
fn marked(text: &str, n_characters: usize, marks: &[String], keys: &[String]) -> Vec<bool> {
    let mut marked = vec![false; n_characters];
    let alike = searchable(text);
    let starts: Vec<usize> = alike.text.char_indices().map(|(byte, _)| byte).collect();
    let mut mark = |from: usize, to: usize| {
        let first = starts.partition_point(|start| *start < from);
        let last = starts.partition_point(|start| *start < to);
        let stood = |at: usize| alike.positions.get(at).map(|place| *place as usize);
        if let (Some(first), Some(last)) = (stood(first), last.checked_sub(1).and_then(stood))
            && first <= last
            && let Some(range) = marked.get_mut(first..=last)
        {
            range.fill(true);
        }
    };
    for wanted in marks.iter().filter(|wanted| !wanted.is_empty()) {
        for (byte, found) in alike.text.match_indices(wanted.as_str()) {
            mark(byte, byte + found.len());
        }
    }
    if !keys.is_empty() {
        for number in numbers::find(&alike.text).into_iter().filter(|n| keys.contains(&n.key)) {
            mark(number.range.start, number.range.end);
        }
    }
    marked
}

fn pieces(characters: &[char], marked: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (character, is_hit) in characters.iter().zip(marked) {
        match pieces.last_mut().filter(|piece| piece.is_hit == *is_hit) {
            Some(piece) => piece.text.push(*character),
            None => pieces.push(Piece { text: character.to_string(), is_hit: *is_hit }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| {
            if piece.is_hit { format!("[{}]", piece.text) } else { piece.text.clone() }
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn what_stands_there_is_marked_however_it_is_written() {
        let marks = ["公开".to_owned(), "2025".to_owned()];
        let pieces = whole("政務公開（２０２５）公(gōng)开", &marks, &[]);
        assert_eq!(shown(&pieces), "政務[公開]（[２０２５]）[公(gōng)开]");
    }

    #[test]
    fn the_snippet_shows_where_most_was_found_and_is_short() {
        let text = format!("{}养老服务补贴{}", "前".repeat(500), "后".repeat(500));
        let pieces = snippet(&text, &["养老服务".to_owned()], &[]);
        let shown = shown(&pieces);
        assert!(shown.contains("[养老服务]补贴"), "{shown}");
        assert!(shown.starts_with('…') && shown.ends_with('…'));
        assert!(shown.chars().count() <= SNIPPET + 4);
    }

    #[test]
    fn without_a_mark_the_beginning_is_shown() {
        assert_eq!(shown(&snippet("第一段\n\n第二段", &["没有".to_owned()], &[])), "第一段 第二段");
        assert_eq!(snippet("", &["没有".to_owned()], &[]), []);
    }

    #[test]
    fn a_document_number_is_marked_as_it_stands() {
        let pieces = whole("依据某政发〔2025〕3号", &[], &["2025#3".to_owned()]);
        assert_eq!(shown(&pieces), "[依据某政发〔2025〕3号]");
    }
}
