//! Annual reports in the workplace: the board, the report and its figures, registers, earlier years.

pub mod acts;
pub mod board;
pub mod cases;
pub mod compared;
pub mod earlier;
pub mod file;
pub mod page;
pub mod registers;
pub mod remedies;
pub mod statistics;
pub mod text;

use gongkai_app::AppError;
use gongkai_domain::id::OrganId;

/// The organ of an address.
fn organ(text: &str) -> Result<OrganId, AppError> {
    text.parse().map_err(|_| AppError::NotFound("这个机关"))
}

/// The address of a report.
fn address(organ: &str, year: i16) -> String {
    format!("/work/reports/{organ}/{year}")
}
