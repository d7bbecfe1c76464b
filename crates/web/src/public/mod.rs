//! Pages that everybody may read.

pub mod home;
pub mod item;
pub mod list;
pub mod search;
mod viewer;

pub use viewer::Viewer;

use crate::answer::Failure;
use gongkai_app::AppError;

/// The answer to an address that does not exist.
pub async fn not_found() -> Failure {
    Failure(AppError::NotFound("这个网页，地址可能有误，或者内容已经搬走"))
}
