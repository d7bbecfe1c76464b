//! 起草: starts an item of an organ.

use super::act;
use crate::caller::Caller;
use crate::{App, AppError, secret};
use gongkai_domain::id::OrganId;
use gongkai_domain::item::{Content, Item, Standing};
use gongkai_store::{events, items, organs};
use jiff::civil::Date;

/// Starts an item.
///
/// # Errors
/// When the organ is not there, the content cannot be taken, or the caller may not write there.
pub async fn draft(
    app: &App,
    caller: &Caller,
    organ: OrganId,
    kind: String,
    content: Content,
) -> Result<Item, AppError> {
    super::revise::check(&content)?;
    let mut transaction = app.store.begin().await?;
    organs::find(&mut transaction, &organ).await?.ok_or(AppError::NotFound("这个机关"))?;
    let now = app.clock.now();
    let id = secret::id(now).parse().expect("digits and small letters make an id");
    let step = Item::draft(id, organ, kind, content, &caller.actor, now)?;
    items::add(&mut transaction, &step.item, due_on(&step.item)).await?;
    let thing = format!("item/{}", step.item.id);
    let mut event = caller.event(act::key(step.act), thing, step.item.organ.as_str(), now);
    event.after = act::state(&step.item);
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok(step.item)
}

/// The last day for publishing in time, while the item was never public.
pub fn due_on(item: &Item) -> Option<Date> {
    let working = item.working.as_ref().filter(|_| item.standing == Standing::NeverPublic)?;
    Some(working.content.formed_on)
}
