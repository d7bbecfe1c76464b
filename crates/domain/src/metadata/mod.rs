//! What is said of a published item beside its text: numbers, dates, classes, validity.

mod field;

pub use field::MetadataField;
