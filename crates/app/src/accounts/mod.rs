//! People's accounts: made by the system administrator, kept by the security administrator, used by
//! their owners; one action a file, each with its event in the same transaction.

pub mod add;
pub mod delegate;
pub mod keep;
pub mod password;
pub mod posts;
pub mod read;
mod scope;
pub mod second_factor;
pub mod setup;

pub(crate) use scope::{administers, ask, change, in_scope, load};

use gongkai_store::people::Account;
use serde::Serialize;

/// What the audit log keeps of an account: nothing that one could sign in with.
#[derive(Serialize)]
struct Kept<'a> {
    login: &'a str,
    name: &'a str,
    disabled: bool,
    must_change_password: bool,
    second_factor: bool,
    n_failures: i64,
}

pub(crate) fn kept(account: &Account) -> String {
    let kept = Kept {
        login: &account.login,
        name: &account.name,
        disabled: account.disabled,
        must_change_password: account.must_change_password,
        second_factor: account.totp_secret.is_some(),
        n_failures: account.n_failures,
    };
    serde_json::to_string(&kept).expect("texts, truths and a number")
}

#[cfg(test)]
mod tests;
