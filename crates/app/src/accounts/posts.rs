//! 任职: roles in organs, given and ended by the security administrator, never to oneself.

use super::ask;
use crate::caller::Caller;
use crate::{App, AppError, secret};
use gongkai_domain::access::{Post, Role, may_also_be};
use gongkai_domain::id::{OrganId, PersonId};
use gongkai_domain::refusal::Refusal;
use gongkai_store::people::{self, HeldPost};
use gongkai_store::{Transaction, events, organs};
use jiff::civil::Date;

const ROLE: Role = Role::SecurityAdministrator;

/// A role to be given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Giving {
    /// Where.
    pub organ: OrganId,
    /// As what.
    pub role: Role,
    /// The first day.
    pub from: Date,
    /// The last day; `None` until further notice.
    pub until: Option<Date>,
}

/// The post as the audit log keeps it.
pub(super) fn kept(post: &Post) -> String {
    serde_json::to_string(post).expect("a post has text keys")
}

/// Writes the event of a post; the caller of it commits.
pub(super) async fn log(
    app: &App,
    transaction: &mut Transaction,
    caller: &Caller,
    act: &str,
    held: &HeldPost,
    before: Option<&Post>,
) -> Result<(), AppError> {
    let thing = format!("person/{}", held.person);
    let mut event = caller.event(act, thing, held.post.organ.as_str(), app.clock.now());
    event.before = before.map(kept).unwrap_or_default();
    event.after = kept(&held.post);
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(())
}

/// Refuses days that end before they begin, or are over already.
pub(super) fn check_days(app: &App, from: Date, until: Option<Date>) -> Result<(), AppError> {
    if until.is_some_and(|until| until < from) {
        return Err(AppError::invalid("until", "结束日期不能早于开始日期"));
    }
    if until.is_some_and(|until| until < app.clock.today()) {
        return Err(AppError::invalid("until", "结束日期已经过去，请核对"));
    }
    Ok(())
}

/// The posts not over on `from` among these.
pub(super) fn still_held(posts: &[HeldPost], from: Date) -> impl Iterator<Item = &HeldPost> {
    posts.iter().filter(move |held| held.post.until.is_none_or(|until| from <= until))
}

/// Refuses a role beside those that the person holds, when they may not be together.
pub(super) fn check_beside(posts: &[HeldPost], from: Date, role: Role) -> Result<(), Refusal> {
    let roles: Vec<Role> = still_held(posts, from).map(|held| held.post.role).collect();
    may_also_be(&roles, role)
}

/// Refuses an organ that is merged on this day.
async fn check_organ(
    transaction: &mut Transaction,
    caller: &Caller,
    giving: &Giving,
) -> Result<(), AppError> {
    let all = organs::all(transaction).await?;
    let organ = all.iter().find(|organ| organ.id == giving.organ);
    let organ = organ.ok_or(AppError::NotFound("这个机关"))?;
    ask(caller, ROLE, &all, &organ.id)?;
    let merged = organ
        .merged_into
        .as_ref()
        .filter(|(_, day)| *day <= giving.from || giving.until.is_none_or(|until| *day <= until));
    match merged {
        None => Ok(()),
        Some((_, day)) => {
            let reason = format!("{}自 {day} 起并入其他机关，请改选并入的机关", organ.name);
            Err(Refusal::new("授予角色", "已合并", reason).into())
        }
    }
}

/// Gives a role in an organ.
///
/// # Errors
/// When the caller may not, the person holds it already, or the roles may not stand together.
pub async fn give(
    app: &App,
    caller: &Caller,
    person: &PersonId,
    giving: Giving,
) -> Result<(), AppError> {
    check_days(app, giving.from, giving.until)?;
    let mut transaction = app.store.begin().await?;
    events::stand_in_line(&mut transaction).await?;
    check_organ(&mut transaction, caller, &giving).await?;
    check_not_own(caller, person)?;
    let account = people::find(&mut transaction, person).await?;
    let account = account.ok_or(AppError::NotFound("这个人"))?;
    if account.disabled {
        let reason = "账号已停用，请先启用再授予角色";
        return Err(Refusal::new("授予角色", "已停用", reason).into());
    }
    let posts = people::posts_of(&mut transaction, person).await?;
    let Giving { organ, role, from, until } = giving;
    let is_same = |held: &&HeldPost| {
        let Post { organ: at, role: as_what, instead_of, .. } = &held.post;
        *at == organ && *as_what == role && instead_of.is_none()
    };
    if still_held(&posts, from).any(|held| is_same(&held)) {
        let message = format!("{}在该机关已任{}，不必重复授予", account.name, role.name());
        return Err(AppError::Conflict(message));
    }
    check_beside(&posts, from, role)?;
    let post = Post { organ, role, from, until, instead_of: None };
    let held = HeldPost { id: secret::id(app.clock.now()), person: person.clone(), post };
    people::give_post(&mut transaction, &held).await?;
    log(app, &mut transaction, caller, "post.give", &held, None).await?;
    Ok(transaction.commit().await?)
}

fn check_not_own(caller: &Caller, person: &PersonId) -> Result<(), AppError> {
    if *person != caller.actor.person {
        return Ok(());
    }
    let message = "管理员不能给自己授予或解除角色，请由另一名安全管理员办理".to_owned();
    Err(AppError::Forbidden(message))
}

/// Ends a role with this day as its last; what was handed over from it ends too.
///
/// # Errors
/// When the caller may not, or the post is over by that day already.
pub async fn end(
    app: &App,
    caller: &Caller,
    person: &PersonId,
    post: &str,
    last: Date,
) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    events::stand_in_line(&mut transaction).await?;
    let posts = people::posts_of(&mut transaction, person).await?;
    let held = posts.into_iter().find(|held| held.id == post);
    let held = held.ok_or(AppError::NotFound("这个任职"))?;
    ask(caller, ROLE, &organs::all(&mut transaction).await?, &held.post.organ)?;
    check_not_own(caller, person)?;
    let yesterday = app.clock.today().yesterday().unwrap_or(app.clock.today());
    if last < yesterday {
        return Err(AppError::invalid("last", "最后一天不能早于昨天"));
    }
    if let Some(until) = held.post.until.filter(|until| *until <= last) {
        let reason = format!("这个任职到 {until} 为止，不能借解除来延长");
        return Err(Refusal::new("解除角色", "已定结束日期", reason).into());
    }
    end_with_delegations(app, &mut transaction, caller, held, last).await?;
    Ok(transaction.commit().await?)
}

/// Ends a post and what was handed over from it; the caller of it commits.
pub(crate) async fn end_with_delegations(
    app: &App,
    transaction: &mut Transaction,
    caller: &Caller,
    held: HeldPost,
    last: Date,
) -> Result<(), AppError> {
    let there = people::posts_in(transaction, &held.post.organ).await?;
    let handed_over = there.into_iter().filter(|other| {
        other.post.instead_of.as_ref() == Some(&held.person)
            && held.post.instead_of.is_none()
            && other.post.role == held.post.role
            && other.post.until.is_none_or(|until| last < until)
    });
    let handed_over: Vec<HeldPost> = handed_over.collect();
    for mut ended in std::iter::once(held).chain(handed_over) {
        let before = ended.post.clone();
        ended.post.until = Some(last);
        people::end_post(transaction, &ended.id, last).await?;
        log(app, transaction, caller, "post.end", &ended, Some(&before)).await?;
    }
    Ok(())
}
