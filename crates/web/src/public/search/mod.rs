//! 检索: the page with filters and hits, suggestions while typing, and the same answer as JSON.

pub mod api;
mod asked;
mod links;
pub mod page;
pub mod suggest;

pub use asked::Typed;
