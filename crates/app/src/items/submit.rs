//! 送审, 撤回送审.

use super::act::{act, finish, load};
use super::screen::finding_keys;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::catalogue::Catalogue;
use gongkai_domain::id::ItemId;
use gongkai_domain::item::Item;
use gongkai_domain::review::Chain;
use gongkai_store::chains;

/// Hands the edition in work to the review of its organ and kind.
///
/// # Errors
/// When the metadata has a fault, a finding has no answer, or the rules do not allow it.
pub async fn submit(app: &App, caller: &Caller, id: &ItemId) -> Result<Item, AppError> {
    let mut transaction = app.store.begin().await?;
    let loaded = load(&mut transaction, caller, id).await?;
    let item = loaded.item.clone();
    let set = chains::find::<Chain>(&mut transaction, &item.organ, &item.kind).await?;
    let chain = set.unwrap_or_else(Chain::usual);
    let findings = finding_keys(&item);
    let catalogue = Catalogue::official();
    let step = item.submit(chain, catalogue, &findings, &caller.actor, app.clock.now())?;
    finish(app, transaction, caller, loaded, step).await
}

/// Takes a submitted edition back.
///
/// # Errors
/// When the rules do not allow it.
pub async fn recall(app: &App, caller: &Caller, id: &ItemId) -> Result<Item, AppError> {
    act(app, caller, id, |item| item.recall(&caller.actor)).await
}
