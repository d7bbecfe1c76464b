//! Who calls an action, and from where.

use gongkai_domain::access::Actor;
use gongkai_domain::audit::Event;
use jiff::Timestamp;

/// Who calls an action, and from where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Caller {
    /// The person with the posts held today.
    pub actor: Actor,
    /// The address of the client, or `local`.
    pub origin: String,
}

impl Caller {
    /// The event that says who did `act` to `thing`; states and reason are empty yet.
    pub fn event(&self, act: &str, thing: String, organ: &str, at: Timestamp) -> Event {
        let who = (self.actor.person.as_str(), self.actor.name.as_str(), self.origin.as_str());
        event(who, act, thing, organ, at)
    }
}

/// What the program itself does, on nobody's click.
pub fn system_event(act: &str, thing: String, organ: &str, at: Timestamp) -> Event {
    event(("system", "系统", "local"), act, thing, organ, at)
}

fn event(
    (actor, name, origin): (&str, &str, &str),
    act: &str,
    thing: String,
    organ: &str,
    at: Timestamp,
) -> Event {
    Event {
        at,
        actor: actor.to_owned(),
        actor_name: name.to_owned(),
        origin: origin.to_owned(),
        organ: organ.to_owned(),
        act: act.to_owned(),
        thing,
        before: String::new(),
        after: String::new(),
        reason: String::new(),
    }
}
