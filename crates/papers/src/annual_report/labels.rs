//! The words of the official tables, and which of them a cell means: exactly or by likeness.

use super::plain::{is_word, kept};
use gongkai_domain::form::{Form, FormKey, TableKind, forms};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a label stands for. Rows and columns are named by the keys of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A row; of table four, one of its three blocks.
    Row(TableKind, &'static str),
    /// A column.
    Column(TableKind, &'static str),
    /// A label over several rows.
    Group(TableKind, &'static str),
    /// A caption, the corner or a head over several columns: says where we are, holds no figures.
    Head(TableKind),
}

impl Target {
    /// The table it belongs to.
    pub fn table(self) -> TableKind {
        match self {
            Self::Row(table, _) | Self::Column(table, _) | Self::Group(table, _) => table,
            Self::Head(table) => table,
        }
    }
}

/// The number before a label: （三） 3. 三、
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// 一、
    Item(u8),
    /// （一）
    Bracketed(u8),
    /// 1.
    Digit(u8),
}

/// One thing that a text may mean.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// What it stands for.
    pub target: Target,
    /// Number printed before it in the form.
    pub numbering: Option<Numbering>,
    /// Forms in which these words stand for it.
    pub forms: Vec<FormKey>,
}

/// What a cell was found to mean.
#[derive(Clone, Debug)]
pub struct Match {
    /// What it may mean; several where the words alone do not tell (总计).
    pub meanings: &'static [Meaning],
    /// Number printed before it here.
    pub numbering: Option<Numbering>,
}

/// All labels by their bare words.
pub struct Labels {
    by_words: HashMap<String, Vec<Meaning>>,
    /// The same in a stable order, for likeness.
    listed: Vec<Listed>,
}

/// A label with what its likeness to other words is told by.
struct Listed {
    words: String,
    characters: Characters,
}

/// The characters of some words, in their order and sorted.
struct Characters {
    in_order: Vec<char>,
    sorted: Vec<char>,
}

impl Characters {
    fn of(words: &str) -> Self {
        let in_order: Vec<char> = words.chars().collect();
        let mut sorted = in_order.clone();
        sorted.sort_unstable();
        Self { in_order, sorted }
    }

    /// How many characters both have, whatever their order.
    fn n_common(&self, other: &Self) -> usize {
        let (mut left, mut right) = (self.sorted.iter().peekable(), other.sorted.iter().peekable());
        let mut n_common = 0;
        while let (Some(one), Some(another)) = (left.peek(), right.peek()) {
            match one.cmp(another) {
                Ordering::Less => {
                    left.next();
                }
                Ordering::Greater => {
                    right.next();
                }
                Ordering::Equal => {
                    n_common += 1;
                    left.next();
                    right.next();
                }
            }
        }
        n_common
    }
}

/// The labels of every form.
pub static LABELS: LazyLock<Labels> = LazyLock::new(Labels::load);

/// Below this likeness a text is not taken for a label.
const LIKENESS: f64 = 0.8;
/// The next best label of another meaning must be at least so much less like.
const MARGIN: f64 = 0.1;
/// Shorter texts are matched exactly only.
const SHORTEST_LIKE: usize = 5;

impl Labels {
    fn load() -> Self {
        let mut labels = Self { by_words: HashMap::new(), listed: Vec::new() };
        for form in forms() {
            labels.add_form(form);
        }
        let mut words: Vec<&String> = labels.by_words.keys().collect();
        words.sort_unstable();
        let listed =
            |words: &&String| Listed { words: (*words).clone(), characters: Characters::of(words) };
        labels.listed = words.iter().map(listed).collect();
        labels
    }

    fn add_form(&mut self, form: &'static Form) {
        for table in &form.tables {
            let kind = table.kind;
            for row in &table.rows {
                let texts = std::iter::once(&row.label).chain(&row.variants);
                self.add(texts, Target::Row(kind, &row.key), form.key);
            }
            for column in table.blocks.iter().flat_map(|block| &block.columns) {
                let texts = std::iter::once(&column.label).chain(&column.variants);
                self.add(texts, Target::Column(kind, &column.key), form.key);
            }
            for group in &table.groups {
                let texts = std::iter::once(&group.label).chain(&group.variants);
                self.add(texts, Target::Group(kind, &group.key), form.key);
            }
            let captions = table.blocks.iter().filter_map(|block| block.caption.as_ref());
            self.add(
                captions.chain(&table.corner).chain(&table.heads),
                Target::Head(kind),
                form.key,
            );
        }
    }

    fn add<'a>(&mut self, texts: impl Iterator<Item = &'a String>, target: Target, form: FormKey) {
        let mut official = None;
        for text in texts {
            let (numbering, words) = bare(text);
            official = official.or(numbering);
            let meanings = self.by_words.entry(words).or_default();
            match meanings.iter_mut().find(|meaning| meaning.target == target) {
                Some(meaning) if meaning.forms.contains(&form) => {}
                Some(meaning) => meaning.forms.push(form),
                None => meanings.push(Meaning { target, numbering: official, forms: vec![form] }),
            }
        }
    }

    /// What a whole cell means, if it is a label.
    pub fn find(&'static self, text: &str) -> Option<Match> {
        let (numbering, words) = bare(text);
        if words.is_empty() {
            return None;
        }
        if let Some(meanings) = self.by_words.get(&words) {
            return Some(Match { meanings, numbering });
        }
        let meanings = self.alike(&words, numbering)?;
        Some(Match { meanings, numbering })
    }

    /// What a whole cell means by the form's very words or a declared variant.
    pub fn exact(&'static self, text: &str) -> Option<Match> {
        let (numbering, words) = bare(text);
        self.exact_words(numbering, &words)
    }

    /// The same of a text that is [`bare`] already.
    pub fn exact_words(&'static self, numbering: Option<Numbering>, words: &str) -> Option<Match> {
        let meanings = self.by_words.get(words)?;
        Some(Match { meanings, numbering })
    }

    /// The one label that the words are like, and no other plausible one.
    fn alike(
        &'static self,
        words: &str,
        numbering: Option<Numbering>,
    ) -> Option<&'static [Meaning]> {
        let is_short = words.chars().take(SHORTEST_LIKE).count() < SHORTEST_LIKE;
        if is_short || words.contains(|each: char| each.is_ascii_digit()) {
            return None;
        }
        let wanted = Characters::of(words);
        let mut best: Option<(f64, &'static [Meaning])> = None;
        let mut second = 0.0_f64;
        for Listed { words: label, characters } in &self.listed {
            let mut likeness = likeness((words, &wanted), (label, characters));
            if likeness < LIKENESS - MARGIN {
                continue;
            }
            let meanings = self.by_words.get(label).expect("listed from the same map").as_slice();
            if numbering.is_some() && meanings.iter().any(|each| each.numbering == numbering) {
                likeness += MARGIN / 2.0;
            }
            match best {
                Some((_, found)) if same_targets(found, meanings) => {
                    best = best.map(|(value, found)| (value.max(likeness), found));
                }
                Some((value, _)) if likeness <= value => second = second.max(likeness),
                Some((value, _)) => {
                    second = second.max(value);
                    best = Some((likeness, meanings));
                }
                None => best = Some((likeness, meanings)),
            }
        }
        best.filter(|(value, _)| LIKENESS <= *value && second + MARGIN <= *value)
            .map(|(_, meanings)| meanings)
    }

    /// Every label's bare words, for searching them inside a longer text.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.listed.iter().map(|label| label.words.as_str())
    }

    /// Whether the words are or begin the label over several rows.
    pub fn begins_group(&self, text: &str) -> bool {
        let (_, words) = bare(text);
        let is_group = |meanings: &[Meaning]| {
            meanings.iter().any(|meaning| matches!(meaning.target, Target::Group(..)))
        };
        !words.is_empty()
            && self
                .by_words
                .iter()
                .any(|(label, meanings)| label.starts_with(&words) && is_group(meanings))
    }

    /// Whether the words begin a longer label: a line broken inside a label.
    pub fn begins_label(&self, text: &str) -> bool {
        let (_, words) = bare(text);
        !words.is_empty()
            && self
                .listed
                .iter()
                .any(|label| label.words.len() > words.len() && label.words.starts_with(&words))
    }
}

fn same_targets(one: &[Meaning], other: &[Meaning]) -> bool {
    one.iter().map(|each| each.target).eq(other.iter().map(|each| each.target))
}

/// Likeness from 0 to 1; missing characters weigh little as long as the rest stands in order.
/// Where it cannot be enough it is not worked out, and 0.
fn likeness((words, wanted): (&str, &Characters), (text, label): (&str, &Characters)) -> f64 {
    let (n_wanted, n_label) = (wanted.in_order.len(), label.in_order.len());
    let (short, long) = (n_wanted.min(n_label), n_wanted.max(n_label));
    if short * 10 < long * 6 {
        return 0.0;
    }
    let share = |distance: usize| 1.0 - distance as f64 / long as f64;
    let n_common = wanted.n_common(label);
    // Each character that they have not in common is one change at least.
    if n_common == n_wanted
        && n_wanted < n_label
        && is_subsequence(&wanted.in_order, &label.in_order)
    {
        return share(n_label - n_wanted).max(0.92);
    }
    if share(long - n_common) < LIKENESS - MARGIN {
        return 0.0;
    }
    share(strsim::levenshtein(words, text))
}

fn is_subsequence(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|wanted| rest.any(|each| each == wanted))
}

/// A label without its number and without anything but letters, digits and Chinese characters.
pub fn bare(text: &str) -> (Option<Numbering>, String) {
    let text = text.trim();
    let (numbering, rest) = split_numbering(text);
    let words = kept(rest, is_word);
    if words.is_empty() {
        return (None, kept(text, is_word));
    }
    (numbering, words)
}

/// Splits 一、 （一） (1) 1. 1、 off the front.
pub fn split_numbering(text: &str) -> (Option<Numbering>, &str) {
    if let Some(circled @ '①'..='⑳') = text.chars().next() {
        let number = (circled as u32 - '①' as u32 + 1) as u8;
        return (
            Some(Numbering::Digit(number)),
            text[circled.len_utf8()..].trim_start_matches(['.', '、']),
        );
    }
    let mut characters = text.char_indices().filter(|(_, each)| !each.is_whitespace()).peekable();
    let bracketed =
        characters.next_if(|(_, each)| matches!(each, '(' | '（' | '[' | '〔')).is_some();
    let mut number = None;
    let mut chinese = false;
    while let Some((_, each)) = characters.next_if(|(_, each)| digit(*each).is_some()) {
        chinese |= !each.is_ascii_digit();
        number = joined(number, digit(each).unwrap_or(0));
        if number.is_none() {
            return (None, text);
        }
    }
    let Some(number) = number else { return (None, text) };
    let end = characters.next();
    match end {
        Some((at, ')' | '）' | ']' | '〕')) if bracketed => {
            let mut rest = text[at..].chars();
            rest.next();
            (Some(Numbering::Bracketed(number)), rest.as_str())
        }
        Some((at, '、' | '.' | ',' | '，' | ':' | '：' | '。' | ')' | '）')) if !bracketed => {
            let mut rest = text[at..].chars();
            rest.next();
            let numbering =
                if chinese { Numbering::Item(number) } else { Numbering::Digit(number) };
            (Some(numbering), rest.as_str())
        }
        _ => (None, text),
    }
}

fn digit(character: char) -> Option<u8> {
    const CHINESE: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    match character {
        '0'..='9' => Some(character as u8 - b'0'),
        // 一 is the first Chinese character.
        '\0'..'一' => None,
        _ => CHINESE.iter().position(|each| *each == character).map(|at| at as u8 + 1),
    }
}

/// 十 followed by a digit adds; Arabic digits shift. Numbers past 99 are no numbering.
fn joined(before: Option<u8>, next: u8) -> Option<u8> {
    match before {
        None => Some(next),
        Some(10) => Some(10 + next),
        Some(before) if next == 10 => before.checked_mul(10),
        Some(before) => before.checked_mul(10)?.checked_add(next).filter(|number| *number < 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(text: &str) -> Option<Vec<Target>> {
        LABELS.find(text).map(|found| found.meanings.iter().map(|each| each.target).collect())
    }

    #[test]
    fn official_words_match_whatever_their_brackets_and_spaces() {
        let row = |key| Some(vec![Target::Row(TableKind::Requests, key)]);
        assert_eq!(target("3.危及“三安全\n一稳定”"), row("withheld.security_stability"));
        assert_eq!(
            target("(二)部分公开(区分处理的, 只计这一情形,不计其他情形)"),
            row("partly_disclosed")
        );
        assert_eq!(
            target("商业 企业"),
            Some(vec![Target::Column(TableKind::Requests, "business")])
        );
    }

    #[test]
    fn typing_errors_match_and_a_text_between_two_rows_does_not() {
        let row = |key| Some(vec![Target::Row(TableKind::Requests, key)]);
        assert_eq!(target("2.其他法律行政止公开"), row("withheld.other_law"));
        assert_eq!(target("一、本年新收政府信息公幵申请数量"), row("received"));
        assert_eq!(target("上年新收政府信息公开申请数量"), None);
        assert_eq!(target("予公开"), None);
    }

    #[test]
    fn a_sentence_is_no_label() {
        assert_eq!(target("本年度予以公开的申请共五件"), None);
    }
}
