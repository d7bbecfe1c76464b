//! Reads the files of dated cases.

use gongkai_domain::clock::{Case, ClockDay, ClockDayKind, Event, EventKind, State};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases<T> {
    #[serde(default, rename = "reference")]
    _reference: String,
    pub case: Vec<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitCase {
    pub name: String,
    pub from: Date,
    pub working_days: u16,
    pub last_day: Date,
}

/// What is told to the clock.
#[derive(Deserialize)]
pub struct Told {
    received: Date,
    today: Option<Date>,
    #[serde(default)]
    events: Vec<ToldEvent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldEvent {
    on: Date,
    event: EventKind,
    reached: Option<Date>,
    who: Option<String>,
}

#[derive(Deserialize)]
pub struct DueCase {
    pub name: String,
    pub reference: String,
    #[serde(flatten)]
    pub told: Told,
    pub due: Option<Date>,
    pub state: String,
    #[serde(default)]
    pub provisional: bool,
    #[serde(default)]
    pub overdue_working_days: u32,
    #[serde(default)]
    pub days: Vec<String>,
}

#[derive(Deserialize)]
pub struct RefusedCase {
    pub name: String,
    #[serde(flatten)]
    pub told: Told,
    pub says: String,
    pub article: Option<String>,
}

impl Told {
    pub fn case(self) -> Case {
        let event = |ToldEvent { on, event, reached, who }| Event { on, kind: event, reached, who };
        Case {
            received: self.received,
            today: self.today,
            events: self.events.into_iter().map(event).collect(),
        }
    }
}

pub fn read<T: DeserializeOwned>(file: &str) -> Cases<T> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clock");
    let text =
        std::fs::read_to_string(format!("{folder}/{file}")).expect("the file of cases is there");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

pub fn word_of(state: State) -> &'static str {
    match state {
        State::Running => "running",
        State::Paused => "paused",
        State::Waiting => "waiting",
        State::Closed => "closed",
    }
}

/// A day as the files write it.
pub fn line(day: &ClockDay) -> String {
    let kind = match day.kind {
        ClockDayKind::Working => "working",
        ClockDayKind::Weekend => "weekend",
        ClockDayKind::Holiday => "holiday",
        ClockDayKind::Swapped => "swapped",
        ClockDayKind::Paused => "paused",
    };
    let counted = day.counted.map(|counted| format!(" {counted}")).unwrap_or_default();
    format!("{} {kind}{counted}", day.date)
}
