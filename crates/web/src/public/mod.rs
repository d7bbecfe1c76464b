//! Pages that everybody may read.

mod charts;
pub mod columns;
mod csv;
pub mod feed;
pub mod files;
mod filters;
pub mod guide;
pub mod home;
pub mod item;
pub mod leaving;
mod links;
pub mod list;
pub mod mode;
pub mod on_request;
pub mod open_data;
pub mod organs;
pub mod query;
pub mod requests;
mod rows;
#[cfg(test)]
mod samples;
pub mod search;
pub mod site;
pub mod sitemap;
pub mod statistics;
pub mod views;

use crate::answer::Failure;
use gongkai_app::AppError;

/// The answer to an address that does not exist.
pub async fn not_found() -> Failure {
    Failure(AppError::NotFound("这个网页，地址可能有误，或者内容已经搬走"))
}
