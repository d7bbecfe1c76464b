//! Reading items: for the public what is public, for the workplace what the caller may see.

use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::audit::Link;
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{EditionState, Item, Standing};
use gongkai_domain::refusal::Refusal;
use gongkai_store::events;
use gongkai_store::items::{self, Filter, Line, Loaded, Page};

/// The keys of what the helps before review find in the edition in work.
pub fn finding_keys(_item: &Item) -> Vec<String> {
    Vec::new()
}

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
    let seen = organs.iter().map(|organ| &organ.id);
    let seen: Vec<_> =
        seen.filter(|id| caller.actor.sees(&lineage(&organs, id))).cloned().collect();
    filter.organs.retain(|id| seen.contains(id));
    if filter.organs.is_empty() {
        filter.organs = seen;
    }
    if filter.organs.is_empty() {
        return Ok(Vec::new());
    }
    Ok(items::lines(&mut reader, &filter, page).await?)
}

/// What the caller may do with an item now, and why not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Possible {
    /// Whether the caller writes for the organ.
    pub writes: bool,
    /// Whether there is an edition that can be edited.
    pub edit: bool,
    /// Whether it can be submitted.
    pub submit: bool,
    /// Whether it can be taken back.
    pub recall: bool,
    /// Whether the waiting step is the caller's; else why not, while it is under review.
    pub sign: Result<(), Option<Refusal>>,
    /// Whether the waiting step is the secrecy review.
    pub asks_secrecy: bool,
    /// Whether it can be published or set for a time.
    pub publish: bool,
    /// Whether a set time can be taken back.
    pub unschedule: bool,
    /// Whether a new edition can be started.
    pub reopen: bool,
    /// Whether it can be withdrawn.
    pub withdraw: bool,
    /// Whether it can be archived.
    pub archive: bool,
    /// Whether the draft can be dropped.
    pub discard: bool,
}

/// What the caller may do with an item now.
pub fn possible(app: &App, caller: &Caller, item: &Item) -> Possible {
    let (actor, now) = (&caller.actor, app.clock.now());
    let writes =
        actor.is(Role::Clerk, &item.organ) || actor.is(Role::DisclosureOffice, &item.organ);
    let state = item.working.as_ref().map(|working| &working.state);
    let sign = match state {
        Some(EditionState::InReview(review)) => {
            review.may_decide(actor, &item.organ, item.authors()).map(|_| ()).map_err(Some)
        }
        _ => Err(None),
    };
    let asks_secrecy = match state {
        Some(EditionState::InReview(review)) => {
            review.waiting().is_some_and(|step| step.role == Role::SecrecyReviewer)
        }
        _ => false,
    };
    let is_draft = matches!(state, Some(EditionState::Draft | EditionState::Returned { .. }));
    Possible {
        writes,
        edit: writes && state.is_some(),
        submit: writes && is_draft,
        recall: item.clone().recall(actor).is_ok(),
        sign,
        asks_secrecy,
        publish: writes
            && matches!(state, Some(EditionState::Approved(_) | EditionState::Scheduled { .. })),
        unschedule: item.clone().unschedule(actor).is_ok(),
        reopen: item.clone().reopen(actor, now).is_ok(),
        withdraw: item.clone().withdraw("-", actor, now).is_ok(),
        archive: item.clone().archive(actor, app.clock.today()).is_ok(),
        discard: item.clone().discard("-", actor).is_ok(),
    }
}

/// What happened to an item, oldest first.
///
/// # Errors
/// When the caller may not see the item, or the store fails.
pub async fn history(app: &App, caller: &Caller, id: &ItemId) -> Result<Vec<Link>, AppError> {
    own(app, caller, id).await?;
    Ok(events::of(&mut *app.store.reader().await?, &format!("item/{id}")).await?)
}

/// What waits: for the caller, and for others of the caller's organs.
///
/// # Errors
/// When the store fails.
pub async fn waiting(
    app: &App,
    caller: &Caller,
    filter: Filter,
    page: Page,
) -> Result<(Vec<Line>, Vec<Line>), AppError> {
    let lines = own_lines(app, caller, filter, page).await?;
    let mut mine = Vec::new();
    let mut others = Vec::new();
    let mut reader = app.store.reader().await?;
    for line in lines {
        let loaded = items::find(&mut reader, &line.id).await?;
        let waits = loaded.is_some_and(|loaded| {
            let possible = possible(app, caller, &loaded.item);
            possible.submit || possible.publish || possible.sign.is_ok()
        });
        if waits { mine.push(line) } else { others.push(line) }
    }
    Ok((mine, others))
}
