//! Sentences offered for the text of a report, under each head, from the year's figures.
//!
//! They are templates with live fields (`data/forms/sentences.toml`); only those that are true of
//! the figures are offered.

use super::expression::{Expression, parse};
use super::field::{Context, render};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::sync::LazyLock;

/// A head of section one with what may be said under it.
#[derive(Clone, Debug)]
pub struct Suggestions {
    /// Key of the head.
    pub key: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Sentences, in order.
    pub sentences: Vec<Suggestion>,
}

/// A sentence that is true of the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// With its fields, to be put into the text.
    pub template: &'static str,
    /// As people will read it.
    pub preview: String,
}

#[derive(Deserialize)]
struct File {
    head: Vec<HeadFile>,
}

#[derive(Deserialize)]
struct HeadFile {
    key: String,
    title: String,
    #[serde(default)]
    sentence: Vec<SentenceFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SentenceFile {
    text: String,
    #[serde(default)]
    some: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
}

struct Head {
    key: String,
    title: String,
    sentences: Vec<Sentence>,
}

struct Sentence {
    text: String,
    some: Vec<Expression>,
    none: Vec<Expression>,
}

static HEADS: LazyLock<Vec<Head>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../data/forms/sentences.toml"))
        .expect("data/forms/sentences.toml is embedded and tested");
    file.head.into_iter().map(head).collect()
});

fn head(file: HeadFile) -> Head {
    let read = |texts: &[String]| -> Vec<Expression> {
        let one = |text: &String| parse(text).expect("expressions of sentences.toml are tested");
        texts.iter().map(one).collect()
    };
    let sentence = |file: SentenceFile| Sentence {
        some: read(&file.some),
        none: read(&file.none),
        text: file.text,
    };
    let sentences = file.sentence.into_iter().map(sentence).collect();
    Head { key: file.key, title: file.title, sentences }
}

/// What may be said under each head.
pub fn suggest(context: &Context<'_>) -> Vec<Suggestions> {
    let of_head = |head: &'static Head| Suggestions {
        key: &head.key,
        title: &head.title,
        sentences: head.sentences.iter().filter_map(|each| suggestion(each, context)).collect(),
    };
    HEADS.iter().map(of_head).collect()
}

/// The sentence, if it is true and every field in it has a value.
fn suggestion(sentence: &'static Sentence, context: &Context<'_>) -> Option<Suggestion> {
    let value = |expression: &Expression| expression.value(context.figures).ok();
    let is_some = |each: &Expression| value(each).is_some_and(|value| Decimal::ZERO < value);
    let is_none = |each: &Expression| value(each).is_some_and(|value| value.is_zero());
    if !sentence.some.iter().all(is_some) || !sentence.none.iter().all(is_none) {
        return None;
    }
    let preview = render(&sentence.text, context).ok()?.text;
    Some(Suggestion { template: &sentence.text, preview })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Figures;
    use crate::form::Form;
    use crate::report::field;

    fn figures(year: i16, received: Option<i64>) -> Figures {
        let form = Form::for_year(year).unwrap();
        let cells = form.tables.iter().flat_map(|table| table.cells.iter().flatten());
        let value = |key: &str| match key {
            "requests.received.total" => received.map(Decimal::from),
            _ => Some(Decimal::ZERO),
        };
        cells.map(|cell| (*cell, value(cell.as_str()))).collect()
    }

    fn offered(year: i16, received: Option<i64>) -> Vec<String> {
        let (now, before) = (figures(year, received), figures(year - 1, Some(4)));
        let context = Context { year, figures: &now, previous: Some(&before) };
        let all = suggest(&context).into_iter().flat_map(|head| head.sentences);
        all.map(|sentence| sentence.preview).collect()
    }

    #[test]
    fn the_five_heads_stand_there_and_every_template_can_be_read() {
        let heads: Vec<&str> = HEADS.iter().map(|head| head.key.as_str()).collect();
        assert_eq!(heads, ["proactive", "requests", "management", "platform", "supervision"]);
        for sentence in HEADS.iter().flat_map(|head| &head.sentences) {
            let has_field = sentence.text.contains('{');
            assert_eq!(has_field, !field::cells(&sentence.text).is_empty(), "{}", sentence.text);
        }
    }

    #[test]
    fn only_what_is_true_is_offered() {
        let some = offered(2023, Some(5));
        assert!(some.iter().any(|text| text.starts_with("全年新收政府信息公开申请 5 件")));
        assert!(some.contains(&"新收申请比上年增长25%。".to_owned()), "{some:?}");
        assert!(!some.iter().any(|text| text.contains("没有收到")));
        let none = offered(2023, Some(0));
        assert!(none.contains(&"全年没有收到政府信息公开申请。".to_owned()));
        let unknown = offered(2023, None);
        assert!(!unknown.iter().any(|text| text.contains("申请。") || text.contains("新收")));
    }
}
