//! The audit log as a chain: every event carries the hash of the one before, so that a change shows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sm3::Sm3;
use std::fmt::Write;

/// The hash that links the chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// SM3 (GB/T 32905), the commercial cryptography of China.
    #[default]
    Sm3,
    /// SHA-256.
    Sha256,
}

/// What happened: who, when, from where, which act on what, before and after.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// Who: a person's id, or `system`.
    pub actor: String,
    /// The name at that time.
    pub actor_name: String,
    /// From where: the address of the client, or `local`.
    pub origin: String,
    /// The organ it concerns; empty when none.
    pub organ: String,
    /// The stable key of the act: `item.publish`.
    pub act: String,
    /// What it was done to: `item/…`.
    pub thing: String,
    /// The state before; empty when there was none.
    pub before: String,
    /// The state after; empty when there is none.
    pub after: String,
    /// The reason given; empty when none.
    pub reason: String,
}

/// An event at its place in the chain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Link {
    /// Counts from one, without gaps.
    pub sequence: i64,
    /// Which hash was used.
    pub algorithm: Algorithm,
    /// What happened.
    pub event: Event,
    /// The hash of the link before; empty in the first.
    pub previous: String,
    /// The hash of this link, in hexadecimal.
    pub hash: String,
}

/// The first place where a chain does not hold.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Break {
    /// A number is missing or stands twice.
    #[error("第 {expected} 条应在此处，实际是第 {found} 条：有记录缺失或重复")]
    Sequence {
        /// The number that should stand here.
        expected: i64,
        /// The number that does.
        found: i64,
    },
    /// The link does not continue the one before.
    #[error("第 {0} 条与上一条衔接不上：上一条被改动或替换")]
    Previous(i64),
    /// The content is not what was hashed.
    #[error("第 {0} 条的内容与其校验值不符：内容被改动")]
    Content(i64),
}

impl Link {
    /// Adds an event behind the last link.
    pub fn seal(last: Option<&Self>, event: Event, algorithm: Algorithm) -> Self {
        let sequence = last.map_or(1, |last| last.sequence + 1);
        let previous = last.map_or_else(String::new, |last| last.hash.clone());
        Self::after(sequence, previous, event, algorithm)
    }

    /// The link with this number behind the link whose hash is `previous`.
    pub fn after(sequence: i64, previous: String, event: Event, algorithm: Algorithm) -> Self {
        let hash = hash(algorithm, sequence, &previous, &event);
        Self { sequence, algorithm, event, previous, hash }
    }

    /// Looks whether the link continues `last` and holds what was hashed.
    ///
    /// # Errors
    /// Names what does not hold.
    pub fn verify(&self, last: Option<&Self>) -> Result<(), Break> {
        let expected = last.map_or(1, |last| last.sequence + 1);
        if self.sequence != expected {
            return Err(Break::Sequence { expected, found: self.sequence });
        }
        if self.previous != last.map_or("", |last| last.hash.as_str()) {
            return Err(Break::Previous(self.sequence));
        }
        if self.hash != hash(self.algorithm, self.sequence, &self.previous, &self.event) {
            return Err(Break::Content(self.sequence));
        }
        Ok(())
    }
}

/// Fields are preceded by their length, so that no two events give the same bytes.
fn hash(algorithm: Algorithm, sequence: i64, previous: &str, event: &Event) -> String {
    let mut bytes = Vec::new();
    let sequence = sequence.to_string();
    let at = event.at.as_millisecond().to_string();
    let fields = [
        &sequence,
        previous,
        &at,
        &event.actor,
        &event.actor_name,
        &event.origin,
        &event.organ,
        &event.act,
        &event.thing,
        &event.before,
        &event.after,
        &event.reason,
    ];
    for field in fields {
        bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
        bytes.extend_from_slice(field.as_bytes());
    }
    match algorithm {
        Algorithm::Sm3 => hexadecimal(&Sm3::digest(&bytes)),
        Algorithm::Sha256 => hexadecimal(&Sha256::digest(&bytes)),
    }
}

/// The SM3 of bytes (GB/T 32905), in hexadecimal.
pub fn digest_sm3(bytes: &[u8]) -> String {
    hexadecimal(&Sm3::digest(bytes))
}

/// The SHA-256 of bytes, in hexadecimal: the name of a content.
pub fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(act: &str) -> Event {
        Event {
            at: Timestamp::UNIX_EPOCH,
            actor: "p1".to_owned(),
            actor_name: "王某".to_owned(),
            origin: "local".to_owned(),
            organ: "bureau".to_owned(),
            act: act.to_owned(),
            thing: "item/1".to_owned(),
            before: String::new(),
            after: "{}".to_owned(),
            reason: String::new(),
        }
    }

    fn chain(algorithm: Algorithm) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for act in ["a", "b", "c", "d"] {
            let link = Link::seal(links.last(), event(act), algorithm);
            links.push(link);
        }
        links
    }

    fn first_break(links: &[Link]) -> Option<Break> {
        let mut last = None;
        for link in links {
            if let Err(broken) = link.verify(last) {
                return Some(broken);
            }
            last = Some(link);
        }
        None
    }

    #[test]
    fn a_chain_holds_until_somebody_touches_it() {
        for algorithm in [Algorithm::Sm3, Algorithm::Sha256] {
            let whole = chain(algorithm);
            assert_eq!(first_break(&whole), None);

            let mut changed = whole.clone();
            changed[1].event.reason = "x".to_owned();
            assert_eq!(first_break(&changed), Some(Break::Content(2)));

            let mut missing = whole.clone();
            missing.remove(2);
            assert_eq!(first_break(&missing), Some(Break::Sequence { expected: 3, found: 4 }));

            let mut resealed = whole.clone();
            resealed[1] = Link::seal(Some(&whole[0]), event("x"), algorithm);
            assert_eq!(first_break(&resealed), Some(Break::Previous(3)));
        }
    }

    #[test]
    fn text_moved_between_fields_changes_the_hash() {
        let mut one = event("ab");
        one.thing = "c".to_owned();
        let mut other = event("a");
        other.thing = "bc".to_owned();
        let hash = |event| Link::seal(None, event, Algorithm::Sm3).hash;
        assert_ne!(hash(one), hash(other));
    }

    #[test]
    fn sm3_gives_the_value_of_the_standard() {
        assert_eq!(
            hexadecimal(&Sm3::digest(b"abc")),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        );
    }
}
