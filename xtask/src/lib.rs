//! House keeping: what the rules of the house look at, and the documents generated from the forms.
//!
//! The rules themselves are the tests of this crate, one file a subject.

pub mod generate;
pub mod source;
pub mod workspace;
