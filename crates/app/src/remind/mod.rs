//! 提醒: what people are reminded of outside the pages: one digest a person and working day, and one at
//! once when cases turn red; by mail and to a webhook. Numbers and days only: who asks and what for
//! stays on the pages.
//!
//! Planning enqueues jobs, each once a day; sending them is at most once, also after a crash.

mod digest;
mod mail;
mod plan;
mod push;
mod reach;
mod secrets;
mod send;
#[cfg(test)]
mod tests;

pub use digest::{Case, Digest};
pub use reach::{Reach, reach, set_reach};
pub use secrets::Secrets;

pub(crate) use mail::try_connection;
pub(crate) use plan::plan;
pub(crate) use send::attempt;

use gongkai_domain::id::PersonId;
use jiff::civil::Date;

/// For how many days it is known what went out: longer than any job lives.
pub(crate) const KEPT_DAYS: i64 = 30;

/// What a reminder is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum About {
    /// All that there is to do that day.
    Digest,
    /// The cases whose period ended since this day.
    Red(Date),
}

/// One reminder of one person on one day, as it stands in the subject of its job.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Order {
    about: About,
    day: Date,
    person: PersonId,
}

impl Order {
    fn subject(&self) -> String {
        match self.about {
            About::Digest => format!("digest/{}/{}", self.day, self.person),
            About::Red(since) => format!("red/{}/{}/{since}", self.day, self.person),
        }
    }

    fn of(subject: &str) -> Option<Self> {
        let parts: Vec<&str> = subject.split('/').collect();
        let (about, day, person) = match parts.as_slice() {
            ["digest", day, person] => (About::Digest, day, person),
            ["red", day, person, since] => (About::Red(since.parse().ok()?), day, person),
            _ => return None,
        };
        Some(Self { about, day: day.parse().ok()?, person: person.parse().ok()? })
    }
}
