//! The only clock: the machine's, or one that a test moves by hand.

use gongkai_domain::time::china_date;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};

/// Where the program takes the time from.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    Machine,
    /// A clock that stands still until it is moved.
    Set(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that shows this instant until it is moved.
    pub fn set_to(instant: Timestamp) -> Self {
        Self::Set(Arc::new(Mutex::new(instant)))
    }

    /// Now, in whole milliseconds: what the store keeps.
    pub fn now(&self) -> Timestamp {
        let now = match self {
            Self::Machine => Timestamp::now(),
            Self::Set(shown) => *shown.lock().unwrap_or_else(PoisonError::into_inner),
        };
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// Today in China.
    pub fn today(&self) -> Date {
        china_date(self.now())
    }

    /// Moves a set clock forward; the machine's clock is left alone.
    pub fn forward(&self, by: SignedDuration) {
        if let Self::Set(shown) = self {
            *shown.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}
