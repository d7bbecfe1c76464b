//! 审核流程: per organ and kind, as data: for the review of items, where the secrecy review can never be
//! left out, and for the approval of replies to requests.

use crate::accounts::administers;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_domain::item_kind;
use gongkai_domain::organ::Organ;
use gongkai_domain::review::{Chain, ReplyChain, Step, reply_kinds};
use gongkai_store::{Transaction, chains, events, organs};
use std::fmt::Display;

/// The key that stands for every kind.
pub const EVERY_KIND: &str = "*";

/// A chain that is set here: that of items, or that of replies.
pub trait Settable: chains::Kept + PartialEq + TryFrom<Vec<Step>, Error: Display> {
    /// The keys of the audit log for setting one and taking it away.
    const ACTS: (&'static str, &'static str);
    /// What stands before organ and kind as its name in the audit log.
    const THING: &'static str;
    /// Its steps.
    fn steps(&self) -> &[Step];
    /// The kinds that may have one of their own, with their names.
    fn kinds() -> Vec<(String, String)>;
}

impl Settable for Chain {
    const ACTS: (&'static str, &'static str) = ("chain.set", "chain.remove");
    const THING: &'static str = "chain";

    fn steps(&self) -> &[Step] {
        self.steps()
    }

    fn kinds() -> Vec<(String, String)> {
        item_kind::kinds().iter().map(|kind| (kind.key.clone(), kind.title.clone())).collect()
    }
}

impl Settable for ReplyChain {
    const ACTS: (&'static str, &'static str) = ("chain.set_reply", "chain.remove_reply");
    const THING: &'static str = "reply_chain";

    fn steps(&self) -> &[Step] {
        self.steps()
    }

    fn kinds() -> Vec<(String, String)> {
        reply_kinds().into_iter().map(|(key, name)| (key.to_owned(), name)).collect()
    }
}

/// The chain of one kind in an organ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Set<C> {
    /// The key of the kind, or [`EVERY_KIND`].
    pub kind: String,
    /// The chain.
    pub chain: C,
}

/// What people call a kind.
pub fn kind_name<C: Settable>(kind: &str) -> String {
    if kind == EVERY_KIND {
        return "所有类型".to_owned();
    }
    let found = C::kinds().into_iter().find(|(key, _)| key == kind);
    found.map_or_else(|| kind.to_owned(), |(_, name)| name)
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
pub async fn of<C: Settable>(
    app: &App,
    caller: &Caller,
    id: &OrganId,
) -> Result<(Organ, Vec<Set<C>>), AppError> {
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

async fn finish<C: Settable>(
    app: &App,
    mut transaction: Transaction,
    caller: &Caller,
    (id, kind): (&OrganId, &str),
    (act, before, after): (&str, Option<&C>, Option<&C>),
) -> Result<(), AppError> {
    let text = |chain: &C| serde_json::to_string(chain).expect("a chain has text keys");
    let thing = format!("{}/{id}/{kind}", C::THING);
    let mut event = caller.event(act, thing, id.as_str(), app.clock.now());
    event.before = before.map(text).unwrap_or_default();
    event.after = after.map(text).unwrap_or_default();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}

async fn stood<C: Settable>(
    transaction: &mut Transaction,
    id: &OrganId,
    kind: &str,
) -> Result<Option<C>, AppError> {
    let all = chains::all_of(transaction, id).await?;
    Ok(all.into_iter().find(|(each, _)| each == kind).map(|(_, chain)| chain))
}

/// Sets the chain of a kind, or of every kind. Reviews under way keep theirs.
///
/// # Errors
/// When the caller may not, the kind is unknown, or the steps are no chain: one of items without
/// secrecy review, one of replies with too many steps.
pub async fn set<C: Settable>(
    app: &App,
    caller: &Caller,
    id: &OrganId,
    kind: &str,
    steps: Vec<Step>,
) -> Result<(), AppError> {
    if kind != EVERY_KIND && C::kinds().iter().all(|(key, _)| key != kind) {
        return Err(AppError::invalid("kind", "没有这个类型，请重新选择"));
    }
    if steps.iter().any(|step| step.title.trim().is_empty() || 20 < step.title.chars().count()) {
        return Err(AppError::invalid("title", "每个环节都要有名称，最多 20 个字"));
    }
    let chain =
        C::try_from(steps).map_err(|invalid| AppError::invalid("role", invalid.to_string()))?;
    let mut transaction = begin(app, caller, id).await?;
    let before: Option<C> = stood(&mut transaction, id, kind).await?;
    if before.as_ref() == Some(&chain) {
        return Ok(());
    }
    chains::set(&mut transaction, id, kind, &chain).await?;
    let step = (C::ACTS.0, before.as_ref(), Some(&chain));
    finish(app, transaction, caller, (id, kind), step).await
}

/// Takes the chain of a kind away: what stands behind it holds again. Doing it twice is harmless.
///
/// # Errors
/// When the caller may not.
pub async fn remove<C: Settable>(
    app: &App,
    caller: &Caller,
    id: &OrganId,
    kind: &str,
) -> Result<(), AppError> {
    let mut transaction = begin(app, caller, id).await?;
    let before: Option<C> = stood(&mut transaction, id, kind).await?;
    if !chains::remove::<C>(&mut transaction, id, kind).await? {
        return Ok(());
    }
    finish(app, transaction, caller, (id, kind), (C::ACTS.1, before.as_ref(), None)).await
}
