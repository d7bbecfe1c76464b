//! Charts of a report on a page: the picture by its address, its numbers as a table, why a series breaks;
//! the same in the workplace and for the public.

use crate::answer::{Answer, Failure};
use axum::http::header;
use axum::response::IntoResponse;
use gongkai_app::AppError;
use gongkai_app::reports::charts::Plan;

/// A chart as a page shows it.
pub struct Figured {
    /// Its key, by which the page leads to it.
    pub key: &'static str,
    /// What it shows.
    pub title: String,
    /// The address of the picture.
    pub picture: String,
    /// The heads of the columns with numbers.
    pub heads: Vec<String>,
    /// A row for each name, with its numbers.
    pub rows: Vec<(String, Vec<String>)>,
    /// Why a series breaks.
    pub notes: Vec<String>,
}

/// The charts of a page whose pictures stand below this address.
pub fn figured(plans: &[Plan], address: &str) -> Vec<Figured> {
    let one = |plan: &Plan| Figured {
        key: plan.key,
        title: plan.title.clone(),
        picture: format!("{address}/charts/{}", plan.key),
        heads: plan.series.iter().map(|(name, _)| format!("{name}（{}）", plan.unit)).collect(),
        rows: plan.rows().map(|(name, values)| (name.to_owned(), values)).collect(),
        notes: plan.notes().collect(),
    };
    plans.iter().map(one).collect()
}

/// One of the charts, as SVG.
pub fn picture(plans: &[Plan], key: &str) -> Answer {
    let plan = plans.iter().find(|plan| plan.key == key).ok_or(AppError::NotFound("这张图表"))?;
    let chart = plan.draw().map_err(|error| Failure(AppError::Broken(error.to_string())))?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], chart.svg).into_response())
}
