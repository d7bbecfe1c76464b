//! What holds floods off the public forms: how often an address comes, in memory and bounded. It says
//! who has to answer a question and who has to wait; the counter and the post know nothing of it.

use crate::App;
use crate::config::Intake;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How many addresses are counted at a time; past it the one that came longest ago is forgotten.
const MOST_ADDRESSES: u64 = 100_000;
const HOUR: i64 = 3_600;
const MINUTE: i64 = 60;
/// Stands for all addresses together.
const ALL: &str = "*";

/// What somebody does who is not signed in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Doing {
    /// Submits a request.
    Submit,
    /// Tries a code with a contact.
    Follow,
    /// Has something small kept: a draft, that a suggestion answered.
    Keep,
    /// Searches or reckons.
    Read,
    /// A program sends records, or tries a token.
    Send,
}

/// What an address has to do now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Nothing.
    Free,
    /// To answer a question.
    Question,
    /// To wait.
    Wait {
        /// How long, in seconds.
        seconds: i64,
    },
}

/// A counter: what is done, by whom, in which stretch of time.
type Stretch = (Doing, String, i64);

/// How often addresses came; cheap to clone. Several nodes each count for themselves.
#[derive(Clone, Debug)]
pub struct Flood {
    counts: Cache<Stretch, Arc<AtomicU32>>,
    pub(super) answered: Cache<String, ()>,
}

impl Default for Flood {
    fn default() -> Self {
        let age = Duration::from_secs(2 * 60 * 60);
        let counts = Cache::builder()
            .max_capacity(MOST_ADDRESSES)
            .eviction_policy(EvictionPolicy::lru())
            .time_to_live(age);
        let answered = Cache::builder()
            .max_capacity(MOST_ADDRESSES)
            .eviction_policy(EvictionPolicy::lru())
            .time_to_live(age);
        Self { counts: counts.build(), answered: answered.build() }
    }
}

impl Flood {
    /// Counts one more, and says what the address has to do.
    pub fn count(&self, app: &App, doing: Doing, origin: &str) -> Standing {
        self.standing(app, doing, origin, 1)
    }

    /// What the address would have to do with one more, without counting it.
    pub fn look(&self, app: &App, doing: Doing, origin: &str) -> Standing {
        self.standing(app, doing, origin, 0)
    }

    fn standing(&self, app: &App, doing: Doing, origin: &str, more: u32) -> Standing {
        let length = if matches!(doing, Doing::Read | Doing::Send) { MINUTE } else { HOUR };
        let now = app.clock.now().as_second();
        let number = now.div_euclid(length);
        let nth = |who: String| {
            let counter = self.counts.get_with((doing, who, number), Arc::default);
            counter.fetch_add(more, Ordering::Relaxed).saturating_add(1)
        };
        let (own, all) = (nth(network(origin)), nth(ALL.to_owned()));
        let limits = Limits::of(&app.config.intake, doing);
        if limits.most < own {
            return Standing::Wait { seconds: length - now.rem_euclid(length) };
        }
        let asked = limits.question_after.is_some_and(|after| after < own)
            || limits.question_for_all_after.is_some_and(|after| after < all);
        if asked { Standing::Question } else { Standing::Free }
    }
}

struct Limits {
    most: u32,
    question_after: Option<u32>,
    question_for_all_after: Option<u32>,
}

impl Limits {
    fn of(settings: &Intake, doing: Doing) -> Self {
        match doing {
            Doing::Submit => Self {
                most: settings.most_an_hour,
                question_after: Some(settings.question_after),
                question_for_all_after: Some(settings.question_for_all_after),
            },
            Doing::Follow => Self {
                most: settings.most_tries_an_hour,
                question_after: Some(settings.tries_before_question),
                question_for_all_after: None,
            },
            Doing::Keep => Self {
                most: settings.most_an_hour,
                question_after: None,
                question_for_all_after: None,
            },
            Doing::Read | Doing::Send => Self {
                most: settings.most_a_minute,
                question_after: None,
                question_for_all_after: None,
            },
        }
    }
}

/// What counts as one address: of IPv6 the first 64 bits, which one household has to itself.
fn network(origin: &str) -> String {
    let address = origin.parse::<IpAddr>().map(|address| address.to_canonical());
    match address {
        Ok(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => origin.chars().take(64).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestApp;
    use jiff::SignedDuration;

    #[tokio::test]
    async fn an_address_answers_a_question_then_waits_and_is_free_again_after_the_hour() {
        let app = TestApp::empty().await.app;
        let count = |origin| app.flood.count(&app, Doing::Submit, origin);
        for _ in 0..3 {
            assert_eq!(app.flood.look(&app, Doing::Submit, "192.0.2.1"), Standing::Free);
            assert_eq!(count("192.0.2.1"), Standing::Free);
        }
        assert_eq!(count("192.0.2.1"), Standing::Question);
        assert_eq!(count("192.0.2.2"), Standing::Free, "another address is another");
        for _ in 0..26 {
            assert_eq!(count("192.0.2.1"), Standing::Question);
        }
        assert!(matches!(count("192.0.2.1"), Standing::Wait { seconds: 1..=3_600 }));
        app.clock.forward(SignedDuration::from_hours(1));
        assert_eq!(count("192.0.2.1"), Standing::Free);
    }

    #[tokio::test]
    async fn many_addresses_together_bring_the_question_to_everybody() {
        let app = TestApp::empty().await.app;
        for n in 0..300 {
            let origin = format!("192.0.{}.{}", n / 250, n % 250);
            assert_eq!(app.flood.count(&app, Doing::Submit, &origin), Standing::Free);
        }
        assert_eq!(app.flood.count(&app, Doing::Submit, "198.51.100.1"), Standing::Question);
        assert_eq!(app.flood.count(&app, Doing::Follow, "198.51.100.1"), Standing::Free);
    }

    #[test]
    fn one_household_is_one_address() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(network(&"x".repeat(999)).len(), 64);
    }
}
