//! 委托: somebody away hands an own business post to a colleague of the same organ for some days.

use super::posts::{check_beside, check_days, log, still_held};
use crate::caller::Caller;
use crate::{App, AppError, secret};
use gongkai_domain::access::Post;
use gongkai_domain::id::PersonId;
use gongkai_domain::refusal::Refusal;
use gongkai_store::people::{self, HeldPost};
use gongkai_store::{Transaction, events};
use jiff::civil::Date;

const ACT: &str = "委托";

/// What is handed over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delegation {
    /// The key of the post.
    pub post: String,
    /// To whom.
    pub to: PersonId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// Hands a post over.
///
/// # Errors
/// When it is no own business post, the colleague may not hold it, or the days do not fit.
pub async fn hand_over(app: &App, caller: &Caller, delegation: Delegation) -> Result<(), AppError> {
    let Delegation { post, to, from, until } = delegation;
    check_days(app, from, Some(until))?;
    if from < app.clock.today() {
        return Err(AppError::invalid("from", "委托从今天或以后的日期开始"));
    }
    let mut transaction = app.store.begin().await?;
    events::stand_in_line(&mut transaction).await?;
    let own = people::posts_of(&mut transaction, &caller.actor.person).await?;
    let own = own.into_iter().find(|held| held.id == post);
    let own = own.ok_or(AppError::NotFound("您的这个任职"))?;
    check_own(&own, from, until)?;
    let there = people::posts_in(&mut transaction, &own.post.organ).await?;
    check_free(&own, &there, from, until)?;
    check_colleague(&mut transaction, caller, &own, &there, &to, from).await?;
    let instead_of = Some(caller.actor.person.clone());
    let post = Post { from, until: Some(until), instead_of, ..own.post };
    let held = HeldPost { id: secret::id(app.clock.now()), person: to, post };
    people::give_post(&mut transaction, &held).await?;
    log(app, &mut transaction, caller, "post.delegate", &held, None).await?;
    Ok(transaction.commit().await?)
}

fn check_own(own: &HeldPost, from: Date, until: Date) -> Result<(), Refusal> {
    let refuse = |reason: String| Err(Refusal::new(ACT, own.post.role.name(), reason));
    if own.post.role.is_administrator() {
        return refuse("系统管理员、安全管理员、审计员的职责不能委托".to_owned());
    }
    if own.post.instead_of.is_some() {
        return refuse("这是别人委托给您的，不能再转托".to_owned());
    }
    if !own.post.is_held_on(from) || !own.post.is_held_on(until) {
        return refuse("委托的日期超出了您任职的日期，请调整".to_owned());
    }
    Ok(())
}

/// One post is handed to one colleague at a time.
fn check_free(own: &HeldPost, there: &[HeldPost], from: Date, until: Date) -> Result<(), AppError> {
    let overlaps = |held: &&HeldPost| {
        held.post.instead_of.as_ref() == Some(&own.person)
            && held.post.role == own.post.role
            && held.post.from <= until
            && held.post.until.is_none_or(|last| from <= last)
    };
    match there.iter().find(overlaps) {
        None => Ok(()),
        Some(held) => {
            let last = held.post.until.map(|day| day.to_string()).unwrap_or_default();
            let message =
                format!("{} 至 {last} 已经委托出去，请先收回或改用其他日期", held.post.from);
            Err(AppError::Conflict(message))
        }
    }
}

async fn check_colleague(
    transaction: &mut Transaction,
    caller: &Caller,
    own: &HeldPost,
    there: &[HeldPost],
    to: &PersonId,
    from: Date,
) -> Result<(), AppError> {
    let refuse = |reason: &str| Err(Refusal::new(ACT, own.post.role.name(), reason).into());
    if *to == caller.actor.person {
        return refuse("不能委托给自己");
    }
    let account = people::find(transaction, to).await?;
    let theirs = || still_held(there, from).filter(|held| held.person == *to);
    let works_there =
        theirs().any(|held| held.post.instead_of.is_none() && !held.post.role.is_administrator());
    if account.is_none_or(|account| account.disabled) || !works_there {
        return refuse("只能委托给本机关在岗办理业务的同事，请另选一人");
    }
    if theirs().any(|held| held.post.role == own.post.role) {
        return refuse("对方已有同样的职责，不必委托");
    }
    check_beside(&people::posts_of(transaction, to).await?, from, own.post.role)?;
    Ok(())
}

/// Ends a delegation early, by whoever gave or received it. It ends at once.
///
/// # Errors
/// When it is not there, concerns others, or is over.
pub async fn take_back(app: &App, caller: &Caller, post: &str) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    events::stand_in_line(&mut transaction).await?;
    let person = &caller.actor.person;
    let held = people::all_posts(&mut transaction).await?.into_iter().find(|held| {
        let giver = held.post.instead_of.as_ref();
        held.id == post && giver.is_some_and(|giver| giver == person || held.person == *person)
    });
    let mut held = held.ok_or(AppError::NotFound("这项委托"))?;
    let today = app.clock.today();
    if held.post.until.is_some_and(|until| until < today) {
        return Err(Refusal::new("收回委托", "已结束", "这项委托已经结束").into());
    }
    let before = held.post.clone();
    let last = today.yesterday().unwrap_or(today);
    held.post.until = Some(last);
    people::end_post(&mut transaction, &held.id, last).await?;
    log(app, &mut transaction, caller, "post.take_back", &held, Some(&before)).await?;
    Ok(transaction.commit().await?)
}
