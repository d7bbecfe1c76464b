//! 答复: proposed, sent back, approved with its number, served.

use super::act::{act, finish, key, load, occasion};
use super::thing;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_domain::request::{Approval, DisclosureRequest, Reply, Returning, Served};
use gongkai_store::{Transaction, events, organs, requests, settings};

/// How long the head of a number may be, in characters.
const LONGEST_WORD: usize = 20;

/// Proposes a reply, for somebody else to approve.
///
/// # Errors
/// When a part lacks its basis or what it must say, the rules do not allow it, or the store fails.
pub async fn propose(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    reply: Reply,
) -> Result<DisclosureRequest, AppError> {
    super::release::ask_ready(app, id, &reply.files).await?;
    act(app, caller, id, |request, occasion| request.propose(reply, occasion)).await
}

/// Sends a reply back with what to change.
///
/// # Errors
/// When none waits, the caller may not decide, or the store fails.
pub async fn send_back(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    returning: Returning,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.send_back(returning, occasion)).await
}

/// Approves a reply. Without a number of its own it gets the next of the organ's series and year.
///
/// # Errors
/// When none waits, the caller may not decide, or the store fails.
pub async fn approve(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    comment: String,
    number: Option<String>,
) -> Result<DisclosureRequest, AppError> {
    let mut transaction = app.store.begin().await?;
    let loaded = load(&mut transaction, caller, id).await?;
    let request = loaded.request.clone();
    let document_number = match number.filter(|number| !number.trim().is_empty()) {
        Some(number) => number,
        None => next_number(app, &mut transaction, &request.organ).await?,
    };
    let approval = Approval { comment, document_number };
    let step = request.approve(approval, &occasion(app, caller))?;
    let organ = step.request.organ.as_str();
    let event = caller.event(key(step.act), thing(&step.request), organ, app.clock.now());
    finish(app, transaction, &loaded, step, event).await
}

/// The setting that holds the head of an organ's reply numbers (机关代字).
pub fn word_setting(organ: &OrganId) -> String {
    format!("request_word/{organ}")
}

/// Sets the head of the numbers of an organ's replies.
///
/// # Errors
/// When the caller does not work on its requests, the head is empty or too long, or the store fails.
pub async fn set_word(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    word: &str,
) -> Result<(), AppError> {
    if !caller.actor.handles_requests(organ) {
        let message = "发文代字由该机关信息员或者信息公开工作机构设置，您没有这个权限".to_owned();
        return Err(AppError::Forbidden(message));
    }
    let word = word.trim();
    if word.is_empty() || LONGEST_WORD < word.chars().count() {
        let message = format!("发文代字应为 1 到 {LONGEST_WORD} 个字");
        return Err(AppError::invalid("word", message));
    }
    let mut transaction = app.store.begin().await?;
    let before = settings::get(&mut transaction, &word_setting(organ)).await?;
    settings::set(&mut transaction, &word_setting(organ), word).await?;
    let thing = format!("organ/{organ}");
    let mut event = caller.event("request.set_word", thing, organ.as_str(), app.clock.now());
    (event.before, event.after) = (before.unwrap_or_default(), word.to_owned());
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}

/// The next number of the organ's series of replies. A number that was refused later is lost with its
/// transaction, so the series has no gaps.
async fn next_number(
    app: &App,
    transaction: &mut Transaction,
    organ: &OrganId,
) -> Result<String, AppError> {
    let year = app.clock.today().year();
    let serial = requests::next_serial(transaction, organ, "reply", year).await?;
    let word = match settings::get(transaction, &word_setting(organ)).await? {
        Some(word) => word,
        None => {
            let found = organs::find(transaction, organ).await?;
            format!("{}依申请", found.map(|organ| organ.short_name).unwrap_or_default())
        }
    };
    Ok(format!("{word}〔{year}〕{serial}号"))
}

/// Serves an approved reply; the request is closed.
///
/// # Errors
/// When none is approved, nothing proves the service, or the store fails.
pub async fn serve(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    served: Served,
) -> Result<DisclosureRequest, AppError> {
    act(app, caller, id, |request, occasion| request.serve(served, occasion)).await
}
