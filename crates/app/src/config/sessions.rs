//! Settings of how long people stay signed in.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// How long people stay signed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sessions {
    /// Minutes without an act after which one signs in anew.
    pub idle_minutes: u32,
    /// Hours after which one signs in anew in any case.
    pub longest_hours: u32,
}

impl Default for Sessions {
    fn default() -> Self {
        Self { idle_minutes: 60, longest_hours: 12 }
    }
}

impl Sessions {
    /// Names the first field whose value cannot be used.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        if self.idle_minutes == 0 || self.longest_hours == 0 {
            return Err("sessions.idle_minutes 和 sessions.longest_hours 应不小于 1".to_owned());
        }
        Ok(())
    }

    /// The idle time as a duration.
    pub fn idle(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.idle_minutes))
    }

    /// The longest time as a duration.
    pub fn longest(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.longest_hours))
    }
}
