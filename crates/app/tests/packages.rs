//! The archive package of a request, made by the program and verified without it.

use gongkai_app::AppError;
use gongkai_app::requests::package::package;
use gongkai_domain::access::Role;
use gongkai_domain::audit::digest;
use gongkai_domain::request::StateKey;
use gongkai_papers::archive_package::verify;
use gongkai_testkit::app::{OTHER, OWN, TestApp};

#[tokio::test]
async fn an_archived_request_leaves_a_package_that_verifies_alone() {
    let kit = TestApp::new().await;
    let id = kit.request_at(StateKey::Archived).await;
    let clerk = kit.caller(OWN, Role::Clerk);
    let made = package(&kit.app, &clerk, &id).await.expect("a package");
    let report = verify(&made.bytes);
    assert!(report.holds, "{:?}", report.broken);
    assert!(made.name.contains(&report.case_number) && report.n_events >= 4, "{report:?}");
    let again = package(&kit.app, &clerk, &id).await.expect("a package");
    assert!(again == made, "taking it changed it");
    let logged = kit.verified_log().await;
    let taken = logged.iter().filter(|link| link.event.act == "request.package");
    assert!(taken.clone().all(|link| link.event.after == digest(&made.bytes)));
    assert_eq!(taken.count(), 2);
    let mut changed = made.bytes.to_vec();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    assert!(!verify(&changed).holds);
    kit.finish().await;
}

#[tokio::test]
async fn only_those_who_work_on_it_take_it_and_only_when_it_is_archived() {
    let kit = TestApp::new().await;
    let archived = kit.request_at(StateKey::Archived).await;
    let stranger = kit.caller(OTHER, Role::Clerk);
    let refused = package(&kit.app, &stranger, &archived).await;
    assert!(matches!(refused, Err(AppError::NotFound(_) | AppError::Forbidden(_))), "{refused:?}");
    let closed = kit.request_at(StateKey::Closed).await;
    let early = package(&kit.app, &kit.caller(OWN, Role::Clerk), &closed).await;
    assert!(matches!(early, Err(AppError::Conflict(_))), "{early:?}");
    kit.finish().await;
}
