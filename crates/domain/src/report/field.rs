//! Live fields in the text of a report: `新收 {requests.received.total} 件`, worked out from figures.
//!
//! Between braces stands an expression and, behind a bar, how it is put in words. A brace itself is
//! written twice. All faults are told, each with its place.

#[cfg(test)]
mod tests;

use super::compare::break_between;
use super::expression::{Expression, NoValue, parse};
use crate::figure::{CellKey, Figures, plain_text};
use rust_decimal::{Decimal, RoundingStrategy};

/// Percents are written with at most so many decimals.
const DECIMALS: u32 = 2;

/// What the fields are worked out from.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The year reported on.
    pub year: i16,
    /// Its figures.
    pub figures: &'a Figures,
    /// The figures of the year before, if there is a report.
    pub previous: Option<&'a Figures>,
}

/// How a value is put in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// The number.
    Plain,
    /// A share: 42.86%.
    Percent,
    /// The number of the year before.
    LastYear,
    /// 增加3, 减少3, 持平: against the year before.
    Change,
    /// 增长12.5%, 下降12.5%, 持平: against the year before.
    Growth,
}

impl Manner {
    /// Every manner.
    pub const ALL: [Self; 5] =
        [Self::Plain, Self::Percent, Self::LastYear, Self::Change, Self::Growth];

    /// The word behind the bar.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "数字",
            Self::Percent => "百分比",
            Self::LastYear => "上年",
            Self::Change => "增减",
            Self::Growth => "增幅",
        }
    }
}

/// A text with its fields worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The text as people read it.
    pub text: String,
    /// The fields, in order.
    pub fields: Vec<Field>,
}

/// One field in a text that was worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What stands between the braces.
    pub source: String,
    /// What it became.
    pub words: String,
    /// Where that begins in the text, in bytes.
    pub at: usize,
    /// The figures it rests on.
    pub cells: Vec<CellKey>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("第 {line} 行第 {column} 个字的“{field}”：{what}")]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Character of that line, from 1.
    pub column: usize,
    /// The field as written.
    pub field: String,
    /// What is wrong, in Chinese.
    pub what: String,
}

/// Works out every field of a text.
///
/// # Errors
/// When a field cannot be read or has no value; all of them.
pub fn render(text: &str, context: &Context<'_>) -> Result<Rendered, Vec<Fault>> {
    let (mut rendered, mut faults) =
        (Rendered { text: String::new(), fields: Vec::new() }, Vec::new());
    for piece in pieces(text) {
        let outcome = match piece.kind {
            Kind::Words(words) => {
                rendered.text.push_str(&words);
                continue;
            }
            Kind::Field(source) => field(source, context).map(|field| (source, field)),
            Kind::Broken(what) => Err(what.to_owned()),
        };
        match outcome {
            Ok((source, (words, cells))) => {
                let at = rendered.text.len();
                rendered.text.push_str(&words);
                rendered.fields.push(Field { source: source.to_owned(), words, at, cells });
            }
            Err(what) => faults.push(fault(text, piece.at, piece.length, what)),
        }
    }
    if faults.is_empty() { Ok(rendered) } else { Err(faults) }
}

/// The figures that a text rests on, each as often as it is named; fields that cannot be read name
/// none.
pub fn cells(text: &str) -> Vec<CellKey> {
    let fields = pieces(text).into_iter().filter_map(|piece| match piece.kind {
        Kind::Field(source) => read(source).ok(),
        Kind::Words(_) | Kind::Broken(_) => None,
    });
    fields.flat_map(|(expression, _)| expression.cells()).collect()
}

struct Piece<'a> {
    /// Where it begins, in bytes.
    at: usize,
    length: usize,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Words(String),
    Field(&'a str),
    Broken(&'static str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, kind) = piece(rest);
        pieces.push(Piece { at, length, kind });
        at += length;
    }
    pieces
}

/// The first piece of a text that is not empty, and its length in bytes.
fn piece(rest: &str) -> (usize, Kind<'_>) {
    if rest.starts_with("{{") || rest.starts_with("}}") {
        return (2, Kind::Words(rest[..1].to_owned()));
    }
    if rest.starts_with('}') {
        return (1, Kind::Broken("多了一个右花括号；要写花括号本身，请写两个"));
    }
    let Some(inner) = rest.strip_prefix('{') else {
        let end = rest.find(['{', '}']).unwrap_or(rest.len());
        return (end, Kind::Words(rest[..end].to_owned()));
    };
    match inner.find(['{', '}', '\n']) {
        Some(end) if inner[end..].starts_with('}') => (end + 2, Kind::Field(&inner[..end])),
        Some(end) => (end + 1, Kind::Broken("缺右花括号")),
        None => (rest.len(), Kind::Broken("缺右花括号")),
    }
}

fn fault(text: &str, at: usize, length: usize, what: String) -> Fault {
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    Fault {
        line: 1 + before.matches('\n').count(),
        column: 1 + before[line_start..].chars().count(),
        field: text[at..at + length].to_owned(),
        what,
    }
}

fn read(source: &str) -> Result<(Expression, Manner), String> {
    let (expression, manner) = match source.split_once(['|', '｜']) {
        None => (source, Manner::Plain),
        Some((expression, word)) => {
            let word = word.trim();
            let manner = Manner::ALL.into_iter().find(|each| each.word() == word);
            (expression, manner.ok_or_else(|| no_such_manner(word))?)
        }
    };
    let expression = parse(expression).map_err(|error| error.to_string())?;
    Ok((expression, manner))
}

fn no_such_manner(word: &str) -> String {
    let words: Vec<&str> = Manner::ALL.iter().map(|each| each.word()).collect();
    format!("竖线后面只能写{}，没有“{word}”", words.join("、"))
}

fn field(source: &str, context: &Context<'_>) -> Result<(String, Vec<CellKey>), String> {
    let (expression, manner) = read(source)?;
    let say = |no_value: NoValue| no_value.to_string();
    let now = || expression.value(context.figures).map_err(say);
    let cells = expression.cells();
    let before = || {
        let previous = context.previous.ok_or("没有上一年度的报告")?;
        expression.value(previous).map_err(|no_value| format!("上一年度：{no_value}"))
    };
    if matches!(manner, Manner::Change | Manner::Growth)
        && let Some(found) = break_between(&cells, context.year - 1, context.year)
    {
        return Err(format!("{}，不能与上年比", found.reason));
    }
    let words = match manner {
        Manner::Plain => plain_text(now()?),
        Manner::Percent => percent(now()?)?,
        Manner::LastYear => plain_text(before()?),
        Manner::Change => change(now()?, before()?)?,
        Manner::Growth => growth(now()?, before()?)?,
    };
    Ok((words, cells))
}

fn too_large() -> String {
    NoValue::TooLarge.to_string()
}

fn percent(share: Decimal) -> Result<String, String> {
    let percent = share.checked_mul(Decimal::ONE_HUNDRED).ok_or_else(too_large)?;
    let rounded = percent.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero);
    Ok(plain_text(rounded) + "%")
}

fn change(now: Decimal, before: Decimal) -> Result<String, String> {
    let difference = now.checked_sub(before).ok_or_else(too_large)?;
    Ok(in_words(difference, "增加", "减少", plain_text(difference.abs())))
}

fn growth(now: Decimal, before: Decimal) -> Result<String, String> {
    let difference = now.checked_sub(before).ok_or_else(too_large)?;
    if difference.is_zero() {
        return Ok("持平".to_owned());
    }
    if before <= Decimal::ZERO {
        return Err("上年是 0，算不出增幅；可以改用“增减”".to_owned());
    }
    let share = difference.abs().checked_div(before).ok_or_else(too_large)?;
    Ok(in_words(difference, "增长", "下降", percent(share)?))
}

fn in_words(difference: Decimal, up: &str, down: &str, amount: String) -> String {
    match difference {
        difference if difference.is_zero() => "持平".to_owned(),
        difference if difference.is_sign_negative() => down.to_owned() + &amount,
        _ => up.to_owned() + &amount,
    }
}
