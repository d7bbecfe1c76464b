//! Reads years and dates as people write them, damaged ones included.

use jiff::civil::Date;
use std::ops::RangeInclusive;

/// Years that a report can be about; the Regulation is in force since 2008.
const YEARS: RangeInclusive<i16> = 2007..=2099;

/// A year found in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Year {
    /// The year, if it can be told.
    pub(crate) value: Option<i16>,
    /// Whether it is written with a fault.
    pub(crate) damaged: bool,
    /// Bytes of the text that it takes, 年度 included.
    pub(crate) start: usize,
    /// Where they end.
    pub(crate) end: usize,
    /// Whether 年 stands behind the digits.
    pub(crate) named: bool,
}

/// A date found in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Dated {
    /// The date.
    pub(crate) date: Date,
    /// Bytes of the text that it takes.
    pub(crate) start: usize,
    /// Where they end.
    pub(crate) end: usize,
}

/// Every year in a text without spaces, in order.
pub(crate) fn years(text: &str) -> Vec<Year> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(['2', '二']).map(|at| from + at) {
        let (digits, n_letters, end) = digits(text, start);
        from = end.max(start + 1);
        if text[..start].ends_with(|c: char| c.is_ascii_digit() || c == '.')
            || !digits.starts_with("20")
        {
            while !text.is_char_boundary(from) {
                from += 1;
            }
            continue;
        }
        let named = text[end..].starts_with('年');
        if let Some(year) = year(&digits, n_letters, named) {
            let end = match &text[end..] {
                rest if rest.starts_with("年度") => end + "年度".len(),
                rest if rest.starts_with('年') => end + "年".len(),
                _ => end,
            };
            found.push(Year { start, end, ..year });
        }
    }
    found
}

/// The run of digits at a byte, Chinese zeros and the letter O taken for 0.
fn digits(text: &str, start: usize) -> (String, usize, usize) {
    let (mut run, mut n_letters, mut end) = (String::new(), 0, start);
    for c in text[start..].chars() {
        let digit = match c {
            '0'..='9' => c,
            'O' | 'o' => '0',
            '〇' | '○' | '零' | 'Ｏ' => '0',
            '一' => '1',
            '二' => '2',
            '三' => '3',
            '四' => '4',
            '五' => '5',
            '六' => '6',
            '七' => '7',
            '八' => '8',
            '九' => '9',
            _ => break,
        };
        n_letters += usize::from(matches!(c, 'O' | 'o'));
        run.push(digit);
        end += c.len_utf8();
    }
    (run, n_letters, end)
}

/// What a run of digits says: a year, a year with a digit too many, or something else.
fn year(digits: &str, n_letters: usize, named: bool) -> Option<Year> {
    let of = |text: &str| text.parse().ok().filter(|year| YEARS.contains(year));
    let (value, damaged) = match digits.len() {
        4 => (Some(of(digits)?), 0 < n_letters || !named),
        3 if named => (None, true),
        6 if named && digits[..4] == digits[2..] => (of(&digits[..4]), true),
        8 if named && digits[..4] == digits[4..] => (of(&digits[..4]), true),
        5..=8 if named => (None, true),
        _ => return None,
    };
    Some(Year { value, damaged, start: 0, end: 0, named })
}

/// The first full date in a text without spaces.
pub(crate) fn first(text: &str) -> Option<Dated> {
    let mut from = 0;
    while let Some(start) = text[from..].find(['2', '二']).map(|at| from + at) {
        if let Some(found) = date_at(text, start) {
            return Some(found);
        }
        from = start + text[start..].chars().next()?.len_utf8();
    }
    None
}

fn date_at(text: &str, start: usize) -> Option<Dated> {
    if text[..start].ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (run, _, mut at) = digits(text, start);
    let (year, month, glued);
    match run.len() {
        4 => {
            at += mark(&text[at..], &["年", "-", ".", "/", "－", "—", "．"])?;
            let (value, length) = small_number(&text[at..])?;
            (year, month, glued) = (run.as_str(), value, false);
            at += length;
        }
        5 | 6 => (year, month, glued) = (&run[..4], run[4..].parse().ok()?, true),
        _ => return None,
    }
    let marks: &[&str] =
        if glued { &["月"] } else { &["月", "-", ".", "/", "－", "—", "．"] };
    at += mark(&text[at..], marks)?;
    let (day, length) = small_number(&text[at..])?;
    at += length;
    at += mark(&text[at..], &["日", "号"]).unwrap_or(0);
    let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
    let date = Date::new(year, month, day).ok()?;
    Some(Dated { date, start, end: at })
}

fn mark(text: &str, marks: &[&str]) -> Option<usize> {
    marks.iter().find(|mark| text.starts_with(**mark)).map(|mark| mark.len())
}

/// A number up to 39 in digits or Chinese, with its bytes.
fn small_number(text: &str) -> Option<(i8, usize)> {
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if n_digits != 0 {
        let value = text[..n_digits].parse().ok().filter(|_| n_digits <= 2)?;
        return Some((value, n_digits));
    }
    let (mut value, mut unit, mut length) = (0, 0, 0);
    for c in text.chars().take(3) {
        match "一二三四五六七八九十".chars().position(|each| each == c) {
            Some(9) => (value, unit) = (10 * i8::max(unit, 1), 0),
            Some(position) => unit = position as i8 + 1,
            None => break,
        }
        length += c.len_utf8();
    }
    (length != 0).then_some((value + unit, length))
}

/// The number of months or year-and-month runs glued together: `20251月` is 2025年1月.
pub(crate) fn glued_months(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('月').filter_map(|(at, _)| {
        let n_digits = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let run = &text[at - n_digits..at];
        let is_glued = (5..=6).contains(&n_digits)
            && run.starts_with("20")
            && run[4..].parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
        is_glued.then_some((at - n_digits, &text[at - n_digits..at + '月'.len_utf8()]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn years_are_read_with_their_damage() {
        let values = |text| years(text).iter().map(|y| (y.value, y.damaged)).collect::<Vec<_>>();
        assert_eq!(values("甲局2020年度政府信息公开"), [(Some(2020), false)]);
        assert_eq!(values("二〇二〇年"), [(Some(2020), false)]);
        assert_eq!(values("二○二一年"), [(Some(2021), false)]);
        assert_eq!(values("2O20年"), [(Some(2020), true)]);
        assert_eq!(values("202020年"), [(Some(2020), true)]);
        assert_eq!(values("20212年"), [(None, true)]);
        assert_eq!(values("202年"), [(None, true)]);
        assert_eq!(values("2021,市商务局"), [(Some(2021), true)]);
        assert_eq!(values("12020件，3.2020，二是加强"), []);
        assert_eq!(values("二十二条"), []);
    }

    #[test]
    fn dates_are_read_in_the_ways_people_write_them() {
        for text in [
            "2021年1月25日",
            "2021-01-25",
            "2021.1.25",
            "2021/01/25",
            "二〇二一年一月二十五日",
            "20211月25日",
            "发布日期：2021-01-25",
        ] {
            assert_eq!(first(text).map(|found| found.date), Some(date(2021, 1, 25)), "{text}");
        }
        for text in ["2021年13月1日", "2021年", "2020条", "二是2项"] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
