//! The workplace: pages of people who are signed in.

pub mod acts;
pub mod channels;
pub mod draft;
pub mod edit;
pub mod item;
pub mod jobs;
pub mod list;
pub mod sign_in;
pub mod today;
