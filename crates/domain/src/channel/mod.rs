//! Channels of publication beside the item itself: which there are, their accounts, and what became of
//! an edition on each. It sends nothing; that is done by the app.

mod account;
mod release;
#[cfg(test)]
mod tests;

pub use account::{Account, AccountFields, AccountProblem, AccountState};
pub use release::{ChannelRelease, FollowUp, Out, Outcome, ReleaseState, Verb};

use serde::Deserialize;
use std::sync::LazyLock;

/// How an edition comes onto a channel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// By publication itself.
    Site,
    /// Sent by the program.
    Machine,
    /// Done by a person, with evidence.
    Hand,
}

/// A field of the item that a channel needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// 标题.
    Title,
    /// 正文.
    Text,
    /// 封面: the material id that the platform gave to the picture of the account.
    Cover,
}

/// A channel.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Stable key.
    pub key: String,
    /// What people call it.
    pub title: String,
    /// How an edition comes onto it.
    pub delivery: Delivery,
    /// Whether an organ has to have an account on it.
    pub account: bool,
    /// What it needs.
    pub needs: Vec<Need>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "read by people; the data must have it")]
    source: String,
    #[expect(dead_code, reason = "read by people; the data must have it")]
    sureness: String,
    channel: Vec<Channel>,
}

static CHANNELS: LazyLock<Vec<Channel>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/catalogue/channels.toml");
    let file: File = toml::from_str(text).expect("channels.toml is embedded and tested");
    file.channel
});

/// Every channel, in the order of the data.
pub fn channels() -> &'static [Channel] {
    &CHANNELS
}

/// One channel.
pub fn channel(key: &str) -> Option<&'static Channel> {
    CHANNELS.iter().find(|each| each.key == key)
}

/// What people call the channel with this key.
pub fn title(key: &str) -> &'static str {
    channel(key).map_or("其他渠道", |each| each.title.as_str())
}
