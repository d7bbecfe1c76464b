//! How a request ends: the outcomes, the bases they rest on and what an answer must say, from
//! `data/outcomes`; it decides nothing.
//!
//! The key of an outcome is the key of its row in table three of the annual report.

mod load;
mod remedy;

pub use remedy::{Against, Names, Remedy, objection, remedies, reviewing_body, silence};

use crate::form::{Form, TableKind, forms};
use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A key that stands in no table.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("没有“{0}”这一项")]
pub struct UnknownKey(pub String);

macro_rules! key {
    ($(#[$doc:meta])* $name:ident, $known:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
        #[serde(into = "String")]
        pub struct $name(&'static str);

        impl $name {
            /// The text in addresses, the store and the API.
            pub fn as_str(self) -> &'static str {
                self.0
            }

            /// The key with this text, where the table has it.
            pub fn of(text: &str) -> Option<Self> {
                $known.find(|known| *known == text).map(Self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::try_from(text).map_err(D::Error::custom)
            }
        }

        impl TryFrom<String> for $name {
            type Error = UnknownKey;

            fn try_from(text: String) -> Result<Self, UnknownKey> {
                Self::of(&text).ok_or(UnknownKey(text))
            }
        }

        impl From<$name> for String {
            fn from(key: $name) -> Self {
                key.0.to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }
    };
}

key!(
    /// How a request ended: the key of its row in the annual report.
    OutcomeKey,
    load::table().outcome.iter().map(|each| each.key.as_str())
);
key!(
    /// An article on which an answer rests.
    BasisKey,
    load::table().basis.iter().map(|each| each.key.as_str())
);
key!(
    /// Something that an answer may have to say.
    FieldKey,
    load::table().field.iter().map(|each| each.key.as_str())
);

/// What must have happened to a request before it can end so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    /// A search is logged.
    Search,
    /// A third party was consulted, and has answered or let its time pass.
    ThirdParty,
    /// A supplement was asked for and came in.
    Supplement,
    /// The requester was asked for reasons, and gave them or let the time pass.
    Reasons,
}

/// An outcome resting on one basis.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// The key of the basis.
    basis: String,
    /// What the answer must say.
    #[serde(default)]
    needs: Vec<String>,
    /// What it may say beside that.
    #[serde(default)]
    may: Vec<String>,
    /// What must have happened.
    #[serde(default)]
    requires: Vec<Requirement>,
}

impl Ground {
    /// The basis.
    pub fn basis(&self) -> &'static Basis {
        Basis::find(&self.basis).expect("data/outcomes names its own bases; tested")
    }
}

/// An article on which answers rest.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    key: String,
    instrument: String,
    /// The article: 第十四条.
    pub article: String,
    /// What it says, in our words.
    pub gist: String,
    /// Whether an answer resting on it is 不予公开 for the remedy.
    #[serde(default)]
    pub withholds: bool,
    from: Option<Date>,
    until: Option<Date>,
}

impl Basis {
    fn find(key: &str) -> Option<&'static Self> {
        load::table().basis.iter().find(|each| each.key == key)
    }

    /// Its key.
    pub fn key(&'static self) -> BasisKey {
        BasisKey(&self.key)
    }

    fn instrument(&self) -> &'static crate::law::Instrument {
        crate::law::instrument(&self.instrument)
            .expect("data/outcomes names instruments of data/law; tested")
    }

    /// 《…》第十四条.
    pub fn citation(&self) -> &'static str {
        load::citations().get(&self.key).map_or("", String::as_str)
    }

    fn cited(&self) -> (String, String) {
        (self.key.clone(), self.instrument().reference(&self.article).to_string())
    }

    /// Whether it is in force on a day.
    pub fn is_in_force(&self, on: Date) -> bool {
        let instrument = self.instrument();
        let until = self.until.or(instrument.until);
        self.from.unwrap_or(instrument.from) <= on && until.is_none_or(|until| on <= until)
    }
}

impl BasisKey {
    /// The basis.
    pub fn basis(self) -> &'static Basis {
        Basis::find(self.0).expect("a key is made of the table only")
    }
}

/// Something that an answer may have to say.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    key: String,
    /// The words for people.
    pub label: String,
}

impl FieldKey {
    /// The words for people.
    pub fn label(self) -> &'static str {
        let found = load::table().field.iter().find(|each| each.key == self.0);
        &found.expect("a key is made of the table only").label
    }
}

/// How a request can end.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    key: String,
    /// Whether something is given.
    #[serde(default)]
    pub gives: bool,
    /// Whether it stands for a whole answer only, never for a part of one.
    #[serde(default)]
    pub parts_only: bool,
    /// Whether an act of its own leads here, not an answer.
    #[serde(default)]
    pub by_act: bool,
    /// Whether nothing can be done against it.
    #[serde(default)]
    pub no_remedy: bool,
    /// The key of the template of its notice; none where no paper goes out.
    pub notice: Option<String>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    requires: Vec<Requirement>,
    grounds: Vec<Ground>,
}

/// Every outcome, in the order of the report.
pub fn outcomes() -> &'static [Outcome] {
    &load::table().outcome
}

impl Outcome {
    /// Its key.
    pub fn key(&'static self) -> OutcomeKey {
        OutcomeKey(&self.key)
    }

    /// The grounds in force on a day.
    pub fn grounds(&'static self, on: Date) -> impl Iterator<Item = &'static Ground> {
        self.grounds.iter().filter(move |each| each.basis().is_in_force(on))
    }

    /// Whether an answer so rests on an article.
    pub fn has_grounds(&self) -> bool {
        !self.grounds.is_empty()
    }
}

impl OutcomeKey {
    /// （一）予以公开.
    pub const DISCLOSED: Self = Self("disclosed");
    /// （二）部分公开.
    pub const PARTLY_DISCLOSED: Self = Self("partly_disclosed");
    /// （六）1: the supplement did not come.
    pub const NOT_SUPPLEMENTED: Self = Self("otherwise_closed.not_supplemented");
    /// （六）2: the fee was not paid.
    pub const FEE_UNPAID: Self = Self("otherwise_closed.fee_unpaid");
    /// （六）3: withdrawn, the requester died or was dissolved.
    pub const OTHERWISE: Self = Self("otherwise_closed.other");

    /// The outcome.
    pub fn outcome(self) -> &'static Outcome {
        let found = outcomes().iter().find(|each| each.key == self.0);
        found.expect("a key is made of the table only; constants are tested")
    }

    /// The ground with this basis; `None` where the outcome never rests on it.
    pub fn ground(self, basis: BasisKey) -> Option<&'static Ground> {
        self.outcome().grounds.iter().find(|each| each.basis == basis.0)
    }

    /// What an answer on this basis must say.
    pub fn needs(self, basis: Option<BasisKey>) -> Vec<FieldKey> {
        let of_ground = basis.and_then(|basis| self.ground(basis)).map(|each| &each.needs);
        self.outcome()
            .needs
            .iter()
            .chain(of_ground.into_iter().flatten())
            .map(|key| known(key))
            .collect()
    }

    /// What it may say beside that.
    pub fn may_say(self, basis: Option<BasisKey>) -> Vec<FieldKey> {
        let ground = basis.and_then(|basis| self.ground(basis));
        ground.iter().flat_map(|each| &each.may).map(|key| known(key)).collect()
    }

    /// What must have happened before a request ends so, on this basis.
    pub fn requires(self, basis: Option<BasisKey>) -> Vec<Requirement> {
        let of_ground = basis.and_then(|basis| self.ground(basis)).map(|each| &each.requires);
        let own = self.outcome().requires.iter();
        own.chain(of_ground.into_iter().flatten()).copied().collect()
    }

    /// The row of the annual report it is counted in: its own, or that of its group where the form
    /// has no finer one.
    pub fn row(self, form: &Form) -> &'static str {
        let table = form.table(TableKind::Requests);
        let group = || self.0.split_once('.').map_or(self.0, |(group, _)| group);
        if table.row(self.0).is_some() { self.0 } else { group() }
    }

    /// The official words: the label of its row without the number, after that of its group.
    pub fn label(self) -> String {
        let table = forms().iter().rev().map(|form| form.table(TableKind::Requests));
        let Some((table, row)) = table.filter_map(|each| Some((each, each.row(self.0)?))).next()
        else {
            return self.0.to_owned();
        };
        let row = &table.rows[row];
        let group = self.0.split_once('.').and_then(|(key, _)| {
            table.groups.iter().find(|group| group.key == key).map(|group| bare(&group.label))
        });
        match group {
            Some(group) => format!("{group}：{}", bare(&row.label)),
            None => bare(&row.label).to_owned(),
        }
    }
}

fn known(text: &str) -> FieldKey {
    FieldKey::of(text).expect("data/outcomes names its own fields; tested")
}

/// A label without its number and what stands in brackets behind it.
fn bare(label: &str) -> &str {
    let counts = |sign: char| sign.is_ascii_digit() || "（一二三四五六七八九十）、.".contains(sign);
    let words = label.trim_start_matches(counts);
    words.split('（').next().unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::FormKey;
    use jiff::civil::date;

    #[test]
    fn every_outcome_is_a_row_of_the_report_and_every_row_of_results_is_an_outcome() {
        let form = Form::for_year(2024).expect("a form");
        let table = form.table(TableKind::Requests);
        let of_results = |key: &str| key.contains('.') || key.ends_with("disclosed");
        let rows: Vec<_> = table.rows.iter().map(|row| row.key.as_str()).collect();
        let rows: Vec<_> = rows.into_iter().filter(|key| of_results(key)).collect();
        let keys: Vec<_> = outcomes().iter().map(|each| each.key.as_str()).collect();
        assert_eq!(rows, keys);
    }

    #[test]
    fn the_table_names_only_what_it_has() {
        for outcome in outcomes() {
            let key = outcome.key();
            assert_eq!(key.outcome(), outcome);
            assert!(!key.label().is_empty() && !key.label().contains('.'), "{}", key.label());
            key.needs(None);
            for ground in &outcome.grounds {
                assert!(!ground.basis().citation().is_empty());
                key.needs(Some(ground.basis().key()));
                key.may_say(Some(ground.basis().key()));
            }
            assert!(outcome.by_act || outcome.has_grounds() || !outcome.needs.is_empty(), "{key}");
        }
        for key in [
            OutcomeKey::DISCLOSED,
            OutcomeKey::PARTLY_DISCLOSED,
            OutcomeKey::NOT_SUPPLEMENTED,
            OutcomeKey::FEE_UNPAID,
            OutcomeKey::OTHERWISE,
        ] {
            assert_eq!(OutcomeKey::of(key.as_str()), Some(key));
        }
    }

    #[test]
    fn the_older_form_has_one_row_for_what_ended_otherwise() {
        let older = Form::for_year(2020).expect("a form");
        let newer = Form::for_year(2022).expect("a form");
        assert_ne!(older.key, newer.key);
        let _: FormKey = older.key;
        assert_eq!(OutcomeKey::FEE_UNPAID.row(older), "otherwise_closed");
        assert_eq!(OutcomeKey::FEE_UNPAID.row(newer), "otherwise_closed.fee_unpaid");
        assert_eq!(OutcomeKey::DISCLOSED.row(older), "disclosed");
    }

    #[test]
    fn a_basis_is_in_force_as_long_as_its_instrument() {
        let fee = BasisKey::of("fee-6").expect("in the table").basis();
        assert!(!fee.is_in_force(date(2020, 12, 31)));
        assert!(fee.is_in_force(date(2021, 1, 1)));
        let on = |day| OutcomeKey::FEE_UNPAID.outcome().grounds(day).count();
        assert_eq!((on(date(2020, 6, 1)), on(date(2023, 6, 1))), (0, 1));
    }

    #[test]
    fn words_come_from_the_form() {
        let key = OutcomeKey::of("withheld.state_secret").expect("in the table");
        let form = Form::for_year(2024).expect("a form").table(TableKind::Requests);
        let row = &form.rows[form.row(key.as_str()).expect("a row")].label;
        assert!(row.ends_with(key.label().split_once('：').expect("group and row").1));
    }
}
