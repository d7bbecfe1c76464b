//! Who may sign a step: holds its role, did not write what is reviewed, has not signed before, and
//! stands in for nobody of whom that is true (四眼). One rule for items and for replies.

use super::Signature;
use crate::access::{Actor, Post, Role};
use crate::id::{OrganId, PersonId};

/// Why somebody may not sign.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NoSigner {
    /// Holds none of the roles.
    Role,
    /// Wrote it, or stands in for who did.
    Author,
    /// Signed a step already, or stands in for who did.
    Signed,
}

/// The post by which the actor may sign a step of these roles.
pub(crate) fn post_to_sign<'a>(
    (actor, organ): (&'a Actor, &OrganId),
    roles: &[Role],
    authors: &[&PersonId],
    signatures: &[Signature],
) -> Result<&'a Post, NoSigner> {
    let mut why = NoSigner::Role;
    for post in roles.iter().filter_map(|role| actor.post(organ, *role)) {
        match refusal(actor, post, authors, signatures) {
            None => return Ok(post),
            Some(refusal) => why = refusal,
        }
    }
    Err(why)
}

fn refusal(
    actor: &Actor,
    post: &Post,
    authors: &[&PersonId],
    signatures: &[Signature],
) -> Option<NoSigner> {
    let stands_for = [Some(&actor.person), post.instead_of.as_ref()];
    let same = |person: &PersonId| stands_for.contains(&Some(person));
    if authors.iter().any(|author| same(author)) {
        return Some(NoSigner::Author);
    }
    let signed = |each: &Signature| same(&each.by) || each.instead_of.as_ref().is_some_and(same);
    signatures.iter().any(signed).then_some(NoSigner::Signed)
}
