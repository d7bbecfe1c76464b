//! 修改, 修订, 删除草稿, and the answers to findings.

use super::act::{act, finish, load};
use super::interpret::is_public_policy;
use crate::caller::Caller;
use crate::{App, AppError, Problem};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Answer, Content, Item};

const LONGEST_TITLE: usize = 200;
/// The plain text of a long law is about 100,000 characters; ten times as much is no item any more.
const LONGEST_TEXT: usize = 1_000_000;

/// Names what of a content cannot be kept, draft or not.
pub(super) fn check(content: &Content) -> Result<(), AppError> {
    let mut problems = Vec::new();
    let n_title = content.title.trim().chars().count();
    if n_title == 0 {
        problems.push(Problem { field: "title", message: "请填写标题".to_owned() });
    }
    if LONGEST_TITLE < n_title {
        let message = format!("标题有 {n_title} 个字，最多 {LONGEST_TITLE} 个字");
        problems.push(Problem { field: "title", message });
    }
    let n_text = content.text.chars().count();
    if LONGEST_TEXT < n_text {
        let message = format!("正文有 {n_text} 个字，最多 {LONGEST_TEXT} 个字，请改作附件");
        problems.push(Problem { field: "text", message });
    }
    if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
}

/// Saves new content of the edition in work.
///
/// # Errors
/// When the content cannot be taken or the rules do not allow it.
pub async fn revise(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    content: Content,
) -> Result<Item, AppError> {
    check(&content)?;
    let now = app.clock.now();
    act(app, caller, id, |item| item.revise(content, &caller.actor, now)).await
}

/// Saves what was typed of the edition in work: everything but its attachments, which have acts of
/// their own. Answers the item and its version. `version` is the one that was shown.
///
/// # Errors
/// When somebody else saved meanwhile, the content cannot be taken, or the rules do not allow it.
pub async fn save(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    mut content: Content,
    version: Option<i64>,
) -> Result<(Item, i64), AppError> {
    check(&content)?;
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    let loaded = load(&mut transaction, caller, id).await?;
    if let Some(working) = &loaded.item.working {
        content.attachments.clone_from(&working.content.attachments);
    }
    let is_mine = loaded.item.working.as_ref().is_some_and(|working| working.content == content);
    if version.is_some_and(|shown| shown != loaded.version) && !is_mine {
        let message = "您编辑期间，这份稿件被其他人保存过；两份内容都在下面，请核对后再保存";
        return Err(AppError::Conflict(message.to_owned()));
    }
    if let Some(policy) = &content.interprets
        && !is_public_policy(&mut transaction, policy).await?
    {
        return Err(AppError::invalid("interprets", "请选择一份已公开的政策文件"));
    }
    let step = loaded.item.clone().revise(content, &caller.actor, now)?;
    let grows = i64::from(step.item != loaded.item);
    let version = loaded.version + grows;
    Ok((finish(app, transaction, caller, loaded, step).await?, version))
}

/// Writes down why a finding may stand.
///
/// # Errors
/// When the reason is empty or the rules do not allow it.
pub async fn answer(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    finding: String,
    reason: String,
) -> Result<Item, AppError> {
    let answer = Answer { finding, reason, by: caller.actor.person.clone(), at: app.clock.now() };
    act(app, caller, id, |item| item.answer(answer, &caller.actor)).await
}

/// Starts a new edition of what is public.
///
/// # Errors
/// When the rules do not allow it.
pub async fn reopen(app: &App, caller: &Caller, id: &ItemId) -> Result<Item, AppError> {
    let now = app.clock.now();
    act(app, caller, id, |item| item.reopen(&caller.actor, now)).await
}

/// Drops the edition in work.
///
/// # Errors
/// When the reason is empty or the rules do not allow it.
pub async fn discard(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    reason: &str,
) -> Result<Item, AppError> {
    act(app, caller, id, |item| item.discard(reason, &caller.actor)).await
}
