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
    grouped(&random::<16>())
}

/// The readable secret that belongs to a token: the same token gives the same, and it tells nothing
/// of the token.
pub fn readable_of(token: &str) -> String {
    let name = kept_name(&format!("readable\n{token}"));
    grouped(&name.as_bytes().chunks_exact(2).take(16).map(of_hexadecimal).collect::<Vec<u8>>())
}

fn of_hexadecimal(pair: &[u8]) -> u8 {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap_or_default();
    let value = pair.iter().fold(0, |value, byte| value * 16 + digit(byte));
    u8::try_from(value).unwrap_or_default()
}

fn grouped(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let sign = |byte: &u8| char::from(SIGNS[usize::from(byte & 31)]);
    let signs: Vec<char> = bytes.iter().map(sign).collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
