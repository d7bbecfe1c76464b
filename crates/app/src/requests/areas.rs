//! 区分处理 by area: the pages of a PDF are shown, and areas of them marked by hand. What is marked goes
//! in [`super::release`]; nothing is taken out here.

use super::release::{all, content, found};
use super::released::Release;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::RequestId;
use gongkai_papers::redaction::{self, Area, Marks, Refusal};
use serde::{Deserialize, Serialize};

/// An area in percent of the page as it is shown, counted from its upper left corner.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct PercentArea {
    /// The page, from 1.
    pub page: u32,
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

/// A file whose areas can be marked.
#[derive(Clone, Debug)]
pub struct Sheets {
    /// The file.
    pub release: Release,
    /// How wide and how high each page is as it is shown, in points; empty where it is no PDF.
    pub pages: Vec<(f64, f64)>,
    /// Why its pages cannot be shown.
    pub problem: Option<String>,
}

/// A file on its way out with its pages.
///
/// # Errors
/// When the caller does not work on the request, there is no such file, or the store fails.
pub async fn sheets(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    which: &str,
) -> Result<Sheets, AppError> {
    let release = found(all(app, caller, id).await?, which)?;
    let bytes = content(app, &release.source).await?;
    super::opened::note_look(app, caller, id, &release.source).await?;
    let sizes = tokio::task::spawn_blocking(move || redaction::page_sizes(&bytes)).await;
    let sizes = sizes.map_err(|error| AppError::Broken(error.to_string()))?;
    let (pages, problem) = match sizes {
        Ok(pages) => (pages, None),
        Err(refusal) => (Vec::new(), Some(refusal.to_string())),
    };
    Ok(Sheets { release, pages, problem })
}

/// A page of a file as SVG; `number` counts from 1.
///
/// # Errors
/// When the caller does not work on the request, there is no such file or page, it cannot be shown,
/// or the store fails.
pub async fn picture(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    which: &str,
    number: u32,
) -> Result<String, AppError> {
    let release = found(all(app, caller, id).await?, which)?;
    let bytes = content(app, &release.source).await?;
    let drawn = tokio::task::spawn_blocking(move || redaction::page_picture(&bytes, number)).await;
    drawn.map_err(|error| AppError::Broken(error.to_string()))?.map_err(|refusal| match refusal {
        Refusal::BadArea { .. } => AppError::NotFound("这一页"),
        other => AppError::invalid("file", other.to_string()),
    })
}

/// The marks with these areas, in points of the pages of a file.
pub(super) fn placed(bytes: &[u8], marks: Marks, areas: &[PercentArea]) -> Result<Marks, Refusal> {
    if areas.is_empty() {
        return Ok(marks);
    }
    let sizes = redaction::page_sizes(bytes)?;
    let place = |area: &PercentArea| {
        let size = (area.page as usize).checked_sub(1).and_then(|index| sizes.get(index));
        let (wide, high) = size.ok_or(Refusal::BadArea { page: area.page })?;
        let (across, down) = (wide / 100.0, high / 100.0);
        Ok(Area {
            page: area.page,
            left: area.left * across,
            top: area.top * down,
            right: area.right * across,
            bottom: area.bottom * down,
        })
    };
    let areas = areas.iter().map(place).collect::<Result<_, Refusal>>()?;
    Ok(Marks { areas, ..marks })
}
