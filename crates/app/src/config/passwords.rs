//! Settings of passwords and of failed tries.

use serde::{Deserialize, Serialize};

/// Passwords and failed tries.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Passwords {
    /// The least number of characters.
    pub min_length: usize,
    /// How many of the four kinds (small, capital, digit, other) must occur.
    pub min_kinds: usize,
    /// Failed tries after which further tries wait.
    pub tries: u32,
    /// The first wait in seconds; it doubles with every further failure.
    pub first_wait_seconds: u32,
    /// The longest wait in seconds.
    pub longest_wait_seconds: u32,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            // GB/T 22239 third level is usually checked as eight characters of three kinds; ten and
            // three leave a margin.
            min_length: 10,
            min_kinds: 3,
            tries: 5,
            first_wait_seconds: 30,
            longest_wait_seconds: 1800,
        }
    }
}

impl Passwords {
    /// Names the first field whose value cannot be used.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        if !(8..=128).contains(&self.min_length) {
            return Err("passwords.min_length 应在 8 到 128 之间".to_owned());
        }
        if !(1..=4).contains(&self.min_kinds) {
            return Err("passwords.min_kinds 应在 1 到 4 之间".to_owned());
        }
        if self.tries == 0 {
            return Err("passwords.tries 应不小于 1".to_owned());
        }
        Ok(())
    }

    /// What is wrong with a new password; `None` when it will do.
    pub fn problem(&self, password: &str, login: &str) -> Option<String> {
        let n_characters = password.chars().count();
        if n_characters < self.min_length {
            return Some(format!("密码至少 {} 个字符，现在是 {n_characters} 个", self.min_length));
        }
        if 256 < n_characters {
            return Some("密码最长 256 个字符".to_owned());
        }
        if self.min_kinds > kinds(password) {
            let asked = self.min_kinds;
            return Some(format!("密码要含小写字母、大写字母、数字、其他字符中的至少 {asked} 种"));
        }
        let contains = |part: &str| password.to_lowercase().contains(&part.to_lowercase());
        (!login.is_empty() && contains(login)).then(|| "密码中不要含有登录名".to_owned())
    }
}

fn kinds(password: &str) -> usize {
    let is_other = |each: char| !each.is_ascii_alphanumeric();
    [
        password.chars().any(|each| each.is_ascii_lowercase()),
        password.chars().any(|each| each.is_ascii_uppercase()),
        password.chars().any(|each| each.is_ascii_digit()),
        password.chars().any(is_other),
    ]
    .into_iter()
    .filter(|occurs| *occurs)
    .count()
}
