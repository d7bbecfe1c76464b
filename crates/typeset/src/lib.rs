//! A neutral paper to PDF: fonts, lines, pages, tables. It has never heard of disclosure, and it
//! reads no clock: the same paper with the same fonts gives the same bytes.

pub mod faces;
mod flow;
mod fonts;
mod line;
mod names;
mod paint;
pub mod paper;
mod shelf;
mod table;

pub use fonts::{Fonts, Substitution};
pub use paint::{Problem, Rendered, pdf};
