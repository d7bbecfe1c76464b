//! The actions: load, decide with the domain, save state, event and job in one transaction.
//!
//! Clock and configuration live here. Pages, commands and jobs call the same actions.

pub mod accounts;
mod app;
pub mod audit;
mod caller;
pub mod channels;
pub mod clock;
pub mod config;
pub mod demo;
pub mod duties;
mod error;
pub mod items;
pub mod jobs;
pub mod ledger;
pub mod oidc;
pub mod organs;
pub mod remind;
pub mod reports;
pub mod requests;
pub mod search;
mod secret;
pub mod sign_in;
pub mod site;
pub mod start;
#[cfg(test)]
mod testing;
pub mod tickets;
pub mod upkeep;
pub mod vault;
pub mod views;

pub use app::App;
pub use caller::Caller;
pub use error::{AppError, Problem};
