//! Tests of channels: every state × every verb, the accounts, the data.

use super::*;
use crate::refusal::Refusal;
use jiff::Timestamp;
use jiff::civil::{Date, date};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;
const TODAY: Date = Date::constant(1970, 1, 1);

fn out() -> Out {
    let empty = String::new;
    Out { at: NOW, outside_id: empty(), address: empty(), evidence: empty(), by: empty() }
}

fn states() -> [ReleaseState; 9] {
    let text = || "理由".to_owned();
    let cause = || FollowUp::NewEdition(2);
    [
        ReleaseState::Wanted,
        ReleaseState::Approved,
        ReleaseState::Sending { step: None },
        ReleaseState::Sent(out()),
        ReleaseState::Failed { at: NOW, reason: text() },
        ReleaseState::DoneByHand(out()),
        ReleaseState::FollowUpDue { cause: cause(), out: out() },
        ReleaseState::FollowedUp { cause: cause(), out: out(), note: text(), by: text(), at: NOW },
        ReleaseState::Withdrawn { at: NOW, by: text(), reason: text() },
    ]
}

fn release(channel: &str, state: ReleaseState) -> ChannelRelease {
    ChannelRelease {
        id: "r".to_owned(),
        item: "i".parse().unwrap(),
        edition: 1,
        organ: "bureau".parse().unwrap(),
        kind: "notice".to_owned(),
        channel: channel.to_owned(),
        state,
    }
}

fn done(verb: Verb, release: ChannelRelease) -> Result<ChannelRelease, Refusal> {
    match verb {
        Verb::Want => release.want_again(),
        Verb::Approve => release.approve(),
        Verb::Send => release.send(None),
        Verb::Retry => release.retry(),
        Verb::DoByHand => release.do_by_hand(TODAY, "王某", "第三版", TODAY, NOW),
        Verb::Withdraw => release.withdraw("不再需要", "王某", NOW),
        Verb::AskFollowUp => release.ask_follow_up(FollowUp::NewEdition(2)),
        Verb::FollowUp => release.follow_up("已更正", "王某", NOW),
    }
}

#[test]
fn every_state_and_every_verb() {
    let machine = [
        (Verb::Want, vec![("withdrawn", "wanted")]),
        (Verb::Approve, vec![("wanted", "approved")]),
        (Verb::Send, vec![("approved", "sending"), ("sending", "sending")]),
        (Verb::Retry, vec![("failed", "approved")]),
        (Verb::DoByHand, vec![("failed", "done_by_hand")]),
        (
            Verb::Withdraw,
            vec![("wanted", "withdrawn"), ("approved", "withdrawn"), ("failed", "withdrawn")],
        ),
        (
            Verb::AskFollowUp,
            vec![
                ("sent", "follow_up_due"),
                ("done_by_hand", "follow_up_due"),
                ("follow_up_due", "follow_up_due"),
            ],
        ),
        (Verb::FollowUp, vec![("follow_up_due", "followed_up")]),
    ];
    assert_eq!(machine.len(), Verb::ALL.len());
    for (verb, expected) in machine {
        let mut moved = Vec::new();
        for state in states() {
            let from = state.key();
            match done(verb, release("wechat", state)) {
                Ok(next) => moved.push((from, next.state.key())),
                Err(refusal) => assert!(!refusal.reason.is_empty()),
            }
        }
        assert_eq!(moved, expected, "{}", verb.name());
    }
}

#[test]
fn the_press_is_done_by_hand_with_evidence_and_not_in_the_future() {
    let press = || release("press", ReleaseState::Approved);
    assert!(press().send(None).is_err());
    assert!(press().do_by_hand(TODAY, "王某", " ", TODAY, NOW).is_err());
    assert!(press().do_by_hand(date(1970, 1, 2), "王某", "第三版", TODAY, NOW).is_err());
    let done = press().do_by_hand(date(1969, 12, 1), "王某", "第三版", TODAY, NOW).unwrap();
    let at = done.state.out().unwrap().at;
    assert_eq!(crate::time::china_date(at), date(1969, 12, 1));
}

#[test]
fn a_broken_off_sending_goes_on_from_its_step() {
    let step = Some(("drafted".to_owned(), "m1".to_owned()));
    let sending = release("wechat", ReleaseState::Approved).send(step.clone()).unwrap();
    let again = sending.send(None).unwrap();
    assert_eq!(again.state, ReleaseState::Sending { step });
}

#[test]
fn only_what_is_being_sent_ends() {
    for state in states() {
        let is_sending = matches!(state, ReleaseState::Sending { .. });
        let failed = Outcome::Failed("平台拒绝".to_owned());
        assert_eq!(release("weibo", state).end_sending(failed, NOW).is_ok(), is_sending);
    }
}

fn account(id: &str, channel: &str, others: &[Account]) -> Result<Account, Refusal> {
    let fields = AccountFields { name: "甲县商务".to_owned(), ..AccountFields::default() };
    Account::open(id.to_owned(), "bureau".parse().unwrap(), channel, fields, others, NOW)
}

#[test]
fn an_organ_has_one_open_account_on_a_platform() {
    let first = account("a", "weibo", &[]).unwrap();
    let refusal = account("b", "weibo", std::slice::from_ref(&first)).unwrap_err();
    assert!(refusal.reason.contains("甲县商务"), "{refusal}");
    assert!(account("b", "wechat", std::slice::from_ref(&first)).is_ok());
    assert!(account("b", "press", &[]).is_err());
    let who = || "p".parse().unwrap();
    assert!(first.clone().close(" ", who(), TODAY).is_err());
    let closed = first.close("已公告", who(), TODAY).unwrap();
    assert!(account("b", "weibo", std::slice::from_ref(&closed)).is_ok());
    assert!(closed.clone().close("再次", who(), TODAY).is_err());
    assert!(closed.change(AccountFields::default()).is_err());
}

#[test]
fn what_an_account_lacks_is_named() {
    let fields: Vec<_> =
        AccountFields::default().problems().iter().map(|each| each.field).collect();
    assert_eq!(fields, ["name", "unit", "responsible", "registered_on"]);
}

#[test]
fn the_data_has_every_way_of_delivery_and_no_key_twice() {
    let mut keys: Vec<_> = channels().iter().map(|each| each.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), channels().len());
    for delivery in [Delivery::Site, Delivery::Machine, Delivery::Hand] {
        assert!(channels().iter().any(|each| each.delivery == delivery));
    }
    assert_eq!(title("weibo"), "微博");
    assert!(channel("不存在").is_none());
}
