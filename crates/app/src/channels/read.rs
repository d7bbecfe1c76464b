//! Reading channels: of an item, of the caller's organs, and the counts.

use super::{Count, LoadedRelease};
use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::channel::{Account, Channel, Delivery, channels};
use gongkai_domain::id::{ItemId, OrganId};
use gongkai_store::channels as kept;

/// The channels of an item.
#[derive(Clone, Debug, Default)]
pub struct OfItem {
    /// What was chosen, the latest edition first.
    pub releases: Vec<LoadedRelease>,
    /// What can still be chosen for the latest edition, where the caller may.
    pub choices: Vec<&'static Channel>,
    /// Whether the caller may choose and record.
    pub writes: bool,
}

/// The channels of an item that the caller may see.
///
/// # Errors
/// When the caller may not see the item, or the store fails.
pub async fn of_item(app: &App, caller: &Caller, id: &ItemId) -> Result<OfItem, AppError> {
    let item = crate::items::read::own(app, caller, id).await?.item;
    let releases = kept::of_item(&mut *app.store.reader().await?, id).await?;
    let writes = super::may_write(caller, &item.organ).is_ok();
    let edition = item.latest().map_or(0, |latest| latest.number);
    let is_chosen = |channel: &Channel| {
        releases.iter().map(|each| &each.release).any(|each| {
            let is_same = each.edition == edition && each.channel == channel.key;
            is_same && each.state.key() != "withdrawn"
        })
    };
    let can_be = |channel: &&Channel| channel.delivery != Delivery::Site && !is_chosen(channel);
    let choices = if writes { channels().iter().filter(can_be).collect() } else { Vec::new() };
    Ok(OfItem { releases, choices, writes })
}

/// The organs whose work the caller sees.
async fn seen(app: &App, caller: &Caller) -> Result<Vec<OrganId>, AppError> {
    let organs = app.organs().await?;
    let sees = |id: &OrganId| caller.actor.sees(&lineage(&organs, id));
    Ok(organs.iter().map(|organ| organ.id.clone()).filter(|id| sees(id)).collect())
}

/// What asks for somebody: failures first, then follow-ups, then what waits for a person.
///
/// # Errors
/// When the store fails.
pub async fn open_releases(app: &App, caller: &Caller) -> Result<Vec<LoadedRelease>, AppError> {
    let organs = seen(app, caller).await?;
    let mut reader = app.store.reader().await?;
    let mut all = Vec::new();
    for state in ["failed", "follow_up_due", "sending", "approved"] {
        all.extend(kept::in_states(&mut reader, &organs, &[state], 100).await?);
    }
    Ok(all)
}

/// The accounts of the organs that the caller sees, without their secrets.
///
/// # Errors
/// When the store fails.
pub async fn accounts(app: &App, caller: &Caller) -> Result<Vec<Account>, AppError> {
    let organs = seen(app, caller).await?;
    let kept = kept::accounts(&mut *app.store.reader().await?, &organs).await?;
    Ok(kept.into_iter().map(|kept| kept.account).collect())
}

/// The organs in which the caller may keep accounts.
///
/// # Errors
/// When the store fails.
pub async fn writable_organs(
    app: &App,
    caller: &Caller,
) -> Result<Vec<gongkai_domain::organ::Organ>, AppError> {
    let organs = app.organs().await?;
    Ok(organs.into_iter().filter(|each| super::may_write(caller, &each.id).is_ok()).collect())
}

/// How many editions were out, by month, channel and kind: this month and the eleven before.
///
/// # Errors
/// When the store fails.
pub async fn counts(app: &App, caller: &Caller) -> Result<Vec<Count>, AppError> {
    let organs = seen(app, caller).await?;
    let first = app.clock.today().first_of_month();
    let first = first.saturating_sub(jiff::Span::new().months(11));
    let from = first.strftime("%Y-%m").to_string();
    Ok(kept::counts(&mut *app.store.reader().await?, &organs, &from).await?)
}
