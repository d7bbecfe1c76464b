//! The only HTTP: public site, workplace, JSON API and feeds. Pages are thin: parse, act, answer.

mod answer;
mod api;
mod assets;
mod choice;
mod current;
mod figures;
mod guard;
mod kept;
mod page;
mod parts;
mod public;
mod routes;
mod serve;
mod work;

pub use routes::{Access, Route, router, routes};
pub use serve::serve;
