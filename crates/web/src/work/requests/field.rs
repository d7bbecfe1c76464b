//! A field of a form as it is shown: label, hint, what stands in it; what it means the acts know.

use super::typed::Typed;
use crate::choice::Choice;
use jiff::civil::Date;

/// What a field takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A line.
    Line,
    /// Several lines.
    Text,
    /// A day.
    Day,
    /// A count.
    Count,
    /// One of a list.
    Choice(Vec<Choice>),
}

/// A field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Field {
    /// What the form sends.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// What is to be filled in, where the label does not say it.
    pub hint: String,
    /// What it takes.
    pub kind: Kind,
    /// What stands in it.
    pub value: String,
    /// Whether something must stand in it.
    pub must: bool,
}

impl Field {
    fn new(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self { name, label, hint: String::new(), kind, value: String::new(), must: true }
    }

    /// A line.
    pub fn line(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::Line)
    }

    /// Several lines.
    pub fn text(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::Text)
    }

    /// A day.
    pub fn day(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::Day)
    }

    /// The day of today.
    pub fn today(name: &'static str, label: &'static str, today: Date) -> Self {
        Self::day(name, label).with(today)
    }

    /// A count.
    pub fn count(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::Count)
    }

    /// One of a list of keys and words.
    pub fn choice<K: ToString, W: ToString>(
        name: &'static str,
        label: &'static str,
        list: impl IntoIterator<Item = (K, W)>,
    ) -> Self {
        let choice = |(value, label): (K, W)| Choice {
            value: value.to_string(),
            label: label.to_string(),
            chosen: false,
        };
        Self::new(name, label, Kind::Choice(list.into_iter().map(choice).collect()))
    }

    /// The same with something in it.
    pub fn with(self, value: impl ToString) -> Self {
        let value = value.to_string();
        Self { value, ..self }.chosen()
    }

    /// The same with a hint.
    pub fn hinted(self, hint: impl ToString) -> Self {
        Self { hint: hint.to_string(), ..self }
    }

    /// The same that may stay empty.
    pub fn optional(self) -> Self {
        Self { must: false, ..self }
    }

    /// The same with what was typed.
    pub fn retyped(self, typed: &Typed) -> Self {
        let value = typed.get(self.name).to_owned();
        self.with(value)
    }

    fn chosen(mut self) -> Self {
        if let Kind::Choice(list) = &mut self.kind {
            for choice in list {
                choice.chosen = choice.value == self.value;
            }
        }
        self
    }

    /// The type of its input; none where it is no input.
    pub fn input(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Line => Some("text"),
            Kind::Day => Some("date"),
            Kind::Count => Some("number"),
            Kind::Text | Kind::Choice(_) => None,
        }
    }

    /// Whether it takes a count.
    pub fn is_count(&self) -> bool {
        self.kind == Kind::Count
    }

    /// What can be chosen.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::Choice(list) => list,
            _ => &[],
        }
    }
}
