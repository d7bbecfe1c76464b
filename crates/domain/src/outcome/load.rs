//! Loads `data/outcomes`, once a process; a fault there is caught by tests.

use super::remedy::{BodyEntry, RemedyEntry};
use super::{Basis, Field, Outcome};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub field: Vec<Field>,
    pub basis: Vec<Basis>,
    pub outcome: Vec<Outcome>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Remedies {
    pub remedy: Vec<RemedyEntry>,
    pub body: Vec<BodyEntry>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| parse(include_str!("../../../../data/outcomes/outcomes.toml")));
static REMEDIES: LazyLock<Remedies> =
    LazyLock::new(|| parse(include_str!("../../../../data/outcomes/remedies.toml")));

static CITATIONS: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| TABLE.basis.iter().map(Basis::cited).collect());

/// The articles as texts, by the keys of the bases.
pub(super) fn citations() -> &'static BTreeMap<String, String> {
    &CITATIONS
}

pub(super) fn table() -> &'static Table {
    &TABLE
}

pub(super) fn remedies() -> &'static Remedies {
    &REMEDIES
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> T {
    toml::from_str(text).expect("data/outcomes is embedded and tested")
}
