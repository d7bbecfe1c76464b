//! The only SQL: state, events and jobs in one transaction; files by the hash of their content.
//!
//! The same statements run on SQLite (embedded, the default) and on PostgreSQL.

pub mod chains;
pub mod channels;
mod error;
pub mod events;
pub mod files;
pub mod items;
pub mod jobs;
pub mod oidc;
mod open;
pub mod organs;
pub mod people;
pub mod reminders;
pub mod reports;
pub mod requests;
mod row;
pub mod sealed;
pub mod seals;
pub mod search;
pub mod second_factors;
pub mod serials;
pub mod sessions;
pub mod settings;
mod statement;
pub mod tables;
pub mod tickets;
pub mod views;
pub mod whole;

pub use error::StoreError;
pub use open::{Reader, Store, Transaction};

/// A connection on which statements run: that of a [`Reader`] or of a [`Transaction`].
pub type Db = sqlx::AnyConnection;
