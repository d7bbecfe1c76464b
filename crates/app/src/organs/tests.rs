//! The tree of organs: who may change it, names and mergers with their days, review chains.

use super::{add, chain, change, merge, read, rename};
use crate::AppError;
use crate::testing::{TestApp, fields};
use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_domain::review::{Chain, Step};
use jiff::{SignedDuration, ToSpan};

/// Two more codes whose check digits are right.
const CODES: [&str; 2] = ["91350100M000100Y43", "121000004000062053"];

fn id(text: &str) -> OrganId {
    text.parse().expect("an id")
}

fn said<T: std::fmt::Debug>(result: Result<T, AppError>) -> String {
    result.expect_err("it is refused").to_string()
}

async fn with_bureau() -> TestApp {
    let test = TestApp::set_up().await;
    let system = test.caller("system").await;
    let fields = fields("bureau", CODES[0]);
    add::add(&test.app, &system, &id("county"), &fields).await.expect("added");
    test
}

#[tokio::test]
async fn only_the_system_administrator_changes_the_tree() {
    let test = with_bureau().await;
    let system = test.caller("system").await;
    let tree = read::tree(&test.app, &system).await.expect("the tree");
    let shape: Vec<_> = tree.iter().map(|each| (each.organ.id.as_str(), each.depth)).collect();
    assert_eq!(shape, [("county", 0), ("bureau", 1)]);
    for login in ["security", "auditor"] {
        let caller = test.caller(login).await;
        let tried = change::change(&test.app, &caller, &id("bureau"), &fields("x", CODES[0])).await;
        assert!(said(tried).contains("系统管理员"), "{login}");
    }
}

#[tokio::test]
async fn an_id_a_name_and_a_code_stand_once() {
    let test = with_bureau().await;
    let system = test.caller("system").await;
    let again = add::add(&test.app, &system, &id("county"), &fields("bureau", CODES[1])).await;
    let said_of_id = said(again);
    assert!(said_of_id.contains("已被使用"), "{said_of_id}");
    let again = add::add(&test.app, &system, &id("county"), &fields("other", CODES[0])).await;
    assert!(said(again).contains("已由"));
    let mistyped = fields("other", "91350100M000100Y44");
    let tried = add::add(&test.app, &system, &id("county"), &mistyped).await;
    assert!(said(tried).contains("校验位"));
    let lost = add::add(&test.app, &system, &id("nowhere"), &fields("other", CODES[1])).await;
    assert!(matches!(lost, Err(AppError::NotFound(_))));
}

#[tokio::test]
async fn a_renamed_organ_keeps_its_former_name_with_its_last_day() {
    let test = with_bureau().await;
    let system = test.caller("system").await;
    let today = test.app.clock.today();
    let rename = |name: &'static str, from| {
        let (test, system) = (&test, &system);
        async move { rename::rename(&test.app, system, &id("bureau"), name, "新局", from).await }
    };
    assert!(said(rename("新局", today + 1.day()).await).contains("今天或更早"));
    rename("新局", today).await.expect("renamed");
    assert!(said(rename("新局", today).await).contains("相同"));
    assert!(said(rename("又一局", today - 1.day()).await).contains("用到"));
    let organ = read::one(&test.app, &system, &id("bureau")).await.expect("it is there");
    assert_eq!(organ.name_on(today), "新局");
    assert_eq!(organ.name_on(today - 1.day()), "bureau人民政府");
}

#[tokio::test]
async fn a_merged_organ_takes_no_more_changes_and_its_posts_end_the_day_before() {
    let test = with_bureau().await;
    test.hire("clerk", Role::Reviewer).await;
    test.give("clerk", "bureau", Role::Clerk).await.expect("a post");
    let system = test.caller("system").await;
    let from = test.app.clock.today() + 2.days();
    let merge = |what: &'static str, into: &'static str| {
        let (test, system) = (&test, &system);
        async move { merge::merge(&test.app, system, &id(what), &id(into), from).await }
    };
    assert!(said(merge("bureau", "bureau").await).contains("自己"));
    assert!(said(merge("county", "bureau").await).contains("下级机关"));
    merge("bureau", "county").await.expect("merged");
    assert!(said(merge("bureau", "county").await).contains("并入"));
    assert!(said(test.give("clerk", "bureau", Role::Leader).await).contains("并入"));
    let tried = change::change(&test.app, &system, &id("bureau"), &fields("x", CODES[0])).await;
    assert!(said(tried).contains("并入"));
    test.app.clock.forward(SignedDuration::from_hours(24));
    assert!(test.caller("clerk").await.actor.is(Role::Clerk, &id("bureau")), "the last day");
    test.app.clock.forward(SignedDuration::from_hours(24));
    assert!(!test.caller("clerk").await.actor.is(Role::Clerk, &id("bureau")));
    assert!(test.caller("clerk").await.actor.is(Role::Reviewer, &id("county")));
}

#[tokio::test]
async fn a_chain_is_set_per_kind_and_never_without_the_secrecy_review() {
    let test = with_bureau().await;
    test.hire("office", Role::DisclosureOffice).await;
    let step = |title: &str, role| Step { title: title.to_owned(), role };
    let short = || vec![step("保密审查", Role::SecrecyReviewer)];
    let security = test.caller("security").await;
    let set = |caller: crate::Caller, kind: &'static str, steps| {
        let test = &test;
        async move { chain::set::<Chain>(&test.app, &caller, &id("county"), kind, steps).await }
    };
    let without = vec![step("签发", Role::Leader)];
    assert!(said(set(security.clone(), "*", without).await).contains("保密审查"));
    assert!(said(set(security.clone(), "nonsense", short()).await).contains("没有这个类型"));
    set(security.clone(), "work_news", short()).await.expect("set");
    set(test.caller("office").await, "*", short()).await.expect("the office of the organ may");
    assert!(set(test.caller("system").await, "*", short()).await.is_err());
    let office = test.caller("office").await;
    let other = chain::set::<Chain>(&test.app, &office, &id("bureau"), "*", short()).await;
    assert!(said(other).contains("没有这个权限"), "the office of another organ");
    let (_, sets) = chain::of::<Chain>(&test.app, &security, &id("county")).await.expect("chains");
    assert_eq!(sets.len(), 2);
    assert_eq!(sets[0].chain, Chain::try_from(short()).expect("a chain"));
    for _ in 0..2 {
        chain::remove::<Chain>(&test.app, &security, &id("county"), "work_news")
            .await
            .expect("twice");
    }
    let (_, sets) = chain::of::<Chain>(&test.app, &security, &id("county")).await.expect("chains");
    assert_eq!(sets.len(), 1);
}
