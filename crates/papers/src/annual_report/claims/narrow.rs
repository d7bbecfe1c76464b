//! Tells whether the words around a number narrow it to a part of what a table's total counts.

use super::rules::rules;
use gongkai_domain::figure::CellKey;

/// How surely words speak of all requests or remedies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Narrowing {
    /// Of all.
    Whole,
    /// Words are left that are not known: likely of all.
    Likely,
    /// Of a part.
    Part,
}

/// What the words of a clause make of a tie to these cells.
pub(super) fn judge(words: &str, cells: &[CellKey]) -> Narrowing {
    let of = |start: &str| cells.iter().any(|cell| cell.as_str().starts_with(start));
    if of("requests.received.") && rules().channels.is_match(words) {
        return Narrowing::Part;
    }
    if cells.iter().all(|cell| is_whole(cell.as_str())) { rest(words) } else { Narrowing::Whole }
}

/// Whether a cell counts all requests or all remedies of a kind.
fn is_whole(key: &str) -> bool {
    key == "requests.received.total"
        || key == "requests.brought_forward.total"
        || (key.starts_with("remedies.") && key.ends_with(".total"))
}

/// Judges what is left beside the neutral words.
fn rest(words: &str) -> Narrowing {
    let mut left = String::new();
    let mut from = 0;
    for hit in rules().neutral.find_iter(words) {
        left.push_str(&words[from..hit.start()]);
        left.push(' ');
        from = hit.end();
    }
    left.push_str(&words[from..]);
    if rules().narrowing.is_match(left.as_str()) {
        Narrowing::Part
    } else if left.chars().any(char::is_alphabetic) {
        Narrowing::Likely
    } else {
        Narrowing::Whole
    }
}
