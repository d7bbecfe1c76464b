//! Findings: what a check or the reader has to say, with its place, its basis and a hint.

use crate::figure::{CellKey, Place, plain_option};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What a check says. A blank is not a zero; an unknown is not a pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The rule is kept.
    Holds,
    /// The rule is broken.
    Fails,
    /// Perhaps broken: someone must look.
    Uncertain,
    /// The figures to judge it are not there.
    NotAssessable,
}

/// How heavy a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// For information.
    Note,
    /// Probably a fault.
    Warning,
    /// A fault.
    Error,
}

/// The kind of a check (house words).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// A total against its parts.
    CrossFoot,
    /// What came in against what went out.
    RollForward,
    /// One table against another.
    CrossTable,
    /// One year against the next.
    CrossYear,
    /// A parent against its children.
    RollUp,
    /// Prose against figures, or against itself.
    Narrative,
    /// Possible, but hardly so.
    Plausibility,
    /// Shape and completeness of the paper.
    Form,
    /// What the reader could not read as it stands.
    Reading,
}

/// A check as declared in `data/forms`.
#[derive(Clone, Debug, Deserialize)]
pub struct CheckDefinition {
    /// Stable key; never changes its meaning.
    pub id: String,
    /// Kind of check.
    pub kind: CheckKind,
    /// What must hold, in Chinese.
    pub title: String,
    /// Where the rule comes from.
    pub basis: String,
    /// The heaviest severity of its findings.
    pub severity: Severity,
    /// What to do.
    #[serde(default)]
    pub hint: String,
}

#[derive(Deserialize)]
struct CheckFile {
    check: Vec<CheckDefinition>,
}

static DEFINITIONS: LazyLock<Vec<CheckDefinition>> = LazyLock::new(|| {
    let file: CheckFile = toml::from_str(include_str!("../../../data/forms/checks.toml"))
        .expect("data/forms/checks.toml is embedded and tested");
    file.check
});

/// Every check that does not follow from one table's arithmetic, in the order of the file.
pub fn definitions() -> &'static [CheckDefinition] {
    &DEFINITIONS
}

/// A place with what stands there.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, Default)]
pub struct Spot {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// The figure that stands there, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellKey>,
    /// The document, where it is not the report's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl From<Place> for Spot {
    fn from(place: Place) -> Self {
        Self { place, ..Self::default() }
    }
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Key of the check.
    pub check: &'static str,
    /// Its kind.
    pub kind: CheckKind,
    /// What must hold.
    pub title: &'static str,
    /// What was found.
    pub verdict: Verdict,
    /// How heavy.
    pub severity: Severity,
    /// Where the rule comes from.
    pub basis: &'static str,
    /// The sum worked out, e.g. `3 + 904 = 907`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
    /// Left side.
    #[serde(serialize_with = "plain_option")]
    pub left: Option<Decimal>,
    /// Right side.
    #[serde(serialize_with = "plain_option")]
    pub right: Option<Decimal>,
    /// Left less right.
    #[serde(serialize_with = "plain_option")]
    pub difference: Option<Decimal>,
    /// One plain Chinese sentence.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub hint: &'static str,
    /// Where.
    pub places: Vec<Spot>,
}

impl Finding {
    /// A finding of a declared check, with the declared severity.
    ///
    /// # Panics
    /// When no check of that key is declared: a fault of the program, kept out by a test.
    pub fn of(check: &str, verdict: Verdict, message: impl Into<String>) -> Self {
        let definition = DEFINITIONS
            .iter()
            .find(|definition| definition.id == check)
            .unwrap_or_else(|| panic!("check {check} is not declared in data/forms/checks.toml"));
        Self::new(definition, verdict, message)
    }

    /// A finding of a given definition.
    pub fn new(
        definition: &'static CheckDefinition,
        verdict: Verdict,
        message: impl Into<String>,
    ) -> Self {
        Self {
            check: &definition.id,
            kind: definition.kind,
            title: &definition.title,
            verdict,
            severity: definition.severity,
            basis: &definition.basis,
            expression: None,
            left: None,
            right: None,
            difference: None,
            message: message.into(),
            hint: &definition.hint,
            places: Vec::new(),
        }
    }

    /// With both sides and their difference.
    #[must_use]
    pub fn sides(mut self, left: Option<Decimal>, right: Option<Decimal>) -> Self {
        (self.left, self.right) = (left, right);
        self.difference = left.zip(right).map(|(left, right)| left - right);
        self
    }

    /// With the sum worked out.
    #[must_use]
    pub fn expression(mut self, expression: impl Into<String>) -> Self {
        self.expression = Some(expression.into());
        self
    }

    /// With a lighter severity than declared.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = self.severity.min(severity);
        self
    }

    /// With a further place.
    #[must_use]
    pub fn at(mut self, spot: impl Into<Spot>) -> Self {
        self.places.push(spot.into());
        self
    }
}
