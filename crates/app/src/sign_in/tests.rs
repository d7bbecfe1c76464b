//! Signing in with the set clock: waits, idle and longest time, second factor, forced change.

use super::*;
use crate::accounts::{keep, second_factor};
use crate::testing::{PASSWORD, TestApp};
use gongkai_domain::access::Role;
use totp_rs::{Builder, Secret};

fn said<T: std::fmt::Debug>(result: Result<T, AppError>) -> String {
    result.expect_err("it is refused").to_string()
}

async fn in_with(test: &TestApp, password: &str) -> Result<SignedIn, AppError> {
    sign_in(&test.app, "clerk", password, "local").await
}

async fn is_in(test: &TestApp, token: &str) -> bool {
    current(&test.app, token, "local").await.expect("the store answers").is_some()
}

/// The code that the telephone of this account shows now.
fn shown(test: &TestApp, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret).expect("base32");
    let totp = Builder::new().with_secret(secret).build().expect("the usual kind");
    let now = u64::try_from(test.app.clock.now().as_second()).expect("after 1970");
    totp.generate(now).to_string()
}

/// Sets the second factor of the clerk up; answers the secret and the recovery codes.
async fn with_second_factor(test: &TestApp) -> (String, Vec<String>) {
    let clerk = test.caller("clerk").await;
    second_factor::begin(&test.app, &clerk).await.expect("begun");
    let pending = second_factor::pending(&test.app, &clerk).await.expect("kept").expect("one");
    let code = shown(test, &pending.secret);
    let codes = second_factor::confirm(&test.app, &clerk, &code).await.expect("a right code");
    (pending.secret, codes)
}

#[tokio::test]
async fn the_wait_after_failed_tries_doubles_and_a_right_password_has_to_wait_too() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    for _ in 0..5 {
        assert_eq!(said(in_with(&test, "wrong").await), WRONG);
    }
    assert!(said(in_with(&test, PASSWORD).await).contains("秒后再试"));
    test.app.clock.forward(SignedDuration::from_secs(30));
    assert_eq!(said(in_with(&test, "wrong").await), WRONG);
    test.app.clock.forward(SignedDuration::from_secs(59));
    assert!(said(in_with(&test, PASSWORD).await).contains("秒后再试"));
    test.app.clock.forward(SignedDuration::from_secs(1));
    assert!(in_with(&test, PASSWORD).await.is_ok());
    assert_eq!(said(in_with(&test, "wrong").await), WRONG, "the count begins anew");
    assert!(in_with(&test, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn nobody_learns_which_names_there_are() {
    let test = TestApp::set_up().await;
    let unknown = sign_in(&test.app, "nobody", "x", "local").await;
    let known = sign_in(&test.app, "system", "x", "local").await;
    assert_eq!(said(unknown), said(known));
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_in_any_case_after_the_longest_time() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let idle = in_with(&test, PASSWORD).await.expect("in").token;
    test.app.clock.forward(SignedDuration::from_mins(59));
    assert!(is_in(&test, &idle).await);
    test.app.clock.forward(SignedDuration::from_mins(60));
    assert!(!is_in(&test, &idle).await, "an hour without an act");
    let busy = in_with(&test, PASSWORD).await.expect("in").token;
    for _ in 0..23 {
        test.app.clock.forward(SignedDuration::from_mins(30));
        assert!(is_in(&test, &busy).await);
    }
    test.app.clock.forward(SignedDuration::from_mins(30));
    assert!(!is_in(&test, &busy).await, "twelve hours, however busy");
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_comes_back_when_opened() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let security = test.caller("security").await;
    let clerk = test.person("clerk").await.expect("hired");
    let token = in_with(&test, PASSWORD).await.expect("in").token;
    for _ in 0..2 {
        keep::disable(&test.app, &security, &clerk).await.expect("twice is harmless");
    }
    assert!(!is_in(&test, &token).await);
    assert!(said(in_with(&test, PASSWORD).await).contains("停用"));
    keep::enable(&test.app, &security, &clerk).await.expect("opened");
    assert!(!is_in(&test, &token).await, "the old session stays ended");
    assert!(in_with(&test, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn signing_in_gives_a_new_token_every_time_and_signing_out_ends_only_that() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let one = in_with(&test, PASSWORD).await.expect("in").token;
    let other = in_with(&test, PASSWORD).await.expect("in").token;
    assert_ne!(one, other);
    sign_out(&test.app, &one, "local").await.expect("out");
    assert!(!is_in(&test, &one).await);
    assert!(is_in(&test, &other).await);
}

#[tokio::test]
async fn a_half_session_opens_nothing_until_the_code_is_given_and_a_code_works_once() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let (secret, _) = with_second_factor(&test).await;
    test.app.clock.forward(SignedDuration::from_secs(60));
    let first = in_with(&test, PASSWORD).await.expect("the password is right");
    assert!(first.asks_second_factor);
    assert!(!is_in(&test, &first.token).await);
    let code = shown(&test, &secret);
    let full = give_code(&test.app, &first.token, &code, "local").await.expect("a right code");
    assert_ne!(full.token, first.token, "the token is rotated");
    assert!(is_in(&test, &full.token).await);
    assert!(half(&test.app, &first.token).await.expect("the store answers").is_none());
    let second = in_with(&test, PASSWORD).await.expect("the password is right");
    let replayed = give_code(&test.app, &second.token, &code, "local").await;
    assert!(said(replayed).contains("已经用过"));
    test.app.clock.forward(SignedDuration::from_secs(30));
    let next = shown(&test, &secret);
    assert!(give_code(&test.app, &second.token, &next, "local").await.is_ok());
}

#[tokio::test]
async fn a_recovery_code_works_once() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let (_, codes) = with_second_factor(&test).await;
    assert_eq!(codes.len(), 10);
    let token = in_with(&test, PASSWORD).await.expect("half").token;
    assert!(give_code(&test.app, &token, &codes[3].to_uppercase(), "local").await.is_ok());
    let token = in_with(&test, PASSWORD).await.expect("half").token;
    assert!(give_code(&test.app, &token, &codes[3], "local").await.is_err());
    assert!(give_code(&test.app, &token, &codes[4], "local").await.is_ok());
}

#[tokio::test]
async fn wrong_codes_lock_and_the_right_password_does_not_begin_the_count_anew() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    with_second_factor(&test).await;
    for _ in 0..5 {
        let token = in_with(&test, PASSWORD).await.expect("half").token;
        assert!(give_code(&test.app, &token, "000000x", "local").await.is_err());
    }
    assert!(said(in_with(&test, PASSWORD).await).contains("秒后再试"));
}

#[tokio::test]
async fn a_half_session_is_over_after_ten_minutes() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let (secret, _) = with_second_factor(&test).await;
    let token = in_with(&test, PASSWORD).await.expect("half").token;
    test.app.clock.forward(SignedDuration::from_mins(10));
    let code = shown(&test, &secret);
    assert!(said(give_code(&test.app, &token, &code, "local").await).contains("已过期"));
}

#[tokio::test]
async fn the_security_administrator_switches_a_lost_second_factor_off() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let (_, codes) = with_second_factor(&test).await;
    let clerk = test.caller("clerk").await;
    assert!(second_factor::begin(&test.app, &clerk).await.is_err(), "one is in use");
    let security = test.caller("security").await;
    let person = test.person("clerk").await.expect("hired");
    keep::switch_second_factor_off(&test.app, &security, &person).await.expect("off");
    let signed_in = in_with(&test, PASSWORD).await.expect("in");
    assert!(!signed_in.asks_second_factor);
    with_second_factor(&test).await;
    let token = in_with(&test, PASSWORD).await.expect("half").token;
    assert!(give_code(&test.app, &token, &codes[0], "local").await.is_err(), "the old codes died");
}

/// What is kept of the secret of the clerk.
async fn kept(test: &TestApp) -> String {
    let mut reader = test.app.store.reader().await.expect("a reader");
    let account = people::of_login(&mut reader, "clerk").await.expect("accounts");
    account.and_then(|account| account.totp_secret).expect("a second factor")
}

#[tokio::test]
async fn a_secret_from_before_it_was_sealed_is_sealed_at_the_next_sign_in() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let (secret, _) = with_second_factor(&test).await;
    assert!(!kept(&test).await.contains(&secret));
    let mut transaction = test.app.store.begin().await.expect("a transaction");
    let found = people::of_login(&mut transaction, "clerk").await.expect("accounts");
    let mut account = found.expect("the clerk");
    account.totp_secret = Some(secret.clone());
    people::save(&mut transaction, &account).await.expect("saved");
    transaction.commit().await.expect("kept");
    test.app.clock.forward(SignedDuration::from_secs(60));
    let half = in_with(&test, PASSWORD).await.expect("a half session");
    let code = shown(&test, &secret);
    give_code(&test.app, &half.token, &code, "local").await.expect("a right code");
    assert!(test.app.vault.is_newest(&kept(&test).await));
    test.app.clock.forward(SignedDuration::from_secs(60));
    let half = in_with(&test, PASSWORD).await.expect("a half session");
    let code = shown(&test, &secret);
    give_code(&test.app, &half.token, &code, "local").await.expect("it still opens");
}
