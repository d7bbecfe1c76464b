//! Reading the tree of organs.

use super::ROLE;
use crate::accounts::administers;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;

/// An organ in the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// The organ.
    pub organ: Organ,
    /// How many organs stand above it.
    pub depth: usize,
    /// Whether the caller administers it.
    pub is_own: bool,
}

/// The whole tree, each organ before those below it. One whose parent is missing stands at the top.
///
/// # Errors
/// When the caller is no administrator, or the store fails.
pub async fn tree(app: &App, caller: &Caller) -> Result<Vec<Branch>, AppError> {
    if !Role::ALL.into_iter().any(|role| role.is_administrator() && caller.actor.is_anywhere(role))
    {
        let message = "机关由系统管理员管理，您没有这个权限".to_owned();
        return Err(AppError::Forbidden(message));
    }
    let all = app.organs().await?;
    let is_top = |organ: &&Organ| {
        let parent = organ.parent.as_ref();
        parent.is_none_or(|parent| all.iter().all(|other| other.id != *parent))
    };
    let mut waiting: Vec<(&Organ, usize)> =
        all.iter().filter(is_top).map(|organ| (organ, 0)).rev().collect();
    let mut branches: Vec<Branch> = Vec::new();
    while let Some((organ, depth)) = waiting.pop() {
        let below = all.iter().filter(|other| other.parent.as_ref() == Some(&organ.id)).rev();
        waiting.extend(below.map(|other| (other, depth + 1)));
        let is_own = administers(caller, ROLE, &all, &organ.id);
        branches.push(Branch { organ: organ.clone(), depth, is_own });
    }
    Ok(branches)
}

/// One organ that the caller administers.
///
/// # Errors
/// When it is not there or the caller does not administer it.
pub async fn one(app: &App, caller: &Caller, id: &OrganId) -> Result<Organ, AppError> {
    let all = app.organs().await?;
    crate::accounts::ask(caller, ROLE, &all, id)?;
    let organ = all.into_iter().find(|organ| organ.id == *id);
    organ.ok_or(AppError::NotFound("这个机关"))
}
