//! Views of public pages: counts that were gathered in memory, added in one go.

use crate::{Db, StoreError, items};
use gongkai_domain::id::ItemId;

/// Adds to the views of many items; one that is gone is left out.
///
/// # Errors
/// When the database refuses.
pub async fn add(db: &mut Db, counted: &[(ItemId, i64)]) -> Result<(), StoreError> {
    for (id, n_views) in counted {
        items::add_views(db, id, *n_views).await?;
    }
    Ok(())
}
