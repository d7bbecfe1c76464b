//! 审核流程: per organ and kind, as data; the secrecy review can never be left out.

use crate::accounts::administers;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_domain::item_kind;
use gongkai_domain::organ::Organ;
use gongkai_domain::review::{Chain, Step};
use gongkai_store::{Transaction, chains, events, organs};

/// The key that stands for every kind.
pub const EVERY_KIND: &str = "*";

/// The chain of one kind in an organ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Set {
    /// The key of the kind, or [`EVERY_KIND`].
    pub kind: String,
    /// The chain.
    pub chain: Chain,
}

/// What people call a kind.
pub fn kind_name(kind: &str) -> &str {
    match kind {
        EVERY_KIND => "所有类型",
        _ => item_kind::kind(kind).map_or(kind, |found| found.title.as_str()),
    }
}

fn may(caller: &Caller, all: &[Organ], organ: &OrganId) -> bool {
    administers(caller, Role::SecurityAdministrator, all, organ)
        || caller.actor.is(Role::DisclosureOffice, organ)
}

fn ask(caller: &Caller, all: &[Organ], organ: &OrganId) -> Result<(), AppError> {
    if may(caller, all, organ) {
        return Ok(());
    }
    let message = "审核流程由安全管理员或本机关信息公开工作机构设定，您没有这个权限";
    Err(AppError::Forbidden(message.to_owned()))
}

/// The organ with the chains set in it.
///
/// # Errors
/// When it is not there or the caller may not set chains in it.
pub async fn of(app: &App, caller: &Caller, id: &OrganId) -> Result<(Organ, Vec<Set>), AppError> {
    let mut reader = app.store.reader().await?;
    let all = organs::all(&mut reader).await?;
    ask(caller, &all, id)?;
    let organ = all.into_iter().find(|organ| organ.id == *id);
    let organ = organ.ok_or(AppError::NotFound("这个机关"))?;
    let chains = chains::all_of(&mut reader, id).await?;
    Ok((organ, chains.into_iter().map(|(kind, chain)| Set { kind, chain }).collect()))
}

/// The organs in which the caller may set chains.
///
/// # Errors
/// When the store fails.
pub async fn places(app: &App, caller: &Caller) -> Result<Vec<Organ>, AppError> {
    let all = app.organs().await?;
    Ok(all.iter().filter(|organ| may(caller, &all, &organ.id)).cloned().collect())
}

async fn begin(app: &App, caller: &Caller, id: &OrganId) -> Result<Transaction, AppError> {
    let mut transaction = app.store.begin().await?;
    events::stand_in_line(&mut transaction).await?;
    let all = organs::all(&mut transaction).await?;
    ask(caller, &all, id)?;
    let organ = all.iter().find(|organ| organ.id == *id);
    super::refuse_merged("设定审核流程", organ.ok_or(AppError::NotFound("这个机关"))?)?;
    Ok(transaction)
}

async fn finish(
    app: &App,
    mut transaction: Transaction,
    caller: &Caller,
    id: &OrganId,
    kind: &str,
    (act, before, after): (&str, Option<&Chain>, Option<&Chain>),
) -> Result<(), AppError> {
    let text = |chain: &Chain| serde_json::to_string(chain).expect("a chain has text keys");
    let thing = format!("chain/{id}/{kind}");
    let mut event = caller.event(act, thing, id.as_str(), app.clock.now());
    event.before = before.map(text).unwrap_or_default();
    event.after = after.map(text).unwrap_or_default();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}

async fn stood(
    transaction: &mut Transaction,
    id: &OrganId,
    kind: &str,
) -> Result<Option<Chain>, AppError> {
    let all = chains::all_of(transaction, id).await?;
    Ok(all.into_iter().find(|(each, _)| each == kind).map(|(_, chain)| chain))
}

/// Sets the chain of a kind, or of every kind. Reviews under way keep theirs.
///
/// # Errors
/// When the caller may not, the kind is unknown, or the steps are no chain: without secrecy review.
pub async fn set(
    app: &App,
    caller: &Caller,
    id: &OrganId,
    kind: &str,
    steps: Vec<Step>,
) -> Result<(), AppError> {
    if kind != EVERY_KIND && item_kind::kind(kind).is_none() {
        return Err(AppError::invalid("kind", "没有这个信息类型，请重新选择"));
    }
    if steps.iter().any(|step| step.title.trim().is_empty() || 20 < step.title.chars().count()) {
        return Err(AppError::invalid("title", "每个环节都要有名称，最多 20 个字"));
    }
    let chain =
        Chain::try_from(steps).map_err(|invalid| AppError::invalid("role", invalid.to_string()))?;
    let mut transaction = begin(app, caller, id).await?;
    let before = stood(&mut transaction, id, kind).await?;
    if before.as_ref() == Some(&chain) {
        return Ok(());
    }
    chains::set(&mut transaction, id, kind, &chain).await?;
    let step = ("chain.set", before.as_ref(), Some(&chain));
    finish(app, transaction, caller, id, kind, step).await
}

/// Takes the chain of a kind away: what stands behind it holds again. Doing it twice is harmless.
///
/// # Errors
/// When the caller may not.
pub async fn remove(app: &App, caller: &Caller, id: &OrganId, kind: &str) -> Result<(), AppError> {
    let mut transaction = begin(app, caller, id).await?;
    let before = stood(&mut transaction, id, kind).await?;
    if !chains::remove(&mut transaction, id, kind).await? {
        return Ok(());
    }
    finish(app, transaction, caller, id, kind, ("chain.remove", before.as_ref(), None)).await
}
