//! What nouns mean, from `data/forms/claims.toml`: which words tie a number to which figures.

use aho_corasick::{AhoCorasick, MatchKind};
use gongkai_domain::figure::{CellKey, Figures};
use gongkai_domain::form::forms;
use serde::Deserialize;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    idioms: Vec<String>,
    never: Vec<String>,
    neutral: Vec<String>,
    narrowing: Vec<String>,
    channels: Vec<String>,
    units: HashMap<String, Vec<String>>,
    rule: Vec<RuleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    clause: Vec<Vec<String>>,
    #[serde(default)]
    sentence: Vec<Vec<String>>,
    #[serde(default)]
    topic: Vec<String>,
    #[serde(default)]
    section: Option<u8>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    zero: Option<bool>,
    unit: String,
    #[serde(default)]
    means: Vec<String>,
    #[serde(default)]
    ask: bool,
    #[serde(default)]
    rows: Vec<(String, String)>,
    #[serde(default)]
    columns: Vec<String>,
}

/// Which of the rules' words stand in a text.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct WordSet([u64; WORDS]);

/// Room for 64 times as many words; a test keeps it.
const WORDS: usize = 6;

impl WordSet {
    fn insert(&mut self, word: usize) {
        self.0[word / 64] |= 1 << (word % 64);
    }

    /// Whether they have a word in common.
    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(left, right)| left & right != 0)
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}

/// The rules' words in a paragraph, each with where it begins and ends.
pub(super) struct Hits(Vec<(usize, usize, usize)>);

impl Hits {
    /// The words that stand wholly in a span.
    pub(super) fn within(&self, span: &Range<usize>) -> WordSet {
        let mut set = WordSet::default();
        for (start, end, word) in &self.0 {
            if span.start <= *start && *end <= span.end {
                set.insert(*word);
            }
        }
        set
    }
}

/// What is known around a number, in words.
pub(super) struct Context<'a> {
    /// The words of its clause.
    pub clause: WordSet,
    /// The words of its sentence up to the end of the clause.
    pub sentence: WordSet,
    /// The words of its paragraph up to there.
    pub topic: WordSet,
    /// Section of the report.
    pub section: Option<u8>,
    /// Its unit.
    pub unit: &'a str,
    /// Whether the words say that there was none.
    pub zero: bool,
}

struct Rule {
    clause: Vec<WordSet>,
    sentence: Vec<WordSet>,
    topic: WordSet,
    section: Option<u8>,
    without: WordSet,
    zero: Option<bool>,
    units: Vec<String>,
    /// Wanted cells: each a list, of which those that the report's form has are meant.
    means: Vec<Vec<CellKey>>,
    /// Whether the cells are only to be asked about.
    ask: bool,
    /// Cells by a word that stands in the clause, instead of `means`.
    rows: Vec<(WordSet, Vec<CellKey>)>,
}

/// The rules, ready for use.
pub(super) struct Rules {
    words: AhoCorasick,
    never: WordSet,
    /// Idioms with numerals that count nothing.
    pub idioms: AhoCorasick,
    /// Words that do not narrow a count of all, the longest first.
    pub neutral: AhoCorasick,
    /// Words that narrow it to a part.
    pub narrowing: AhoCorasick,
    /// Ways by which requests come in.
    pub channels: AhoCorasick,
    rules: Vec<Rule>,
}

/// The figures a number is tied to, and those it may only be asked about.
#[derive(Default, Debug, PartialEq)]
pub(super) struct Tie {
    /// Tied surely.
    pub means: Vec<CellKey>,
    /// Perhaps.
    pub beside: Vec<CellKey>,
}

static RULES: LazyLock<Rules> = LazyLock::new(load);

/// The embedded rules.
pub(super) fn rules() -> &'static Rules {
    &RULES
}

impl Rules {
    /// The words of the rules with their places in a text.
    pub(super) fn hits(&self, text: &str) -> Hits {
        let hits = self.words.find_overlapping_iter(text);
        Hits(hits.map(|hit| (hit.start(), hit.end(), hit.pattern().as_usize())).collect())
    }

    /// What the first fitting rule says.
    pub(super) fn tie(&self, context: &Context, figures: &Figures) -> Tie {
        if self.never.meets(&context.clause) {
            return Tie::default();
        }
        self.rules
            .iter()
            .filter(|rule| rule.fits(context))
            .find_map(|rule| rule.cells(context, figures))
            .unwrap_or_default()
    }
}

impl Rule {
    fn fits(&self, context: &Context) -> bool {
        self.units.iter().any(|unit| unit == context.unit)
            && self.zero.is_none_or(|zero| zero == context.zero)
            && self.clause.iter().all(|any| any.meets(&context.clause))
            && !self.without.meets(&context.clause)
            && self.sentence.iter().all(|any| any.meets(&context.sentence))
            && self.is_about(context)
    }

    fn is_about(&self, context: &Context) -> bool {
        let anywhere = self.topic.is_empty() && self.section.is_none();
        let here = self.section.is_some() && self.section == context.section;
        anywhere || here || self.topic.meets(&context.topic)
    }

    /// The cells, if the report's form has all that are wanted.
    fn cells(&self, context: &Context, figures: &Figures) -> Option<Tie> {
        let mentioned = self.rows.iter().filter(|(word, _)| word.meets(&context.clause));
        let of_rows = mentioned.flat_map(|(_, cells)| cells).map(std::slice::from_ref);
        let mut cells = Vec::new();
        for wanted in self.means.iter().map(Vec::as_slice).chain(of_rows) {
            let before = cells.len();
            cells.extend(wanted.iter().copied().filter(|cell| figures.has(*cell)));
            if cells.len() == before {
                return None;
            }
        }
        Some(match self.ask {
            true => Tie { means: Vec::new(), beside: cells },
            false => Tie { means: cells, beside: Vec::new() },
        })
    }
}

/// Gives every distinct word a number.
#[derive(Default)]
struct Vocabulary(Vec<String>);

impl Vocabulary {
    fn set(&mut self, words: &[String]) -> WordSet {
        let mut set = WordSet::default();
        for word in words {
            let at = self.0.iter().position(|known| known == word).unwrap_or_else(|| {
                self.0.push(word.clone());
                self.0.len() - 1
            });
            set.insert(at);
        }
        set
    }
}

fn automaton(words: &[String]) -> AhoCorasick {
    AhoCorasick::new(words).expect("a few hundred short words make an automaton")
}

fn longest_first(words: &[String]) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words)
        .expect("a few hundred short words make an automaton")
}

fn load() -> Rules {
    let file: File = toml::from_str(include_str!("../../../../../data/forms/claims.toml"))
        .expect("data/forms/claims.toml is embedded and tested");
    let mut vocabulary = Vocabulary::default();
    let never = vocabulary.set(&file.never);
    let rules =
        file.rule.iter().map(|rule| load_rule(rule, &file.units, &mut vocabulary)).collect();
    Rules {
        words: automaton(&vocabulary.0),
        never,
        idioms: automaton(&file.idioms),
        neutral: longest_first(&file.neutral),
        narrowing: automaton(&file.narrowing),
        channels: automaton(&file.channels),
        rules,
    }
}

fn load_rule(
    file: &RuleFile,
    units: &HashMap<String, Vec<String>>,
    vocabulary: &mut Vocabulary,
) -> Rule {
    let mut all = |groups: &[Vec<String>]| -> Vec<WordSet> {
        groups.iter().map(|words| vocabulary.set(words)).collect()
    };
    let (clause, sentence) = (all(&file.clause), all(&file.sentence));
    let rows = file.rows.iter().map(|(word, row)| {
        let cells = file.columns.iter().flat_map(|column| expand(&format!("{row}.{column}")));
        (vocabulary.set(std::slice::from_ref(word)), cells.collect())
    });
    let rows = rows.collect();
    Rule {
        clause,
        sentence,
        topic: vocabulary.set(&file.topic),
        section: file.section,
        without: vocabulary.set(&file.without),
        zero: file.zero,
        units: units.get(&file.unit).expect("every rule's unit is declared; tested").clone(),
        means: file.means.iter().map(|key| expand(key)).collect(),
        ask: file.ask,
        rows,
    }
}

/// The cells of a key of either form; `*` stands for any text.
fn expand(key: &str) -> Vec<CellKey> {
    let mut cells: Vec<CellKey> = Vec::new();
    for cell in
        forms().iter().flat_map(|form| &form.tables).flat_map(|table| &table.cells).flatten()
    {
        let fits = match key.split_once('*') {
            Some((start, end)) => cell.as_str().starts_with(start) && cell.as_str().ends_with(end),
            None => cell.as_str() == key,
        };
        if fits && !cells.contains(cell) {
            cells.push(*cell);
        }
    }
    assert!(!cells.is_empty(), "data/forms/claims.toml names {key}, which no form has");
    cells
}
