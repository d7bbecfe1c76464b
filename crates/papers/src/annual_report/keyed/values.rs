//! JSON and JSON Lines into what they state.

use super::Stated;
use serde_json::{Deserializer, Map, Value};
use std::collections::BTreeMap;

/// The reports; `None` when it is no JSON, or no object of it has figures.
pub(super) fn stated(text: &str) -> Option<Vec<Stated>> {
    let mut objects = Vec::new();
    for value in Deserializer::from_str(text).into_iter::<Value>() {
        match value.ok()? {
            Value::Array(values) => objects.extend(values),
            value => objects.push(value),
        }
    }
    let reports: Vec<Stated> =
        objects.iter().filter_map(Value::as_object).filter_map(one).collect();
    (!reports.is_empty()).then_some(reports)
}

fn one(object: &Map<String, Value>) -> Option<Stated> {
    let figures = object.get("figures")?.as_object()?;
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
    let year = object.get("year").map(plain).unwrap_or_default();
    Some(Stated {
        source: text("source"),
        agency: text("agency"),
        year: year.parse().ok(),
        form: text("form"),
        forms: object.get("forms").and_then(Value::as_object).map(texts).unwrap_or_default(),
        figures: texts(figures),
        certainties: certainties(object.get("readings")),
        sections: sections(object.get("sections")),
    })
}

/// A value as text: a number as it stands, nothing for `null`.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn texts(object: &Map<String, Value>) -> BTreeMap<String, String> {
    object.iter().map(|(key, value)| (key.clone(), plain(value))).collect()
}

fn certainties(readings: Option<&Value>) -> BTreeMap<String, String> {
    let all = readings.and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|reading| {
        let text = |key: &str| reading.get(key).and_then(Value::as_str).map(str::to_owned);
        text("cell").zip(text("certainty")).filter(|(_, certainty)| certainty != "sure")
    })
    .collect()
}

fn sections(sections: Option<&Value>) -> Vec<(Option<u8>, Option<String>, String)> {
    let all = sections.and_then(Value::as_array).into_iter().flatten();
    all.map(|section| {
        let text = |key: &str| section.get(key).and_then(Value::as_str).map(str::to_owned);
        let number = section.get("number").map(plain).unwrap_or_default();
        (number.parse().ok(), text("title"), text("text").unwrap_or_default())
    })
    .collect()
}
