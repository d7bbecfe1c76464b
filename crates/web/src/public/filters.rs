//! What a list can be narrowed by, as the form shows it.

use crate::choice::Choice;
use crate::public::columns::Column;
use crate::public::query::Asked;
use gongkai_domain::catalogue::Validity;
use gongkai_domain::item_kind::kind;
use gongkai_domain::organ::Organ;

/// By which of the less usual things a list can be narrowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Narrowing {
    /// By kind.
    pub kind: bool,
    /// By validity.
    pub validity: bool,
    /// By document number.
    pub number: bool,
    /// Whether the groups stand beside the list.
    pub groups: bool,
}

/// A field with its choices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// Its name in the address.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What can be chosen.
    pub choices: Vec<Choice>,
}

/// The form of a list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Choices {
    /// Fields to choose from.
    pub fields: Vec<Field>,
    /// Part of a document number, where it can be looked for.
    pub number: Option<String>,
}

fn field(
    name: &'static str,
    label: &'static str,
    asked: &str,
    choices: impl Iterator<Item = (String, String)>,
) -> Field {
    let choice = |(value, label): (String, String)| Choice { chosen: value == asked, value, label };
    Field { name, label, choices: choices.map(choice).collect() }
}

/// The choices for organs, also for other forms.
pub fn organ_field(asked: &str, organs: &[Organ]) -> Field {
    let organs = organs.iter().map(|organ| (organ.id.to_string(), organ.short_name.clone()));
    field("organ", "机关", asked, organs)
}

/// The form of a list.
pub fn choices(
    asked: &Asked,
    narrowing: Narrowing,
    column: &Column,
    organs: &[Organ],
    years: &[i16],
) -> Choices {
    let mut fields = vec![organ_field(&asked.organ, organs)];
    if narrowing.kind && 1 < column.kinds.len() {
        let kinds = column.kinds.iter().filter_map(|key| kind(key));
        let kinds = kinds.map(|kind| (kind.key.clone(), kind.title.clone()));
        fields.push(field("kind", "类别", &asked.kind, kinds));
    }
    let years = years.iter().map(|year| (year.to_string(), format!("{year}年")));
    fields.push(field("year", "公开年份", &asked.year, years));
    if narrowing.validity {
        let all = Validity::ALL.into_iter();
        let all = all.map(|validity| (validity.key().to_owned(), validity.title().to_owned()));
        fields.push(field("validity", "有效性", &asked.validity, all));
    }
    Choices { fields, number: narrowing.number.then(|| asked.number.clone()) }
}
