//! What people type: words, "phrases" and document numbers; or what to do instead.

use super::numbers;
use crate::AppError;
use gongkai_domain::organ::Organ;
use gongkai_papers::searchable::searchable;
use gongkai_store::search::{Part, is_searchable};

/// The longest query in characters: a whole title (200) with something beside it.
pub const LONGEST: usize = 240;
/// More parts than these are no query any more.
const MOST_PARTS: usize = 40;

/// A query that can be asked.
#[derive(Debug)]
pub struct Parsed {
    /// What must be found.
    pub parts: Vec<Part>,
    /// Whether the last word may not be finished yet.
    pub is_open: bool,
    /// The keys of the document numbers, to be marked in the texts.
    pub numbers: Vec<String>,
}

/// Takes a query apart.
///
/// # Errors
/// When there is nothing in it that can be searched for, or too much.
pub fn parse(typed: &str, organs: &[Organ]) -> Result<Parsed, AppError> {
    let n_typed = typed.trim().chars().count();
    if n_typed == 0 {
        return Err(AppError::invalid("q", "请输入要查找的词，如文件标题中的几个字，或者发文字号"));
    }
    if LONGEST < n_typed {
        let message = format!("输入了 {n_typed} 个字，最多 {LONGEST} 个字，请只保留关键的词");
        return Err(AppError::invalid("q", message));
    }
    let text = searchable(typed).text;
    let mut parts = Vec::new();
    let mut keys = Vec::new();
    let ends_open = text.ends_with(char::is_alphanumeric);
    for (piece, is_phrase) in quoted(&text) {
        if is_phrase {
            if is_searchable(piece) {
                parts.push(Part::Phrase(piece.to_owned()));
            }
            continue;
        }
        let mut from = 0;
        for number in numbers::find(piece) {
            words(&mut parts, &piece[from..number.range.start], organs);
            from = number.range.end;
            parts.push(Part::Number(number.full(), number.key.clone()));
            keys.push(number.key);
        }
        words(&mut parts, &piece[from..], organs);
    }
    if parts.is_empty() {
        let message = "只有标点或符号，没有可以查找的字词；请输入汉字、字母或数字";
        return Err(AppError::invalid("q", message));
    }
    if MOST_PARTS < parts.len() {
        let message = format!("分成了 {} 段，最多 {MOST_PARTS} 段，请减少空格或引号", parts.len());
        return Err(AppError::invalid("q", message));
    }
    let is_open = ends_open && matches!(parts.last(), Some(Part::Words(..)));
    Ok(Parsed { parts, is_open, numbers: keys })
}

/// The pieces in quotation marks and those outside. A mark that is never closed is none.
fn quoted(text: &str) -> Vec<(&str, bool)> {
    const PAIRS: [(char, char); 4] = [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』')];
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((at, open)) =
        rest.char_indices().find(|(_, each)| PAIRS.iter().any(|(open, _)| open == each))
    {
        let close = PAIRS.iter().find(|(opening, _)| *opening == open).map_or(open, |pair| pair.1);
        let inside = &rest[at + open.len_utf8()..];
        let Some(end) = inside.find(close) else { break };
        pieces.push((&rest[..at], false));
        pieces.push((&inside[..end], true));
        rest = &inside[end + close.len_utf8()..];
    }
    pieces.push((rest, false));
    pieces
}

fn words(parts: &mut Vec<Part>, text: &str, organs: &[Organ]) {
    for run in text.split_whitespace().filter(|run| is_searchable(run)) {
        parts.push(Part::Words(run.to_owned(), called(run, organs)));
    }
}

/// The organs whose name holds these words, from three characters on.
fn called(words: &str, organs: &[Organ]) -> Vec<gongkai_domain::id::OrganId> {
    if words.chars().count() < 3 {
        return Vec::new();
    }
    let is_called = |organ: &&Organ| {
        let former = organ.former_names.iter().map(|former| former.name.as_str());
        let mut names = [organ.name.as_str(), organ.short_name.as_str()].into_iter().chain(former);
        names.any(|name| searchable(name).text.contains(words))
    };
    organs.iter().filter(is_called).map(|organ| organ.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(typed: &str) -> Vec<Part> {
        parse(typed, &[]).expect("a query").parts
    }

    fn word(text: &str) -> Part {
        Part::Words(text.to_owned(), Vec::new())
    }

    #[test]
    fn words_phrases_and_numbers_are_told_apart() {
        let wanted = [
            word("养老"),
            Part::Phrase("服务 指南".to_owned()),
            Part::Number("某政发#2025#3".to_owned(), "2025#3".to_owned()),
        ];
        assert_eq!(parts("养老 “服务 指南” 某政发〔2025〕3号"), wanted);
        assert_eq!(parts("養老　\"服务 指南\"某政发[2025]3号"), wanted);
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_is_none() {
        assert_eq!(parts("\"养老"), [word("\"养老")]);
    }

    #[test]
    fn what_cannot_be_searched_for_is_answered_with_a_sentence() {
        for typed in
            ["", " \u{3000}\n", "，。！", "\"\"", "《》", &"长".repeat(241), &"a ".repeat(90)]
        {
            let error = parse(typed, &[]).expect_err("no query");
            assert!(matches!(error, AppError::Invalid(_)), "{typed}");
        }
    }
}
