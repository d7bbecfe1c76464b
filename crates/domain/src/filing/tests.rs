//! The life of an annual report as tests: every state with every act, and what no act may do.

use super::*;
use crate::access::{Actor, Post, Role};
use crate::finding::{Finding, Verdict};
use jiff::SignedDuration;
use jiff::civil::Date;

const YEAR: i16 = 2021;

fn organ(name: &str) -> OrganId {
    name.parse().unwrap()
}

fn actor(name: &str, at: &str, role: Role) -> Actor {
    let from = Date::constant(2020, 1, 1);
    let post = Post { organ: organ(at), role, from, until: None, instead_of: None };
    Actor { person: name.parse().unwrap(), name: name.to_owned(), posts: vec![post] }
}

fn clerk() -> Actor {
    actor("clerk", "bureau", Role::Clerk)
}

fn leader() -> Actor {
    actor("leader", "bureau", Role::Leader)
}

fn office() -> Actor {
    actor("office", "county", Role::DisclosureOffice)
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 53)
}

fn by<T>(actor: Actor, act: impl FnOnce(&Who<'_>) -> T) -> T {
    let lineage = [organ("bureau"), organ("county")];
    act(&Who { actor: &actor, lineage: &lineage, now: now() })
}

fn figures(received: i64) -> Figures {
    [(cell_of("requests.received.total").unwrap(), Some(Decimal::from(received)))]
        .into_iter()
        .collect()
}

fn compilation(received: i64) -> Compilation {
    Compilation { own: figures(received), figures: figures(received), basis: Vec::new() }
}

fn draft() -> Filing {
    Filing::empty(organ("bureau"), YEAR, "某局")
}

fn compiled() -> Filing {
    by(clerk(), |who| draft().compile(compilation(3), who)).unwrap().filing
}

fn handed_in() -> Filing {
    by(leader(), |who| compiled().hand_in(&[], who)).unwrap().filing
}

fn accepted() -> Filing {
    by(office(), |who| handed_in().accept(who)).unwrap().filing
}

fn at(key: FilingKey) -> Filing {
    match key {
        FilingKey::Draft => compiled(),
        FilingKey::HandedIn => handed_in(),
        FilingKey::Returned => {
            by(office(), |who| handed_in().send_back("数字有误", Vec::new(), who)).unwrap().filing
        }
        FilingKey::Accepted => {
            by(clerk(), |who| accepted().prepare("item".parse().unwrap(), who)).unwrap().filing
        }
        FilingKey::Published => {
            by(clerk(), |who| at(FilingKey::Accepted).publish(who)).unwrap().filing
        }
        FilingKey::Restating => {
            by(clerk(), |who| at(FilingKey::Published).restate("漏计一件", who)).unwrap().filing
        }
    }
}

fn does(filing: Filing, act: FilingAct) -> Result<FilingStep, Refusal> {
    let warning = Finding::of("X-4", Verdict::Fails, "有空格。");
    let warning = &concerns([warning].iter())[0];
    match act {
        FilingAct::Compile => by(clerk(), |who| filing.compile(compilation(4), who)),
        FilingAct::Write => by(clerk(), |who| filing.write(Default::default(), who)),
        FilingAct::Answer => by(clerk(), |who| filing.answer(warning, "已核实", who)),
        FilingAct::HandIn => by(leader(), |who| filing.hand_in(&[], who)),
        FilingAct::Return => by(office(), |who| filing.send_back("请核对", Vec::new(), who)),
        FilingAct::Accept => by(office(), |who| filing.accept(who)),
        FilingAct::Prepare => by(clerk(), |who| filing.prepare("item".parse().unwrap(), who)),
        FilingAct::Publish => by(clerk(), |who| filing.publish(who)),
        FilingAct::Restate => by(clerk(), |who| filing.restate("漏计一件", who)),
    }
}

#[test]
fn every_act_is_allowed_in_its_states_and_refused_in_the_others() {
    for state in FilingKey::ALL {
        for act in FilingAct::ALL {
            let filing = at(state);
            assert_eq!(filing.state.key(), state);
            let done = does(filing, act);
            assert_eq!(done.is_ok(), act.states().contains(&state), "{act:?} in {state:?}");
            match done {
                Ok(step) => assert_eq!(step.filing.events.last().map(|event| event.act), Some(act)),
                Err(refusal) => {
                    assert_eq!(refusal.state, state.name());
                    assert_eq!(refusal.article, Some(act.article()));
                }
            }
        }
    }
}

#[test]
fn an_error_blocks_and_no_word_helps() {
    let finding = Finding::of("X-4", Verdict::Fails, "有空格。");
    let mut error = concerns([finding].iter()).remove(0);
    error.weight = Weight::Blocks;
    let refusal = by(clerk(), |who| compiled().answer(&error, "已核实", who)).unwrap_err();
    assert!(refusal.reason.contains("不能用说明代替改正"));
    let refusal = by(leader(), |who| compiled().hand_in(&[error], who)).unwrap_err();
    assert!(refusal.reason.contains("1 处错误"), "{refusal}");
}

#[test]
fn a_warning_wants_a_sentence_and_a_break_an_explanation_that_is_printed() {
    let finding = Finding::of("X-4", Verdict::Fails, "有空格。");
    let warning = concerns([finding].iter()).remove(0);
    let broken =
        Concern { key: "T3-4-x".to_owned(), weight: Weight::WantsExplanation, ..warning.clone() };
    let both = [warning.clone(), broken.clone()];
    assert!(by(leader(), |who| compiled().hand_in(&both, who)).is_err());
    let said = by(clerk(), |who| compiled().answer(&warning, "历史原因", who)).unwrap().filing;
    assert!(by(leader(), |who| said.clone().hand_in(&both, who)).is_err());
    assert!(by(clerk(), |who| said.clone().answer(&broken, "  ", who)).is_err());
    let said = by(clerk(), |who| said.answer(&broken, "机构改革划入", who)).unwrap().filing;
    assert_eq!(said.printed(&both).collect::<Vec<_>>(), ["机构改革划入"]);
    let done = by(leader(), |who| said.hand_in(&both[..1], who)).unwrap().filing;
    assert_eq!(done.given.len(), 1, "what was said to a concern that is gone is gone");
}

#[test]
fn who_wrote_it_does_not_hand_it_in_and_who_handed_it_in_does_not_accept_it() {
    let mut both = leader();
    both.posts.push(clerk().posts.remove(0));
    let written = by(both.clone(), |who| draft().compile(compilation(1), who)).unwrap().filing;
    assert!(by(both, |who| written.clone().hand_in(&[], who)).is_err());
    let mut above = actor("chief", "bureau", Role::Leader);
    above.posts.push(office().posts.remove(0));
    let handed = by(above.clone(), |who| written.hand_in(&[], who)).unwrap().filing;
    assert!(by(above, |who| handed.clone().accept(who)).is_err());
    assert!(by(office(), |who| handed.accept(who)).is_ok());
}

#[test]
fn a_stranger_does_nothing() {
    let stranger = || actor("stranger", "elsewhere", Role::DisclosureOffice);
    for state in FilingKey::ALL {
        for act in FilingAct::ALL {
            assert!(by(stranger(), |who| at(state).permits(act, who)).is_err());
        }
    }
}

#[test]
fn a_year_that_is_not_over_cannot_be_handed_in() {
    let filing = Filing { year: 2023, ..compiled() };
    let refusal = by(leader(), |who| filing.hand_in(&[], who)).unwrap_err();
    assert!(refusal.reason.contains("还没有结束"));
    assert!(by(leader(), |who| draft().hand_in(&[], who)).is_err(), "nothing is compiled");
}

#[test]
fn a_restatement_shows_what_it_changed() {
    let opened = at(FilingKey::Restating);
    let changed = by(clerk(), |who| opened.compile(compilation(4), who)).unwrap().filing;
    let again = by(leader(), |who| changed.hand_in(&[], who)).unwrap().filing;
    assert!(again.is_locked());
    let (cell, before, after) = again.changes(0)[0];
    assert_eq!(cell.as_str(), "requests.received.total");
    assert_eq!((before, after), (Some(Decimal::from(3)), Some(Decimal::from(4))));
}

#[test]
fn a_filing_is_kept_and_read_back() {
    for state in FilingKey::ALL {
        let filing = at(state);
        let text = serde_json::to_string(&filing).unwrap();
        let again: Filing = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), text);
    }
    let wrong = serde_json::from_str::<Figures>(r#"{"no.such.cell": "1"}"#);
    assert!(wrong.is_err());
}
