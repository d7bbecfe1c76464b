//! Names and addresses of persons where a label announces them: suggestions for redaction.
//!
//! Without a label nothing is guessed; a name that was announced once is found wherever it stands.

use super::load::Rules;
use super::text::Text;
use super::{Alarm, Stretch};
use serde::Serialize;
use std::collections::BTreeSet;

/// Something that perhaps has to be taken out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Suggestion {
    /// What it is: `name`, `address`, or the key of the alarm of a number.
    pub key: String,
    /// Where.
    pub place: Stretch,
    /// What stands there, as it stands: the word to be taken out. Not to be kept or logged.
    pub text: String,
    /// Why, a Chinese sentence.
    pub reason: String,
}

impl Suggestion {
    /// A number that was found by screening.
    pub(super) fn of_number(alarm: Alarm, blocks: &[&str]) -> Self {
        let Stretch { block, start, end } = alarm.place;
        let text = blocks[block].chars().skip(start).take(end - start).collect();
        Self { key: alarm.key, place: alarm.place, text, reason: alarm.message }
    }
}

/// No given name and no name in another script that is written here is longer, in characters.
const LONGEST_NAME: usize = 4;
const LONGEST_DOTTED_NAME: usize = 16;
/// An address is at least and at most so long.
const SHORTEST_ADDRESS: usize = 5;
const LONGEST_ADDRESS: usize = 60;

/// Every name and address of a text.
pub(super) fn find(blocks: &[&str], rules: &Rules) -> Vec<Suggestion> {
    let texts: Vec<Text> = blocks.iter().map(|block| Text::new(block)).collect();
    let mut found = Vec::new();
    let mut names: BTreeSet<Vec<char>> = BTreeSet::new();
    for (block, text) in texts.iter().enumerate() {
        let announced = starts(text, &rules.name_labels);
        let of_cell = (0 < block && is_label(&texts[block - 1], &rules.name_labels)).then_some(0);
        for start in announced.into_iter().chain(of_cell) {
            if let Some((start, end)) = name(text, start, rules) {
                names.insert(text.plain[start..end].to_vec());
            }
        }
        let announced = starts(text, &rules.address_labels);
        let of_cell =
            (0 < block && is_label(&texts[block - 1], &rules.address_labels)).then_some(0);
        let places = announced.into_iter().chain(of_cell);
        let mut places: Vec<_> = places.filter_map(|start| address(text, start, rules)).collect();
        places.dedup();
        found.extend(places.into_iter().map(|(start, end)| {
            let label = "前面写明是地址。";
            suggestion("address", Stretch { block, start, end }, text, label)
        }));
    }
    for (block, text) in texts.iter().enumerate() {
        for name in &names {
            let windows = text.plain.windows(name.len()).enumerate();
            for (start, _) in windows.filter(|(_, window)| window == name) {
                let place = Stretch { block, start, end: start + name.len() };
                found.push(suggestion("name", place, text, "文中写明是人名。"));
            }
        }
    }
    found
}

fn suggestion(key: &str, place: Stretch, text: &Text, reason: &str) -> Suggestion {
    let words = text.original[place.start..place.end].iter().collect();
    Suggestion { key: key.to_owned(), place, text: words, reason: reason.to_owned() }
}

/// Whether a block is a label and nothing more, as cells of forms are.
fn is_label(text: &Text, labels: &[String]) -> bool {
    let bare: String =
        text.plain.iter().filter(|each| !each.is_whitespace() && **each != ':').collect();
    labels.contains(&bare)
}

/// Where something begins that a label with a colon or a blank announces.
fn starts(text: &Text, labels: &[String]) -> Vec<usize> {
    let mut starts = Vec::new();
    for (at, character) in text.plain.iter().enumerate() {
        let parts = *character == ':' || character.is_whitespace();
        let label_ends = parts && 0 < at && text.labelled(at, labels);
        let next = text.plain[at..].iter().position(|each| *each != ':' && !each.is_whitespace());
        if label_ends && let Some(next) = next {
            starts.push(at + next);
        }
    }
    starts.dedup();
    starts
}

/// The name that begins here: characters of Chinese up to what ends a name.
fn name(text: &Text, start: usize, rules: &Rules) -> Option<(usize, usize)> {
    let rest = &text.plain[start..];
    let of_name = |each: &&char| is_han(**each) || is_dot(**each);
    let run: Vec<char> = rest.iter().take_while(of_name).copied().collect();
    let is_dotted = run.iter().any(|each| is_dot(*each));
    let longest = if is_dotted { LONGEST_DOTTED_NAME } else { LONGEST_NAME };
    let ends = |at: usize| {
        let after: String = run[at..].iter().collect();
        after.starts_with(|each| rules.name_ends.contains(each))
            || rules.name_titles.iter().any(|title| after.starts_with(title.as_str()))
    };
    let length = (2..run.len()).find(|at| ends(*at)).unwrap_or(run.len());
    let whole: String = run.iter().collect();
    let is_organisation = rules.organisation_words.iter().any(|word| whole.contains(word.as_str()));
    let fits = (2..=longest).contains(&length) && !is_organisation;
    fits.then_some((start, start + length))
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '〇' | '×' | '*')
}

fn is_dot(character: char) -> bool {
    matches!(character, '·' | '•' | '・')
}

/// The address that begins here: up to a sign or a wide blank, with two parts of an address in it.
fn address(text: &Text, start: usize, rules: &Rules) -> Option<(usize, usize)> {
    let rest = &text.plain[start..];
    let of_address = |each: &&char| {
        is_han(**each) || each.is_ascii_alphanumeric() || matches!(**each, '-' | '#' | '(' | ')')
    };
    let length = rest.iter().take_while(of_address).count();
    let words: String = rest[..length].iter().collect();
    let n_parts = rules.address_words.iter().filter(|word| words.contains(word.as_str())).count();
    let fits = (SHORTEST_ADDRESS..=LONGEST_ADDRESS).contains(&length) && 2 <= n_parts;
    fits.then_some((start, start + length))
}

#[cfg(test)]
mod tests {
    use super::super::Screener;

    fn suggested(blocks: &[&str]) -> Vec<(String, String)> {
        let suggestions = Screener::official().suggest(blocks);
        suggestions.into_iter().map(|each| (each.key, each.text)).collect()
    }

    #[track_caller]
    fn check(blocks: &[&str], expected: &[(&str, &str)]) {
        let expected: Vec<(String, String)> =
            expected.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        assert_eq!(suggested(blocks), expected);
    }

    #[test]
    fn a_name_is_suggested_after_its_label_and_wherever_it_stands_again() {
        check(
            &["申请人：王某甲，住某市某区某路1号。", "经查，王某甲未提交材料。"],
            &[("name", "王某甲"), ("name", "王某甲")],
        );
        check(&["姓名", "李某", "联系人:", "赵某乙"], &[("name", "李某"), ("name", "赵某乙")]);
        check(&["第三方：阿某某·买某某"], &[("name", "阿某某·买某某")]);
        check(&["联系人：钱某先生"], &[("name", "钱某")]);
        check(&["申请人： 孙某于三月提出申请"], &[("name", "孙某")]);
    }

    #[test]
    fn organisations_and_words_that_no_label_announces_are_let_alone() {
        for text in [
            "申请人：示例建设有限公司",
            "申请人提出的申请",
            "申请人姓名和地址不明",
            "联系人：信息公开办公室",
            "王某甲",
            "姓名：",
        ] {
            check(&[text], &[]);
        }
    }

    #[test]
    fn an_address_is_suggested_where_its_label_announces_it() {
        check(
            &["住址：某省某市某区某路12号3栋402室，邮编"],
            &[("address", "某省某市某区某路12号3栋402室")],
        );
        check(&["通讯地址", "某县某镇某村4组"], &[("address", "某县某镇某村4组")]);
        check(&["网站地址：某某网"], &[]);
    }

    #[test]
    fn numbers_stand_among_the_suggestions_as_they_are_written() {
        check(
            &["联系人：王某 手机138 1234 5678"],
            &[("name", "王某"), ("mobile", "138 1234 5678")],
        );
    }

    #[test]
    fn nothing_breaks_on_odd_text() {
        for text in ["", ":", "姓名:", "：：姓名：：", "姓名：\u{200b}", "地址：("] {
            check(&[text, text], &[]);
        }
    }
}
