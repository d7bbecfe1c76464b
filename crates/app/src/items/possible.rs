//! What somebody may do with an item now, and why not the rest; asks the verbs themselves.

use super::publish::working_digest;
use super::screen::finding_keys;
use crate::App;
use crate::caller::Caller;
use gongkai_domain::access::Role;
use gongkai_domain::catalogue::Catalogue;
use gongkai_domain::item::{Act, EditionState, Item, Lapse, LapseKind, Step};
use gongkai_domain::refusal::Refusal;
use gongkai_domain::review::Chain;

/// What the caller may do with an item now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Possible {
    /// Whether the caller writes for the organ.
    pub writes: bool,
    /// Whether the waiting step is the caller's; else why not, while it is under review.
    pub sign: Result<(), Option<Refusal>>,
    /// Whether the waiting step is the secrecy review.
    pub asks_secrecy: bool,
    can: Vec<Act>,
    /// The acts that the caller's role is for and the rules do not allow now, with the reason.
    pub refused: Vec<Refusal>,
}

impl Possible {
    /// Whether an act is possible now.
    pub fn can(&self, act: Act) -> bool {
        self.can.contains(&act)
    }
}

/// The acts of whoever writes for the organ, in the order of an item's life.
const OF_WRITERS: [Act; 11] = [
    Act::Revise,
    Act::Submit,
    Act::Recall,
    Act::Publish,
    Act::Schedule,
    Act::Unschedule,
    Act::ConfirmEmergency,
    Act::Reopen,
    Act::Repeal,
    Act::Withdraw,
    Act::Archive,
];

/// What the caller may do with an item now.
pub fn possible(app: &App, caller: &Caller, item: &Item) -> Possible {
    let actor = &caller.actor;
    let writes = actor.writes_for(&item.organ);
    let findings = finding_keys(item);
    let mut acts: Vec<Act> = if writes { OF_WRITERS.to_vec() } else { Vec::new() };
    if writes {
        acts.push(Act::Discard);
    }
    if actor.is(Role::Leader, &item.organ) {
        acts.push(Act::PublishInEmergency);
    }
    let tried: Vec<_> =
        acts.into_iter().map(|act| (act, attempt(app, caller, item, act, &findings))).collect();
    let can = tried.iter().filter(|(_, tried)| tried.is_ok()).map(|(act, _)| *act).collect();
    let refused = tried.into_iter().filter_map(|(_, tried)| tried.err()).collect();
    Possible { writes, sign: sign(caller, item), asks_secrecy: asks_secrecy(item), can, refused }
}

fn sign(caller: &Caller, item: &Item) -> Result<(), Option<Refusal>> {
    match item.working.as_ref().map(|working| &working.state) {
        Some(EditionState::InReview(review)) => {
            review.may_decide(&caller.actor, &item.organ, item.authors()).map(|_| ()).map_err(Some)
        }
        _ => Err(None),
    }
}

fn asks_secrecy(item: &Item) -> bool {
    match item.working.as_ref().map(|working| &working.state) {
        Some(EditionState::InReview(review)) => {
            review.waiting().is_some_and(|step| step.role == Role::SecrecyReviewer)
        }
        _ => false,
    }
}

/// Tries an act with a reason that says nothing; whether it would be done, not more.
fn attempt(
    app: &App,
    caller: &Caller,
    item: &Item,
    act: Act,
    findings: &[String],
) -> Result<Step, Refusal> {
    let (actor, now, today) = (&caller.actor, app.clock.now(), app.clock.today());
    let soon = now.checked_add(jiff::SignedDuration::from_hours(1)).unwrap_or(now);
    let digest = working_digest(item);
    let item = item.clone();
    match act {
        Act::Revise => {
            let content = item.working.as_ref().map(|working| working.content.clone());
            item.revise(content.unwrap_or_default(), actor, now)
        }
        Act::Submit => item.submit(Chain::usual(), Catalogue::official(), findings, actor, now),
        Act::Recall => item.recall(actor),
        Act::Publish => item.publish(&digest, findings, "-", actor, now),
        Act::Schedule => item.schedule(soon, &digest, findings, actor, now),
        Act::Unschedule => item.unschedule(actor),
        Act::PublishInEmergency => {
            item.publish_in_emergency("-", &digest, findings, "-", actor, now)
        }
        Act::ConfirmEmergency => item.confirm_emergency(&digest, actor),
        Act::Reopen => item.reopen(actor, now),
        Act::Repeal => {
            let lapse = Lapse { kind: LapseKind::Repealed, on: today, basis: "-".to_owned() };
            item.lapse(lapse, actor)
        }
        Act::Withdraw => item.withdraw("-", actor, now),
        Act::Archive => item.archive(actor, today),
        Act::Draft | Act::Sign | Act::Return | Act::Discard => item.discard("-", actor),
    }
}

/// Whether an item waits for the caller: to be corrected, signed or published.
pub(super) fn waits_for(caller: &Caller, item: &Item) -> bool {
    match item.working.as_ref().map(|working| &working.state) {
        Some(EditionState::Draft | EditionState::Returned { .. } | EditionState::Approved(_)) => {
            caller.actor.writes_for(&item.organ)
        }
        Some(EditionState::InReview(_)) => sign(caller, item).is_ok(),
        _ => false,
    }
}
