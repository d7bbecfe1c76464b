//! What is true of government information disclosure: organs and roles, items and their
//! review, official forms, figures, claims and checks.
//!
//! Pure: no clock, no input or output. It never reads a file; facts are embedded from `data/`.

pub mod access;
pub mod agency;
pub mod audit;
pub mod calendar;
pub mod catalogue;
pub mod channel;
pub mod check;
pub mod claim;
pub mod clock;
pub mod fee;
pub mod figure;
pub mod filing;
pub mod finding;
pub mod form;
pub mod id;
pub mod item;
pub mod item_kind;
pub mod law;
pub mod metadata;
pub mod organ;
pub mod outcome;
pub mod refusal;
pub mod register;
pub mod remedy;
pub mod report;
pub mod request;
pub mod review;
pub mod screening;
pub mod statistics;
pub mod time;
