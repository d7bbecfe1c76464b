//! How a seal is printed: how large, where, on which papers, and within which bounds.

use crate::AppError;
use crate::requests::paper::REPLY;
use gongkai_papers::notice;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The usual diameter of an organ's seal, in millimetres.
pub const USUAL_MM: f32 = 42.0;
/// The diameters of seals lie in here, in millimetres: our own bounds, round those laid down for organs.
const DIAMETERS_MM: std::ops::RangeInclusive<f32> = 30.0..=60.0;
/// A seal is moved from its place by so many millimetres at most: further it no longer covers the date.
const MOST_MOVED_MM: f32 = 20.0;

/// How a seal is printed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Placing {
    /// Its diameter, in millimetres.
    pub diameter_mm: f32,
    /// Moves it to the right of its place, in millimetres.
    pub right_mm: f32,
    /// Moves it below its place, in millimetres.
    pub down_mm: f32,
    /// On which papers: keys of notices, [`REPLY`] for a reply.
    pub papers: BTreeSet<String>,
}

/// The papers that can be sealed, with their names, in the order of their templates.
pub fn papers() -> Vec<(String, String)> {
    let mut all = vec![(REPLY.to_owned(), "政府信息公开告知书（答复）".to_owned())];
    for each in notice::all().iter().filter(|each| each.is_signed() && !each.is_reply()) {
        if all.iter().all(|(key, _)| *key != each.key) {
            all.push((each.key.clone(), each.name.clone()));
        }
    }
    all
}

/// Where a seal stands before anybody sets it: the usual size and place, on every paper.
pub fn usual() -> Placing {
    let papers = papers().into_iter().map(|(key, _)| key).collect();
    Placing { diameter_mm: USUAL_MM, right_mm: 0.0, down_mm: 0.0, papers }
}

/// Refuses a place where no seal can stand.
pub(super) fn ask_placing(placing: &Placing) -> Result<(), AppError> {
    if !DIAMETERS_MM.contains(&placing.diameter_mm) {
        let (least, most) = (DIAMETERS_MM.start(), DIAMETERS_MM.end());
        let message = format!("印章的直径应在 {least} 到 {most} 毫米之间，通常为 {USUAL_MM} 毫米");
        return Err(AppError::invalid("diameter", message));
    }
    for (field, moved) in [("right", placing.right_mm), ("down", placing.down_mm)] {
        if !(-MOST_MOVED_MM..=MOST_MOVED_MM).contains(&moved) {
            let message = format!("印章最多移动 {MOST_MOVED_MM} 毫米，再远就压不住署名和日期");
            return Err(AppError::invalid(field, message));
        }
    }
    let known = papers();
    if placing.papers.is_empty()
        || !placing.papers.iter().all(|key| known.iter().any(|(each, _)| each == key))
    {
        return Err(AppError::invalid("papers", "请至少选择一种加盖印章的文书"));
    }
    Ok(())
}
