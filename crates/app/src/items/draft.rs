//! 起草: starts an item of an organ.

use super::act;
use crate::caller::Caller;
use crate::{App, AppError, secret};
use gongkai_domain::id::OrganId;
use gongkai_domain::item::{Content, Item};
use gongkai_domain::item_kind;
use gongkai_store::{events, items, organs};

/// Starts an item.
///
/// # Errors
/// When the organ is not there, the content cannot be taken, or the caller may not write there.
pub async fn draft(
    app: &App,
    caller: &Caller,
    organ: OrganId,
    kind: String,
    mut content: Content,
) -> Result<Item, AppError> {
    super::revise::check(&content)?;
    if item_kind::kind(&kind).is_none() {
        return Err(AppError::invalid("kind", "请选择信息种类"));
    }
    let mut transaction = app.store.begin().await?;
    let made_by = organs::find(&mut transaction, &organ).await?;
    let made_by = made_by.ok_or(AppError::NotFound("这个机关"))?;
    if content.issuing_organs.is_empty() {
        content.issuing_organs.push(made_by.name_on(content.formed_on).to_owned());
    }
    let now = app.clock.now();
    let id = secret::id(now).parse().expect("digits and small letters make an id");
    let step = Item::draft(id, organ, kind, content, &caller.actor, now)?;
    let due_on = super::deadline::due_on(&mut transaction, &step.item).await?;
    items::add(&mut transaction, &step.item, due_on).await?;
    let thing = format!("item/{}", step.item.id);
    let mut event = caller.event(act::key(step.act), thing, step.item.organ.as_str(), now);
    event.after = act::state(&step.item);
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok(step.item)
}
