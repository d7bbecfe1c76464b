//! The life of an item as tests: every state with every act, and what no act may do.

use super::*;
use crate::access::Post;
use crate::access::Role;
use crate::catalogue::Catalogue;
use crate::metadata::{Disclosure, GivenReason, MetadataField};
use crate::review::{Chain, SecrecyResult};
use jiff::SignedDuration;
use jiff::civil::Date;

const DIGEST: &str = "digest of the content";
const NUMBER: &str = "number/2025-00001";

fn organ() -> OrganId {
    "bureau".parse().expect("an id")
}

fn actor(name: &str, role: Role) -> Actor {
    let post = Post {
        organ: organ(),
        role,
        from: Date::constant(2020, 1, 1),
        until: None,
        instead_of: None,
    };
    Actor { person: name.parse().expect("an id"), name: name.to_owned(), posts: vec![post] }
}

fn clerk() -> Actor {
    actor("clerk", Role::Clerk)
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 50)
}

fn later() -> Timestamp {
    now() + SignedDuration::from_hours(1)
}

fn content(title: &str) -> Content {
    Content {
        title: title.to_owned(),
        html: "<p>正文</p>".to_owned(),
        text: "正文".to_owned(),
        attachments: Vec::new(),
        formed_on: Date::constant(2025, 3, 3),
        subject: Some("general_affairs.open_government".to_owned()),
        issuing_organs: vec!["某局".to_owned()],
        disclosure: Some(Disclosure::Proactive),
        ..Content::default()
    }
}

fn catalogue() -> &'static Catalogue {
    Catalogue::official()
}

fn opinion(secrecy: Option<SecrecyResult>) -> Opinion {
    Opinion { text: "同意".to_owned(), secrecy, digest: DIGEST.to_owned() }
}

fn draft() -> Item {
    let id = "item".parse().expect("an id");
    let kind = "notice".to_owned();
    Item::draft(id, organ(), kind, content("通知"), &clerk(), now()).expect("a clerk drafts").item
}

fn submitted() -> Item {
    draft()
        .submit(Chain::usual(), catalogue(), &[], &clerk(), now())
        .expect("a draft is submitted")
        .item
}

fn sign(item: Item, name: &str, role: Role) -> Result<Step, Refusal> {
    item.sign(opinion(Some(SecrecyResult::Open)), DIGEST, &actor(name, role), now())
}

fn signed(item: Item, name: &str, role: Role) -> Item {
    sign(item, name, role).expect("the step is this role's").item
}

fn approved() -> Item {
    let item = signed(submitted(), "reviewer", Role::Reviewer);
    let item = signed(item, "secrecy", Role::SecrecyReviewer);
    signed(item, "leader", Role::Leader)
}

fn returned() -> Item {
    let reviewer = actor("reviewer", Role::Reviewer);
    submitted().return_for_correction("日期不对", &reviewer, now()).expect("returned").item
}

fn scheduled() -> Item {
    approved().schedule(later(), DIGEST, &[], &clerk(), now()).expect("scheduled").item
}

fn published() -> Item {
    approved().publish(DIGEST, &[], NUMBER, &clerk(), now()).expect("published").item
}

fn reopened() -> Item {
    published().reopen(&clerk(), now()).expect("reopened").item
}

fn withdrawn() -> Item {
    published().withdraw("内容有误", &clerk(), now()).expect("withdrawn").item
}

fn archived() -> Item {
    published().archive(&clerk(), Date::constant(2025, 6, 1)).expect("archived").item
}

fn published_in_emergency() -> Item {
    let short = vec![
        crate::review::Step { title: "保密审查".to_owned(), role: Role::SecrecyReviewer },
        crate::review::Step { title: "审签".to_owned(), role: Role::Reviewer },
    ];
    let chain = Chain::try_from(short).expect("a chain");
    let item = draft().submit(chain, catalogue(), &[], &clerk(), now()).expect("submitted").item;
    let item = signed(item, "secrecy", Role::SecrecyReviewer);
    let leader = actor("leader", Role::Leader);
    let step = item.publish_in_emergency("汛情", DIGEST, &[], NUMBER, &leader, now());
    step.expect("published in an emergency").item
}

/// Does the act the way somebody would who may do it, if anybody may.
fn try_act(item: Item, act: Act) -> Result<Step, Refusal> {
    let leader = actor("leader", Role::Leader);
    let reviewer = actor("reviewer", Role::Reviewer);
    match act {
        Act::Draft => Ok(Step { item: draft(), act, reason: None }),
        Act::Revise => item.revise(content("改过的通知"), &clerk(), now()),
        Act::Submit => item.submit(Chain::usual(), catalogue(), &[], &clerk(), now()),
        Act::Recall => item.recall(&clerk()),
        Act::Sign => sign(item, "reviewer", Role::Reviewer),
        Act::Return => item.return_for_correction("请改", &reviewer, now()),
        Act::Publish => item.publish(DIGEST, &[], NUMBER, &clerk(), now()),
        Act::Schedule => item.schedule(later(), DIGEST, &[], &clerk(), now()),
        Act::Unschedule => item.unschedule(&clerk()),
        Act::PublishInEmergency => {
            item.publish_in_emergency("汛情", DIGEST, &[], NUMBER, &leader, now())
        }
        Act::ConfirmEmergency => item.confirm_emergency(DIGEST, &clerk()),
        Act::Reopen => item.reopen(&clerk(), now()),
        Act::Withdraw => item.withdraw("内容有误", &clerk(), now()),
        Act::Repeal => {
            let on = Date::constant(2025, 5, 1);
            let lapse = Lapse { kind: LapseKind::Repealed, on, basis: "新办法".to_owned() };
            item.lapse(lapse, &clerk())
        }
        Act::Archive => item.archive(&clerk(), Date::constant(2025, 6, 1)),
        Act::Discard => item.discard("不用了", &clerk()),
    }
}

#[test]
fn every_state_allows_these_acts_and_no_others() {
    use Act::*;
    let states: [(&str, Item, &[Act]); 10] = [
        ("draft", draft(), &[Revise, Submit, Discard]),
        ("in review", submitted(), &[Revise, Recall, Sign, Return]),
        ("returned", returned(), &[Revise, Submit, Discard]),
        ("approved", approved(), &[Revise, Recall, Publish, Schedule]),
        ("scheduled", scheduled(), &[Revise, Publish, Schedule, Unschedule]),
        ("published", published(), &[Reopen, Withdraw, Repeal, Archive]),
        ("reopened", reopened(), &[Revise, Submit, Discard, Withdraw, Repeal]),
        ("withdrawn", withdrawn(), &[Reopen, Repeal]),
        ("archived", archived(), &[Reopen, Withdraw, Repeal]),
        (
            "published in an emergency",
            published_in_emergency(),
            &[Revise, Recall, Sign, Return, Withdraw, Repeal],
        ),
    ];
    for (name, item, allowed) in states {
        for act in Act::ALL.into_iter().filter(|act| *act != Draft) {
            let done = try_act(item.clone(), act);
            assert_eq!(done.is_ok(), allowed.contains(&act), "{name}: {act:?}: {done:?}");
        }
    }
}

#[test]
fn a_refusal_says_why_in_a_sentence() {
    for act in Act::ALL.into_iter().filter(|act| *act != Act::Draft) {
        for item in [draft(), submitted(), published(), withdrawn()] {
            if let Err(refusal) = try_act(item, act) {
                assert!(5 < refusal.reason.chars().count(), "{act:?}: {refusal}");
                assert!(!refusal.state.is_empty());
            }
        }
    }
}

#[test]
fn nobody_reviews_what_they_wrote() {
    let mut both = clerk();
    both.posts.push(actor("clerk", Role::Reviewer).posts.remove(0));
    let refused = submitted().sign(opinion(None), DIGEST, &both, now());
    assert!(refused.expect_err("own text").reason.contains("不能审核自己的稿件"));
}

#[test]
fn nobody_stands_in_for_somebody_who_wrote_it() {
    let mut substitute = actor("substitute", Role::Reviewer);
    substitute.posts[0].instead_of = Some(clerk().person);
    assert!(submitted().sign(opinion(None), DIGEST, &substitute, now()).is_err());
}

#[test]
fn nobody_signs_two_steps() {
    let item = signed(submitted(), "busy", Role::Reviewer);
    assert!(sign(item, "busy", Role::SecrecyReviewer).is_err());
}

#[test]
fn a_change_after_a_step_voids_the_review() {
    let item = signed(submitted(), "reviewer", Role::Reviewer);
    let changed =
        item.revise(content("另一个标题"), &clerk(), now()).expect("a clerk corrects").item;
    assert_eq!(changed.state_key(), "draft");
    assert!(try_act(changed, Act::Sign).is_err());
}

#[test]
fn saving_the_same_text_voids_nothing() {
    let saved =
        approved().revise(content("通知"), &clerk(), now()).expect("nothing to change").item;
    assert_eq!(saved, approved());
}

#[test]
fn a_signature_stands_for_the_text_that_was_shown() {
    let reviewer = actor("reviewer", Role::Reviewer);
    let refused = submitted().sign(opinion(None), "digest of another text", &reviewer, now());
    assert!(refused.expect_err("changed meanwhile").reason.contains("稿件有改动"));
}

#[test]
fn the_secrecy_review_needs_its_result() {
    let item = signed(submitted(), "reviewer", Role::Reviewer);
    let secrecy = actor("secrecy", Role::SecrecyReviewer);
    assert!(item.sign(opinion(None), DIGEST, &secrecy, now()).is_err());
}

#[test]
fn nothing_is_published_with_an_unanswered_finding() {
    let findings = ["phone@1".to_owned()];
    assert!(draft().submit(Chain::usual(), catalogue(), &findings, &clerk(), now()).is_err());
    assert!(approved().publish(DIGEST, &findings, NUMBER, &clerk(), now()).is_err());
    let answer = Answer {
        finding: findings[0].clone(),
        reason: "办公电话".to_owned(),
        by: clerk().person,
        at: now(),
    };
    let answered = draft().answer(answer, &clerk()).expect("answered").item;
    assert!(answered.submit(Chain::usual(), catalogue(), &findings, &clerk(), now()).is_ok());
}

#[test]
fn no_haste_leaves_out_the_secrecy_review() {
    let item = signed(submitted(), "reviewer", Role::Reviewer);
    let leader = actor("leader", Role::Leader);
    let refused = item.publish_in_emergency("汛情", DIGEST, &[], NUMBER, &leader, now());
    assert!(refused.expect_err("not cleared").reason.contains("保密审查"));
}

#[test]
fn an_emergency_publication_is_approved_afterwards() {
    let item = published_in_emergency();
    assert!(item.awaits_confirmation());
    let item = signed(item, "reviewer", Role::Reviewer);
    let item = item.confirm_emergency(DIGEST, &clerk()).expect("confirmed").item;
    assert!(!item.awaits_confirmation());
    assert!(item.working.is_none());
}

#[test]
fn a_change_after_an_emergency_publication_is_the_next_edition() {
    let item = published_in_emergency();
    let item = item.revise(content("改过的通知"), &clerk(), now()).expect("revised").item;
    assert!(item.clone().confirm_emergency(DIGEST, &clerk()).is_err());
    assert_eq!(item.working.expect("in work").number, 2);
    assert_eq!(item.public.expect("public").content.title, "通知");
}

#[test]
fn a_scheduled_edition_waits_for_its_time() {
    assert!(scheduled().publish_scheduled(DIGEST, NUMBER, now()).is_err());
    let item = scheduled().publish_scheduled(DIGEST, NUMBER, later()).expect("its time").item;
    assert_eq!(item.standing, Standing::Public { since: later() });
}

#[test]
fn the_index_number_never_changes() {
    let again = reopened()
        .submit(Chain::usual(), catalogue(), &[], &clerk(), now())
        .expect("submitted")
        .item;
    let again = signed(again, "reviewer", Role::Reviewer);
    let again = signed(again, "secrecy", Role::SecrecyReviewer);
    let again = signed(again, "leader", Role::Leader);
    let again = again.publish(DIGEST, &[], "another", &clerk(), later()).expect("published").item;
    assert_eq!(again.index_number.as_deref(), Some(NUMBER));
    assert_eq!(again.standing.since(), Some(now()));
    assert_eq!(again.editions, 2);
}

#[test]
fn the_public_edition_stays_while_a_new_one_is_written() {
    let item = reopened().revise(content("新标题"), &clerk(), now()).expect("revised").item;
    assert_eq!(item.public.expect("still there").content.title, "通知");
}

#[test]
fn validity_follows_the_day() {
    let on = Date::constant(2025, 5, 1);
    let lapse = Lapse { kind: LapseKind::Repealed, on, basis: "新办法".to_owned() };
    let item = published().lapse(lapse, &clerk()).expect("repealed").item;
    assert_eq!(item.validity_on(Date::constant(2025, 4, 30)), Some("有效"));
    assert_eq!(item.validity_on(on), Some("废止"));
    assert_eq!(draft().validity_on(on), None);
}

#[test]
fn a_clerk_of_another_organ_may_nothing() {
    let mut stranger = clerk();
    stranger.posts[0].organ = "other".parse().expect("an id");
    assert!(draft().submit(Chain::usual(), catalogue(), &[], &stranger, now()).is_err());
    assert!(published().withdraw("x", &stranger, now()).is_err());
}

#[test]
fn an_item_without_its_metadata_is_not_submitted_and_says_what_is_missing() {
    let bare = Content { subject: None, ..content("通知") };
    let item = draft().revise(bare, &clerk(), now()).expect("drafts may be incomplete").item;
    let fields: Vec<_> = item.faults(catalogue()).iter().map(|fault| fault.field).collect();
    assert_eq!(fields, [MetadataField::Subject]);
    let refused = item.submit(Chain::usual(), catalogue(), &[], &clerk(), now());
    assert!(refused.expect_err("incomplete").reason.contains("主题分类"));
}

#[test]
fn what_is_not_disclosed_unasked_is_reviewed_but_never_published() {
    let reason =
        GivenReason { key: "beyond_proactive_scope".to_owned(), explanation: String::new() };
    let kept =
        Content { disclosure: Some(Disclosure::OnRequest(reason)), ..content("会议记录") };
    let item = draft().revise(kept, &clerk(), now()).expect("revised").item;
    let item =
        item.submit(Chain::usual(), catalogue(), &[], &clerk(), now()).expect("submitted").item;
    let item = signed(item, "reviewer", Role::Reviewer);
    let item = signed(item, "secrecy", Role::SecrecyReviewer);
    let item = signed(item, "leader", Role::Leader);
    let refused = item.publish(DIGEST, &[], NUMBER, &clerk(), now()).expect_err("not proactive");
    assert!(refused.reason.contains("依申请公开"), "{refused}");
}

#[test]
fn a_document_runs_out_the_day_after_its_last_day() {
    let last = Date::constant(2025, 12, 31);
    let mut item = published();
    item.public.as_mut().expect("public").content.valid_until = Some(last);
    assert_eq!(item.validity_on(last), Some("有效"));
    assert_eq!(item.validity_on(Date::constant(2026, 1, 1)), Some("失效"));
    let on = Date::constant(2025, 5, 1);
    let lapse = Lapse { kind: LapseKind::Amended, on, basis: "修改决定".to_owned() };
    let item = item.lapse(lapse, &clerk()).expect("amended").item;
    assert_eq!(item.validity_on(last), Some("已修改"));
    assert_eq!(item.validity_on(Date::constant(2026, 1, 1)), Some("失效"));
}

#[test]
fn every_state_has_a_name_in_the_one_table() {
    for item in [draft(), published(), withdrawn(), archived(), published_in_emergency()] {
        let editions = [item.working.as_ref(), item.public.as_ref()].into_iter().flatten();
        let names = editions.map(|edition| edition.state.name()).chain([item.standing.name()]);
        assert!(names.into_iter().all(|name| name != "未知状态"));
    }
    for (key, name) in listed_states() {
        assert_eq!(state_name(key), *name);
    }
}
