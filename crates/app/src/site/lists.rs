//! Public lists with how many lines they have, and the map of the site.

use crate::{App, AppError};
use gongkai_store::items::statistics::{self, Stop};
use gongkai_store::items::{self, Filter, Line, Page};

/// One page of a public list, and how many lines the list has in all.
///
/// # Errors
/// When the store fails.
pub async fn lines(app: &App, filter: &Filter, page: Page) -> Result<(Vec<Line>, i64), AppError> {
    let filter = Filter { readable: true, ..filter.clone() };
    let mut reader = app.store.reader().await?;
    let n_lines = statistics::count(&mut reader, &filter).await?;
    Ok((items::lines(&mut reader, &filter, page).await?, n_lines))
}

/// The years in which something of a list was published, the latest first.
///
/// # Errors
/// When the store fails.
pub async fn years(app: &App, filter: &Filter) -> Result<Vec<i16>, AppError> {
    let filter = Filter { readable: true, year: None, ..filter.clone() };
    let span = statistics::span(&mut *app.store.reader().await?, &filter).await?;
    Ok(span.map_or_else(Vec::new, |(first, last)| {
        (first.year()..=last.year()).rev().collect()
    }))
}

/// Part of all public items for the map of the site, in an order that never changes.
///
/// # Errors
/// When the store fails.
pub async fn stops(app: &App, page: Page) -> Result<Vec<Stop>, AppError> {
    Ok(statistics::stops(&mut *app.store.reader().await?, page.skip, page.limit).await?)
}

/// How many public items there are.
///
/// # Errors
/// When the store fails.
pub async fn count(app: &App, filter: &Filter) -> Result<i64, AppError> {
    let filter = Filter { readable: true, ..filter.clone() };
    Ok(statistics::count(&mut *app.store.reader().await?, &filter).await?)
}
