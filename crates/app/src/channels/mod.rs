//! Channels beside the site: choosing them for an item, sending, doing by hand, accounts, counts.

pub mod account;
pub(crate) mod follow;
mod outlet;
mod outlets;
pub mod read;
pub(crate) mod release;
pub mod send;
#[cfg(test)]
mod tests;

pub use gongkai_store::channels::{Count, LoadedRelease};
pub use outlets::Outlets;
pub use release::{do_by_hand, follow_up, retry, want, withdraw};

use crate::AppError;
use crate::caller::Caller;
use gongkai_domain::id::OrganId;

/// Who chooses channels and keeps accounts of an organ.
fn may_write(caller: &Caller, organ: &OrganId) -> Result<(), AppError> {
    if caller.actor.writes_for(organ) {
        return Ok(());
    }
    Err(AppError::Forbidden("发布渠道由本机关信息员或信息公开工作机构办理".to_owned()))
}
