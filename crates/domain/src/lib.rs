//! What is true of government information disclosure: official forms, figures, claims and checks.
//!
//! Pure: no clock, no input or output. It never reads a file; facts are embedded from `data/`.

pub mod agency;
pub mod calendar;
pub mod check;
pub mod claim;
pub mod clock;
pub mod figure;
pub mod finding;
pub mod form;
pub mod law;
pub mod report;
