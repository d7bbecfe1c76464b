//! Sending one release: step by step, each step kept, so that a broken-off sending goes on and is
//! never repeated blindly.

use super::follow::overtaken;
use super::outlet::{
    Advance, Enclosure, Folder, Outlet, Parcel, Reached, Secret, Webhook, Wechat, Weibo,
};
use super::release::{by_system, is_approved, keep};
use crate::jobs::Outcome as JobOutcome;
use crate::vault::CHANNEL_ACCOUNT;
use crate::{App, AppError};
use gongkai_domain::channel::{AccountFields, ChannelRelease, Outcome, ReleaseState, Verb, title};
use gongkai_domain::item::Item;
use gongkai_store::channels::{self, LoadedRelease};
use gongkai_store::{items, organs};
use jiff::SignedDuration;

/// What a person does when nobody knows whether it is out.
pub(super) const UNSURE: &str =
    "不能确定是否已经发出，请到平台核对：已发出的，登记为人工办理；没有发出的，点“重新发出”";

/// More steps than any channel has: a channel that goes round ends here.
const MOST_STEPS: usize = 12;

async fn load(app: &App, id: &str) -> Result<Option<(LoadedRelease, Option<Item>)>, AppError> {
    let mut reader = app.store.reader().await?;
    let Some(loaded) = channels::find(&mut reader, id).await? else { return Ok(None) };
    let item = items::find(&mut reader, &loaded.release.item).await?.map(|found| found.item);
    Ok(Some((loaded, item)))
}

/// Sends a release. `is_last`: no other try follows, so that a hindrance is a failure.
///
/// # Errors
/// When the store fails.
pub async fn send(app: &App, id: &str, is_last: bool) -> Result<JobOutcome, AppError> {
    let Some((loaded, item)) = load(app, id).await? else { return Ok(JobOutcome::Done) };
    let reached = match &loaded.release.state {
        ReleaseState::Approved => None,
        ReleaseState::Sending { step } => step.clone(),
        ReleaseState::Failed { reason, .. } => return Ok(JobOutcome::Failed(reason.clone())),
        _ => return Ok(JobOutcome::Done),
    };
    let edition = loaded.release.edition;
    let Some(item) = item.filter(|item| is_approved(item, edition)) else {
        return fail(app, id, "信息已经撤下或者已有新稿，没有发出").await;
    };
    let parcel = match parcel(app, &loaded.release, &item).await? {
        Ok(parcel) => parcel,
        Err(reason) => return fail(app, id, &reason).await,
    };
    let Some(outlet) = outlet(app, &loaded.release.channel) else {
        return fail(app, id, "这台机器没有配置发送渠道，请系统管理员检查数据目录").await;
    };
    let unsure = outlet.unsure_step();
    if reached.as_ref().is_some_and(|(step, _)| unsure == Some(step.as_str())) {
        return fail(app, id, &format!("上一次发送中断，{UNSURE}")).await;
    }
    go(app, id, outlet.as_ref(), &parcel, reached, is_last).await
}

async fn go(
    app: &App,
    id: &str,
    outlet: &dyn Outlet,
    parcel: &Parcel,
    mut reached: Option<Reached>,
    is_last: bool,
) -> Result<JobOutcome, AppError> {
    note(app, id, reached.clone()).await?;
    for _ in 0..MOST_STEPS {
        match outlet.advance(parcel, reached.as_ref()).await {
            Advance::Next(next) => {
                note(app, id, Some(next.clone())).await?;
                reached = Some(next);
            }
            Advance::Sent { outside_id, address } => {
                end(app, id, Outcome::Sent { outside_id, address }).await?;
                return Ok(JobOutcome::Done);
            }
            Advance::Later { reason, wait, from } => {
                if is_last {
                    return fail(app, id, &format!("{reason}；多次尝试没有成功")).await;
                }
                if from.is_some() {
                    note(app, id, from).await?;
                }
                return Ok(JobOutcome::Later { reason, wait });
            }
            Advance::Failed(reason) => return fail(app, id, &reason).await,
        }
    }
    Ok(JobOutcome::Later {
        reason: "步骤过多，稍后继续".to_owned(), wait: SignedDuration::ZERO
    })
}

/// Keeps how far it has come before the next step is gone.
async fn note(app: &App, id: &str, reached: Option<Reached>) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let loaded = channels::find(&mut transaction, id).await?;
    let loaded = loaded.ok_or(AppError::NotFound("这条渠道记录"))?;
    let release = loaded.release.clone().send(reached)?;
    channels::save(&mut transaction, &release, loaded.version, app.clock.now()).await?;
    Ok(transaction.commit().await?)
}

async fn fail(app: &App, id: &str, reason: &str) -> Result<JobOutcome, AppError> {
    end(app, id, Outcome::Failed(reason.to_owned())).await?;
    Ok(JobOutcome::Failed(reason.to_owned()))
}

/// Ends the sending with its event. What was overtaken while it was on its way asks for its follow-up
/// at once.
async fn end(app: &App, id: &str, outcome: Outcome) -> Result<(), AppError> {
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    let loaded = channels::find(&mut transaction, id).await?;
    let loaded = loaded.ok_or(AppError::NotFound("这条渠道记录"))?;
    let release = loaded.release.clone().send(None)?.end_sending(outcome, now)?;
    let mut event = by_system(app, Verb::Send, &release);
    if let ReleaseState::Failed { reason, .. } = &release.state {
        event.reason.clone_from(reason);
    }
    keep(app, &mut transaction, Some(&loaded), &release, event).await?;
    let item = items::find(&mut transaction, &release.item).await?.map(|found| found.item);
    let cause = item.and_then(|item| overtaken(&item, release.edition));
    if let (Some(cause), ReleaseState::Sent(_)) = (cause, &release.state) {
        let loaded = LoadedRelease { release, version: loaded.version + 1, changed_at: now };
        let next = loaded.release.clone().ask_follow_up(cause)?;
        let event = by_system(app, Verb::AskFollowUp, &next);
        keep(app, &mut transaction, Some(&loaded), &next, event).await?;
    }
    Ok(transaction.commit().await?)
}

type Account = (String, AccountFields, Secret);

/// The open account for a release; a sentence where it is not there or does not open.
async fn account(app: &App, release: &ChannelRelease) -> Result<Result<Account, String>, AppError> {
    let organs = std::slice::from_ref(&release.organ);
    let kept = channels::accounts(&mut *app.store.reader().await?, organs).await?;
    let mut open = kept.into_iter().filter(|each| each.account.is_open());
    let Some(kept) = open.find(|each| each.account.channel == release.channel) else {
        return Ok(Err(format!("本单位没有使用中的“{}”账号", title(&release.channel))));
    };
    let account = kept.account;
    let opened = app.vault.unseal(&CHANNEL_ACCOUNT, &account.id, &kept.sealed);
    Ok(opened
        .map(|secret| (account.id, account.fields, Secret(secret.to_string())))
        .map_err(|error| format!("账号的密钥打不开（{error}），请在“发布渠道”页重新填写密钥")))
}

async fn parcel(
    app: &App,
    release: &ChannelRelease,
    item: &Item,
) -> Result<Result<Parcel, String>, AppError> {
    let needs_account =
        gongkai_domain::channel::channel(&release.channel).is_some_and(|each| each.account);
    let account = if needs_account { account(app, release).await? } else { Ok(Account::default()) };
    let (account_id, account, secret) = match account {
        Ok(account) => account,
        Err(reason) => return Ok(Err(reason)),
    };
    let Some(content) = item.public.as_ref().map(|public| public.content.clone()) else {
        return Ok(Err("这一稿的内容不在了".to_owned()));
    };
    let mut attachments = Vec::new();
    for each in content.attachments {
        let Some(bytes) = app.files.read(&each.digest).await? else {
            return Ok(Err(format!("附件“{}”不在文件库里", each.name)));
        };
        let (name, media_type, digest) = (each.name, each.media_type, each.digest);
        attachments.push(Enclosure { name, media_type, digest, content: bytes });
    }
    let organ = organs::find(&mut *app.store.reader().await?, &release.organ).await?;
    let site = app.config.site.address.trim_end_matches('/');
    Ok(Ok(Parcel {
        id: release.id.clone(),
        item: item.id.to_string(),
        edition: release.edition,
        organ: organ.map(|organ| organ.name).unwrap_or_default(),
        kind: item.kind.clone(),
        title: content.title,
        index_number: item.index_number.clone(),
        document_number: content.document_number,
        formed_on: content.formed_on.to_string(),
        address: format!("{site}/items/{}", item.id),
        html: content.html,
        text: content.text,
        attachments,
        account_id,
        account,
        secret,
        now: app.clock.now(),
    }))
}

/// The way out of a channel; `None` where the program was opened without.
fn outlet<'a>(app: &'a App, channel: &str) -> Option<Box<dyn Outlet + 'a>> {
    let (outlets, settings) = (app.outlets.as_ref(), &app.config.channels);
    Some(match channel {
        "wechat" => Box::new(Wechat {
            outlets,
            client: outlets.platforms.as_ref()?,
            base: &settings.wechat_address,
        }),
        "weibo" => {
            Box::new(Weibo { client: outlets.platforms.as_ref()?, base: &settings.weibo_address })
        }
        "webhook" => Box::new(Webhook {
            client: outlets.webhooks.as_ref()?,
            private_addresses: settings.private_addresses,
        }),
        "folder" => Box::new(Folder { root: outlets.folder.clone()? }),
        _ => return None,
    })
}
