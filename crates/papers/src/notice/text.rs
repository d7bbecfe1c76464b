//! The text of a template with its blanks: read into pieces, and written out with fillings.

use super::fill::Missing;
use super::template::{Basis, blank};
use super::values::Values;
use gongkai_domain::law::{Limit, ProvisionKey, Unit, provision};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Piece {
    /// Words.
    Words(String),
    /// A blank.
    Blank(String),
    /// The limit that a provision sets.
    Limit(ProvisionKey),
    /// One article of the basis, from 1.
    Article(usize),
    /// All articles of the basis.
    Articles,
    /// Left out where a blank in it is empty.
    Optional(Vec<Piece>),
}

/// What a text is written out with.
pub(super) struct Context<'a> {
    pub values: &'a Values,
    pub basis: &'a [Basis],
    pub on: Date,
}

/// The pieces of a text.
///
/// # Errors
/// A sentence for whoever wrote the template.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[']) {
        let (words, from) = rest.split_at(at);
        pieces.push(Piece::Words(words.to_owned()));
        rest = if let Some(inner) = from.strip_prefix("[[") {
            let (inside, after) = inner.split_once("]]").ok_or(format!("[[ 没有关上：{text}"))?;
            pieces.push(Piece::Optional(self::pieces(inside)?));
            after
        } else if let Some(inner) = from.strip_prefix('{') {
            let (name, after) = inner.split_once('}').ok_or(format!("{{ 没有关上：{text}"))?;
            pieces.push(named(name)?);
            after
        } else {
            pieces.push(Piece::Words("[".to_owned()));
            &from[1..]
        };
    }
    pieces.push(Piece::Words(rest.to_owned()));
    pieces.retain(|piece| *piece != Piece::Words(String::new()));
    Ok(pieces)
}

fn named(name: &str) -> Result<Piece, String> {
    if name == "articles" {
        return Ok(Piece::Articles);
    }
    match name.split_once(':') {
        None => Ok(Piece::Blank(name.to_owned())),
        Some(("article", number)) => {
            number.parse().map(Piece::Article).map_err(|_| format!("不是条款的序号：{name}"))
        }
        Some(("limit", key)) => {
            let key: StrDeserializer<'_, Error> = key.into_deserializer();
            ProvisionKey::deserialize(key).map(Piece::Limit).map_err(|error| error.to_string())
        }
        Some(_) => Err(format!("不认识的空白：{name}")),
    }
}

/// The blanks of a text: name, and whether it may stay empty.
pub(super) fn blanks(pieces: &[Piece]) -> Vec<(&str, bool)> {
    pieces
        .iter()
        .flat_map(|piece| match piece {
            Piece::Blank(name) => vec![(name.as_str(), false)],
            Piece::Optional(inside) => {
                blanks(inside).into_iter().map(|(name, _)| (name, true)).collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

/// Writes a text out; blanks that are empty are noted in `missing`.
pub(super) fn write(text: &str, context: &Context<'_>, missing: &mut Missing) -> String {
    let pieces = pieces(text).expect("a test reads every text of every template");
    write_pieces(&pieces, context, missing)
}

fn write_pieces(pieces: &[Piece], context: &Context<'_>, missing: &mut Missing) -> String {
    let mut written = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => push_words(&mut written, words),
            Piece::Blank(name) => match words(name, context.values) {
                Some(words) => written += &words,
                None => missing.add(name),
            },
            Piece::Limit(key) => match provision(*key, context.on).and_then(|each| each.limit) {
                Some(limit) => written += &in_words(limit),
                None => missing.add_limit(),
            },
            Piece::Article(number) => {
                written += &context.basis.get(number - 1).map(Basis::cited).unwrap_or_default();
            }
            Piece::Articles => written += &cited_together(context.basis),
            Piece::Optional(inside) => {
                let mut own = Missing::default();
                let words = write_pieces(inside, context, &mut own);
                if own.is_empty() {
                    written += &words;
                }
            }
        }
    }
    written
}

/// Words that go on with a full stop after a filling that ends with a mark of its own.
fn push_words(written: &mut String, words: &str) {
    if words.starts_with(['。', '，', '；']) {
        let end = written.trim_end_matches(['。', '，', '；', '.', ',', ';']).len();
        written.truncate(end);
    }
    written.push_str(words);
}

fn words(name: &str, values: &Values) -> Option<String> {
    values.words(name).or_else(|| blank(name)?.default.clone())
}

fn in_words(limit: Limit) -> String {
    match limit.unit {
        Unit::WorkingDay => format!("{}个工作日", limit.days),
        Unit::CalendarDay => format!("{}日", limit.days),
    }
}

/// 《…》第十五条、第三十二条 和《…》第六条.
fn cited_together(basis: &[Basis]) -> String {
    let mut groups: Vec<(String, &Basis)> = Vec::new();
    for each in basis {
        match groups.last_mut() {
            Some((text, first))
                if first.instrument == each.instrument && first.instrument.is_some() =>
            {
                *text = format!("{text}、{}", each.article);
            }
            _ => groups.push((each.cited(), each)),
        }
    }
    groups.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join("和")
}
