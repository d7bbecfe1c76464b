//! 发布: makes an approved edition public, with its index number.

use super::act::{self, finish, load};
use super::content_digest;
use super::screen::finding_keys;
use crate::caller::{Caller, system_event};
use crate::{App, AppError};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::Item;
use gongkai_domain::time::china_date;
use gongkai_store::{Transaction, items, organs, serials};
use jiff::Timestamp;

/// Publishes now.
///
/// # Errors
/// When the rules do not allow it.
pub async fn publish(app: &App, caller: &Caller, id: &ItemId) -> Result<Item, AppError> {
    let mut transaction = app.store.begin().await?;
    let loaded = load(&mut transaction, caller, id).await?;
    let item = loaded.item.clone();
    let now = app.clock.now();
    let number = index_number(&mut transaction, &item, now).await?;
    let digest = working_digest(&item);
    let step = item.publish(&digest, &finding_keys(&loaded.item), &number, &caller.actor, now)?;
    finish(app, transaction, caller, loaded, step).await
}

/// Publishes what was set for a time that has come; answers how many. Each stands alone: one that
/// cannot be published does not hold up the others.
///
/// # Errors
/// When the store fails.
pub async fn publish_due(app: &App) -> Result<usize, AppError> {
    let now = app.clock.now();
    let due = items::due_for_publication(&mut *app.store.reader().await?, now, 100).await?;
    let mut n_published = 0;
    for loaded in due {
        let mut transaction = app.store.begin().await?;
        let item = loaded.item.clone();
        let number = index_number(&mut transaction, &item, now).await?;
        let digest = working_digest(&item);
        let step = match item.publish_scheduled(&digest, &number, now) {
            Ok(step) => step,
            Err(refusal) => {
                tracing::error!(item = %loaded.item.id, "定时发布没有完成：{refusal}");
                continue;
            }
        };
        let thing = format!("item/{}", step.item.id);
        let event = system_event(act::key(step.act), thing, step.item.organ.as_str(), now);
        act::save(app, &mut transaction, &loaded, &step, event).await?;
        transaction.commit().await?;
        app.public_changed();
        n_published += 1;
    }
    Ok(n_published)
}

pub(super) fn working_digest(item: &Item) -> String {
    item.working.as_ref().map(|working| content_digest(&working.content)).unwrap_or_default()
}

/// The index number the item has, or the next of its organ and year (law.md 5.1).
pub(super) async fn index_number(
    transaction: &mut Transaction,
    item: &Item,
    now: Timestamp,
) -> Result<String, AppError> {
    if let Some(number) = &item.index_number {
        return Ok(number.clone());
    }
    let organ = organs::find(transaction, &item.organ).await?;
    let code = organ.map(|organ| organ.code).unwrap_or_default();
    let year = china_date(now).year();
    let serial = serials::next(transaction, &code, year).await?;
    Ok(format!("{code}/{year:04}-{serial:05}"))
}
