//! Planning: whom to remind of what, as jobs. Each day is planned once, in one transaction with its
//! jobs, so that a crash plans it whole or not at all.

use super::{About, Order};
use crate::jobs::{self, Kind};
use crate::{App, AppError};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::id::{OrganId, PersonId};
use gongkai_domain::time::china;
use gongkai_store::people::HeldPost;
use gongkai_store::{Transaction, events, people, reminders, requests, settings};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The settings that keep the day up to which was planned.
const DIGESTS: &str = "remind/digest";
const REDS: &str = "remind/red";

/// Plans what is due: the digests once a working day from the hour of the settings, the red ones once a
/// day as early as can be.
///
/// # Errors
/// When the store fails; the next round tries again.
pub(crate) async fn plan(app: &App) -> Result<(), AppError> {
    if !app.config.mail.is_on() && !app.config.webhook.is_on() {
        return Ok(());
    }
    let now = china(app.clock.now());
    let today = now.date();
    if planned(app, REDS).await? != Some(today) {
        plan_reds(app, today).await?;
    }
    let is_time = Calendar::embedded().is_worked(today) && app.config.mail.hour <= now.hour();
    if is_time && planned(app, DIGESTS).await? != Some(today) {
        plan_digests(app, today).await?;
    }
    Ok(())
}

async fn planned(app: &App, key: &str) -> Result<Option<Date>, AppError> {
    let set = settings::get(&mut *app.store.reader().await?, key).await?;
    Ok(set.and_then(|day| day.parse().ok()))
}

/// Takes the day; answers up to which day was planned before. None when another node took it meanwhile.
async fn take(
    transaction: &mut Transaction,
    key: &str,
    today: Date,
) -> Result<Option<Option<Date>>, AppError> {
    events::stand_in_line(transaction).await?;
    let before = settings::get(transaction, key).await?.and_then(|day| day.parse().ok());
    if before == Some(today) {
        return Ok(None);
    }
    settings::set(transaction, key, &today.to_string()).await?;
    Ok(Some(before))
}

async fn plan_digests(app: &App, today: Date) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    if take(&mut transaction, DIGESTS, today).await?.is_none() {
        return Ok(());
    }
    let held = people::all_posts(&mut transaction).await?;
    let people: BTreeSet<PersonId> =
        running(&held, today).map(|held| held.person.clone()).collect();
    enqueue(app, &mut transaction, &people, About::Digest, today).await?;
    Ok(transaction.commit().await?)
}

fn running(held: &[HeldPost], today: Date) -> impl Iterator<Item = &HeldPost> {
    held.iter().filter(move |held| held.post.is_held_on(today))
}

/// Cases whose period ended since the day that was planned last. The first time there is no such day:
/// what was late before stands in the digest.
async fn plan_reds(app: &App, today: Date) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let Some(before) = take(&mut transaction, REDS, today).await? else { return Ok(()) };
    if let Some(since) = before.filter(|since| *since < today) {
        let organs: BTreeSet<OrganId> =
            requests::organs_due_between(&mut transaction, since, today).await?;
        if !organs.is_empty() {
            let held = people::all_posts(&mut transaction).await?;
            let people: BTreeSet<PersonId> = running(&held, today)
                .filter(|held| !held.post.role.is_administrator())
                .filter(|held| organs.contains(&held.post.organ))
                .map(|held| held.person.clone())
                .collect();
            enqueue(app, &mut transaction, &people, About::Red(since), today).await?;
        }
    }
    Ok(transaction.commit().await?)
}

async fn enqueue(
    app: &App,
    transaction: &mut Transaction,
    people: &BTreeSet<PersonId>,
    about: About,
    day: Date,
) -> Result<(), AppError> {
    let known: BTreeMap<PersonId, _> = reminders::all(transaction).await?.into_iter().collect();
    for person in people {
        let reach = known.get(person).cloned().unwrap_or_default();
        let by_mail = app.config.mail.is_on() && !reach.address.is_empty() && !reach.mail_off;
        let by_push = app.config.webhook.is_on() && !reach.push_off;
        let subject = Order { about, day, person: person.clone() }.subject();
        for (wanted, kind) in [(by_mail, Kind::RemindByMail), (by_push, Kind::RemindByPush)] {
            if wanted {
                jobs::enqueue(app, transaction, kind, &subject, app.clock.now()).await?;
            }
        }
    }
    Ok(())
}
