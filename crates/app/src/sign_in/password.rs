//! Hashing and comparing passwords with argon2id, off the threads that answer requests.

use crate::secret;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// Hashes a password with argon2id.
pub fn hash(password: &str) -> String {
    Argon2::default()
        .hash_password(password.as_bytes())
        .expect("argon2id takes any password with its default cost")
        .to_string()
}

fn matches(password: &str, hashed: &str) -> bool {
    PasswordHash::new(hashed)
        .is_ok_and(|hashed| Argon2::default().verify_password(password.as_bytes(), &hashed).is_ok())
}

pub(super) fn hash_of_nobody() -> String {
    static HASH: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| hash(&secret::token()));
    HASH.clone()
}

/// Argon2 takes tens of milliseconds on purpose; it must not hold up other requests.
pub(crate) async fn verify_off_thread(password: &str, hashed: &str) -> bool {
    let (password, hashed) = (password.to_owned(), hashed.to_owned());
    tokio::task::spawn_blocking(move || matches(&password, &hashed)).await.unwrap_or(false)
}

/// The same for hashing.
pub(crate) async fn hash_off_thread(password: &str) -> String {
    let password = password.to_owned();
    let hashed = tokio::task::spawn_blocking(move || hash(&password)).await;
    hashed.expect("hashing a password does not panic")
}
