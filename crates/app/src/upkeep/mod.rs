//! What whoever runs the program does beside it: back up, restore, prove, look after.
//!
//! None of it stands in the way of a program that is running, except restoring, which begins from
//! nothing. What is found is a list of sentences; commands print it.

pub mod backup;
pub mod doctor;
mod manifest;
mod reach;
pub mod restore;
#[cfg(test)]
mod tests;
pub mod verify;

use serde::Serialize;

/// How it stands with something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Good,
    /// Somebody should look at it.
    Doubtful,
    /// It has to be put right.
    Wrong,
}

impl Level {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "正常",
            Self::Doubtful => "注意",
            Self::Wrong => "有误",
        }
    }
}

/// What was looked at and what was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// How it stands.
    pub level: Level,
    /// What was looked at.
    pub what: &'static str,
    /// What was found, a Chinese sentence.
    pub message: String,
}

impl Finding {
    fn new(level: Level, what: &'static str, message: impl Into<String>) -> Self {
        Self { level, what, message: message.into() }
    }

    fn good(what: &'static str, message: impl Into<String>) -> Self {
        Self::new(Level::Good, what, message)
    }

    fn doubtful(what: &'static str, message: impl Into<String>) -> Self {
        Self::new(Level::Doubtful, what, message)
    }

    fn wrong(what: &'static str, message: impl Into<String>) -> Self {
        Self::new(Level::Wrong, what, message)
    }
}
