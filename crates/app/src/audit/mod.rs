//! The audit log: read by the auditor, taken out as a file, proved offline.

pub mod names;
pub mod read;
pub mod verify;

pub use gongkai_store::events::{Filter, Towards};
