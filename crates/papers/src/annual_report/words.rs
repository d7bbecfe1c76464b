//! Words into labels: broken ones joined, ambiguous ones told by what stands around them.

use super::labels::{LABELS, Match, Meaning, Numbering, Target, bare};
use super::rows::PhysicalRow;
use super::scan::{Kind, Piece};
use super::value::CellValue;
use gongkai_domain::form::TableKind;

/// Most lines a label is broken over: a header set one character a line.
const MOST_LINES: usize = 12;

/// Joins words that stand on lines of their own into the label they make together.
pub fn join_broken_labels(rows: &[PhysicalRow], scanned: &mut [Vec<Piece>]) {
    let lone = |pieces: &[Piece]| match pieces {
        [only] if matches!(only.kind, Kind::Fragment) => Some(only.plain.to_string()),
        _ => None,
    };
    let mut index = 0;
    while index < rows.len() {
        let Some(mut text) = lone(&scanned[index]) else {
            index += 1;
            continue;
        };
        let mut joined = None;
        for next in index + 1..rows.len().min(index + MOST_LINES) {
            if rows[next].cells.is_empty() {
                continue;
            }
            let Some(more) = lone(&scanned[next]).or_else(|| single_word(&scanned[next])) else {
                break;
            };
            text.push_str(&more);
            if let Some(found) = LABELS.exact(&text) {
                joined = Some((next, found));
                break;
            }
            if !LABELS.begins_label(&text) {
                break;
            }
        }
        if let Some((last, found)) = joined {
            scanned[index][0].kind = Kind::Label(found);
            for pieces in &mut scanned[index + 1..=last] {
                pieces.clear();
            }
            index = last;
        }
        index += 1;
    }
}

/// A line of one character that would by itself be read as a sign (一).
fn single_word(pieces: &[Piece]) -> Option<String> {
    match pieces {
        [only] if only.plain.chars().count() == 1 && bare(&only.plain).1.chars().count() == 1 => {
            matches!(only.kind, Kind::Fragment | Kind::Value(CellValue::Doubtful))
                .then(|| only.plain.to_string())
        }
        _ => None,
    }
}

/// The words behind a label over several rows: `（四）无法提供 1.本机关不掌…`.
pub fn without_group(words: &str) -> Option<&str> {
    const LONGEST_GROUP: usize = 14;
    // Shorter ones (合计) are sums that the form does not have.
    const SHORTEST_REST: usize = 4;
    words.char_indices().skip(2).take(LONGEST_GROUP).find_map(|(at, _)| {
        let found = LABELS.exact(&words[..at])?;
        found
            .meanings
            .iter()
            .any(|meaning| matches!(meaning.target, Target::Group(..)))
            .then(|| &words[at..])
            .filter(|rest| SHORTEST_REST <= rest.chars().count())
    })
}

/// What a label stands for at this point; `None` where that cannot be told.
pub fn resolve(label: &Match, context: Option<TableKind>, rows_begun: bool) -> Option<Target> {
    if let [only] = label.meanings {
        return Some(only.target);
    }
    let numbered = |meaning: &&Meaning| {
        label.numbering.is_some_and(|number: Numbering| meaning.numbering == Some(number))
    };
    let meanings: Vec<&Meaning> = match label.meanings.iter().filter(numbered).count() {
        0 => label.meanings.iter().collect(),
        _ => label.meanings.iter().filter(numbered).collect(),
    };
    let here = |target: Target| context.is_none_or(|context| target.table() == context);
    let mut targets: Vec<Target> = meanings.iter().map(|meaning| meaning.target).collect();
    targets.dedup();
    if let [only] = targets[..] {
        let ambiguous = label.meanings.len() > 1;
        return (!ambiguous || here(only)).then_some(only);
    }
    targets.retain(|target| here(*target));
    let row = targets.iter().find(|target| matches!(target, Target::Row(..)));
    let other = targets.iter().find(|target| !matches!(target, Target::Row(..)));
    match (row, other) {
        (Some(_), Some(Target::Column(..))) if !rows_begun => context.and(other.copied()),
        (Some(row), _) => context.map(|_| *row),
        (None, Some(other)) => context.map(|_| *other),
        (None, None) => None,
    }
}
