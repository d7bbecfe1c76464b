//! 区分处理 of files that go out with a reply: what to take out is suggested here and taken out by
//! `document`; which file goes out is decided elsewhere.

use crate::item_text::{document_blocks, inspect_attachment};
use gongkai_document::Limits;
pub use gongkai_document::redact::{Area, Marks, Proof, Redacted, Refusal};
use gongkai_domain::screening::{AlarmKind, Screener};

/// Most words that are suggested of one file: more nobody looks through.
const MOST: usize = 200;

/// A word that may have to go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// The word as it stands in the file.
    pub word: String,
    /// Why.
    pub why: String,
}

/// Makes a copy without these words, and proves it.
///
/// # Errors
/// When there are none, or the file cannot be read or redacted surely.
pub fn redacted(bytes: &[u8], marks: &Marks) -> Result<Redacted, Refusal> {
    gongkai_document::redact::redact(bytes, marks, &Limits::default())
}

/// How wide and how high each page of a PDF is as it is shown, in points.
///
/// # Errors
/// When it is no PDF, or cannot be read.
pub fn page_sizes(bytes: &[u8]) -> Result<Vec<(f64, f64)>, Refusal> {
    gongkai_document::redact::page_sizes(bytes, &Limits::default())
}

/// A page of a PDF as SVG, to mark areas on; `number` counts from 1.
///
/// # Errors
/// When it is no PDF, has no such page, or cannot be read.
pub fn page_picture(bytes: &[u8], number: u32) -> Result<String, Refusal> {
    gongkai_document::redact::page_picture(bytes, number, &Limits::default())
}

/// Numbers of persons in a file, and those of the known words that stand in it; each once.
pub fn suggestions(name: &str, bytes: &[u8], known: &[(String, String)]) -> Vec<Suggestion> {
    let Ok(inspection) = inspect_attachment(name, bytes) else { return Vec::new() };
    let Some(document) = &inspection.text else { return Vec::new() };
    let texts: Vec<String> = document_blocks(document).into_iter().map(|each| each.text).collect();
    let blocks: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut found: Vec<Suggestion> = Vec::new();
    let mut say = |word: String, why: String| {
        let is_new = found.iter().all(|each| each.word != word);
        if is_new && !word.trim().is_empty() && found.len() < MOST {
            found.push(Suggestion { word, why });
        }
    };
    for (word, why) in known {
        if blocks.iter().any(|block| block.contains(word.as_str())) {
            say(word.clone(), why.clone());
        }
    }
    for alarm in Screener::official().screen(&blocks) {
        if alarm.kind == AlarmKind::Personal {
            let block = blocks.get(alarm.place.block).copied().unwrap_or_default();
            let n_signs = alarm.place.end.saturating_sub(alarm.place.start);
            say(block.chars().skip(alarm.place.start).take(n_signs).collect(), alarm.message);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "联系人王某某，电话13800138000。\n验收结论：合格。";

    #[test]
    fn a_telephone_and_a_known_name_are_suggested_and_gone_after_it() {
        let known =
            [("王某某".to_owned(), "第三方".to_owned()), ("不在".to_owned(), String::new())];
        let found = suggestions("意见.txt", TEXT.as_bytes(), &known);
        let words: Vec<String> = found.into_iter().map(|each| each.word).collect();
        assert_eq!(words, ["王某某", "13800138000"]);
        let copy = redacted(TEXT.as_bytes(), &Marks { words, ..Marks::default() }).expect("a copy");
        let text = String::from_utf8(copy.bytes).expect("a text");
        assert!(!text.contains("13800138000") && !text.contains("王某某"), "{text}");
        assert!(text.contains("验收结论：合格。") && copy.proof.is_clean());
    }
}
