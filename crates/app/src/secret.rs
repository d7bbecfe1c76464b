//! Random secrets: ids, tokens and the digests under which tokens are kept.

use gongkai_domain::audit::{digest, hexadecimal};
use jiff::Timestamp;
use rand::TryRngCore;
use rand::rngs::OsRng;

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A token nobody can guess: 256 bits.
pub fn token() -> String {
    hexadecimal(&random::<32>())
}

/// The name under which a token is kept; whoever reads the database cannot use it.
pub fn kept_name(token: &str) -> String {
    digest(token.as_bytes())
}

/// A new id: the millisecond, then 80 random bits, so that ids sort by their age.
pub fn id(now: Timestamp) -> String {
    format!("{:012x}{}", now.as_millisecond(), hexadecimal(&random::<10>()))
}

/// A secret that people copy by hand: sixteen signs that are hard to mistake, 80 bits.
pub fn readable() -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let sign = |byte: &u8| char::from(SIGNS[usize::from(byte & 31)]);
    let signs: Vec<char> = random::<16>().iter().map(sign).collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
