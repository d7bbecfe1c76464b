//! What was counted of public lists, kept until what is public changes: many pages of a list share
//! its numbers.

use super::groups::Groups;
use crate::{App, AppError};
use gongkai_store::items::Filter;
use moka::sync::Cache;

/// Lists that are remembered at a time.
const LISTS: u64 = 2_000;

/// Numbers by generation and filter; cheap to clone.
#[derive(Clone, Debug)]
pub struct Counted {
    pub(super) lines: Cache<String, i64>,
    pub(super) years: Cache<String, Vec<i16>>,
    pub(super) groups: Cache<String, Groups>,
}

impl Default for Counted {
    fn default() -> Self {
        Self { lines: Cache::new(LISTS), years: Cache::new(LISTS), groups: Cache::new(LISTS) }
    }
}

/// The value for a filter: the one that is kept, or the one that `count` finds.
pub(super) async fn kept<T: Clone + Send + Sync + 'static>(
    app: &App,
    cache: &Cache<String, T>,
    filter: &Filter,
    count: impl Future<Output = Result<T, AppError>>,
) -> Result<T, AppError> {
    let key = format!("{} {filter:?}", app.generation());
    if let Some(value) = cache.get(&key) {
        return Ok(value);
    }
    let value = count.await?;
    cache.insert(key, value.clone());
    Ok(value)
}
