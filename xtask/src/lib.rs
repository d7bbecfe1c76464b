//! House keeping: what the rules of the house look at, the documents generated from the forms, the picture.
//!
//! The rules themselves are the tests of this crate, one file a subject.

pub mod generate;
pub mod picture;
pub mod source;
pub mod workspace;
