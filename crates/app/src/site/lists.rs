//! Public lists with how many lines they have, and the map of the site.

use super::counted::kept;
use crate::{App, AppError};
use gongkai_domain::catalogue::Validity;
use gongkai_domain::id::ItemId;
use gongkai_store::items::statistics::{self, Stop};
use gongkai_store::items::validity;
use gongkai_store::items::{self, Filter, Line, Page};

/// One page of a public list, and how many lines the list has in all.
///
/// # Errors
/// When the store fails.
pub async fn lines(app: &App, filter: &Filter, page: Page) -> Result<(Vec<Line>, i64), AppError> {
    let n_lines = count(app, filter).await?;
    let filter = Filter { readable: true, ..filter.clone() };
    Ok((items::lines(&mut *app.store.reader().await?, &filter, page).await?, n_lines))
}

/// Which of the lines are something else than in force today.
///
/// # Errors
/// When the store fails.
pub async fn validities(app: &App, lines: &[Line]) -> Result<Vec<(ItemId, Validity)>, AppError> {
    let ids: Vec<ItemId> = lines.iter().map(|line| line.id.clone()).collect();
    let today = app.clock.today();
    Ok(validity::not_in_force(&mut *app.store.reader().await?, &ids, today).await?)
}

/// The years in which something of a list was published, the latest first.
///
/// # Errors
/// When the store fails.
pub async fn years(app: &App, filter: &Filter) -> Result<Vec<i16>, AppError> {
    let filter = Filter { readable: true, year: None, ..filter.clone() };
    kept(app, &app.counted.years, &filter, async {
        let span = statistics::span(&mut *app.store.reader().await?, &filter).await?;
        let years = span.map(|(first, last)| (first.year()..=last.year()).rev().collect());
        Ok(years.unwrap_or_default())
    })
    .await
}

/// Part of all public items for the map of the site, in an order that never changes.
///
/// # Errors
/// When the store fails.
pub async fn stops(app: &App, page: Page) -> Result<Vec<Stop>, AppError> {
    Ok(statistics::stops(&mut *app.store.reader().await?, page.skip, page.limit).await?)
}

/// How many lines a public list has.
///
/// # Errors
/// When the store fails.
pub async fn count(app: &App, filter: &Filter) -> Result<i64, AppError> {
    let filter = Filter { readable: true, ..filter.clone() };
    kept(app, &app.counted.lines, &filter, async {
        Ok(statistics::count(&mut *app.store.reader().await?, &filter).await?)
    })
    .await
}
