//! What changed between two editions of a text, paragraph by paragraph, as data for a page.

use std::collections::HashMap;

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{BlockKind, TextBlock, Unreadable, text_blocks};

/// Beyond so many comparisons a difference is not looked for piece by piece.
const MAX_COMPARISONS: usize = 25_000_000;

/// Two paragraphs of which less is the same than this share are two paragraphs, not a changed one.
const SAME_SHARE: f64 = 0.35;

/// A paragraph, heading or row in both editions or in one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Change {
    /// What happened to it.
    pub kind: Kind,
    /// What it is.
    pub block: BlockKind,
    /// Its text, in pieces to be marked.
    pub pieces: Vec<Piece>,
}

/// What happened to a paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Nothing.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Words of it changed.
    Changed,
}

/// Words that are marked alike.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Piece {
    /// How they are marked.
    pub mark: Mark,
    /// The words.
    pub text: String,
}

/// Whether words are in both editions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// In both.
    Same,
    /// In the new one only.
    Added,
    /// In the old one only.
    Removed,
}

/// What changed from one clean HTML to another, in reading order.
///
/// # Errors
/// When one of them is larger, deeper or wider than a text may be.
pub fn differences(old_html: &str, new_html: &str) -> Result<Vec<Change>, Unreadable> {
    let (old, new) = (text_blocks(old_html)?, text_blocks(new_html)?);
    let mut numbers = HashMap::new();
    let (a, b) = (numbered(&old, &mut numbers), numbered(&new, &mut numbers));
    let mut changes = Vec::new();
    for (tag, from, to) in parts(&a, &b) {
        let (old, new) = (&old[from], &new[to]);
        match tag {
            DiffTag::Equal => changes.extend(old.iter().map(|each| whole(each, Kind::Same))),
            _ => replaced(old, new, &mut changes),
        }
    }
    Ok(changes)
}

/// Equal blocks get equal numbers, which are quick to compare.
fn numbered<'a>(
    blocks: &'a [TextBlock],
    numbers: &mut HashMap<(BlockKind, &'a str), usize>,
) -> Vec<usize> {
    let number = |block: &'a TextBlock| {
        let next = numbers.len();
        *numbers.entry((block.kind, block.text.as_str())).or_insert(next)
    };
    blocks.iter().map(number).collect()
}

type Part = (DiffTag, std::ops::Range<usize>, std::ops::Range<usize>);

/// Parts that are the same or not; of very long texts only the ends are compared.
fn parts<T: Eq + std::hash::Hash + Ord>(old: &[T], new: &[T]) -> Vec<Part> {
    let most = old.len().min(new.len());
    let head = (0..most).take_while(|at| old[*at] == new[*at]).count();
    let same_tail = |at: &usize| old[old.len() - 1 - at] == new[new.len() - 1 - at];
    let tail = (0..most - head).take_while(same_tail).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let mut parts = vec![(DiffTag::Equal, 0..head, 0..head)];
    if MAX_COMPARISONS < (old_end - head).saturating_mul(new_end - head) {
        parts.push((DiffTag::Replace, head..old_end, head..new_end));
    } else {
        let middle =
            capture_diff_slices(Algorithm::Myers, &old[head..old_end], &new[head..new_end]);
        parts.extend(middle.into_iter().map(|each| {
            let (tag, from, to) = each.as_tag_tuple();
            (tag, from.start + head..from.end + head, to.start + head..to.end + head)
        }));
    }
    parts.push((DiffTag::Equal, old_end..old.len(), new_end..new.len()));
    parts
}

/// Blocks in the place of others: those that are much alike are one that changed.
fn replaced(old: &[TextBlock], new: &[TextBlock], changes: &mut Vec<Change>) {
    let mut rest = new;
    for before in old {
        let alike = rest.iter().take(8).position(|after| changed(before, after).is_some());
        let Some(at) = alike else {
            changes.push(whole(before, Kind::Removed));
            continue;
        };
        changes.extend(rest[..at].iter().map(|each| whole(each, Kind::Added)));
        changes.extend(changed(before, &rest[at]));
        rest = &rest[at + 1..];
    }
    changes.extend(rest.iter().map(|each| whole(each, Kind::Added)));
}

fn whole(block: &TextBlock, kind: Kind) -> Change {
    let mark = match kind {
        Kind::Added => Mark::Added,
        Kind::Removed => Mark::Removed,
        Kind::Same | Kind::Changed => Mark::Same,
    };
    let pieces = vec![Piece { mark, text: block.text.clone() }];
    Change { kind, block: block.kind, pieces }
}

/// The words that changed, if enough of them stayed.
fn changed(old: &TextBlock, new: &TextBlock) -> Option<Change> {
    if old.kind != new.kind {
        return None;
    }
    let (a, b) = (words(&old.text), words(&new.text));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut n_same = 0;
    let mut push = |mark, words: &[&str]| {
        if !words.is_empty() {
            pieces.push(Piece { mark, text: words.concat() });
        }
    };
    for (tag, from, to) in parts(&a, &b) {
        match tag {
            DiffTag::Equal => {
                n_same += from.len();
                push(Mark::Same, &a[from]);
            }
            _ => {
                push(Mark::Removed, &a[from]);
                push(Mark::Added, &b[to]);
            }
        }
    }
    let share = 2.0 * n_same as f64 / (a.len() + b.len()).max(1) as f64;
    (SAME_SHARE <= share).then_some(Change { kind: Kind::Changed, block: new.kind, pieces })
}

/// Words to compare: of Chinese each character, of figures and Latin letters the whole run, so
/// that 120 never becomes 150 by one digit.
fn words(text: &str) -> Vec<&str> {
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '-' | '_');
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match joins(first) {
            true => rest.find(|c| !joins(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (word, after) = rest.split_at(end);
        words.push(word);
        rest = after;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Differences as text: `=` same, `+` added, `-` removed, `~` changed.
    fn shown(old: &str, new: &str) -> Vec<String> {
        let line = |change: Change| {
            let sign = match change.kind {
                Kind::Same => '=',
                Kind::Added => '+',
                Kind::Removed => '-',
                Kind::Changed => '~',
            };
            let pieces = change.pieces.into_iter().map(|piece| match (change.kind, piece.mark) {
                (Kind::Changed, Mark::Added) => format!("[+{}]", piece.text),
                (Kind::Changed, Mark::Removed) => format!("[-{}]", piece.text),
                _ => piece.text,
            });
            format!("{sign}{}", pieces.collect::<String>())
        };
        differences(old, new).unwrap().into_iter().map(line).collect()
    }

    #[test]
    fn words_of_a_paragraph_are_marked_and_figures_stay_whole() {
        let old = "<h2>题</h2><p>本机关收到申请120件。</p><p>末段</p>";
        let new = "<h2>题</h2><p>本机关共收到申请150件。</p><p>末段</p>";
        assert_eq!(shown(old, new), ["=题", "~本机关[+共]收到申请[-120][+150]件。", "=末段"]);
    }

    #[test]
    fn added_and_removed_paragraphs_and_rows_are_told() {
        let old = "<p>甲</p><p>乙</p><table><tr><td>许可</td><td>1</td></tr><tr><td>处罚</td><td>2</td></tr></table>";
        let new = "<p>甲</p><p>丙</p><table><tr><td>许可</td><td>1</td></tr><tr><td>处罚</td><td>3</td></tr></table>";
        assert_eq!(shown(old, new), ["=甲", "-乙", "+丙", "=许可\t1", "~处罚\t[-2][+3]"]);
    }

    #[test]
    fn nothing_against_something_is_all_new() {
        assert_eq!(shown("", "<p>甲</p>"), ["+甲"]);
        assert_eq!(shown("<p>甲</p>", ""), ["-甲"]);
        assert!(shown("", "").is_empty());
        let same = "<p>甲</p><p>甲</p><p>乙</p>";
        assert_eq!(shown(same, same), ["=甲", "=甲", "=乙"]);
    }

    #[test]
    fn long_texts_without_anything_in_common_end_soon() {
        let text = |word: &str| {
            let paragraph = |n: u32| format!("<p>{word}{n}</p>");
            (0..6000).map(paragraph).collect::<String>()
        };
        let changes = differences(&text("甲"), &text("乙丙丁戊己庚")).unwrap();
        assert_eq!(changes.len(), 12_000);
    }
}
