//! Applies the definitions of a form to the facts of a year: figures, each with what it counts.

use super::fact::{Facts, RequestFact};
use super::rule::{CellRule, Measure, RequestMoment, Span, What, act_holds, rules};
use crate::figure::{CellKey, Figures};
use crate::form::Form;
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// 元 in 万元.
const TEN_THOUSAND: i64 = 10_000;

/// Why facts cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// A fact stands there twice, and would be counted twice.
    #[error("“{0}”出现两次，会重复计数")]
    Twice(String),
}

/// The figures of a year and, behind each, the facts it counts.
#[derive(Clone, Debug)]
pub struct Compiled<'a> {
    /// The figures, every cell of the form.
    pub figures: Figures,
    facts: &'a Facts,
    /// Positions of the facts of their kind, by cell.
    lists: HashMap<CellKey, List>,
}

#[derive(Clone, Debug)]
struct List {
    kind: Kind,
    positions: Vec<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Request,
    Remedy,
    Act,
    Item,
    Document,
}

impl Compiled<'_> {
    /// What a cell counts, by id, in the order of the facts.
    pub fn list(&self, cell: CellKey) -> impl Iterator<Item = &str> {
        let list = self.lists.get(&cell);
        list.into_iter().flat_map(|list| {
            list.positions.iter().map(|position| self.id(list.kind, *position as usize))
        })
    }

    fn id(&self, kind: Kind, position: usize) -> &str {
        match kind {
            Kind::Request => &self.facts.requests[position].id,
            Kind::Remedy => &self.facts.remedies[position].id,
            Kind::Act => &self.facts.acts[position].id,
            Kind::Item => &self.facts.items[position].id,
            Kind::Document => &self.facts.documents[position].id,
        }
    }
}

/// Compiles the figures of a year from the facts of an organ.
///
/// # Errors
/// When a fact stands there twice.
pub fn compile<'a>(form: &Form, year: i16, facts: &'a Facts) -> Result<Compiled<'a>, CompileError> {
    each_once(facts)?;
    let rules = rules(form);
    let year = Span::of(year);
    let mut counted: Vec<Counted> =
        rules.iter().map(|rule| Counted::of(&rule.what, facts, year)).collect();
    count_requests(rules, &facts.requests, year, &mut counted);
    let mut compiled = Compiled { figures: Figures::default(), facts, lists: HashMap::new() };
    for (rule, counted) in rules.iter().zip(counted) {
        compiled.figures.set(rule.cell, Some(counted.value));
        compiled.lists.insert(rule.cell, counted.list);
    }
    Ok(compiled)
}

fn each_once(facts: &Facts) -> Result<(), CompileError> {
    unique(facts.requests.iter().map(|fact| &fact.id))?;
    unique(facts.remedies.iter().map(|fact| &fact.id))?;
    unique(facts.acts.iter().map(|fact| &fact.id))?;
    unique(facts.items.iter().map(|fact| &fact.id))?;
    unique(facts.documents.iter().map(|fact| &fact.id))
}

fn unique<'a>(mut ids: impl Iterator<Item = &'a String>) -> Result<(), CompileError> {
    let mut seen = HashSet::new();
    match ids.find(|id| !seen.insert(id.as_str())) {
        Some(id) => Err(CompileError::Twice(id.clone())),
        None => Ok(()),
    }
}

/// A value with what it counts.
struct Counted {
    value: Decimal,
    list: List,
}

impl Counted {
    /// Every cell but those of requests, which are too many to be asked one after the other.
    fn of(what: &What, facts: &Facts, year: Span) -> Self {
        match what {
            What::Request { .. } => Self::number(Kind::Request, Vec::new()),
            What::Remedy { moment, block, result } => {
                let takes = positions(&facts.remedies, |fact| {
                    fact.block.key() == block
                        && moment.holds(fact, year)
                        && result.as_ref().is_none_or(|result| {
                            fact.concluded.is_some_and(|(each, _)| each.key() == result)
                        })
                });
                Self::number(Kind::Remedy, takes)
            }
            What::Act { measure, row } => {
                let taken =
                    positions(&facts.acts, |fact| fact.row == *row && act_holds(fact, year));
                match measure {
                    Measure::Number => Self::number(Kind::Act, taken),
                    Measure::Amount => Self::amount(facts, taken),
                }
            }
            What::Item { moment, row } => {
                let of_row = |fact: &super::ItemFact| fact.row == *row;
                let all = facts.items.iter().filter(|fact| of_row(fact));
                let value: i64 = all.map(|fact| moment.weight(fact, year)).sum();
                let taken =
                    positions(&facts.items, |fact| of_row(fact) && moment.lists(fact, year));
                Self { value: value.into(), ..Self::number(Kind::Item, taken) }
            }
            What::Document { moment, kind } => {
                let taken = positions(&facts.documents, |fact| {
                    fact.kind == *kind && moment.holds(fact, year)
                });
                Self::number(Kind::Document, taken)
            }
        }
    }

    fn number(kind: Kind, positions: Vec<u32>) -> Self {
        Self { value: positions.len().into(), list: List { kind, positions } }
    }

    /// The sum of amounts, from 元 into 万元, exact.
    fn amount(facts: &Facts, positions: Vec<u32>) -> Self {
        let amounts = positions.iter().map(|position| facts.acts[*position as usize].amount);
        let sum: Decimal = amounts.sum();
        let value = (sum / Decimal::from(TEN_THOUSAND)).normalize();
        Self { value, list: List { kind: Kind::Act, positions } }
    }
}

fn positions<T>(facts: &[T], takes: impl Fn(&T) -> bool) -> Vec<u32> {
    // More than four milliards of facts fit in no memory.
    (0_u32..).zip(facts).filter(|(_, fact)| takes(fact)).map(|(position, _)| position).collect()
}

/// All that the definitions ask of a request: equal classes stand in equal cells.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Class {
    moments: [bool; 4],
    outcome: Option<&'static str>,
    applicant: &'static str,
}

impl Class {
    fn of(fact: &RequestFact, year: Span) -> Self {
        let moments = [
            RequestMoment::Received,
            RequestMoment::BroughtForward,
            RequestMoment::Closed,
            RequestMoment::CarriedForward,
        ];
        Self {
            moments: moments.map(|moment| moment.holds(fact, year)),
            outcome: fact.closed.map(|(outcome, _)| outcome.key()),
            applicant: fact.applicant.key(),
        }
    }

    fn has(&self, moment: RequestMoment) -> bool {
        self.moments[moment as usize]
    }

    /// Whether a cell takes requests of this class.
    fn fits(&self, what: &What) -> bool {
        let What::Request { moment, outcome, applicant } = what else { return false };
        self.has(*moment)
            && applicant.as_ref().is_none_or(|key| self.applicant == key)
            && outcome
                .as_ref()
                .is_none_or(|key| self.outcome.is_some_and(|outcome| ends_so(outcome, key)))
    }
}

/// Whether an outcome is of a row: the row itself, or a coarser one over it.
fn ends_so(outcome: &str, row: &str) -> bool {
    outcome.strip_prefix(row).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Puts every request into the cells of its class; the cells of a class are worked out once.
fn count_requests(
    rules: &[CellRule],
    requests: &[RequestFact],
    year: Span,
    counted: &mut [Counted],
) {
    let mut cells_of: HashMap<Class, Vec<usize>> = HashMap::new();
    for (position, fact) in (0_u32..).zip(requests) {
        let class = Class::of(fact, year);
        let cells = cells_of.entry(class).or_insert_with(|| {
            let all = rules.iter().enumerate();
            all.filter(|(_, rule)| class.fits(&rule.what)).map(|(cell, _)| cell).collect()
        });
        for cell in &*cells {
            counted[*cell].list.positions.push(position);
        }
    }
    for (rule, counted) in rules.iter().zip(counted) {
        if matches!(rule.what, What::Request { .. }) {
            counted.value = counted.list.positions.len().into();
        }
    }
}
