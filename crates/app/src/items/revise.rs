//! 修改, 修订, 删除草稿, and the answers to findings.

use super::act::act;
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
