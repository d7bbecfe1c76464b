//! What people do with disclosure requests (依申请公开): each act with its event in one transaction.
//!
//! Personal data stands sealed in the store; it is opened in [`reveal`] only, and each look is logged.

pub(crate) mod act;
pub mod areas;
pub mod attached;
pub mod board;
pub mod case;
pub mod clock_case;
pub mod close;
pub mod consult;
pub mod draft;
pub mod expire;
mod expiring;
pub mod export;
pub mod facts;
pub mod fee;
pub mod file;
pub mod flood;
pub mod handle;
mod kept;
pub mod list;
pub mod note;
pub mod opened;
pub mod package;
pub mod paper;
pub mod question;
pub mod reasons;
pub mod receipt;
pub mod recompute;
pub mod register;
pub mod release;
mod released;
pub mod repeats;
pub mod reply;
pub mod reveal;
pub mod saved_views;
pub(crate) mod seal;
pub mod seal_open;
pub mod served_papers;
pub mod signing;
pub mod submit;
pub mod suggest;
pub mod supplement;
#[cfg(test)]
pub(crate) mod tests;
pub mod track;
pub mod visit;
pub mod word;

pub use act::{key as act_key, name as act_name};
pub use gongkai_store::requests::{Filter, Line, Order, Page, Paper, Place, Rating};
pub use released::Release;

use gongkai_domain::request::DisclosureRequest;

/// What stands in the audit log for a request.
pub(crate) fn thing(request: &DisclosureRequest) -> String {
    format!("request/{}", request.id)
}
