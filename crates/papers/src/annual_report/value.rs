//! One cell's text as a value: digits, signs and units; blanks and dashes are no zeros.

use rust_decimal::Decimal;
use std::str::FromStr;

/// What stands in a cell that should hold a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue {
    /// Nothing.
    Blank,
    /// A dash, a slash, 无: somebody's sign for nothing; not a zero.
    Sign,
    /// A number.
    Number(Number),
    /// Something with digits that is no plain number.
    Doubtful,
}

impl CellValue {
    /// Whether nothing stands there.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }
}

/// A number with what stood around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its value as written, 万 and 亿 worked out except before 元.
    pub value: Decimal,
    /// 元, 万元 or 亿元, where written.
    pub money: Option<Money>,
    /// Whether 增, 减, + or − stood before it.
    pub signed: bool,
    /// Whether the text is digits only.
    pub is_bare: bool,
}

/// A unit of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Money {
    /// 元
    Yuan,
    /// 万元
    TenThousandYuan,
    /// 亿元
    HundredMillionYuan,
}

impl Money {
    /// The value in 万元.
    pub fn in_ten_thousands(self, value: Decimal) -> Decimal {
        match self {
            Self::Yuan => value / Decimal::from(10_000),
            Self::TenThousandYuan => value,
            Self::HundredMillionYuan => value * Decimal::from(10_000),
        }
    }

    /// Its Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::TenThousandYuan => "万元",
            Self::HundredMillionYuan => "亿元",
        }
    }

    /// The unit that a header names: （单位：元）, （万元）.
    pub fn in_header(text: &str) -> Option<Self> {
        if text.contains("万元") {
            Some(Self::TenThousandYuan)
        } else if text.contains("亿元") {
            Some(Self::HundredMillionYuan)
        } else if ["单位:元", "单位：元", "(元", "（元"].iter().any(|each| text.contains(each))
        {
            Some(Self::Yuan)
        } else {
            None
        }
    }
}

const COUNTERS: [char; 9] = ['件', '项', '个', '条', '起', '次', '宗', '份', '部'];
const SIGNS: [&str; 18] = [
    "-", "--", "---", "—", "——", "–", "/", "//", "\\", "╱", "∕", "⁄", "＼", "﹣", "─", "无", "空",
    "*",
];

/// Whether a character is a sign, before a figure or in its place.
pub fn is_sign(character: char) -> bool {
    matches!(character, '+' | '-' | '—' | '–' | '/' | '\\' | '╱' | '∕' | '⁄' | '＼' | '﹣' | '─')
}

/// The year that a word names as one: `2023年`, `2023年度`.
pub fn named_year(word: &str) -> Option<i16> {
    let year = word.trim_end_matches('度').strip_suffix('年')?.parse().ok()?;
    (2008..=2050).contains(&year).then_some(year)
}

/// Reads a cell's plain text.
pub fn read(text: &str) -> CellValue {
    if let Some(value) = whole(text.trim()) {
        return CellValue::Number(Number { value, money: None, signed: false, is_bare: true });
    }
    let squeezed: String = text.chars().filter(|each| !each.is_whitespace()).collect();
    if squeezed.is_empty() {
        return CellValue::Blank;
    }
    if SIGNS.contains(&squeezed.as_str()) {
        return CellValue::Sign;
    }
    match number(&squeezed, text.trim()) {
        Some(number) => CellValue::Number(number),
        None => CellValue::Doubtful,
    }
}

/// What nearly every cell of figures holds: digits and nothing else.
fn whole(text: &str) -> Option<Decimal> {
    let is_whole = (1..=18).contains(&text.len())
        && text.bytes().all(|each| each.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'));
    is_whole.then(|| text.parse::<u64>().ok().map(Decimal::from))?
}

/// Whether a text could be a cell of figures at all: no words but signs and units.
pub fn is_value_like(text: &str) -> bool {
    text.chars().all(|each| {
        let is_usual = matches!(
            each,
            '0'..='9'
                | ' '
                | ','
                | '，'
                | '.'
                | '增'
                | '减'
                | '加'
                | '少'
                | '元'
                | '万'
                | '亿'
                | '无'
                | '('
                | ')'
                | '（'
                | '）'
        );
        is_usual || is_sign(each) || COUNTERS.contains(&each) || each.is_whitespace()
    })
}

fn number(squeezed: &str, text: &str) -> Option<Number> {
    // Digits parted by white space are several cells run together, not one number.
    if text.split_whitespace().filter(|part| part.chars().any(|each| each.is_ascii_digit())).count()
        > 1
    {
        return None;
    }
    let inner = squeezed
        .strip_prefix(['(', '（'])
        .and_then(|rest| rest.strip_suffix([')', '）']))
        .unwrap_or(squeezed);
    let (sign, rest) = split_sign(inner);
    let end = rest
        .find(|each: char| !(each.is_ascii_digit() || matches!(each, '.' | ',' | '，')))
        .unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(end);
    let value = decimal(digits)?;
    let (factor, money) = unit_of(unit)?;
    let value = value.checked_mul(Decimal::from(factor))?;
    Some(Number {
        value: if sign == Some(-1) { -value } else { value },
        money,
        signed: sign.is_some(),
        is_bare: sign.is_none()
            && unit.is_empty()
            && digits.bytes().all(|each| each.is_ascii_digit()),
    })
}

/// 增3, 减2, +3, -2, 增加3, 减少2.
fn split_sign(text: &str) -> (Option<i8>, &str) {
    for (word, sign) in [
        ("增加", 1),
        ("新增", 1),
        ("增", 1),
        ("+", 1),
        ("减少", -1),
        ("减", -1),
        ("-", -1),
        ("—", -1),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            return (Some(sign), rest);
        }
    }
    (None, text)
}

fn unit_of(unit: &str) -> Option<(i64, Option<Money>)> {
    match unit {
        "" => Some((1, None)),
        "元" => Some((1, Some(Money::Yuan))),
        "万元" => Some((1, Some(Money::TenThousandYuan))),
        "亿元" => Some((1, Some(Money::HundredMillionYuan))),
        "万" => Some((10_000, None)),
        "亿" => Some((100_000_000, None)),
        _ => {
            let mut characters = unit.chars();
            let first = characters.next()?;
            match (first, characters.next(), characters.next()) {
                (first, None, None) if COUNTERS.contains(&first) => Some((1, None)),
                ('万', Some(counter), None) if COUNTERS.contains(&counter) => Some((10_000, None)),
                _ => None,
            }
        }
    }
}

/// Digits with at most one point, and commas only where thousands are parted.
fn decimal(digits: &str) -> Option<Decimal> {
    let grouped = digits.replace('，', ",");
    let (whole, fraction) = grouped.split_once('.').unwrap_or((&grouped, ""));
    let has_point = grouped.contains('.');
    if whole.is_empty() || (has_point && fraction.is_empty()) || fraction.contains([',', '.']) {
        return None;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let well_grouped = groups.len() == 1
        || (!groups[0].is_empty()
            && groups[0].len() <= 3
            && groups[1..].iter().all(|group| group.len() == 3));
    let whole = groups.concat();
    if !well_grouped || (whole.len() > 1 && whole.starts_with('0')) || whole.len() > 18 {
        return None;
    }
    Decimal::from_str(&if has_point { format!("{whole}.{fraction}") } else { whole }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        match read(text) {
            CellValue::Number(number) => Some(number.value.normalize().to_string()),
            _ => None,
        }
    }

    #[test]
    fn numbers_with_signs_units_and_commas_are_read() {
        let cases = [
            ("增3", "3"),
            ("减2", "-2"),
            ("+3", "3"),
            ("13713.89元", "13713.89"),
            ("3万", "30000"),
            ("7.7亿元", "7.7"),
            ("0.092", "0.092"),
            ("1,234", "1234"),
            (" 0 ", "0"),
            ("12件", "12"),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn blanks_dashes_and_slashes_are_never_zero() {
        for text in ["", "  ", "-", "—", "/", "无", "\\"] {
            assert!(matches!(read(text), CellValue::Blank | CellValue::Sign), "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_number_is_doubtful() {
        for text in ["007", "1,23", "12.", "3/4", "1 2", "O", "5左右", "1.2.3"] {
            assert_eq!(read(text), CellValue::Doubtful, "{text}");
        }
    }
}
