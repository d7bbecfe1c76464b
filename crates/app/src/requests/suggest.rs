//! 已公开的信息: what is public already is suggested while somebody writes what is wanted, and whether
//! that answered it is kept.

use crate::search::{self, Asked, Hit};
use crate::{App, AppError, secret};
use gongkai_domain::id::{ItemId, OrganId};
use gongkai_store::{items, organs, requests};

/// How many items are suggested.
const MOST: usize = 5;
/// How much of what was typed is kept, in characters.
const KEPT: usize = 100;

/// Public items that may hold what is wanted; none where the words cannot be searched for.
///
/// # Errors
/// When the store fails.
pub async fn published(
    app: &App,
    organ: Option<OrganId>,
    wanted: &str,
) -> Result<Vec<Hit>, AppError> {
    let asked = Asked { words: wanted.to_owned(), organ, page: 1, ..Asked::default() };
    match search::search(app, &asked).await {
        Ok(answered) => Ok(answered.hits.into_iter().take(MOST).collect()),
        Err(AppError::Invalid(_) | AppError::Conflict(_)) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Keeps that an item was suggested, and whether it answered what was wanted.
///
/// # Errors
/// When organ or item are not there, or the store fails.
pub async fn record(
    app: &App,
    organ: &OrganId,
    item: &ItemId,
    wanted: &str,
    answered: bool,
) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    if organs::find(&mut transaction, organ).await?.is_none() {
        return Err(AppError::NotFound("这个机关"));
    }
    let found = items::find(&mut transaction, item).await?;
    if !found.is_some_and(|loaded| loaded.item.standing.is_readable()) {
        return Err(AppError::NotFound("这条信息"));
    }
    let now = app.clock.now();
    let wanted: String = wanted.trim().chars().take(KEPT).collect();
    let id = secret::id(now);
    requests::keep_suggestion(&mut transaction, &id, organ, item, &wanted, answered, now).await?;
    Ok(transaction.commit().await?)
}
