//! Numbers of persons in runs of figures: identity cards, telephones, bank cards.
//!
//! A number is a whole group of figures, or several groups that together have its shape; figures
//! inside longer numbers, amounts and the numbers of papers are let alone.

use super::load::Rules;
use super::text::{Group, Text};
use super::{Hit, Severity};
use jiff::civil::Date;
use std::collections::HashSet;

/// The most figures a number may have: a bank card, or a telephone with its country.
const MOST_FIGURES: usize = 19;

/// Several groups of a run that may be one number.
struct Window<'a> {
    text: &'a Text,
    rules: &'a Rules,
    groups: &'a [Group],
    figures: String,
    /// The group that goes on before it, and the one after.
    before: Option<&'a Group>,
    after: Option<&'a Group>,
}

/// Every number of a person in a text.
pub(super) fn find(text: &Text, rules: &Rules, allowed: &HashSet<String>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for run in text.runs() {
        let mut at = 0;
        while at < run.len() {
            let Some((hit, n_groups)) = first_at(text, rules, &run, at) else {
                at += 1;
                continue;
            };
            let figures = super::figures_of(&text.plain[hit.start..hit.end]);
            let domestic = figures.trim_start_matches("00").trim_start_matches("86");
            if !allowed.contains(&figures) && !allowed.contains(domestic) {
                hits.push(hit);
            }
            at += n_groups;
        }
    }
    hits
}

/// The number that begins with a group of a run, and how many groups it takes; surest first.
fn first_at<'a>(
    text: &'a Text,
    rules: &'a Rules,
    run: &'a [Group],
    at: usize,
) -> Option<(Hit, usize)> {
    let mut windows = Vec::new();
    let mut figures = String::new();
    for end in at..run.len() {
        figures.push_str(&run[end].figures);
        if MOST_FIGURES < figures.len() {
            break;
        }
        windows.push(Window {
            text,
            rules,
            groups: &run[at..=end],
            figures: figures.clone(),
            before: at.checked_sub(1).map(|before| &run[before]),
            after: run.get(end + 1),
        });
    }
    let readers: [fn(&Window<'a>) -> Option<Hit>; 5] =
        [Window::id_card, Window::bank_card, Window::mobile, Window::old_id_card, Window::landline];
    readers.iter().find_map(|reader| {
        windows.iter().find_map(|window| reader(window).map(|hit| (hit, window.groups.len())))
    })
}

impl Window<'_> {
    fn start(&self) -> usize {
        self.groups[0].start
    }

    fn end(&self) -> usize {
        self.groups[self.groups.len() - 1].end
    }

    fn lengths(&self) -> Vec<usize> {
        self.groups.iter().map(|group| group.figures.len()).collect()
    }

    fn hit(&self, key: &'static str, name: &'static str, kept: (usize, usize)) -> Hit {
        let (start, end) = (self.start(), self.end());
        Hit { key, name, severity: Severity::Error, start, end, kept }
    }

    /// Eighteen figures with region, birthday and check digit (GB 11643). A wrong check digit is
    /// a slip or a disguise where the words before say what it is.
    fn id_card(&self) -> Option<Hit> {
        let figures = self.figures.as_str();
        if figures.len() != 18 || figures[..17].contains('X') || self.is_part() {
            return None;
        }
        let birthday = birthday(&figures[6..10], &figures[10..14]);
        if !self.of_a_province() || !birthday {
            return None;
        }
        let hit = self.hit("id_card", "居民身份证号码", (6, 4));
        if figures.ends_with(id_check(&figures[..17])) {
            return Some(hit);
        }
        let name = "疑似居民身份证号码（校验位不符）";
        let doubtful = Hit { key: "id_card_doubtful", name, severity: Severity::Warning, ..hit };
        self.text.labelled(self.start(), &self.rules.id_labels).then_some(doubtful)
    }

    /// Fifteen figures, as before 1999: no check digit, so only asked about.
    fn old_id_card(&self) -> Option<Hit> {
        let figures = self.figures.as_str();
        let whole = self.groups.len() == 1 && figures.len() == 15 && !figures.contains('X');
        if !whole || self.is_part() || self.is_other() {
            return None;
        }
        let year = format!("19{}", &figures[6..8]);
        let known = self.of_a_province() && birthday(&year, &figures[8..12]);
        let hit = self.hit("id_card_15", "疑似旧版（15位）居民身份证号码", (6, 4));
        known.then_some(Hit { severity: Severity::Warning, ..hit })
    }

    /// Eleven figures from 13 to 19, whole or broken as people do, perhaps with 86 before.
    fn mobile(&self) -> Option<Hit> {
        const SHAPES: [&[usize]; 7] =
            [&[11], &[3, 4, 4], &[4, 4, 3], &[3, 3, 5], &[3, 8], &[7, 4], &[1; 11]];
        let (prefix, number) = self.figures.split_at(self.figures.len().checked_sub(11)?);
        let mut numbers = number.bytes();
        let known = numbers.next() == Some(b'1')
            && numbers.next().is_some_and(|second| (b'3'..=b'9').contains(&second))
            && numbers.all(|figure| figure.is_ascii_digit());
        if !known || !["", "86", "086", "0086"].contains(&prefix) {
            return None;
        }
        let mut lengths = self.lengths();
        if !prefix.is_empty() && lengths[0] == prefix.len() {
            lengths.remove(0);
        } else {
            lengths[0] -= prefix.len();
        }
        let broken = 1 < lengths.len();
        let stands_alone = !broken || self.stands_alone();
        if !SHAPES.contains(&lengths.as_slice()) || !stands_alone {
            return None;
        }
        if self.is_part() || self.is_other() || self.is_dashed() {
            return None;
        }
        let hit = self.hit("mobile", "手机号码", (prefix.len() + 3, 4));
        Some(Hit { severity: Severity::Warning, ..hit })
    }

    /// A landline only where the words before say that it is private.
    fn landline(&self) -> Option<Hit> {
        let shape = match self.lengths().as_slice() {
            [7 | 8] => !self.figures.starts_with('0'),
            [3 | 4, 7 | 8] | [10..=12] => self.figures.starts_with('0'),
            _ => false,
        };
        let opening = self.text.before(self.start(), 6);
        let area = opening.rfind('(').map(|at| opening[at..].chars().count());
        // An area code in brackets stands between the label and the number.
        let at = area.filter(|_| opening.ends_with(')')).map_or(self.start(), |n| self.start() - n);
        let private = self.text.labelled(at, &self.rules.private_phone_labels);
        if !shape || !private || self.figures.contains('X') || self.is_part() {
            return None;
        }
        let n_figures = self.figures.len();
        let hit = self.hit("landline", "私人固定电话", (n_figures - 6, 2));
        Some(Hit { severity: Severity::Warning, ..hit })
    }

    /// Sixteen to nineteen figures of a known card, whole or in fours, with Luhn's check digit.
    fn bank_card(&self) -> Option<Hit> {
        let figures = self.figures.as_str();
        let fits = |card: &&super::load::BankCard| {
            card.lengths.contains(&figures.len())
                && card.prefixes.iter().any(|prefix| figures.starts_with(prefix))
        };
        let card = self.rules.bank_card.iter().find(fits)?;
        let lengths = self.lengths();
        let (last, first) = lengths.split_last()?;
        let fours = first.iter().all(|length| *length == 4) && (1..=4).contains(last);
        let halves = lengths.len() == 2 && lengths[0] == 6;
        let shape = lengths.len() == 1 || ((fours || halves) && self.stands_alone());
        if !shape || figures.contains('X') || !luhn(figures) {
            return None;
        }
        if self.is_part() || self.is_other() || self.is_dashed() {
            return None;
        }
        if card.sure {
            return Some(self.hit("bank_card", "银行卡号", (6, 4)));
        }
        let hit = self.hit("bank_card_doubtful", "疑似银行卡号", (6, 4));
        Some(Hit { severity: Severity::Warning, ..hit })
    }

    fn of_a_province(&self) -> bool {
        self.rules.id_provinces.iter().any(|province| self.figures.starts_with(province))
    }

    /// Whether letters or a decimal point make it part of something longer.
    fn is_part(&self) -> bool {
        let plain = &self.text.plain;
        let letter = |each: &&char| each.is_ascii_alphabetic();
        let mut letters: Vec<char> =
            plain[..self.start()].iter().rev().take_while(letter).copied().collect();
        letters.reverse();
        let word = letters.iter().collect::<String>().to_lowercase();
        let code = !word.is_empty() && !self.rules.latin_labels.contains(&word);
        let after: Vec<char> = plain[self.end()..].iter().take(2).copied().collect();
        let letter_after = after.first().is_some_and(char::is_ascii_alphabetic);
        let fraction =
            after.first() == Some(&'.') && after.get(1).is_some_and(char::is_ascii_digit);
        code || letter_after || fraction || self.is_fraction()
    }

    /// Whether it stands behind a decimal point; `1.` of a numbered list is none.
    fn is_fraction(&self) -> bool {
        let before = &self.text.plain[..self.start()];
        let Some((&'.', before)) = before.split_last() else { return false };
        let whole: Vec<char> =
            before.iter().rev().take_while(|each| each.is_ascii_digit()).copied().collect();
        whole == ['0'] || 3 < whole.len()
    }

    /// Whether the words around say that it is an amount, the number of a paper, or an address.
    fn is_other(&self) -> bool {
        let rules = self.rules;
        let after = self.text.after(self.end(), 6);
        let starts = |words: &[String]| words.iter().any(|word| after.starts_with(word.as_str()));
        let counted = starts(&rules.units) && !starts(&rules.not_units);
        let coded = self.text.labelled(self.start(), &rules.code_labels)
            || self.text.labelled(self.start(), &rules.amount_labels);
        // Thousands parted by commas.
        let parted = self.lengths().iter().all(|length| *length <= 3)
            && self.text.before(self.start(), 1) == ",";
        counted || coded || parted || self.text.in_address(self.start())
    }

    /// Whether dashes tie it to other figures; a second telephone beside it does not count.
    fn is_dashed(&self) -> bool {
        let other = |group: &&Group| group.figures.len() != 11;
        let before = self.before.filter(|_| self.groups[0].dashed).filter(other);
        let after = self.after.filter(|group| group.dashed).filter(other);
        before.is_some() || after.is_some()
    }

    /// Whether a broken number has no loose figures beside it, as cells of a row of figures have.
    fn stands_alone(&self) -> bool {
        let whole = |group: Option<&Group>| group.is_none_or(|group| 11 <= group.figures.len());
        whole(self.before) && whole(self.after)
    }
}

/// A day of the years in which people live; `month_day` is MMDD.
fn birthday(year: &str, month_day: &str) -> bool {
    let part = |text: &str| text.parse::<i8>().ok();
    let date = || {
        let (month, day) = (part(&month_day[..2])?, part(&month_day[2..])?);
        Date::new(year.parse().ok()?, month, day).ok()
    };
    date().is_some_and(|date| (1900..=2099).contains(&date.year()))
}

/// ISO 7064 MOD 11-2, as GB 11643 lays it down.
pub(super) fn id_check(body: &str) -> char {
    let sum = body.bytes().fold(0, |sum, figure| (sum + u32::from(figure - b'0')) * 2 % 11);
    match (12 - sum) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).expect("below ten"),
    }
}

/// Luhn's sum (ISO/IEC 7812-1).
fn luhn(figures: &str) -> bool {
    let values = figures.bytes().rev().map(|figure| u32::from(figure - b'0'));
    let sum: u32 = values
        .enumerate()
        .map(|(place, value)| match (place % 2, value * 2) {
            (0, _) => value,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}
