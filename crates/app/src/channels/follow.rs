//! What an act on an item means for its channels: approval, follow-up, calling off; in the same
//! transaction as the act.

use super::release::{by_system, is_approved, keep, queue};
use crate::jobs::{self, Kind};
use crate::{App, AppError, secret};
use gongkai_domain::channel::{ChannelRelease, FollowUp, Out, ReleaseState, Verb};
use gongkai_domain::item::{Item, Standing};
use gongkai_store::Transaction;
use gongkai_store::channels::{self, LoadedRelease};

const SITE: &str = "site";

/// What out of date means for a release of this edition: a withdrawal, or a later edition.
pub(super) fn overtaken(item: &Item, edition: u32) -> Option<FollowUp> {
    if let Standing::Withdrawn { reason, .. } = &item.standing {
        return Some(FollowUp::Withdrawn(reason.clone()));
    }
    let public = item.public.as_ref().map(|each| each.number)?;
    (edition < public).then_some(FollowUp::NewEdition(public))
}

/// Brings the channels of an item in line after an act on it.
///
/// # Errors
/// When the store fails.
pub async fn item_changed(
    app: &App,
    transaction: &mut Transaction,
    before: &Item,
    after: &Item,
) -> Result<(), AppError> {
    let number = |item: &Item| item.public.as_ref().map(|each| each.number);
    let in_work = |item: &Item| item.working.as_ref().map(|each| each.number);
    let same = number(before) == number(after)
        && before.standing == after.standing
        && in_work(before) == in_work(after);
    if same {
        return Ok(());
    }
    let releases = channels::of_item(transaction, &after.id).await?;
    for loaded in &releases {
        one_changed(app, transaction, after, loaded).await?;
    }
    let is_noted = |edition| {
        let same =
            |each: &&LoadedRelease| each.release.edition == edition && each.release.channel == SITE;
        releases.iter().any(|each| same(&each))
    };
    match number(after) {
        Some(edition) if number(before) != Some(edition) && !is_noted(edition) => {
            note_site(app, transaction, after, edition).await
        }
        _ => Ok(()),
    }
}

async fn one_changed(
    app: &App,
    transaction: &mut Transaction,
    item: &Item,
    loaded: &LoadedRelease,
) -> Result<(), AppError> {
    let release = loaded.release.clone();
    if release.channel == SITE {
        return Ok(());
    }
    let edition = release.edition;
    let is_gone = item.working.as_ref().is_none_or(|working| working.number != edition)
        && item.public.as_ref().is_none_or(|public| public.number != edition);
    let overtaken = overtaken(item, edition);
    let is_waiting = matches!(
        release.state,
        ReleaseState::Wanted | ReleaseState::Approved | ReleaseState::Failed { .. }
    );
    let is_out = matches!(
        release.state,
        ReleaseState::Sent(_) | ReleaseState::DoneByHand(_) | ReleaseState::FollowUpDue { .. }
    );
    let (verb, next) = if is_waiting && (is_gone || overtaken.is_some()) {
        let reason = "这一稿不再公开";
        (Verb::Withdraw, release.withdraw(reason, "系统", app.clock.now())?)
    } else if release.state == ReleaseState::Wanted && is_approved(item, edition) {
        (Verb::Approve, release.approve()?)
    } else if let Some(cause) = overtaken.filter(|_| is_out) {
        (Verb::AskFollowUp, release.ask_follow_up(cause)?)
    } else {
        return Ok(());
    };
    if next == loaded.release {
        return Ok(());
    }
    keep(app, transaction, Some(loaded), &next, by_system(app, verb, &next)).await?;
    if verb == Verb::Withdraw {
        jobs::call_off(app, transaction, Kind::SendRelease, &next.id).await?;
    }
    queue(app, transaction, &next).await
}

/// The site is a channel too: publication itself is its sending.
async fn note_site(
    app: &App,
    transaction: &mut Transaction,
    item: &Item,
    edition: u32,
) -> Result<(), AppError> {
    let now = app.clock.now();
    let out = Out {
        at: now,
        outside_id: String::new(),
        address: format!("/items/{}", item.id),
        evidence: String::new(),
        by: String::new(),
    };
    let release = ChannelRelease {
        id: secret::id(now),
        item: item.id.clone(),
        edition,
        organ: item.organ.clone(),
        kind: item.kind.clone(),
        channel: SITE.to_owned(),
        state: ReleaseState::Sent(out),
    };
    Ok(channels::add(transaction, &release, now).await?)
}
