//! 依申请公开 in the workplace: the register, a case with its acts, papers and files, the boards.

pub mod acts;
pub mod areas;
pub mod board;
pub mod case;
mod field;
pub mod files;
mod filter;
pub mod marks;
pub mod papers;
pub mod register;
pub mod registration;
pub mod reply;
mod reply_form;
mod strip;
pub mod today_box;
pub mod typed;
pub mod views;

use crate::answer::{Answer, Failure, go};
use gongkai_app::AppError;
use gongkai_domain::id::RequestId;

/// The id of a request in an address.
///
/// # Errors
/// When it is none, there is no such request.
fn id(text: &str) -> Result<RequestId, Failure> {
    text.parse().map_err(|_| Failure(AppError::NotFound("这件申请")))
}

/// Back to the case.
fn back(text: &str) -> Answer {
    go(&format!("/work/requests/{text}"))
}
