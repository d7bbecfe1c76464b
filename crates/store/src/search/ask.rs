//! From what people ask to what the library looks for: exactly, and allowing for slips of typing.

use super::fields::Fields;
use super::grams::{Gram, Reach, grams};
use super::index::start;
use super::words::{Word, cut};
use super::{Part, Query};
use gongkai_domain::id::OrganId;
use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, PhraseQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

type Clause = Box<dyn tantivy::query::Query>;

/// What is asked, cut into words.
pub struct Asked<'a> {
    fields: &'a Fields,
    query: &'a Query,
    words: Vec<Vec<Word>>,
}

fn term(field: Field, text: &str) -> Clause {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn boost(clause: Clause, by: f32) -> Clause {
    Box::new(BoostQuery::new(clause, by))
}

fn constant(clause: Clause, score: f32) -> Clause {
    Box::new(ConstScoreQuery::new(clause, score))
}

/// Terms that begin with this.
fn beginning(field: Field, text: &str) -> Clause {
    let term = Term::from_field_text(field, text);
    Box::new(FuzzyTermQuery::new_prefix(term, 0, true))
}

fn any(clauses: Vec<Clause>) -> Clause {
    Box::new(BooleanQuery::union(clauses))
}

fn all(clauses: Vec<Clause>) -> Clause {
    match clauses.len() {
        0 => Box::new(EmptyQuery),
        _ => Box::new(BooleanQuery::intersection(clauses)),
    }
}

impl<'a> Asked<'a> {
    /// Cuts the parts of a query.
    pub fn of(fields: &'a Fields, query: &'a Query) -> Self {
        let words = query.parts.iter().map(|part| match part {
            Part::Words(text, _) => cut(text),
            Part::Phrase(_) | Part::Number(..) => Vec::new(),
        });
        Self { fields, query, words: words.collect() }
    }

    /// Every part as it was typed.
    pub fn exact(&self) -> Clause {
        all((0..self.query.parts.len()).map(|which| self.exact_part(which)).collect())
    }

    fn exact_part(&self, which: usize) -> Clause {
        match &self.query.parts[which] {
            Part::Words(text, organs) => {
                let is_last = which + 1 == self.query.parts.len();
                let words = &self.words[which];
                let open = |at: usize| self.query.is_open && is_last && at + 1 == words.len();
                let each = words.iter().enumerate().map(|(at, word)| self.word(word, open(at)));
                let mut ways = vec![all(each.collect())];
                ways.extend(self.organs(organs));
                ways.extend(self.index_number(text));
                any(ways)
            }
            Part::Phrase(text) => self.phrase(text),
            Part::Number(key, _) => self.number(key),
        }
    }

    fn word(&self, word: &Word, is_open: bool) -> Clause {
        let Fields { title, text, attachments, .. } = *self.fields;
        let standing = |word: &str| {
            any(vec![
                boost(term(title, word), 4.0),
                term(text, word),
                boost(term(attachments, word), 0.5),
            ])
        };
        let mut ways = vec![standing(&word.whole)];
        if !word.parts.is_empty() {
            let parts = word.parts.iter().map(|part| standing(part)).collect();
            ways.push(boost(all(parts), 0.5));
        }
        if is_open {
            for (field, score) in [(title, 0.4), (text, 0.1)] {
                ways.push(constant(beginning(field, &word.whole), score));
            }
        }
        any(ways)
    }

    fn organs(&self, organs: &[OrganId]) -> Option<Clause> {
        if organs.is_empty() {
            return None;
        }
        let terms = organs.iter().map(|id| Term::from_field_text(self.fields.organ, id.as_str()));
        let set = Box::new(TermSetQuery::new(terms.collect::<Vec<_>>()));
        Some(constant(set, 0.3))
    }

    /// An index number is letters, figures and strokes; its beginning is enough.
    fn index_number(&self, text: &str) -> Option<Clause> {
        let is_one = 4 <= text.len() && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_one.then(|| constant(beginning(self.fields.index_number, text), 20.0))
    }

    fn number(&self, key: &str) -> Clause {
        any(vec![
            constant(term(self.fields.numbers, key), 50.0),
            constant(term(self.fields.cited, key), 2.0),
        ])
    }

    fn phrase(&self, text: &str) -> Clause {
        any(vec![
            boost(neighbours(self.fields.title_pairs, text), 4.0),
            neighbours(self.fields.text_pairs, text),
        ])
    }

    /// Every part as it was typed or nearly so; what is exact comes first. Two characters that stand
    /// across the border of two words are taken only when nothing else is there.
    pub fn tolerant(&self, is_nothing: bool) -> Clause {
        let part = |which: usize| {
            let near = self.near(&self.query.parts[which], is_nothing);
            any(std::iter::once(boost(self.exact_part(which), 10.0)).chain(near).collect())
        };
        let parts = (0..self.query.parts.len()).map(part).collect();
        any(vec![boost(self.exact(), 100.0), all(parts)])
    }

    fn near(&self, part: &Part, is_nothing: bool) -> Option<Clause> {
        match part {
            Part::Number(_, key) => Some(self.number(key)),
            Part::Phrase(_) => None,
            Part::Words(text, _) => {
                let pairs = grams(text, Reach::Next);
                let n_characters = text.chars().filter(|each| each.is_alphanumeric()).count();
                match n_characters {
                    0 | 1 => None,
                    2 => is_nothing.then(|| self.phrase(text)),
                    _ => Some(any(self.slips(text, &pairs))),
                }
            }
        }
    }

    /// A wrong character costs two pairs and two gapped pairs, a missing or doubled one up to three
    /// of them. In a text, which is long, only words of four characters and more may have slips.
    fn slips(&self, text: &str, pairs: &[Gram]) -> Vec<Clause> {
        let Fields { title_pairs, title_gapped, text_pairs, .. } = *self.fields;
        let gapped = grams(text, Reach::Gapped);
        let n_title = pairs.len() + gapped.len();
        let lost = match pairs.len() {
            0 | 1 => 0,
            2 => 2,
            3 => 3,
            4 => 4,
            _ => 5.max(n_title / 4),
        };
        let title = pairs.iter().map(|gram| term(title_pairs, &gram.text));
        let title = title.chain(gapped.iter().map(|gram| term(title_gapped, &gram.text)));
        let mut ways = vec![boost(at_least(title.collect(), n_title.saturating_sub(lost)), 4.0)];
        if pairs.len() == 2 {
            ways.push(neighbours(text_pairs, text));
        }
        if 3 <= pairs.len() {
            let enough = (pairs.len() - 2.max(pairs.len() / 4)).max(2);
            let found = pairs.iter().map(|gram| term(text_pairs, &gram.text));
            ways.push(at_least(found.collect(), enough));
        }
        ways
    }

    /// What is to be marked in the texts shown, the longest first.
    pub fn marks(&self, is_tolerant: bool) -> Vec<String> {
        let mut marks = Vec::new();
        for (part, words) in self.query.parts.iter().zip(&self.words) {
            match part {
                Part::Phrase(text) => marks.push(text.clone()),
                Part::Number(..) => {}
                Part::Words(text, _) => {
                    marks.push(text.clone());
                    for word in words {
                        marks.push(word.whole.clone());
                        marks.extend(word.parts.iter().cloned());
                    }
                    if is_tolerant {
                        marks.extend(grams(text, Reach::Next).into_iter().map(|gram| gram.text));
                    }
                }
            }
        }
        // A single character would be marked all over a text, unless it is all that was asked.
        let is_long = |mark: &String| 1 < mark.chars().count();
        if marks.iter().any(is_long) {
            marks.retain(is_long);
        }
        marks.sort_by_key(|mark| std::cmp::Reverse(mark.chars().count()));
        marks.dedup();
        marks
    }
}

fn at_least(clauses: Vec<Clause>, n_least: usize) -> Clause {
    let n_least = n_least.max(1);
    if clauses.len() < n_least {
        return Box::new(EmptyQuery);
    }
    Box::new(BooleanQuery::union_with_minimum_required_clauses(clauses, n_least))
}

/// The text as it stands, whatever the words.
fn neighbours(field: Field, text: &str) -> Clause {
    let mut grams = grams(text, Reach::Next);
    match grams.len() {
        0 => Box::new(EmptyQuery),
        1 => {
            let only = grams.remove(0).text;
            if only.chars().count() == 1 {
                return beginning(field, &only);
            }
            term(field, &only)
        }
        _ => {
            let first = grams[0].position;
            let place =
                |gram: Gram| (gram.position - first, Term::from_field_text(field, &gram.text));
            Box::new(PhraseQuery::new_with_offset(grams.into_iter().map(place).collect()))
        }
    }
}

/// Titles that begin with a text or hold it.
pub fn suggestion(fields: &Fields, text: &str) -> Option<Clause> {
    let begin = start(text);
    if begin.is_empty() {
        return None;
    }
    let words = cut(text).into_iter().map(|word| term(fields.title, &word.whole)).collect();
    Some(any(vec![
        constant(beginning(fields.title_start, &begin), 100.0),
        boost(neighbours(fields.title_pairs, text), 3.0),
        all(words),
    ]))
}
