//! The frame of every act on an item: load, decide, save state and event together.

use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::audit::{Event, digest};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Act, Item, Step};
use gongkai_domain::refusal::Refusal;
use gongkai_store::items::Loaded;
use gongkai_store::{Transaction, events, items, organs};
use jiff::SignedDuration;

/// A sitting ends when nothing was saved for so long. Our own choice: a cup of tea.
const SITTING: SignedDuration = SignedDuration::from_mins(30);

/// The item as the caller may see it, inside a transaction.
pub async fn load(
    transaction: &mut Transaction,
    caller: &Caller,
    id: &ItemId,
) -> Result<Loaded, AppError> {
    let loaded = items::find(transaction, id).await?.ok_or(AppError::NotFound("这条信息"))?;
    let organs = organs::all(transaction).await?;
    if caller.actor.sees(&lineage(&organs, &loaded.item.organ)) {
        Ok(loaded)
    } else {
        Err(AppError::NotFound("这条信息"))
    }
}

/// Loads an item, lets the verb decide, and saves what came of it with its event.
pub async fn act(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    verb: impl FnOnce(Item) -> Result<Step, Refusal>,
) -> Result<Item, AppError> {
    act_with(app, caller, id, |item| Ok(verb(item)?)).await
}

/// The same, where more than the rules may say no.
pub async fn act_with(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    verb: impl FnOnce(Item) -> Result<Step, AppError>,
) -> Result<Item, AppError> {
    let mut transaction = app.store.begin().await?;
    let loaded = load(&mut transaction, caller, id).await?;
    let step = verb(loaded.item.clone())?;
    finish(app, transaction, caller, loaded, step).await
}

/// Saves the step and its event, and makes both last.
pub async fn finish(
    app: &App,
    mut transaction: Transaction,
    caller: &Caller,
    loaded: Loaded,
    step: Step,
) -> Result<Item, AppError> {
    let thing = format!("item/{}", step.item.id);
    let event = caller.event(key(step.act), thing, step.item.organ.as_str(), app.clock.now());
    save(app, &mut transaction, &loaded, &step, event).await?;
    transaction.commit().await?;
    if loaded.item.public != step.item.public || loaded.item.standing != step.item.standing {
        app.public_changed();
    }
    Ok(step.item)
}

/// Saves the step with this event; the caller of it commits.
pub async fn save(
    app: &App,
    transaction: &mut Transaction,
    loaded: &Loaded,
    step: &Step,
    mut event: Event,
) -> Result<(), AppError> {
    if loaded.item == step.item {
        return Ok(());
    }
    let keeps = if step.act == Act::Revise && goes_on(transaction, &event).await? {
        digest_of
    } else {
        state
    };
    (event.before, event.after) = (keeps(&loaded.item), keeps(&step.item));
    event.reason = step.reason.clone().unwrap_or_default();
    if step.item.is_discarded() {
        items::remove(transaction, &step.item.id, loaded.version).await?;
    } else {
        let due_on = super::deadline::due_on(transaction, &step.item).await?;
        items::save(transaction, &step.item, loaded.version, due_on).await?;
    }
    events::append(transaction, event, app.config.audit.algorithm).await?;
    crate::channels::follow::item_changed(app, transaction, &loaded.item, &step.item).await
}

/// Whether the same person was at the same text just before: the log holds the whole state from the
/// beginning of a sitting, and the next act by anybody writes down the whole state at its end.
async fn goes_on(transaction: &mut Transaction, event: &Event) -> Result<bool, AppError> {
    let last = events::last_of(transaction, &event.thing).await?.map(|link| link.event);
    Ok(last.is_some_and(|last| {
        last.act == event.act && last.actor == event.actor && event.at < last.at + SITTING
    }))
}

/// What the audit log keeps of a state within a sitting: enough to prove which it was.
fn digest_of(item: &Item) -> String {
    format!("{{\"digest\":\"{}\"}}", digest(state(item).as_bytes()))
}

/// What the audit log keeps of a state: the whole item, so that every edition can be shown again.
pub fn state(item: &Item) -> String {
    serde_json::to_string(item).expect("an item has text keys and finite numbers")
}

/// The stable key of an act in the audit log.
pub fn key(act: Act) -> &'static str {
    match act {
        Act::Draft => "item.draft",
        Act::Revise => "item.revise",
        Act::Submit => "item.submit",
        Act::Sign => "item.sign",
        Act::Return => "item.return",
        Act::Recall => "item.recall",
        Act::Publish => "item.publish",
        Act::Schedule => "item.schedule",
        Act::Unschedule => "item.unschedule",
        Act::PublishInEmergency => "item.publish_in_emergency",
        Act::ConfirmEmergency => "item.confirm_emergency",
        Act::Reopen => "item.reopen",
        Act::Withdraw => "item.withdraw",
        Act::Repeal => "item.repeal",
        Act::Archive => "item.archive",
        Act::Discard => "item.discard",
    }
}

/// What people call the act with this key.
pub fn name(wanted: &str) -> &'static str {
    Act::ALL.into_iter().find(|act| key(*act) == wanted).map_or("其他", Act::name)
}
