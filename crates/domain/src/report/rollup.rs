//! Adds a parent's report up from its own and its children's: every figure opens to its parts.
//!
//! Decides nothing about who is whose child; that is told. A blank of a part makes the sum unknown,
//! never smaller; a part that is missing is named, and the sum is of those that are there.

mod tree;

#[cfg(test)]
mod tests;

use crate::figure::{CellKey, Figures, plain_text};
use crate::form::Form;
use jiff::civil::Date;
use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};
use std::fmt::{self, Write as _};

pub use tree::{Node, TreeError, of_tree};

/// One organ's report as it goes into the sum.
#[derive(Clone, Debug)]
pub struct Part {
    /// What the organ is known by, whatever it is called.
    pub organ: String,
    /// Its name on the report.
    pub name: String,
    /// Its figures.
    pub figures: Figures,
    /// The day it was handed in, if that is known.
    pub handed_in_on: Option<Date>,
    /// How many times it was restated after it was handed in.
    pub n_restatements: u32,
}

/// A child as the parent knows it.
#[derive(Clone, Debug)]
pub struct Child {
    /// What the organ is known by.
    pub organ: String,
    /// Its name today.
    pub name: String,
    /// Its report; `None` while there is none.
    pub report: Option<Part>,
}

/// Something about a part that people must know who use the sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// There is no report of it.
    Missing {
        /// Name.
        name: String,
    },
    /// It was handed in after the day it was due.
    Late {
        /// Name.
        name: String,
        /// How many days after.
        n_days: i32,
    },
    /// It was restated.
    Restated {
        /// Name.
        name: String,
        /// How often.
        times: u32,
    },
    /// It is called otherwise today than on its report.
    Renamed {
        /// On its report.
        then: String,
        /// Today.
        now: String,
    },
    /// Some of its figures are blank, so that the sum is not known there.
    Blank {
        /// Name.
        name: String,
        /// Which.
        cells: Vec<CellKey>,
    },
    /// It is written in a form without some of the figures.
    OtherForm {
        /// Name.
        name: String,
        /// Which figures it does not have.
        cells: Vec<CellKey>,
    },
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { name } => write!(f, "“{name}”没有报送，合计不含该机关"),
            Self::Late { name, n_days } => write!(f, "“{name}”逾期 {n_days} 天报送"),
            Self::Restated { name, times } => write!(f, "“{name}”报送后更正过 {times} 次"),
            Self::Renamed { then, now } => write!(f, "“{now}”的报告用的是原名“{then}”"),
            Self::Blank { name, cells } => {
                write!(f, "“{name}”有 {} 格没有数字，这些格不能合计", cells.len())
            }
            Self::OtherForm { name, cells } => {
                write!(f, "“{name}”用的是另一种格式，缺 {} 格，这些格不能合计", cells.len())
            }
        }
    }
}

/// A report that was added up.
#[derive(Clone, Debug)]
pub struct RolledUp {
    /// The sums, every cell of the form; `None` where a part leaves it blank.
    pub figures: Figures,
    /// What was added up: the parent's own first, then the children.
    pub parts: Vec<Part>,
    /// What must be known about the parts.
    pub remarks: Vec<Remark>,
    /// What it rests on: each part and the digest of its figures.
    pub basis: Vec<(String, String)>,
}

impl RolledUp {
    /// What a figure is the sum of: each part's name and figure.
    pub fn open(&self, cell: CellKey) -> impl Iterator<Item = (&Part, Option<Decimal>)> {
        self.parts.iter().map(move |part| (part, part.figures.get(cell)))
    }

    /// Whether every child is in the sum and every sum is known.
    pub fn is_complete(&self) -> bool {
        let is_missing = |remark: &Remark| matches!(remark, Remark::Missing { .. });
        !self.remarks.iter().any(is_missing) && self.figures.iter().all(|(_, sum)| sum.is_some())
    }
}

/// Adds up the parent's own report and its children's; `due` is the day the children's were due.
pub fn rollup(form: &Form, own: Option<Part>, children: &[Child], due: Option<Date>) -> RolledUp {
    let cells: Vec<CellKey> =
        form.tables.iter().flat_map(|table| table.cells.iter().flatten()).copied().collect();
    let mut remarks = Vec::new();
    let mut parts: Vec<Part> = own.into_iter().collect();
    for part in &parts {
        remarks.extend(holes(part, &cells));
    }
    for child in children {
        remarks.extend(remarks_on(child, &cells, due));
        parts.extend(child.report.clone());
    }
    let basis = parts.iter().map(|part| (part.organ.clone(), digest(&part.figures))).collect();
    let figures = sums(&cells, &parts);
    RolledUp { figures, parts, remarks, basis }
}

/// No part at all makes no sum of zero.
fn sums(cells: &[CellKey], parts: &[Part]) -> Figures {
    let sum = |cell: CellKey| -> Option<Decimal> {
        parts.first()?;
        parts.iter().map(|part| part.figures.get(cell)).sum()
    };
    cells.iter().map(|cell| (*cell, sum(*cell))).collect()
}

fn remarks_on(child: &Child, cells: &[CellKey], due: Option<Date>) -> Vec<Remark> {
    let Some(report) = &child.report else {
        return vec![Remark::Missing { name: child.name.clone() }];
    };
    let name = || child.name.clone();
    let mut remarks = Vec::new();
    if let Some((due, on)) = due.zip(report.handed_in_on).filter(|(due, on)| due < on) {
        remarks.push(Remark::Late { name: name(), n_days: (on - due).get_days() });
    }
    if 0 < report.n_restatements {
        remarks.push(Remark::Restated { name: name(), times: report.n_restatements });
    }
    if report.name != child.name {
        remarks.push(Remark::Renamed { then: report.name.clone(), now: name() });
    }
    remarks.extend(holes(report, cells));
    remarks
}

/// What a part leaves blank, and what its form does not have.
fn holes(part: &Part, cells: &[CellKey]) -> Vec<Remark> {
    let unknown = || cells.iter().copied().filter(|cell| part.figures.get(*cell).is_none());
    let (blank, absent): (Vec<CellKey>, Vec<CellKey>) =
        unknown().partition(|cell| part.figures.has(*cell));
    let name = || part.name.clone();
    let blank = (!blank.is_empty()).then(|| Remark::Blank { name: name(), cells: blank });
    let absent = (!absent.is_empty()).then(|| Remark::OtherForm { name: name(), cells: absent });
    blank.into_iter().chain(absent).collect()
}

/// What tells whether figures changed: SHA-256 over keys and values, in hexadecimal digits.
pub fn digest(figures: &Figures) -> String {
    let mut cells: Vec<_> = figures.iter().collect();
    cells.sort_unstable_by_key(|(cell, _)| *cell);
    let mut text = String::with_capacity(cells.len() * 40);
    for (cell, value) in cells {
        let value = value.map(plain_text).unwrap_or_default();
        // Writing to a string does not fail.
        let _ = writeln!(text, "{cell}={value}");
    }
    let mut hexadecimal = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}

/// Why a sum no longer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stale {
    /// The figures of a part are others now.
    Changed {
        /// Which organ.
        organ: String,
    },
    /// A part that was missing is there now.
    Added {
        /// Which organ.
        organ: String,
    },
    /// A part is there no more.
    Gone {
        /// Which organ.
        organ: String,
    },
}

/// Holds what a sum rests on against the parts as they are now.
pub fn stale<'a>(
    basis: &[(String, String)],
    now: impl Iterator<Item = (&'a str, &'a Figures)>,
) -> Vec<Stale> {
    let mut found = Vec::new();
    let mut met: Vec<&str> = Vec::new();
    for (organ, figures) in now {
        met.push(organ);
        match basis.iter().find(|(each, _)| each == organ) {
            None => found.push(Stale::Added { organ: organ.to_owned() }),
            Some((_, then)) if *then != digest(figures) => {
                found.push(Stale::Changed { organ: organ.to_owned() });
            }
            Some(_) => {}
        }
    }
    let gone = basis.iter().filter(|(organ, _)| !met.contains(&organ.as_str()));
    found.extend(gone.map(|(organ, _)| Stale::Gone { organ: organ.clone() }));
    found
}
