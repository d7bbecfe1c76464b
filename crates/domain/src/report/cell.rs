//! A cell of the annual report is one definition: it counts the facts of a year, and it lists them.
//!
//! The definitions are data (`data/forms/cells.toml`); [`compile`] applies those of a form to the
//! facts of one organ. Nothing here knows where the facts are kept.

mod compile;
mod fact;
mod rule;
#[cfg(test)]
mod tests;

pub use compile::{CompileError, Compiled, compile};
pub use fact::{
    ActFact, Applicant, DocumentFact, FactError, Facts, ItemFact, Outcome, RemedyBlock, RemedyFact,
    RemedyResult, RequestFact,
};
pub use rule::{CellRule, rule_of, rules};
