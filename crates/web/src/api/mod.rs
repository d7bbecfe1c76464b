//! The JSON API of what is public, described by OpenAPI; it changes nothing and shows nothing more than
//! the pages do.

mod describe;
mod failure;
pub mod model;
mod read;

pub use describe::{openapi, page};
pub use read::{catalogue, item, items, organs, statistics};

#[cfg(test)]
pub(crate) use describe::{Page as ApiPage, described};
