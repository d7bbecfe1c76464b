//! 审批进度: the steps that a reply goes through, who signed them, and who may sign the one that waits.

use super::act::by;
use crate::{App, AppError};
use gongkai_domain::access::{Actor, Post};
use gongkai_domain::id::PersonId;
use gongkai_domain::request::{By, DisclosureRequest, RequestAct, RequestState};
use gongkai_domain::review::Signature;
use gongkai_store::{Db, people};
use std::collections::BTreeMap;

/// A step of the approval of a reply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SigningStep {
    /// What people call it.
    pub title: String,
    /// Who signs it, by roles.
    pub who: String,
    /// The signature, once there is one.
    pub signature: Option<Signature>,
    /// Whether it is the one that waits.
    pub is_waiting: bool,
    /// The names of who may sign it now, where it waits.
    pub may_sign: Vec<String>,
}

/// Where the reply of a request stands; empty while none was proposed.
pub(super) async fn signing(
    app: &App,
    db: &mut Db,
    request: &DisclosureRequest,
) -> Result<Vec<SigningStep>, AppError> {
    let (proposal, waits) = match &request.state {
        RequestState::InReview(proposal) => (proposal, true),
        RequestState::Approved(decision) => (&decision.proposal, false),
        _ => return Ok(Vec::new()),
    };
    let mut steps = Vec::new();
    for (n, step) in proposal.steps().into_iter().enumerate() {
        let is_waiting = waits && n == proposal.signatures.len();
        let may_sign = match is_waiting {
            true => signers(app, db, request).await?,
            false => Vec::new(),
        };
        steps.push(SigningStep {
            title: step.title.to_owned(),
            who: step.who(),
            signature: proposal.signatures.get(n).cloned(),
            is_waiting,
            may_sign,
        });
    }
    Ok(steps)
}

/// The names of who may sign now: everybody with a post in the organ is asked as the verb asks.
async fn signers(
    app: &App,
    db: &mut Db,
    request: &DisclosureRequest,
) -> Result<Vec<String>, AppError> {
    let today = app.clock.today();
    let mut posts: BTreeMap<PersonId, Vec<Post>> = BTreeMap::new();
    for held in people::posts_in(db, &request.organ).await? {
        if held.post.is_held_on(today) {
            posts.entry(held.person).or_default().push(held.post);
        }
    }
    let mut names = Vec::new();
    for (person, posts) in posts {
        let actor = Actor { person, name: String::new(), posts };
        if request.may(RequestAct::Approve, &by(app, By::Staff(&actor))).is_ok() {
            let account = people::find(db, &actor.person).await?;
            names.extend(account.filter(|account| !account.disabled).map(|account| account.name));
        }
    }
    Ok(names)
}
