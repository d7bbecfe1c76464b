//! The workplace: pages of people who are signed in.

pub mod account;
pub mod acts;
pub mod audit;
pub mod channels;
pub mod compare;
pub mod draft;
pub mod edit;
mod fields;
pub mod files;
mod form;
pub mod item;
pub mod jobs;
pub mod list;
pub mod oidc;
pub mod organs;
pub mod people;
pub mod preview;
pub mod reports;
pub mod requests;
pub mod setup;
pub mod sign_in;
pub mod today;
pub mod tokens;
