//! A report of a year before the installation: as it was read from a file, and as people corrected it
//! with the original in view.

use super::cell_of;
use crate::figure::Figures;
use crate::form::{Form, FormKey, TableKind, forms};
use crate::id::OrganId;
use crate::report::{AnnualReport, TableForms};
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A figure that a person set, with the original in view.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FigureCorrection {
    /// The key of the figure.
    pub cell: String,
    /// What was read or stood there.
    pub before: Option<String>,
    /// What stands there now; `None` where the paper has no figure.
    pub after: Option<String>,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: String,
}

/// A figure that somebody must look at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Doubt {
    /// The key of the figure.
    pub cell: String,
    /// The text that stands there.
    pub text: String,
    /// Why it is doubtful.
    pub reason: String,
}

/// A report of a year before the installation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EarlierReport {
    /// Whose.
    pub organ: OrganId,
    /// The year reported on.
    pub year: i16,
    /// The organ's name on it, where it could be read.
    pub agency: String,
    /// The name of the file.
    pub name: String,
    /// The hash of the original.
    pub file: String,
    /// The forms of tables two, three and four, by their first years; empty where none was told.
    pub forms: [String; 3],
    /// The figures.
    pub figures: Figures,
    /// What somebody must look at and nobody has.
    pub doubts: Vec<Doubt>,
    /// The texts by official section.
    pub texts: Vec<(u8, String)>,
    /// Who set what and why.
    pub corrections: Vec<FigureCorrection>,
}

/// Why a figure cannot be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    /// The report has no such figure.
    #[error("这份报告没有“{0}”这一格")]
    NoCell(String),
    /// Not a number.
    #[error("“{0}”不是数字；原件没有数字的，请留空")]
    NoNumber(String),
    /// Nothing is said.
    #[error("请写明更正的依据，例如“原件第 3 页”")]
    NoReason,
}

impl EarlierReport {
    /// What was read from a file.
    pub fn of(organ: OrganId, year: i16, report: &AnnualReport, file: String) -> Self {
        let form = |kind| report.forms.of(kind).map(|key| key.as_str().to_owned());
        let texts = report.sections.iter().filter_map(|each| Some((each.number?, each.text())));
        let doubts = report.readings.iter().filter_map(|reading| {
            Some(Doubt {
                cell: reading.cell.as_str().to_owned(),
                text: reading.text.clone(),
                reason: reading.reason.clone()?,
            })
        });
        Self {
            organ,
            year,
            agency: report.agency.clone().unwrap_or_default(),
            name: report.source.clone(),
            file,
            forms: TableKind::ALL.map(|kind| form(kind).unwrap_or_default()),
            figures: report.figures.clone(),
            doubts: doubts.collect(),
            texts: texts.collect(),
            corrections: Vec::new(),
        }
    }

    /// Sets a figure by what the original says.
    ///
    /// # Errors
    /// When there is no such figure, it is no number, or no reason is given.
    pub fn correct(
        mut self,
        cell: &str,
        value: &str,
        (by, at): (&str, Timestamp),
        why: &str,
    ) -> Result<Self, CorrectionError> {
        let key = cell_of(cell).filter(|key| self.figures.has(*key));
        let key = key.ok_or_else(|| CorrectionError::NoCell(cell.to_owned()))?;
        let value = value.trim();
        let number = || value.parse().map_err(|_| CorrectionError::NoNumber(value.to_owned()));
        let after: Option<Decimal> = if value.is_empty() { None } else { Some(number()?) };
        if why.trim().is_empty() {
            return Err(CorrectionError::NoReason);
        }
        let text = |value: Option<Decimal>| value.map(crate::figure::plain_text);
        self.corrections.push(FigureCorrection {
            cell: cell.to_owned(),
            before: text(self.figures.get(key)),
            after: text(after),
            by: by.to_owned(),
            at,
            why: why.trim().to_owned(),
        });
        self.figures.set(key, after);
        self.doubts.retain(|doubt| doubt.cell != cell);
        Ok(self)
    }

    /// The forms of its tables.
    pub fn table_forms(&self) -> TableForms {
        let known = |text: &String| forms().iter().find(|form| form.key.as_str() == text);
        let [two, three, four] = self.forms.each_ref().map(|text| known(text).map(|form| form.key));
        TableForms { proactive: two, requests: three, remedies: four }
    }

    /// As a report that can be held against another.
    pub fn report(&self, agency: &str) -> AnnualReport {
        let forms = self.table_forms();
        let form: Option<FormKey> = forms.proactive.or(Form::for_year(self.year).map(|f| f.key));
        AnnualReport {
            source: self.name.clone(),
            agency: Some(agency.to_owned()),
            year: Some(self.year),
            form,
            forms,
            figures: self.figures.clone(),
            ..AnnualReport::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn earlier() -> EarlierReport {
        let cell = cell_of("requests.received.total").unwrap();
        let report = AnnualReport {
            figures: [(cell, Some(Decimal::from(3)))].into_iter().collect(),
            ..AnnualReport::default()
        };
        EarlierReport::of("bureau".parse().unwrap(), 2020, &report, "hash".to_owned())
    }

    #[test]
    fn a_correction_keeps_who_what_and_why() {
        let who = ("王某", Timestamp::UNIX_EPOCH);
        let set = |cell, value, why| earlier().correct(cell, value, who, why);
        let done = set("requests.received.total", "5", "原件第 3 页").unwrap();
        assert_eq!(done.figures.by_key("requests.received.total"), Some(Decimal::from(5)));
        assert_eq!(done.corrections[0].before.as_deref(), Some("3"));
        let blank = set("requests.received.total", " ", "原件没有数字").unwrap();
        assert_eq!(blank.figures.by_key("requests.received.total"), None);
        assert_eq!(
            set("requests.received.total", "5", " ").unwrap_err(),
            CorrectionError::NoReason
        );
        assert!(set("requests.received.total", "五", "原件").is_err());
        assert!(set("requests.received.natural", "5", "原件").is_err());
    }
}
