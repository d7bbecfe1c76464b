//! Annual reports of the installation's organs: compiled from the registers, checked, handed in,
//! returned, accepted, added up, published; with the registers and earlier years they rest on.

mod act;
pub mod answer;
pub mod board;
pub mod cases;
pub mod charts;
pub mod compared;
pub mod compile;
pub mod earlier;
pub mod facts;
pub mod hand_in;
pub mod likeness;
pub mod paper;
pub mod publish;
pub mod registers;
pub mod remedies;
pub mod remind;
pub mod restate;
pub mod review;
pub mod rolled;
pub mod statistics;
pub mod text;
pub mod view;

pub use act::name as act_name;
pub use gongkai_papers::annual_report::write::{Draft, Format};

use crate::AppError;
use gongkai_domain::form::Form;
use gongkai_domain::id::OrganId;

/// What stands in the audit log for a report.
pub(crate) fn thing(organ: &OrganId, year: i16) -> String {
    format!("report/{organ}/{year}")
}

/// The form laid down for a year.
pub(super) fn form(year: i16) -> Result<&'static Form, AppError> {
    let none = || AppError::invalid("year", format!("{year} 年度没有规定年度报告的表格格式"));
    Form::for_year(year).ok_or_else(none)
}
