//! Tells headings of sections: their number as printed, and which official title they mean.

use crate::annual_report::plain::{is_word, kept};
use gongkai_domain::form::{Table, forms, section_titles};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// How a number is written before a heading.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Style {
    /// `一、`, as the form has it.
    Chinese,
    /// `1、` or `1.`
    Arabic,
    /// `（一）`
    Bracketed,
    /// None.
    Bare,
}

/// How well a title fits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Fit {
    /// The official words.
    Official,
    /// A known variant.
    Variant,
    /// A typing error away.
    Like,
}

/// A number with what follows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbered<'a> {
    pub(super) style: Style,
    pub(super) value: u8,
    /// The number as it stands, with its mark: `1、`.
    pub(super) printed: &'a str,
    pub(super) rest: &'a str,
}

/// The title found at the beginning of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Titled {
    pub(super) section: u8,
    pub(super) fit: Fit,
    /// Where the title ends, in bytes; text may follow on the same line.
    pub(super) end: usize,
    /// Whether it ends in dots and a page number, as in a table of contents.
    pub(super) listed: bool,
}

struct Titles {
    by_words: HashMap<String, (u8, Fit)>,
    row_labels: HashSet<String>,
}

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    let mut by_words = HashMap::new();
    for section in section_titles() {
        by_words.insert(normal(&section.title), (section.number, Fit::Official));
        for variant in &section.variants {
            by_words.entry(normal(variant)).or_insert((section.number, Fit::Variant));
        }
    }
    let tables = forms().iter().flat_map(|form| &form.tables);
    let row_labels = tables.flat_map(row_labels).map(normal).collect();
    Titles { by_words, row_labels }
});

fn row_labels(table: &Table) -> impl Iterator<Item = &str> {
    let rows = table.rows.iter().flat_map(|row| row.variants.iter().chain([&row.label]));
    let groups = table.groups.iter().flat_map(|group| group.variants.iter().chain([&group.label]));
    rows.chain(groups).map(|label| numbered(label).map_or(label.as_str(), |number| number.rest))
}

/// Whether these words are a row label of an official table, never a section.
pub(super) fn is_row_label(rest: &str) -> bool {
    rest.len() <= LONGEST_TITLE && TITLES.row_labels.contains(&normal(rest))
}

/// The number a line begins with.
pub(super) fn numbered(text: &str) -> Option<Numbered<'_>> {
    let first = text.chars().next()?;
    match first {
        '（' | '(' => bracketed(text),
        '0'..='9' => arabic(text),
        '第' => chinese(text, '第'.len_utf8()),
        _ if chinese_digit(first).is_some() => chinese(text, 0),
        _ => None,
    }
}

fn bracketed(text: &str) -> Option<Numbered<'_>> {
    let open = text.chars().next()?.len_utf8();
    let (value, length) = chinese_number(&text[open..])?;
    let close = open + length;
    let mark = text[close..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let end = close + mark.len_utf8();
    let end = end + marks(&text[end..]);
    Some(cut(text, end, Style::Bracketed, value))
}

fn arabic(text: &str) -> Option<Numbered<'_>> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text.get(..length).filter(|_| length <= 2)?.parse().ok()?;
    let n_marks = marks(&text[length..]);
    let is_decimal = text[length + n_marks..].starts_with(|c: char| c.is_ascii_digit());
    (0 < n_marks && !is_decimal).then(|| cut(text, length + n_marks, Style::Arabic, value))
}

/// `一、`, `一.`, `一 ` and also `一` before an official title; `第一部分`.
fn chinese(text: &str, start: usize) -> Option<Numbered<'_>> {
    let (value, length) = chinese_number(&text[start..])?;
    let mut end = start + length;
    if start != 0 {
        end += ["部分", "、"].iter().find(|word| text[end..].starts_with(**word))?.len();
    }
    let n_marks = marks(&text[end..]);
    let is_mark = 0 < n_marks || start != 0;
    let rest = &text[end + n_marks..];
    let is_title =
        || TITLES.by_words.get(&normal(rest)).is_some_and(|(_, fit)| *fit == Fit::Official);
    (is_mark || text[end..].starts_with(char::is_whitespace) || is_title())
        .then(|| cut(text, end + n_marks, Style::Chinese, value))
}

fn cut(text: &str, end: usize, style: Style, value: u8) -> Numbered<'_> {
    let rest = text[end..].trim_start();
    Numbered { style, value, printed: text[..end].trim_end(), rest }
}

/// Bytes of the marks behind a number, and of a space before them.
fn marks(text: &str) -> usize {
    let marked = text.trim_start();
    let tail = marked.trim_start_matches(['、', '.', '．', '，', ',', '：', ':', '。', '·']);
    if tail.len() == marked.len() { 0 } else { text.len() - tail.len() }
}

/// A Chinese number up to 99 at the beginning, with its bytes.
pub(super) fn chinese_number(text: &str) -> Option<(u8, usize)> {
    let (mut value, mut unit, mut length, mut has_ten) = (0u8, 0u8, 0, false);
    for c in text.chars().take(3) {
        match chinese_digit(c) {
            Some(10) if !has_ten => {
                (value, unit, has_ten) = (10 * unit.max(1), 0, true);
            }
            Some(digit) if digit < 10 && unit == 0 => unit = digit,
            _ => break,
        }
        length += c.len_utf8();
    }
    (length != 0).then_some((value + unit, length))
}

fn chinese_digit(c: char) -> Option<u8> {
    let digits = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    digits.iter().position(|each| *each == c).map(|position| position as u8 + 1)
}

/// Words without spaces, marks and the little words that vary (的, 和, 及, 与, 以).
fn normal(text: &str) -> String {
    kept(text, |c| is_word(c) && !matches!(c, '的' | '和' | '及' | '与' | '以'))
}

/// The longest title with slips, in bytes.
const LONGEST_TITLE: usize = 120;

/// The official title that a text is.
pub(super) fn titled(text: &str) -> Option<Titled> {
    let words = text.trim_end_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '…' | '·' | '-' | '—')
    });
    if LONGEST_TITLE < words.len() {
        return None;
    }
    let (section, fit) = TITLES.by_words.get(&normal(words)).copied()?;
    let listed = text[words.len()..].ends_with(|c: char| c.is_ascii_digit());
    Some(Titled { section, fit, end: text.len(), listed })
}

/// The official title that a text begins with, before a mark or a space.
pub(super) fn leading(text: &str) -> Option<Titled> {
    text.char_indices()
        .take_while(|(at, _)| *at <= LONGEST_TITLE)
        .filter(|(_, c)| matches!(c, '。' | '：' | ':' | '；' | '，' | ',') || c.is_whitespace())
        .find_map(|(at, _)| {
            let (section, fit) = TITLES.by_words.get(&normal(&text[..at])).copied()?;
            Some(Titled { section, fit, end: at, listed: false })
        })
}

/// The official title that a short text means with a typing error or two.
pub(super) fn likely(text: &str) -> Option<Titled> {
    let words = normal(text);
    let n_characters = words.chars().count();
    if LONGEST_TITLE < text.len() || n_characters < 5 || text.contains(['。', '；']) {
        return None;
    }
    let mut best = [0.0f64; 7];
    for (title, (section, _)) in &TITLES.by_words {
        let n_title = title.chars().count();
        if 4 * n_characters.max(n_title) > 5 * n_characters.min(n_title) {
            continue;
        }
        let likeness = strsim::normalized_levenshtein(title, &words);
        let of_section = &mut best[usize::from(*section)];
        *of_section = of_section.max(likeness);
    }
    let section = (1..=6).max_by(|a, b| best[*a].total_cmp(&best[*b]))?;
    let is_clear = (1..=6).all(|other| other == section || best[other] + 0.1 <= best[section]);
    (0.8 <= best[section] && is_clear).then_some(Titled {
        section: section as u8,
        fit: Fit::Like,
        end: text.len(),
        listed: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<(Style, u8, u8)>) {
        let found = numbered(line).and_then(|number| {
            let titled = titled(number.rest)
                .or_else(|| leading(number.rest))
                .or_else(|| likely(number.rest))?;
            Some((number.style, number.value, titled.section))
        });
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn numbers_and_titles_are_told_with_their_faults() {
        check("一、总体情况", Some((Style::Chinese, 1, 1)));
        check("1、 总体情况", Some((Style::Arabic, 1, 1)));
        check("一、工作情况:", Some((Style::Chinese, 1, 1)));
        check("（一）总体情况", Some((Style::Bracketed, 1, 1)));
        check(
            "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            Some((Style::Chinese, 4, 4)),
        );
        check("五、存在的主要问题和改进情况。", Some((Style::Chinese, 5, 5)));
        check("五、存在的主要间题及改进情况", Some((Style::Chinese, 5, 5)));
        check("第六部分 其他需要报告的事项", Some((Style::Chinese, 6, 6)));
        check("六其他需要报告的事项", Some((Style::Chinese, 6, 6)));
        check("一、总体情况。2020年，我局公开信息3条。", Some((Style::Chinese, 1, 1)));
        check("六、其他需要报告的事项……… 12", Some((Style::Chinese, 6, 6)));
    }

    #[test]
    fn row_labels_and_prose_are_no_titles() {
        check("一、本年新收政府信息公开申请数量", None);
        check("三、本年度办理结果", None);
        check("四、结转下年度继续办理", None);
        check("一是加强领导。", None);
        check("1.5万元", None);
        assert!(is_row_label("本年新收政府信息公开申请数量"));
        assert!(is_row_label("结转下年度继续办理"));
    }

    #[test]
    fn no_variant_stands_for_two_sections() {
        let mut seen: HashMap<String, u8> = HashMap::new();
        for section in section_titles() {
            for words in section.variants.iter().chain([&section.title]) {
                let other = seen.insert(normal(words), section.number);
                assert!(other.is_none_or(|number| number == section.number), "{words}");
            }
        }
    }
}
