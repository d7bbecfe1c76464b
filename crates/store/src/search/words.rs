//! Cutting into words: the general dictionary with the words of the field added.

use cang_jie::{CangJieTokenizer, TokenizerOption};
use gongkai_domain::catalogue::Catalogue;
use gongkai_domain::item_kind::kinds;
use jieba_rs::Jieba;
use std::sync::{Arc, LazyLock};
use tantivy::tokenizer::{StopWordFilter, TextAnalyzer};

/// The words of the field that no catalogue holds.
const TERMS: &str = include_str!("../../../../data/dictionary/terms.txt");

/// Punctuation that is no term.
const MARKS: &str = " \t\r\n\u{3000},.;:!?()[]{}<>|/\\'\"-_=+*&^%$#@~`，。；：！？（）【】〔〕《》〈〉“”‘’「」『』、…—·•■□●○";

/// How often a word of the field is taken to occur: often enough to be kept whole.
const FREQUENCY: usize = 2_000;

static JIEBA: LazyLock<Arc<Jieba>> = LazyLock::new(|| {
    let mut jieba = Jieba::new();
    for word in own_words() {
        jieba.add_word(word, Some(FREQUENCY), Some("n"));
    }
    Arc::new(jieba)
});

/// Words of the field: Chinese, of two characters and more.
pub(super) fn own_words() -> Vec<&'static str> {
    let catalogue = Catalogue::official();
    let listed = TERMS.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let items = catalogue.items().iter().map(|item| item.short.as_str());
    let genres = catalogue.genres().iter().map(|genre| genre.title.as_str());
    let kinds = kinds().iter().map(|kind| kind.title.as_str());
    let all = listed.chain(items).chain(genres).chain(kinds);
    let is_word = |word: &&str| {
        (2..=12).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic)
    };
    let mut words: Vec<_> = all.filter(is_word).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// What cuts the texts of documents: every word, and the words inside long ones.
pub fn analyzer() -> TextAnalyzer {
    let option = TokenizerOption::ForSearch { hmm: false };
    let tokenizer = CangJieTokenizer { worker: JIEBA.clone(), option };
    let marks = MARKS.chars().map(String::from);
    TextAnalyzer::builder(tokenizer).filter(StopWordFilter::remove(marks)).build()
}

/// A word of a query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// The word.
    pub whole: String,
    /// Shorter words that together cover it, where there are such.
    pub parts: Vec<String>,
}

/// Cuts a part of a query into words.
pub fn cut(text: &str) -> Vec<Word> {
    let words = JIEBA.cut(text, false).into_iter().map(|token| token.word);
    let said = words.filter(|word| word.chars().any(char::is_alphanumeric));
    said.map(|word| Word { whole: word.to_owned(), parts: parts(word) }).collect()
}

fn parts(word: &str) -> Vec<String> {
    let mut covered = vec![false; word.len()];
    let mut parts = Vec::new();
    for token in JIEBA.cut_for_search(word, false) {
        if token.word != word && token.word.chars().any(char::is_alphanumeric) {
            covered[token.byte_start..token.byte_end].fill(true);
            parts.push(token.word.to_owned());
        }
    }
    let is_covered =
        word.char_indices().all(|(byte, character)| covered[byte] || !character.is_alphanumeric());
    if is_covered { parts } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_field_are_kept_whole_and_can_be_taken_apart() {
        let words = cut("政府信息公开指南");
        assert!(words.iter().any(|word| word.whole.contains("信息公开")), "{words:?}");
        let words = cut("依申请公开");
        assert_eq!(words.len(), 1, "{words:?}");
    }

    #[test]
    fn punctuation_is_no_word() {
        assert!(cut("，。！？（）").is_empty());
    }

    #[test]
    fn the_list_of_terms_holds_each_once_and_only_words() {
        let lines: Vec<_> =
            TERMS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        let mut sorted = lines.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), lines.len());
        assert!(lines.iter().all(|line| line.chars().all(char::is_alphabetic)));
    }
}
