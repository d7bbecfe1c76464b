//! Fillings made of the examples of the data, for previews and tests. The remedy is no example: it
//! follows the basis and the day, as in every answer.

use super::fill::used;
use super::template::{Kind, Template, blank, frame, remedy_names};
use super::values::{Value, Values};
use gongkai_domain::outcome::{Names, outcomes, remedies};
use jiff::civil::Date;

/// A filling made of the examples.
pub fn example(template: &Template) -> Values {
    let mut values = Values::new();
    let names = used(template).into_iter().map(|(name, _)| name);
    for name in names.chain(["issued_on".to_owned()]) {
        let Some(blank) = blank(&name) else { continue };
        let words = words(template, &name).or(blank.example.clone()).unwrap_or_default();
        let value = match blank.kind {
            Kind::Rows => Value::Rows(blank.example_rows.clone().unwrap_or_default()),
            Kind::Date => Value::Date(words.parse().expect("a test reads every example")),
            Kind::Line | Kind::Text => Value::Text(words),
        };
        values.set(name, value);
    }
    if values.get("remedy").is_some() {
        let remedy = remedy(template, &values);
        values.set("remedy", Value::Text(remedy));
    }
    values
}

/// The example of the notice itself, or the one that all answers share.
fn words(template: &Template, name: &str) -> Option<String> {
    let shared = || frame().examples.get(name).filter(|_| template.is_reply());
    template.examples.get(name).or_else(shared).cloned()
}

/// What can be done against the answer, by the rule of all answers.
fn remedy(template: &Template, values: &Values) -> String {
    let Some(Value::Date(on)) = values.get("issued_on") else { return String::new() };
    let names = remedy_names();
    let names = Names { body: &names.body, court: &names.court, internet: None };
    let texts: Vec<String> =
        remedies(&bases(template, values, *on), *on).iter().map(|each| each.text(&names)).collect();
    texts.join("\n")
}

/// What the answer rests on; where it gives a part, also what the rest is withheld on.
fn bases(
    template: &Template,
    values: &Values,
    on: Date,
) -> Vec<Option<gongkai_domain::outcome::BasisKey>> {
    let grounds = || outcomes().iter().flat_map(|outcome| outcome.grounds(on));
    let own = outcomes().iter().find(|outcome| outcome.key().as_str() == template.key);
    let own = own.and_then(|outcome| outcome.grounds(on).next()).map(|each| each.basis().key());
    let withheld = values.words("withheld_article").unwrap_or_default();
    let withheld =
        grounds().map(|ground| ground.basis()).find(|basis| basis.citation() == withheld);
    std::iter::once(own).chain(withheld.map(|basis| Some(basis.key()))).collect()
}
