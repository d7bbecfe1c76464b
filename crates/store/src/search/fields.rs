//! The fields of the index, and how each is cut into terms.

use super::grams::{Grams, Reach};
use super::words;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;

/// Grows with every change of fields or of cutting; an index of another layout is built anew.
pub const LAYOUT: u32 = 1;

const WORDS: &str = "words";
const PAIRS: &str = "pairs";
const GAPPED: &str = "gapped";

/// The fields.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// The name of the item.
    pub id: Field,
    /// Title, by words.
    pub title: Field,
    /// Text, by words.
    pub text: Field,
    /// Attachments, by words.
    pub attachments: Field,
    /// Title, by pairs of characters.
    pub title_pairs: Field,
    /// Title, by pairs of characters with one between them.
    pub title_gapped: Field,
    /// Text and attachments, by pairs of characters.
    pub text_pairs: Field,
    /// The beginning of the title, whole.
    pub title_start: Field,
    /// Keys of its own document number.
    pub numbers: Field,
    /// Keys of document numbers it names.
    pub cited: Field,
    /// 索引号.
    pub index_number: Field,
    /// The organ.
    pub organ: Field,
    /// The kind.
    pub kind: Field,
    /// The subject class.
    pub subject: Field,
    /// The validity from day to day.
    pub validity: Field,
    /// What the public sees of it.
    pub standing: Field,
    /// The year of publication.
    pub year: Field,
    /// The instant of publication, in milliseconds.
    pub published_at: Field,
}

/// How much of a title stands in `title_start`, in characters.
pub const START: usize = 24;

/// The schema with its fields.
pub fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let cut = |tokenizer: &str, record| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
        TextOptions::default().set_indexing_options(indexing.set_index_option(record))
    };
    let words = || cut(WORDS, IndexRecordOption::WithFreqs);
    let pairs = || cut(PAIRS, IndexRecordOption::WithFreqsAndPositions);
    let gapped = cut(GAPPED, IndexRecordOption::WithFreqs);
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        title: schema.add_text_field("title", words()),
        text: schema.add_text_field("text", words()),
        attachments: schema.add_text_field("attachments", words()),
        title_pairs: schema.add_text_field("title_pairs", pairs()),
        title_gapped: schema.add_text_field("title_gapped", gapped),
        text_pairs: schema.add_text_field("text_pairs", pairs()),
        title_start: schema.add_text_field("title_start", STRING),
        numbers: schema.add_text_field("numbers", STRING),
        cited: schema.add_text_field("cited", STRING),
        index_number: schema.add_text_field("index_number", STRING),
        organ: schema.add_text_field("organ", STRING | FAST),
        kind: schema.add_text_field("kind", STRING | FAST),
        subject: schema.add_text_field("subject", STRING | FAST),
        validity: schema.add_text_field("validity", STRING | FAST),
        standing: schema.add_text_field("standing", STRING | FAST),
        year: schema.add_u64_field("year", FAST),
        published_at: schema.add_i64_field("published_at", FAST),
    };
    (schema.build(), fields)
}

/// Tells an index how to cut.
pub fn register(index: &tantivy::Index) {
    let tokenizers = index.tokenizers();
    tokenizers.register(WORDS, words::analyzer());
    tokenizers.register(PAIRS, TextAnalyzer::from(Grams(Reach::Next)));
    tokenizers.register(GAPPED, TextAnalyzer::from(Grams(Reach::Gapped)));
}
