//! Reading items: for the public what is public, for the workplace what the caller may see.

use super::deadline::{Shown, shown};
use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::audit::Link;
use gongkai_domain::id::{ItemId, OrganId};
use gongkai_domain::item::{Item, Standing};
use gongkai_domain::organ::Organ;
use gongkai_store::events;
use gongkai_store::items::{self, Filter, Line, Loaded, Page};

/// An item that is or was public; one that was withdrawn answers without its text.
///
/// # Errors
/// When it is not there, was never public, or the store fails.
pub async fn public(app: &App, id: &ItemId) -> Result<Loaded, AppError> {
    let found = items::find(&mut *app.store.reader().await?, id).await?;
    let mut loaded = found
        .filter(|loaded| loaded.item.standing != Standing::NeverPublic)
        .ok_or(AppError::NotFound("这条信息"))?;
    loaded.item.working = None;
    if !loaded.item.standing.is_readable() {
        loaded.item.public = None;
    }
    Ok(loaded)
}

/// An item of an organ whose work the caller may see.
///
/// # Errors
/// When it is not there, the caller may not see it, or the store fails.
pub async fn own(app: &App, caller: &Caller, id: &ItemId) -> Result<Loaded, AppError> {
    let mut reader = app.store.reader().await?;
    let found = items::find(&mut reader, id).await?.ok_or(AppError::NotFound("这条信息"))?;
    let organs = gongkai_store::organs::all(&mut reader).await?;
    if caller.actor.sees(&lineage(&organs, &found.item.organ)) {
        Ok(found)
    } else {
        Err(AppError::NotFound("这条信息"))
    }
}

/// One page of the public list.
///
/// # Errors
/// When the store fails.
pub async fn public_lines(
    app: &App,
    mut filter: Filter,
    page: Page,
) -> Result<Vec<Line>, AppError> {
    filter.readable = true;
    Ok(items::lines(&mut *app.store.reader().await?, &filter, page).await?)
}

/// One page of the list of the caller's organs.
///
/// # Errors
/// When the store fails.
pub async fn own_lines(
    app: &App,
    caller: &Caller,
    mut filter: Filter,
    page: Page,
) -> Result<Vec<Line>, AppError> {
    let mut reader = app.store.reader().await?;
    let organs = gongkai_store::organs::all(&mut reader).await?;
    if !narrow(caller, &organs, &mut filter) {
        return Ok(Vec::new());
    }
    Ok(items::lines(&mut reader, &filter, page).await?)
}

/// Narrows a filter to the organs whose work the caller may see; answers whether any is left.
pub(super) fn narrow(caller: &Caller, organs: &[Organ], filter: &mut Filter) -> bool {
    let seen = seen(caller, organs);
    if filter.organs.is_empty() {
        filter.organs = seen;
    } else {
        filter.organs.retain(|id| seen.contains(id));
    }
    !filter.organs.is_empty()
}

/// The organs whose work the caller may see.
pub fn seen(caller: &Caller, organs: &[Organ]) -> Vec<OrganId> {
    let ids = organs.iter().map(|organ| &organ.id);
    ids.filter(|id| caller.actor.sees(&lineage(organs, id))).cloned().collect()
}

/// How many lines the list of the caller's organs has.
///
/// # Errors
/// When the store fails.
pub async fn own_count(app: &App, caller: &Caller, mut filter: Filter) -> Result<i64, AppError> {
    let mut reader = app.store.reader().await?;
    let organs = gongkai_store::organs::all(&mut reader).await?;
    if !narrow(caller, &organs, &mut filter) {
        return Ok(0);
    }
    let counts = items::counts(&mut reader, &filter, items::By::State).await?;
    Ok(counts.iter().map(|(_, n)| n).sum())
}

/// An item whose edition in work the caller may change.
///
/// # Errors
/// When it is not there, the caller does not write for its organ, or nothing is in work.
pub async fn may_edit(app: &App, caller: &Caller, id: &ItemId) -> Result<Loaded, AppError> {
    let loaded = own(app, caller, id).await?;
    let item = &loaded.item;
    let working = item.working.as_ref().ok_or(AppError::NotFound("正在办理的稿件"))?;
    let same = working.content.clone();
    item.clone().revise(same, &caller.actor, app.clock.now())?;
    Ok(loaded)
}

/// The last day for publishing the edition in work, as it is shown today.
///
/// # Errors
/// When the store fails.
pub async fn due_on(app: &App, item: &Item) -> Result<Option<Shown>, AppError> {
    let due = super::deadline::due_on(&mut *app.store.reader().await?, item).await?;
    let formed_on = item.latest().map(|edition| edition.content.formed_on);
    Ok(due.map(|on| shown(app.clock.today(), formed_on, on)))
}

/// What happened to an item, oldest first.
///
/// # Errors
/// When the caller may not see the item, or the store fails.
pub async fn history(app: &App, caller: &Caller, id: &ItemId) -> Result<Vec<Link>, AppError> {
    own(app, caller, id).await?;
    Ok(events::of(&mut *app.store.reader().await?, &format!("item/{id}")).await?)
}
