//! The log proved, and what is said when somebody touched it.

use super::*;
use crate::testing::TestApp;
use gongkai_domain::access::Role;

async fn proved(test: &TestApp) -> Verdict {
    verify(test.directory.path(), None).await.expect("it can be read")
}

#[tokio::test]
async fn an_untouched_log_holds_while_the_program_runs() {
    let test = TestApp::set_up().await;
    let before = proved(&test).await;
    assert!(before.holds, "{before:?}");
    assert!(6 < before.n_links);
    test.hire("clerk", Role::Clerk).await;
    let after = proved(&test).await;
    assert!(after.holds && before.n_links < after.n_links, "{after:?}");
}

#[tokio::test]
async fn an_empty_log_holds_and_a_missing_database_is_no_log() {
    let test = TestApp::empty().await;
    let verdict = proved(&test).await;
    assert_eq!((verdict.holds, verdict.n_links), (true, 0));
    let nowhere = tempfile::tempdir().expect("a temporary directory");
    let failed = verify(nowhere.path(), None).await.expect_err("nothing is there");
    assert!(matches!(failed, VerifyError::NoDatabase(_)));
    assert_eq!(std::fs::read_dir(nowhere.path()).expect("readable").count(), 0, "nothing is made");
}

/// Changes the bytes of the database behind the program's back, as somebody with the disk would.
async fn touched(test: &TestApp, from: &str, to: &str) -> Verdict {
    assert_eq!(from.len(), to.len());
    test.app.store.close().await;
    let file = test.directory.path().join("gongkai.db");
    let mut bytes = std::fs::read(&file).expect("the database");
    let places: Vec<usize> = (0..bytes.len() - from.len())
        .filter(|place| bytes[*place..].starts_with(from.as_bytes()))
        .collect();
    assert!(!places.is_empty(), "{from} stands in the file");
    for place in places {
        bytes[place..place + to.len()].copy_from_slice(to.as_bytes());
    }
    std::fs::write(&file, bytes).expect("written");
    proved(test).await
}

async fn links(test: &TestApp) -> Vec<Link> {
    let mut reader = test.app.store.reader().await.expect("a reader");
    events::after(&mut reader, 0, 1000).await.expect("links")
}

#[tokio::test]
async fn a_changed_event_is_named() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let first = links(&test).await;
    let first = first.iter().find(|link| link.event.after.contains("\"login\":\"clerk\""));
    let sequence = first.expect("the account was added").sequence;
    let verdict = touched(&test, "\"login\":\"clerk\"", "\"login\":\"cleek\"").await;
    assert_eq!(verdict.n_links, sequence - 1);
    let broken = verdict.broken.expect("it was touched");
    assert!(broken.contains(&format!("第 {sequence} 条的内容")), "{broken}");
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_a_break_and_not_a_failure() {
    let test = TestApp::set_up().await;
    let third = links(&test).await.swap_remove(2);
    let (from, to) = (format!("sm3{}", third.previous), format!("md5{}", third.previous));
    let verdict = touched(&test, &from, &to).await;
    assert_eq!(verdict.n_links, 2);
    let broken = verdict.broken.expect("it was touched");
    assert!(broken.contains("第 3 条的 algorithm"), "{broken}");
}

#[tokio::test]
async fn a_hash_put_in_the_place_of_another_is_named() {
    let test = TestApp::set_up().await;
    let last = links(&test).await.pop().expect("links");
    let other = last.hash.chars().rev().collect::<String>();
    let verdict = touched(&test, &last.hash, &other).await;
    assert_eq!(verdict.n_links, last.sequence - 1);
    assert!(!verdict.holds);
}
