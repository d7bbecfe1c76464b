//! The JSON API, described by OpenAPI: what is public, no more than the pages show; and the registers, to
//! which programs send records with a token.

mod describe;
mod failure;
pub mod model;
mod read;
mod registers;

pub use describe::{openapi, page};
pub use read::{catalogue, item, items, organs, statistics};
pub use registers::take as take_records;

#[cfg(test)]
pub(crate) use describe::{Page as ApiPage, described};
