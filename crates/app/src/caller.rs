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
        Event {
            at,
            actor: self.actor.person.to_string(),
            actor_name: self.actor.name.clone(),
            origin: self.origin.clone(),
            organ: organ.to_owned(),
            act: act.to_owned(),
            thing,
            before: String::new(),
            after: String::new(),
            reason: String::new(),
        }
    }
}

/// What the program itself does, on nobody's click.
pub fn system_event(act: &str, thing: String, organ: &str, at: Timestamp) -> Event {
    Event {
        at,
        actor: "system".to_owned(),
        actor_name: "系统".to_owned(),
        origin: "local".to_owned(),
        organ: organ.to_owned(),
        act: act.to_owned(),
        thing,
        before: String::new(),
        after: String::new(),
        reason: String::new(),
    }
}
