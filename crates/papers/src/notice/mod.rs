//! The notices of disclosure on request: templates as data (`data/notices`), filled into official
//! papers. Which notice a case needs and what remedy it names is decided elsewhere.

mod example;
mod fill;
mod reply;
mod template;
mod text;
mod values;

pub use example::example;
pub use fill::{NotFilled, fill};
pub use reply::{Decision, reply};
pub use template::{Blank, Kind, Template, all, blank, find};
pub use values::{Value, Values};
