//! The facts that the cells count: small records, each with the days that matter.
//!
//! Kinds are the keys of the forms, so that a fact can stand in no cell that no form has.

use crate::form::{TableKind, forms};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::fmt;

/// The column that is no kind of applicant, and no result.
const TOTAL: &str = "total";

/// The column of cases without a result.
const PENDING: &str = "pending";

/// The group of rows that are results of requests.
const RESULTS: &str = "results";

/// The row that adds up the results.
const CLOSED_TOTAL: &str = "closed_total";

macro_rules! kind {
    ($name:ident, $what:literal, $keys:expr) => {
        #[doc = $what]
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub struct $name(&'static str);

        impl $name {
            /// By its key in the forms; `None` where no form has it.
            pub fn by_key(key: &str) -> Option<Self> {
                Self::all().find(|each| each.0 == key)
            }

            /// Every one, in the order of the newest form that has it.
            pub fn all() -> impl Iterator<Item = Self> {
                $keys.map(Self)
            }

            /// Its key in the forms.
            pub fn key(self) -> &'static str {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }
    };
}

fn newest(kind: TableKind) -> &'static crate::form::Table {
    forms().last().expect("there are forms; kept by a test").table(kind)
}

fn columns(kind: TableKind) -> impl Iterator<Item = &'static str> {
    newest(kind).blocks[0].columns.iter().map(|column| column.key.as_str())
}

kind!(
    Applicant,
    "What an applicant is: a column of table three.",
    columns(TableKind::Requests).filter(|key| *key != TOTAL)
);
kind!(
    Outcome,
    "How a request ended: a result row of table three of the newest form, the finest there is.",
    newest(TableKind::Requests)
        .rows
        .iter()
        .filter(|row| row.groups.iter().any(|group| group == RESULTS))
        .map(|row| row.key.as_str())
        .filter(|key| *key != CLOSED_TOTAL)
);
kind!(
    RemedyBlock,
    "Which remedy: a block of table four.",
    newest(TableKind::Remedies).rows.iter().map(|row| row.key.as_str())
);
kind!(
    RemedyResult,
    "How a remedy ended: a column of table four.",
    columns(TableKind::Remedies).filter(|key| ![TOTAL, PENDING].contains(key))
);

/// Why a fact cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// It ends before it begins.
    #[error("“{id}”在 {end} 办结、结束或者废止，早于开始的 {begin}")]
    EndsBeforeItBegins {
        /// Which.
        id: String,
        /// The day it begins.
        begin: Date,
        /// The day it ends.
        end: Date,
    },
    /// No form has its row.
    #[error("“{id}”的类别“{row}”不在表二的任何一行")]
    UnknownRow {
        /// Which.
        id: String,
        /// The key given.
        row: String,
    },
    /// An amount below nothing.
    #[error("“{id}”的金额 {amount} 小于零")]
    Negative {
        /// Which.
        id: String,
        /// The amount, in 元.
        amount: Decimal,
    },
}

/// Whether some form's table two has the row.
fn known_row(id: &str, row: String) -> Result<String, FactError> {
    let tables = || forms().iter().map(|form| form.table(TableKind::Proactive));
    match tables().any(|table| table.row(&row).is_some()) {
        true => Ok(row),
        false => Err(FactError::UnknownRow { id: id.to_owned(), row }),
    }
}

fn in_order(id: &str, begin: Date, end: Option<Date>) -> Result<(), FactError> {
    match end {
        Some(end) if end < begin => {
            Err(FactError::EndsBeforeItBegins { id: id.to_owned(), begin, end })
        }
        _ => Ok(()),
    }
}

/// A request for disclosure.
#[derive(Clone, Debug)]
pub struct RequestFact {
    pub(crate) id: String,
    pub(crate) applicant: Applicant,
    pub(crate) received_on: Date,
    pub(crate) closed: Option<(Outcome, Date)>,
}

impl RequestFact {
    /// A request received on a day (OGI Regulations art. 31) and, perhaps, closed on another.
    ///
    /// # Errors
    /// When it was closed before it was received.
    pub fn new(
        id: impl Into<String>,
        applicant: Applicant,
        received_on: Date,
        closed: Option<(Outcome, Date)>,
    ) -> Result<Self, FactError> {
        let id = id.into();
        in_order(&id, received_on, closed.map(|(_, on)| on))?;
        Ok(Self { id, applicant, received_on, closed })
    }
}

/// A reconsideration or a suit, with the last result known.
#[derive(Clone, Debug)]
pub struct RemedyFact {
    pub(crate) id: String,
    pub(crate) block: RemedyBlock,
    pub(crate) filed_on: Date,
    pub(crate) concluded: Option<(RemedyResult, Date)>,
}

impl RemedyFact {
    /// A case filed on a day and, perhaps, concluded on another. A case in which the organ stands
    /// beside another as the body that reconsidered is counted at the other and is no fact here
    /// (国办公开办函〔2016〕201号).
    ///
    /// # Errors
    /// When it was concluded before it was filed.
    pub fn new(
        id: impl Into<String>,
        block: RemedyBlock,
        filed_on: Date,
        concluded: Option<(RemedyResult, Date)>,
    ) -> Result<Self, FactError> {
        let id = id.into();
        in_order(&id, filed_on, concluded.map(|(_, on)| on))?;
        Ok(Self { id, block, filed_on, concluded })
    }
}

/// An administrative act of table two: a decision, a charge, a procurement.
#[derive(Clone, Debug)]
pub struct ActFact {
    pub(crate) id: String,
    pub(crate) row: String,
    pub(crate) on: Date,
    pub(crate) amount: Decimal,
}

impl ActFact {
    /// An act of a row (`permit`, `penalty`, `fee` …) on a day; the amount in 元, zero if none.
    ///
    /// # Errors
    /// When no form has the row, or the amount is below zero.
    pub fn new(
        id: impl Into<String>,
        row: impl Into<String>,
        on: Date,
        amount: Decimal,
    ) -> Result<Self, FactError> {
        let id = id.into();
        if amount < Decimal::ZERO {
            return Err(FactError::Negative { id, amount });
        }
        let row = known_row(&id, row.into())?;
        Ok(Self { id, row, on, amount })
    }
}

/// A matter that the organ handles, of table two of the 2019 form: a kind of permit, of fee.
#[derive(Clone, Debug)]
pub struct ItemFact {
    pub(super) id: String,
    pub(super) row: String,
    pub(super) from: Date,
    pub(super) until: Option<Date>,
}

impl ItemFact {
    /// A matter of a row that was there from a day on, and, perhaps, removed on another.
    ///
    /// # Errors
    /// When no form has the row, or it was removed before it was there.
    pub fn new(
        id: impl Into<String>,
        row: impl Into<String>,
        from: Date,
        until: Option<Date>,
    ) -> Result<Self, FactError> {
        let id = id.into();
        in_order(&id, from, until)?;
        let row = known_row(&id, row.into())?;
        Ok(Self { id, row, from, until })
    }
}

/// A rule or a normative document.
#[derive(Clone, Debug)]
pub struct DocumentFact {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) issued_on: Date,
    pub(super) published_on: Option<Date>,
    pub(super) repealed_on: Option<Date>,
}

impl DocumentFact {
    /// A document of a kind (`rule`, `normative_document`) with the days of its life.
    ///
    /// # Errors
    /// When no form has the kind, or it was published or repealed before it was issued.
    pub fn new(
        id: impl Into<String>,
        kind: impl Into<String>,
        issued_on: Date,
        published_on: Option<Date>,
        repealed_on: Option<Date>,
    ) -> Result<Self, FactError> {
        let id = id.into();
        in_order(&id, issued_on, published_on)?;
        in_order(&id, issued_on, repealed_on)?;
        let kind = known_row(&id, kind.into())?;
        Ok(Self { id, kind, issued_on, published_on, repealed_on })
    }
}

/// All facts of one organ.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Requests.
    pub requests: Vec<RequestFact>,
    /// Reconsiderations and suits.
    pub remedies: Vec<RemedyFact>,
    /// Decisions, charges, procurements.
    pub acts: Vec<ActFact>,
    /// Matters handled.
    pub items: Vec<ItemFact>,
    /// Rules and normative documents.
    pub documents: Vec<DocumentFact>,
}
