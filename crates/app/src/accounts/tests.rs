//! People, roles, passwords, the first start: who may do what to whom.

use super::delegate::{Delegation, hand_over, take_back};
use super::posts::{Giving, end, give};
use super::setup::{look, offer, set_up};
use super::{add, keep, password, read};
use crate::AppError;
use crate::audit::{Filter, Towards};
use crate::sign_in::{current, sign_in};
use crate::testing::{PASSWORD, TestApp, filled};
use gongkai_domain::access::Role;
use jiff::{SignedDuration, ToSpan};

fn said<T: std::fmt::Debug>(result: Result<T, AppError>) -> String {
    result.expect_err("it is refused").to_string()
}

#[tokio::test]
async fn the_set_up_address_works_once_and_is_gone_when_people_are_there() {
    let test = TestApp::empty().await;
    let old = offer(&test.app).await.expect("offered").expect("nobody is there");
    let token = offer(&test.app).await.expect("offered").expect("nobody is there");
    assert!(said(look(&test.app, &old).await).contains("最近一次启动"), "a restart voids it");
    assert!(said(look(&test.app, "wrong").await).contains("初始化地址不对"));
    look(&test.app, &token).await.expect("it works");
    let added = set_up(&test.app, &token, &filled(), "local").await.expect("set up");
    assert_eq!(added.len(), 3);
    assert!(said(set_up(&test.app, &token, &filled(), "local").await).contains("已经初始化"));
    assert!(said(look(&test.app, &token).await).contains("已经初始化"));
    assert_eq!(offer(&test.app).await.expect("asked"), None);
}

#[tokio::test]
async fn the_set_up_address_is_over_after_a_day() {
    let test = TestApp::empty().await;
    let token = offer(&test.app).await.expect("offered").expect("nobody is there");
    test.app.clock.forward(SignedDuration::from_secs(24 * 3600 - 1));
    look(&test.app, &token).await.expect("the last second");
    test.app.clock.forward(SignedDuration::from_secs(1));
    assert!(said(look(&test.app, &token).await).contains("已过期"));
    assert!(said(set_up(&test.app, &token, &filled(), "local").await).contains("已过期"));
}

#[tokio::test]
async fn the_three_administrators_are_three_people_and_nothing_is_kept_of_a_failed_set_up() {
    let test = TestApp::empty().await;
    let token = offer(&test.app).await.expect("offered").expect("nobody is there");
    let mut same = filled();
    same.people[2] = same.people[0].clone();
    assert!(said(set_up(&test.app, &token, &same, "local").await).contains("三个不同的人"));
    let mut wrong = filled();
    wrong.organ.code = "11370900004341590Q".to_owned();
    assert!(said(set_up(&test.app, &token, &wrong, "local").await).contains("统一社会信用代码"));
    assert!(test.app.organs().await.expect("organs").is_empty());
    set_up(&test.app, &token, &filled(), "local").await.expect("the address still works");
}

#[tokio::test]
async fn the_first_password_must_be_changed_and_every_session_ends_with_the_old_one() {
    let test = TestApp::set_up().await;
    let system = test.caller("system").await;
    let new = add::New { login: "Clerk".to_owned(), name: "丁某".to_owned() };
    let added = add::add(&test.app, &system, &new).await.expect("added");
    let token = sign_in(&test.app, "clerk", &added.password, "local").await.expect("in").token;
    let first = current(&test.app, &token, "local").await.expect("asked").expect("in");
    assert!(first.must_change_password);
    let change = |old: &str, new: &str| password::Filled {
        old: old.to_owned(),
        new: new.to_owned(),
        again: new.to_owned(),
    };
    for (new, word) in [("Aa1!", "至少"), ("aaaaaaaaaaaa", "至少 3 种"), ("Clerk-12345", "登录名")]
    {
        let tried = change(&added.password, new);
        let sentence = said(password::change_own(&test.app, &first.caller, &tried).await);
        assert!(sentence.contains(word), "{sentence}");
    }
    let tried = change("wrong", PASSWORD);
    assert!(said(password::change_own(&test.app, &first.caller, &tried).await).contains("原密码"));
    let tried = change(&added.password, PASSWORD);
    let next = password::change_own(&test.app, &first.caller, &tried).await.expect("changed");
    assert_eq!(current(&test.app, &token, "local").await.expect("asked"), None);
    let next = current(&test.app, &next.token, "local").await.expect("asked").expect("in");
    assert!(!next.must_change_password);
    assert!(sign_in(&test.app, "clerk", &added.password, "local").await.is_err());
}

#[tokio::test]
async fn a_reset_password_works_once_ends_the_wait_and_every_session() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let token = sign_in(&test.app, "clerk", PASSWORD, "local").await.expect("in").token;
    for _ in 0..5 {
        let _ = sign_in(&test.app, "clerk", "wrong", "local").await;
    }
    let security = test.caller("security").await;
    let clerk = test.person("clerk").await.expect("hired");
    let once = keep::reset_password(&test.app, &security, &clerk).await.expect("reset");
    assert_eq!(current(&test.app, &token, "local").await.expect("asked"), None);
    assert!(sign_in(&test.app, "clerk", PASSWORD, "local").await.is_err());
    let token = sign_in(&test.app, "clerk", &once, "local").await.expect("in").token;
    let now = current(&test.app, &token, "local").await.expect("asked").expect("in");
    assert!(now.must_change_password);
}

#[tokio::test]
async fn each_administrator_does_the_own_part_and_nothing_to_oneself() {
    let test = TestApp::set_up().await;
    let clerk = test.hire("clerk", Role::Clerk).await;
    let person = test.person("clerk").await.expect("hired");
    let new = add::New { login: "other".to_owned(), name: "戊某".to_owned() };
    let giving = || Giving {
        organ: "county".parse().expect("an id"),
        role: Role::Leader,
        from: test.app.clock.today(),
        until: None,
    };
    for login in ["system", "security", "auditor", "clerk"] {
        let caller = test.caller(login).await;
        let is = |role| login == role;
        assert_eq!(add::add(&test.app, &caller, &new).await.is_ok(), is("system"), "{login}");
        let unlocked = keep::unlock(&test.app, &caller, &person).await;
        assert_eq!(unlocked.is_ok(), is("security"), "{login}");
        let given = give(&test.app, &caller, &person, giving()).await;
        assert_eq!(given.is_ok(), is("security"), "{login}");
        let log = crate::audit::read::links(
            &test.app,
            &caller,
            Filter::default(),
            Towards::Older(i64::MAX),
            1,
        );
        assert_eq!(log.await.is_ok(), is("auditor"), "{login}");
        let own = give(&test.app, &caller, &caller.actor.person, giving()).await;
        assert!(own.is_err(), "{login} gives oneself a role");
        assert!(keep::reset_password(&test.app, &caller, &caller.actor.person).await.is_err());
        let listed = read::list(&test.app, &caller, "").await;
        assert_eq!(listed.is_ok(), is("system") || is("security"), "{login}");
    }
    drop(clerk);
}

#[tokio::test]
async fn two_of_the_three_roles_never_meet_in_one_person_and_a_role_is_given_once() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    assert!(said(test.give("system", "county", Role::Auditor).await).contains("不同的人"));
    assert!(said(test.give("auditor", "county", Role::Clerk).await).contains("不兼办业务"));
    assert!(said(test.give("clerk", "county", Role::Auditor).await).contains("不兼办业务"));
    assert!(said(test.give("clerk", "county", Role::Clerk).await).contains("不必重复"));
    test.give("clerk", "county", Role::Reviewer).await.expect("business roles go together");
}

#[tokio::test]
async fn a_role_ends_on_its_day_and_takes_what_was_handed_over_with_it() {
    let test = TestApp::set_up().await;
    let clerk = test.hire("clerk", Role::Clerk).await;
    test.hire("reviewer", Role::Reviewer).await;
    let today = test.app.clock.today();
    let own = read::own(&test.app, &clerk).await.expect("oneself");
    let post = own.person.posts[0].id.clone();
    let delegation = Delegation {
        post: post.clone(),
        to: test.person("reviewer").await.expect("hired"),
        from: today,
        until: today + 9.days(),
    };
    hand_over(&test.app, &clerk, delegation.clone()).await.expect("handed over");
    assert!(said(hand_over(&test.app, &clerk, delegation).await).contains("委托"), "twice");
    let stand_in = test.caller("reviewer").await;
    let county = "county".parse().expect("an id");
    assert!(stand_in.actor.is(Role::Clerk, &county));
    let security = test.caller("security").await;
    let person = test.person("clerk").await.expect("hired");
    let last = today + 2.days();
    end(&test.app, &security, &person, &post, last).await.expect("ended");
    let again = end(&test.app, &security, &person, &post, today + 5.days()).await;
    assert!(said(again).contains("延长"));
    test.app.clock.forward(SignedDuration::from_hours(48));
    assert!(test.caller("reviewer").await.actor.is(Role::Clerk, &county), "the last day");
    test.app.clock.forward(SignedDuration::from_hours(24));
    assert!(!test.caller("clerk").await.actor.is(Role::Clerk, &county));
    assert!(!test.caller("reviewer").await.actor.is(Role::Clerk, &county));
}

#[tokio::test]
async fn a_delegation_shows_on_both_sides_and_either_ends_it_early() {
    let test = TestApp::set_up().await;
    let clerk = test.hire("clerk", Role::Clerk).await;
    let reviewer = test.hire("reviewer", Role::Reviewer).await;
    test.hire("leader", Role::Leader).await;
    let today = test.app.clock.today();
    let post = read::own(&test.app, &clerk).await.expect("oneself").person.posts[0].id.clone();
    let to = test.person("reviewer").await.expect("hired");
    let delegation = Delegation { post, to, from: today, until: today + 9.days() };
    let late = Delegation { until: today - 1.day(), ..delegation.clone() };
    assert!(hand_over(&test.app, &clerk, late).await.is_err());
    assert!(hand_over(&test.app, &reviewer, delegation.clone()).await.is_err(), "not the own post");
    hand_over(&test.app, &clerk, delegation).await.expect("handed over");
    let given = read::own(&test.app, &clerk).await.expect("oneself").handed_over;
    assert_eq!(given.len(), 1);
    let received = read::own(&test.app, &reviewer).await.expect("oneself").person.posts;
    assert!(received.iter().any(|held| held.id == given[0].id));
    let passed_on = Delegation {
        post: given[0].id.clone(),
        to: test.person("leader").await.expect("hired"),
        from: today,
        until: today,
    };
    assert!(said(hand_over(&test.app, &reviewer, passed_on).await).contains("不能再转托"));
    let leader = test.caller("leader").await;
    assert!(take_back(&test.app, &leader, &given[0].id).await.is_err(), "a third one");
    take_back(&test.app, &reviewer, &given[0].id).await.expect("ended");
    assert!(said(take_back(&test.app, &clerk, &given[0].id).await).contains("已经结束"));
    assert!(!test.caller("reviewer").await.actor.is_anywhere(Role::Clerk));
}

#[tokio::test]
async fn administrators_duties_are_not_handed_over() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let auditor = test.caller("auditor").await;
    let today = test.app.clock.today();
    let post = read::own(&test.app, &auditor).await.expect("oneself").person.posts[0].id.clone();
    let to = test.person("clerk").await.expect("hired");
    let delegation = Delegation { post, to, from: today, until: today };
    assert!(said(hand_over(&test.app, &auditor, delegation).await).contains("不能委托"));
}

#[tokio::test]
async fn nothing_secret_stands_in_the_log() {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let security = test.caller("security").await;
    let clerk = test.person("clerk").await.expect("hired");
    let once = keep::reset_password(&test.app, &security, &clerk).await.expect("reset");
    let auditor = test.caller("auditor").await;
    let all = Towards::Newer(0);
    let links = crate::audit::read::links(&test.app, &auditor, Filter::default(), all, 1000);
    let text = serde_json::to_string(&links.await.expect("the log")).expect("text");
    assert!(text.contains("account.reset_password"));
    for secret in [once.as_str(), PASSWORD, "argon2"] {
        assert!(!text.contains(secret), "{secret}");
    }
}
