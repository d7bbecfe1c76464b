//! Titles that go on from what somebody is typing.

use super::{follow, parse};
use crate::{App, AppError};
use gongkai_papers::searchable::searchable;
use gongkai_store::items;

/// How many titles are suggested.
const MOST: usize = 10;

/// Titles of what is public that begin with this or hold it; none for what cannot be searched for.
///
/// # Errors
/// When the index is not ready yet, or the store fails.
pub async fn suggest(app: &App, typed: &str) -> Result<Vec<String>, AppError> {
    if parse::parse(typed, &[]).is_err() {
        return Ok(Vec::new());
    }
    let text = searchable(typed).text;
    let ids = follow::ask(app, move |index| index.suggest(&text, 2 * MOST)).await?;
    let mut reader = app.store.reader().await?;
    let mut titles: Vec<String> = Vec::new();
    for id in ids {
        let Some(loaded) = items::find(&mut reader, &id).await? else { continue };
        let item = loaded.item;
        let Some(public) = item.public.filter(|_| item.standing.is_readable()) else { continue };
        if !titles.contains(&public.content.title) {
            titles.push(public.content.title);
        }
        if titles.len() == MOST {
            break;
        }
    }
    Ok(titles)
}
