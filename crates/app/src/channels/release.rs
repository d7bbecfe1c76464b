//! What people do with a release: choose, take back, start again, do by hand, follow up.

use super::may_write;
use crate::caller::{Caller, system_event};
use crate::items::act::load;
use crate::jobs::{self, Kind};
use crate::{App, AppError, secret};
use gongkai_domain::audit::Event;
use gongkai_domain::channel::{
    Channel, ChannelRelease, Delivery, Need, ReleaseState, Verb, channel,
};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Content, Edition, Item};
use gongkai_domain::refusal::Refusal;
use gongkai_store::channels::{self, LoadedRelease};
use gongkai_store::{Transaction, events};
use jiff::civil::Date;

/// Saves a release with its event; the caller of it commits.
pub(super) async fn keep(
    app: &App,
    transaction: &mut Transaction,
    before: Option<&LoadedRelease>,
    after: &ChannelRelease,
    mut event: Event,
) -> Result<(), AppError> {
    let now = app.clock.now();
    let text = |release: &ChannelRelease| {
        serde_json::to_string(release).expect("a release has text keys and finite numbers")
    };
    event.before = before.map(|each| text(&each.release)).unwrap_or_default();
    event.after = text(after);
    match before {
        Some(loaded) => channels::save(transaction, after, loaded.version, now).await?,
        None => channels::add(transaction, after, now).await?,
    }
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(())
}

/// The event of a verb on a release, by the program.
pub(super) fn by_system(app: &App, verb: Verb, release: &ChannelRelease) -> Event {
    let thing = format!("release/{}", release.id);
    system_event(verb.key(), thing, release.organ.as_str(), app.clock.now())
}

/// Whether the item's review has let this edition out.
pub(super) fn is_approved(item: &Item, edition: u32) -> bool {
    item.standing.is_readable() && item.public.as_ref().is_some_and(|each| each.number == edition)
}

/// Hands an approved release to the worker, where a program sends it.
pub(super) async fn queue(
    app: &App,
    transaction: &mut Transaction,
    release: &ChannelRelease,
) -> Result<(), AppError> {
    let is_machine = channel(&release.channel).map(|each| each.delivery) == Some(Delivery::Machine);
    if is_machine && release.state == ReleaseState::Approved {
        jobs::enqueue_again(app, transaction, Kind::SendRelease, &release.id).await?;
    }
    Ok(())
}

/// Makes a failed release ready for its job that was started again.
///
/// # Errors
/// When the store fails.
pub(crate) async fn revive(
    app: &App,
    transaction: &mut Transaction,
    id: &str,
) -> Result<(), AppError> {
    let Some(loaded) = channels::find(transaction, id).await? else { return Ok(()) };
    if let Ok(release) = loaded.release.clone().retry() {
        let event = by_system(app, Verb::Retry, &release);
        keep(app, transaction, Some(&loaded), &release, event).await?;
    }
    Ok(())
}

fn lacks(channel: &Channel, content: &Content, cover: &str) -> Vec<&'static str> {
    let is_missing = |need: &&Need| match need {
        Need::Title => content.title.trim().is_empty(),
        Need::Text => content.text.trim().is_empty(),
        Need::Cover => cover.trim().is_empty(),
    };
    let word = |need: &Need| match need {
        Need::Title => "标题",
        Need::Text => "正文",
        Need::Cover => "账号的封面素材编号",
    };
    channel.needs.iter().filter(is_missing).map(word).collect()
}

/// Refuses a channel for which something is missing: the account, or a field.
pub(super) async fn check(
    transaction: &mut Transaction,
    item: &Item,
    edition: &Edition,
    channel: &Channel,
) -> Result<(), AppError> {
    let refuse = |reason: String| Refusal::new(Verb::Want.name(), "未选定", reason);
    let accounts = channels::accounts(transaction, std::slice::from_ref(&item.organ)).await?;
    let mut open = accounts.iter().map(|kept| &kept.account).filter(|each| each.is_open());
    let account = open.find(|each| each.channel == channel.key);
    if channel.account && account.is_none() {
        let reason = format!("本单位还没有登记“{}”账号，请先在“发布渠道”页登记", channel.title);
        return Err(refuse(reason).into());
    }
    let cover = account.map(|each| each.fields.cover.as_str()).unwrap_or_default();
    let lacks = lacks(channel, &edition.content, cover);
    if lacks.is_empty() {
        return Ok(());
    }
    Err(refuse(format!("“{}”还缺{}，请补上", channel.title, lacks.join("、"))).into())
}

/// Chooses a channel for the latest edition of an item. It goes out with the item's own approval: at
/// once where the edition is public already.
///
/// # Errors
/// When the channel is not known or lacks something, or the caller may not.
pub async fn want(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    key: &str,
) -> Result<ChannelRelease, AppError> {
    let mut transaction = app.store.begin().await?;
    let item = load(&mut transaction, caller, id).await?.item;
    may_write(caller, &item.organ)?;
    let channel = channel(key)
        .filter(|each| each.delivery != Delivery::Site)
        .ok_or_else(|| AppError::invalid("channel", "请从列表中选一个发布渠道"))?;
    let edition = item.latest().ok_or(AppError::NotFound("这条信息的稿件"))?;
    check(&mut transaction, &item, edition, channel).await?;
    let all = channels::of_item(&mut transaction, id).await?;
    let before = all
        .into_iter()
        .find(|each| each.release.edition == edition.number && each.release.channel == key);
    let mut release = match &before {
        Some(loaded) => loaded.release.clone().want_again()?,
        None => ChannelRelease {
            id: secret::id(app.clock.now()),
            item: id.clone(),
            edition: edition.number,
            organ: item.organ.clone(),
            kind: item.kind.clone(),
            channel: key.to_owned(),
            state: ReleaseState::Wanted,
        },
    };
    if is_approved(&item, edition.number) {
        release = release.approve()?;
    }
    let thing = format!("release/{}", release.id);
    let event = caller.event(Verb::Want.key(), thing, item.organ.as_str(), app.clock.now());
    keep(app, &mut transaction, before.as_ref(), &release, event).await?;
    queue(app, &mut transaction, &release).await?;
    transaction.commit().await?;
    Ok(release)
}

/// Loads a release that the caller may change, lets the verb decide, saves it with its event.
async fn act(
    app: &App,
    caller: &Caller,
    id: &str,
    verb: Verb,
    reason: &str,
    decide: impl FnOnce(ChannelRelease) -> Result<ChannelRelease, Refusal>,
) -> Result<ChannelRelease, AppError> {
    let mut transaction = app.store.begin().await?;
    let loaded = channels::find(&mut transaction, id).await?;
    let loaded = loaded.ok_or(AppError::NotFound("这条渠道记录"))?;
    let item = load(&mut transaction, caller, &loaded.release.item).await?.item;
    may_write(caller, &item.organ)?;
    let release = decide(loaded.release.clone())?;
    if verb == Verb::Retry && !is_approved(&item, release.edition) {
        let reason = "这一稿已经撤下或者已有新稿，不再发出";
        return Err(Refusal::new(verb.name(), loaded.release.state.name(), reason).into());
    }
    let thing = format!("release/{id}");
    let mut event = caller.event(verb.key(), thing, item.organ.as_str(), app.clock.now());
    event.reason = reason.trim().to_owned();
    keep(app, &mut transaction, Some(&loaded), &release, event).await?;
    if verb == Verb::Retry {
        queue(app, &mut transaction, &release).await?;
    } else {
        jobs::call_off(app, &mut transaction, Kind::SendRelease, id).await?;
    }
    transaction.commit().await?;
    Ok(release)
}

/// 取消: takes a release back before it is out.
///
/// # Errors
/// When the rules do not allow it.
pub async fn withdraw(
    app: &App,
    caller: &Caller,
    id: &str,
    reason: &str,
) -> Result<ChannelRelease, AppError> {
    let (now, name) = (app.clock.now(), caller.actor.name.clone());
    act(app, caller, id, Verb::Withdraw, reason, |each| each.withdraw(reason, &name, now)).await
}

/// 重新发出: starts a failed release again.
///
/// # Errors
/// When the rules do not allow it.
pub async fn retry(app: &App, caller: &Caller, id: &str) -> Result<ChannelRelease, AppError> {
    act(app, caller, id, Verb::Retry, "", ChannelRelease::retry).await
}

/// 登记人工办理.
///
/// # Errors
/// When the rules do not allow it.
pub async fn do_by_hand(
    app: &App,
    caller: &Caller,
    id: &str,
    on: Date,
    evidence: &str,
) -> Result<ChannelRelease, AppError> {
    let (now, today, name) = (app.clock.now(), app.clock.today(), caller.actor.name.clone());
    let decide = |each: ChannelRelease| each.do_by_hand(on, &name, evidence, today, now);
    act(app, caller, id, Verb::DoByHand, evidence, decide).await
}

/// 登记跟进.
///
/// # Errors
/// When the rules do not allow it.
pub async fn follow_up(
    app: &App,
    caller: &Caller,
    id: &str,
    note: &str,
) -> Result<ChannelRelease, AppError> {
    let (now, name) = (app.clock.now(), caller.actor.name.clone());
    act(app, caller, id, Verb::FollowUp, note, |each| each.follow_up(note, &name, now)).await
}
