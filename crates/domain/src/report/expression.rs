//! Arithmetic over figures by their keys: `requests.received.total + requests.brought_forward.total`.
//!
//! Signs are + - × / and brackets; a `*` in a key stands for every key that fits. Unknown stays
//! unknown: a blank makes no zero.

use crate::figure::{CellKey, Figures};
use crate::form::forms;
use rust_decimal::Decimal;
use std::str::FromStr;

/// The deepest that brackets may stand in each other.
const DEEPEST: usize = 16;

/// What is to be worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A number that stands there.
    Number(Decimal),
    /// The sum of the figures whose keys fit; more than one where a `*` stands in the key.
    Cells {
        /// The key as written.
        key: String,
        /// The cells of all forms that it means.
        cells: Vec<CellKey>,
    },
    /// Two, with a sign between them.
    Pair(Box<Expression>, Sign, Box<Expression>),
}

/// A sign of arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// +
    Plus,
    /// -
    Minus,
    /// ×
    Times,
    /// /
    Over,
}

/// Why an expression cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("第 {at} 个字：{what}")]
pub struct ExpressionError {
    /// Which character, from 1.
    pub at: usize,
    /// What is wrong, in Chinese.
    pub what: String,
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoValue {
    /// The report's forms have no such figure.
    #[error("本年的格式没有指标 {0}")]
    Absent(String),
    /// The figure is blank.
    #[error("指标 {0} 没有数字")]
    Blank(CellKey),
    /// Something is divided by zero.
    #[error("除数是 0")]
    ByZero,
    /// The numbers are too large.
    #[error("数字太大，算不出")]
    TooLarge,
}

impl Expression {
    /// The value of the figures given.
    ///
    /// # Errors
    /// When a figure is not known, or cannot be reckoned with.
    pub fn value(&self, figures: &Figures) -> Result<Decimal, NoValue> {
        match self {
            Self::Number(number) => Ok(*number),
            Self::Cells { key, cells } => sum(key, cells, figures),
            Self::Pair(left, sign, right) => {
                let (left, right) = (left.value(figures)?, right.value(figures)?);
                match sign {
                    Sign::Plus => left.checked_add(right),
                    Sign::Minus => left.checked_sub(right),
                    Sign::Times => left.checked_mul(right),
                    Sign::Over if right.is_zero() => return Err(NoValue::ByZero),
                    Sign::Over => left.checked_div(right),
                }
                .ok_or(NoValue::TooLarge)
            }
        }
    }

    /// The cells it names, each as often as it stands there.
    pub fn cells(&self) -> Vec<CellKey> {
        match self {
            Self::Number(_) => Vec::new(),
            Self::Cells { cells, .. } => cells.clone(),
            Self::Pair(left, _, right) => [left.cells(), right.cells()].concat(),
        }
    }
}

fn sum(key: &str, cells: &[CellKey], figures: &Figures) -> Result<Decimal, NoValue> {
    let mut present = cells.iter().filter(|cell| figures.has(**cell)).peekable();
    if present.peek().is_none() {
        return Err(NoValue::Absent(key.to_owned()));
    }
    present.try_fold(Decimal::ZERO, |sum, cell| {
        let value = figures.get(*cell).ok_or(NoValue::Blank(*cell))?;
        sum.checked_add(value).ok_or(NoValue::TooLarge)
    })
}

/// Reads an expression.
///
/// # Errors
/// When it is none, or names a figure that no form has; with the character.
pub fn parse(text: &str) -> Result<Expression, ExpressionError> {
    let characters: Vec<char> = text.chars().collect();
    let mut reader = Reader { characters: &characters, at: 0, depth: 0 };
    let expression = reader.sum()?;
    match reader.next() {
        None => Ok(expression),
        Some(c) => Err(reader.error(format!("“{c}”不该在这里"))),
    }
}

struct Reader<'a> {
    characters: &'a [char],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    /// The next character that is no white space.
    fn next(&mut self) -> Option<char> {
        while self.characters.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        self.characters.get(self.at).copied()
    }

    fn error(&self, what: impl Into<String>) -> ExpressionError {
        ExpressionError { at: self.at + 1, what: what.into() }
    }

    fn sum(&mut self) -> Result<Expression, ExpressionError> {
        let mut left = self.product()?;
        loop {
            let sign = match self.next() {
                Some('+' | '＋') => Sign::Plus,
                Some('-' | '－' | '−') => Sign::Minus,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Expression::Pair(left.into(), sign, self.product()?.into());
        }
    }

    fn product(&mut self) -> Result<Expression, ExpressionError> {
        let mut left = self.term()?;
        loop {
            let sign = match self.next() {
                Some('×') => Sign::Times,
                Some('/' | '÷' | '／') => Sign::Over,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Expression::Pair(left.into(), sign, self.term()?.into());
        }
    }

    fn term(&mut self) -> Result<Expression, ExpressionError> {
        match self.next() {
            Some('(' | '（') => self.brackets(),
            Some(c) if c.is_ascii_digit() => self.number(),
            Some(c) if c.is_ascii_lowercase() => self.key(),
            Some(c) => Err(self.error(format!("“{c}”不是指标，也不是数字"))),
            None => Err(self.error("这里缺一个指标")),
        }
    }

    fn brackets(&mut self) -> Result<Expression, ExpressionError> {
        if DEEPEST <= self.depth {
            return Err(self.error("括号套得太深"));
        }
        self.at += 1;
        self.depth += 1;
        let inner = self.sum()?;
        self.depth -= 1;
        match self.next() {
            Some(')' | '）') => {
                self.at += 1;
                Ok(inner)
            }
            _ => Err(self.error("缺右括号")),
        }
    }

    fn word(&mut self, takes: impl Fn(char) -> bool) -> String {
        let rest = &self.characters[self.at..];
        let word: String = rest.iter().copied().take_while(|c| takes(*c)).collect();
        self.at += word.chars().count();
        word
    }

    fn number(&mut self) -> Result<Expression, ExpressionError> {
        let start = self.at;
        let word = self.word(|c| c.is_ascii_digit() || c == '.');
        Decimal::from_str(&word)
            .map(Expression::Number)
            .map_err(|_| ExpressionError {
                at: start + 1, what: format!("“{word}”不是数字")
            })
    }

    fn key(&mut self) -> Result<Expression, ExpressionError> {
        let start = self.at;
        let key = self.word(|c| c.is_ascii_lowercase() || matches!(c, '.' | '_' | '*'));
        let cells = cells_of(&key);
        if cells.is_empty() {
            let what = format!("没有指标 {key}");
            return Err(ExpressionError { at: start + 1, what });
        }
        Ok(Expression::Cells { key, cells })
    }
}

/// The cells of all forms that a key means, each once.
fn cells_of(key: &str) -> Vec<CellKey> {
    let tables = forms().iter().flat_map(|form| &form.tables);
    let all = tables.flat_map(|table| table.cells.iter().flatten()).copied();
    let mut cells: Vec<CellKey> = all.filter(|cell| fits(key, cell.as_str())).collect();
    cells.sort_unstable_by_key(|cell| cell.number());
    cells.dedup();
    cells
}

/// Whether a key with at most one `*` means another.
fn fits(pattern: &str, key: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == key,
        Some((start, end)) => {
            start.len() + end.len() <= key.len() && key.starts_with(start) && key.ends_with(end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::plain_text;
    use crate::form::TableKind;

    fn figures() -> Figures {
        let table = forms().last().unwrap().table(TableKind::Requests);
        let value = |position: usize| match position {
            10 => None,
            _ => Some(Decimal::from(position)),
        };
        let cells = table.cells.iter().flatten().enumerate();
        cells.map(|(position, cell)| (*cell, value(position))).collect()
    }

    fn value(text: &str) -> Result<String, String> {
        let expression = parse(text).map_err(|error| error.to_string())?;
        expression.value(&figures()).map(plain_text).map_err(|error| error.to_string())
    }

    #[test]
    fn sums_products_and_brackets_are_worked_out_in_their_order() {
        assert_eq!(value("requests.received.natural + 2 × 3"), Ok("6".to_owned()));
        assert_eq!(value("(1＋2)×（3 - 1）/ 4"), Ok("1.5".to_owned()));
        assert_eq!(value("10 - 3 - 2"), Ok("5".to_owned()));
        assert_eq!(value("requests.received.*"), Ok((0..7).sum::<i32>().to_string()));
    }

    #[test]
    fn what_is_unknown_stays_so_and_says_why() {
        let because = |text: &str| value(text).unwrap_err();
        assert_eq!(
            because("requests.brought_forward.*"),
            "指标 requests.brought_forward.nonprofit 没有数字"
        );
        assert_eq!(because("1 / (2 - 2)"), "除数是 0");
        assert_eq!(because("proactive.fee.amount"), "本年的格式没有指标 proactive.fee.amount");
    }

    #[test]
    fn faults_are_told_with_their_character() {
        for (text, expected) in [
            ("", "第 1 个字：这里缺一个指标"),
            ("1 +", "第 4 个字：这里缺一个指标"),
            ("1 1", "第 3 个字：“1”不该在这里"),
            ("(1", "第 3 个字：缺右括号"),
            ("1 + nobody.knows", "第 5 个字：没有指标 nobody.knows"),
            ("1.2.3", "第 1 个字：“1.2.3”不是数字"),
            ("新收", "第 1 个字：“新”不是指标，也不是数字"),
        ] {
            assert_eq!(value(text), Err(expected.to_owned()), "{text}");
        }
        assert!(value(&"(".repeat(5000)).unwrap_err().contains("太深"));
    }

    #[test]
    fn numbers_that_are_too_large_are_said_to_be() {
        let large = "79228162514264337593543950335";
        assert_eq!(value(&format!("{large} × 2")), Err("数字太大，算不出".to_owned()));
    }
}
