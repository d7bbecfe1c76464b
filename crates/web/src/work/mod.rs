//! The workplace: pages of people who are signed in.

pub mod account;
pub mod acts;
pub mod audit;
pub mod draft;
pub mod edit;
pub mod item;
pub mod list;
pub mod organs;
pub mod people;
pub mod setup;
pub mod sign_in;
pub mod today;
