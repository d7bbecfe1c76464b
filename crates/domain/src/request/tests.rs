//! The life of a request as tests: every state with every act, and what no act may do.

use super::*;
use crate::access::{Post, Role};
use crate::fee::FeeBy;
use crate::outcome::{BasisKey, FieldKey};
use crate::refusal::Refusal;
use crate::time::instant;
use jiff::civil::date;
use std::collections::BTreeMap;

fn organ() -> OrganId {
    "bureau".parse().expect("an id")
}

fn actor(name: &str, role: Role) -> Actor {
    let from = date(2010, 1, 1);
    let post = Post { organ: organ(), role, from, until: None, instead_of: None };
    Actor { person: name.parse().expect("an id"), name: name.to_owned(), posts: vec![post] }
}

fn clerk() -> Actor {
    actor("clerk", Role::Clerk)
}

fn leader() -> Actor {
    actor("leader", Role::Leader)
}

fn on<'a>(by: &'a Actor, day: Date) -> Occasion<'a> {
    let now = instant(day.at(9, 0, 0, 0)).expect("an instant");
    Occasion { by: By::Staff(by), now, calendar: Calendar::embedded() }
}

const RECEIVED: Date = date(2025, 3, 3);
const DAY: Date = date(2025, 3, 5);

fn submission(channel: ReceivedChannel) -> Submission {
    Submission {
        channel,
        arrived_on: RECEIVED,
        matter: Matter::Disclosure,
        kind: RequesterKind::Natural,
        personal: Personal { name: "王某".to_owned(), ..Personal::default() },
        wanted: Wanted { name: "某规划".to_owned(), ..Wanted::default() },
        form: DeliveryForm::Paper,
        way: DeliveryWay::Post,
        files: Vec::new(),
        was_spoken: false,
    }
}

fn names() -> Registration {
    Registration {
        id: "r1".parse().expect("an id"),
        organ: organ(),
        number: "2025-1".to_owned(),
        code: "abcd-efgh".to_owned(),
    }
}

fn registered(submission: Submission) -> DisclosureRequest {
    let day = submission.arrived_on;
    DisclosureRequest::register(names(), submission, &on(&clerk(), day))
        .expect("registered")
        .request
}

fn handling() -> DisclosureRequest {
    registered(submission(ReceivedChannel::Counter))
}

fn rectification() -> DisclosureRequest {
    registered(Submission { matter: Matter::Rectification, ..submission(ReceivedChannel::Counter) })
}

fn part(outcome: &str, basis: Option<&str>, says: &[&str]) -> Part {
    let said = |key: &&str| (FieldKey::of(key).expect("a field"), "写明".to_owned());
    Part {
        about: "某规划".to_owned(),
        outcome: OutcomeKey::of(outcome).expect("an outcome"),
        basis: basis.map(|key| BasisKey::of(key).expect("a basis")),
        says: says.iter().map(said).collect::<BTreeMap<_, _>>(),
    }
}

fn reply(parts: Vec<Part>) -> Reply {
    let row = parts[0].outcome;
    Reply { row, parts, separation: None, public_interest: None, files: Vec::new() }
}

fn given() -> Reply {
    reply(vec![part("disclosed", Some("ogi-36-2"), &["content"])])
}

fn secret() -> Part {
    part("withheld.state_secret", Some("ogi-14"), &["reason"])
}

fn letter(of: Consulted, reached_on: Option<Date>) -> Consult {
    let (who, about) = ("某公司".to_owned(), "合同".to_owned());
    Consult { of, who, about, sent_on: DAY, reached_on }
}

/// Does the act the way somebody would who may do it, if anybody may.
#[expect(clippy::too_many_lines, reason = "one arm an act")]
fn try_act(request: DisclosureRequest, act: RequestAct, day: Date) -> Result<Step, Refusal> {
    let (clerk, leader) = (clerk(), leader());
    let (here, above) = (on(&clerk, day), on(&leader, day));
    let later = day.saturating_add(jiff::Span::new().days(10));
    let text = || "写明".to_owned();
    match act {
        RequestAct::Register => Err(request.refuse_plainly(act, "已经登记过")),
        RequestAct::ConfirmReceipt => {
            request.confirm_receipt(Receipt { on: day, how: text() }, &here)
        }
        RequestAct::AskSupplement => {
            let items = vec![text()];
            let ask = AskSupplement { on: day, items, guidance: text(), until: later };
            request.ask_supplement(ask, &here)
        }
        RequestAct::ReceiveSupplement => {
            let received = SupplementReceived { on: day, text: text(), files: Vec::new() };
            request.receive_supplement(received, &here)
        }
        RequestAct::CloseUnsupplemented => request.close_unsupplemented(&here),
        RequestAct::Assign => {
            request.assign(Assign { unit: text(), task: text(), until: later }, &here)
        }
        RequestAct::ReportPart => request.report_part(Reporting { number: 1, text: text() }, &here),
        RequestAct::LogSearch => {
            let (place, terms, result) = (text(), text(), text());
            request.log_search(LogSearch { on: day, place, terms, result, found: false }, &here)
        }
        RequestAct::NameOrgan => {
            request.name_organ(RightOrgan { name: text(), contact: text() }, &here)
        }
        RequestAct::Consult => {
            let letter = Consult { sent_on: day, ..letter(Consulted::CoMaker, None) };
            request.consult(letter, &here)
        }
        RequestAct::NoteDelivery => request.note_delivery(Delivered { number: 1, on: day }, &here),
        RequestAct::HearOpinion => {
            let answer = Answered { number: 1, on: day, agrees: true, reason: String::new() };
            request.hear_opinion(answer, &here)
        }
        RequestAct::NoteSilence => request.note_silence(Silence { number: 1 }, &here),
        RequestAct::Extend => {
            request.extend(Extending { on: day, reason: text(), consented_by: text() }, &here)
        }
        RequestAct::AskReasons => {
            request.ask_reasons(AskReasons { on: day, found: text(), until: later }, &here)
        }
        RequestAct::HearReasons => {
            request.hear_reasons(GivenReasons { on: day, text: text() }, &here)
        }
        RequestAct::Delay => {
            let until = date(2025, 12, 1);
            request.delay(Delaying { on: day, until, reason: text() }, &here)
        }
        RequestAct::ProposeFee => {
            request.propose_fee(ProposeFee { by: FeeBy::Page, count: 68, reason: text() }, &here)
        }
        RequestAct::NotifyFee => {
            request.notify_fee(NotifyFee { on: day, decided_by: text() }, &here)
        }
        RequestAct::WaiveFee => request.waive_fee(Waiving { reason: text() }, &here),
        RequestAct::ReceivePayment => {
            request.receive_payment(Paying { on: day, receipt: text() }, &here)
        }
        RequestAct::CloseUnpaid => request.close_unpaid(&here),
        RequestAct::Propose => request.propose(reply(vec![secret()]), None, &here),
        RequestAct::Return => request.send_back(Returning { comment: text() }, &above),
        RequestAct::Approve => {
            let document_number = "某公开〔1〕1号".to_owned();
            request.approve(
                Approval { comment: String::new(), document_number, digest: String::new() },
                &above,
            )
        }
        RequestAct::Serve => {
            let way = ServiceWay::Counter { receiver: "王某".to_owned() };
            request.serve(Served { on: day, way }, &here)
        }
        RequestAct::CorrectRecord => {
            let correction = Correction::Corrected { what: text() };
            request.correct_record(Correcting { on: day, correction }, &here)
        }
        RequestAct::Withdraw => {
            request.withdraw(Withdrawn { why: Withdrawal::Withdrawn, note: String::new() }, &here)
        }
        RequestAct::Reopen => {
            let order = Order { document: text(), text: text(), until: None };
            request.reopen(Reopening { on: day, order }, &here)
        }
        RequestAct::Archive => request.archive(Archiving { file_number: String::new() }, &here),
    }
}

fn after(request: DisclosureRequest, acts: &[RequestAct]) -> DisclosureRequest {
    after_on(request, acts, DAY)
}

fn after_on(request: DisclosureRequest, acts: &[RequestAct], day: Date) -> DisclosureRequest {
    acts.iter().fold(request, |request, act| {
        try_act(request, *act, day).unwrap_or_else(|refused| panic!("{act:?}: {refused}")).request
    })
}

#[test]
#[expect(clippy::too_many_lines, reason = "one row a state")]
fn every_state_allows_these_acts_and_no_others() {
    use RequestAct::*;
    const AT_WORK: [RequestAct; 10] = [
        AskSupplement,
        Assign,
        LogSearch,
        NameOrgan,
        Consult,
        Extend,
        AskReasons,
        ProposeFee,
        Propose,
        Withdraw,
    ];
    let with =
        |more: &[RequestAct]| -> Vec<RequestAct> { AT_WORK.iter().chain(more).copied().collect() };
    let without = |less: &[RequestAct]| -> Vec<RequestAct> {
        AT_WORK.iter().filter(|act| !less.contains(act)).copied().collect()
    };
    let unconfirmed = registered(submission(ReceivedChannel::OrdinaryPost));
    let states: Vec<(&str, DisclosureRequest, Vec<RequestAct>)> = vec![
        ("unconfirmed", unconfirmed, vec![ConfirmReceipt, Withdraw]),
        ("handling", handling(), AT_WORK.to_vec()),
        ("rectification", rectification(), {
            let mut acts = without(&[Propose]);
            acts.push(CorrectRecord);
            acts
        }),
        ("consulting", after(handling(), &[Consult]), with(&[NoteDelivery, HearOpinion])),
        ("delivered", after(handling(), &[Consult, NoteDelivery]), with(&[HearOpinion])),
        ("assigned", after(handling(), &[Assign]), with(&[ReportPart])),
        ("asked for reasons", after(handling(), &[AskReasons]), {
            let mut acts = without(&[AskReasons]);
            acts.push(HearReasons);
            acts
        }),
        ("reasons given", after(handling(), &[AskReasons, HearReasons]), {
            let mut acts = without(&[AskReasons]);
            acts.push(Delay);
            acts
        }),
        ("extended", after(handling(), &[Extend]), without(&[Extend])),
        ("fee proposed", after(handling(), &[ProposeFee]), {
            let mut acts = without(&[Propose]);
            acts.extend([NotifyFee, WaiveFee]);
            acts
        }),
        ("fee waived", after(handling(), &[ProposeFee, WaiveFee]), without(&[ProposeFee])),
        (
            "awaiting a supplement",
            after(handling(), &[AskSupplement]),
            vec![ReceiveSupplement, Assign, LogSearch, Withdraw],
        ),
        (
            "supplemented",
            after(handling(), &[AskSupplement, ReceiveSupplement]),
            without(&[AskSupplement]),
        ),
        (
            "awaiting the fee",
            after(handling(), &[ProposeFee, NotifyFee]),
            vec![ReceivePayment, WaiveFee, Withdraw],
        ),
        (
            "paid",
            after(handling(), &[ProposeFee, NotifyFee, ReceivePayment]),
            without(&[ProposeFee]),
        ),
        ("in review", after(handling(), &[Propose]), vec![Extend, Return, Approve, Withdraw]),
        ("returned", after(handling(), &[Propose, Return]), AT_WORK.to_vec()),
        ("approved", after(handling(), &[Propose, Approve]), vec![Extend, Return, Serve, Withdraw]),
        ("closed", after(handling(), &[Propose, Approve, Serve]), vec![Reopen, Archive]),
        ("withdrawn", after(handling(), &[Withdraw]), vec![Reopen, Archive]),
        ("corrected", after(rectification(), &[CorrectRecord]), vec![Reopen, Archive]),
        ("archived", after(handling(), &[Withdraw, Archive]), vec![Reopen]),
        ("reopened", after(handling(), &[Propose, Approve, Serve, Reopen]), AT_WORK.to_vec()),
    ];
    for (name, request, allowed) in states {
        for act in RequestAct::ALL {
            let done = try_act(request.clone(), act, DAY);
            assert_eq!(done.is_ok(), allowed.contains(&act), "{name}: {act:?}: {done:?}");
            if let Ok(step) = done {
                assert_eq!(step.request.events.last().map(|event| event.act), Some(act));
            }
        }
    }
}

#[test]
fn what_is_possible_is_what_the_verbs_do() {
    use RequestAct::*;
    let requests = [
        registered(submission(ReceivedChannel::Online)),
        handling(),
        after(handling(), &[Consult]),
        after(handling(), &[AskSupplement]),
        after(handling(), &[ProposeFee]),
        after(handling(), &[Propose]),
        after(handling(), &[Propose, Approve]),
        after(handling(), &[Withdraw]),
    ];
    for request in requests {
        for day in [DAY, date(2025, 3, 20), date(2025, 6, 2)] {
            for act in RequestAct::ALL {
                let by = if matches!(act, Approve | Return) { leader() } else { clerk() };
                let may = request.may(act, &on(&by, day));
                let done = try_act(request.clone(), act, day);
                assert_eq!(may.is_ok(), done.is_ok(), "{act:?} on {day}: {may:?} {done:?}");
            }
        }
        assert_eq!(request.possible(&on(&clerk(), DAY)).len(), RequestAct::ALL.len() - 1);
    }
}

#[test]
fn a_refusal_says_why_in_a_sentence_and_by_law_where_the_law_is_the_cause() {
    let asked = after(handling(), &[RequestAct::AskSupplement, RequestAct::ReceiveSupplement]);
    let again = try_act(asked, RequestAct::AskSupplement, DAY).expect_err("asked twice");
    assert!(again.article.is_some_and(|article| article.ends_with("第三十条")), "{again:?}");
    let late = try_act(handling(), RequestAct::AskSupplement, date(2025, 3, 14));
    assert!(late.expect_err("after seven working days").reason.contains("7 个工作日"));
    let last = try_act(handling(), RequestAct::AskSupplement, date(2025, 3, 12));
    assert!(last.is_ok(), "the seventh working day: {last:?}");
}

#[test]
fn who_may_do_what() {
    use RequestAct::*;
    let strangers = [
        actor("other", Role::SystemAdministrator),
        actor("auditor", Role::Auditor),
        actor("security", Role::SecurityAdministrator),
        actor("secrecy", Role::SecrecyReviewer),
    ];
    for stranger in &strangers {
        for (request, act) in [
            (handling(), AskSupplement),
            (handling(), Propose),
            (after(handling(), &[Propose]), Approve),
            (after(handling(), &[Propose, Approve]), Serve),
        ] {
            assert!(request.may(act, &on(stranger, DAY)).is_err(), "{} {act:?}", stranger.name);
        }
    }
    let office = actor("office", Role::DisclosureOffice);
    assert!(handling().may(Propose, &on(&office, DAY)).is_ok());
    let mut elsewhere = clerk();
    elsewhere.posts[0].organ = "other".parse().expect("an id");
    assert!(handling().may(Propose, &on(&elsewhere, DAY)).is_err());
    let requester = Occasion { by: By::Requester, ..on(&office, DAY) };
    let may: Vec<_> = RequestAct::ALL
        .into_iter()
        .filter(|act| handling().may(*act, &requester).is_ok())
        .collect();
    assert_eq!(may, [Withdraw]);
    let asked = after(handling(), &[AskReasons]);
    let given = GivenReasons { on: DAY, text: "研究需要".to_owned() };
    let told = asked.hear_reasons(given, &requester).expect("who asks may say why").request;
    assert!(told.may(HearReasons, &requester).is_err(), "once");
    assert!(told.may(Delay, &requester).is_err(), "what follows is for the office");
}

#[test]
fn nobody_approves_what_they_proposed_nor_stands_in_for_who_did() {
    let mut both = clerk();
    both.posts.push(leader().posts.remove(0));
    let proposed = handling().propose(given(), None, &on(&both, DAY)).expect("proposed").request;
    assert!(proposed.may(RequestAct::Approve, &on(&both, DAY)).is_err());
    let mut substitute = leader();
    substitute.posts[0].instead_of = Some(both.person.clone());
    assert!(proposed.may(RequestAct::Approve, &on(&substitute, DAY)).is_err());
    assert!(proposed.may(RequestAct::Approve, &on(&leader(), DAY)).is_ok());
}

fn chain(roles: &[Role]) -> Option<crate::review::ReplyChain> {
    let step = |role: &Role| crate::review::Step { title: role.name().to_owned(), role: *role };
    Some(roles.iter().map(step).collect::<Vec<_>>().try_into().expect("a chain"))
}

fn approval(number: &str) -> Approval {
    Approval {
        comment: "同意".to_owned(),
        document_number: number.to_owned(),
        digest: String::new(),
    }
}

#[test]
fn a_reply_goes_through_its_chain_step_by_step_and_is_numbered_at_the_last() {
    let (reviewer, leader) = (actor("reviewer", Role::Reviewer), leader());
    let chain = chain(&[Role::Reviewer, Role::Leader]);
    let proposed = handling().propose(given(), chain, &on(&clerk(), DAY)).expect("sent").request;
    let early = proposed.may(RequestAct::Approve, &on(&leader, DAY)).expect_err("not yet");
    assert!(early.reason.contains("科室负责人"), "{}", early.reason);
    let numbered = proposed.clone().approve(approval("某〔1〕1号"), &on(&reviewer, DAY));
    assert!(numbered.expect_err("too early").reason.contains("最后一个环节"));
    let once = proposed.clone().approve(approval(""), &on(&reviewer, DAY)).expect("one").request;
    assert_eq!(once.state_key(), StateKey::InReview);
    let mut both = leader.clone();
    both.posts[0].instead_of = Some(reviewer.person.clone());
    let again = once.may(RequestAct::Approve, &on(&both, DAY)).expect_err("signed already");
    assert!(again.reason.contains("同一人"), "{}", again.reason);
    assert!(once.clone().approve(approval(" "), &on(&leader, DAY)).is_err(), "it needs a number");
    let back = Returning { comment: "改".to_owned() };
    let returned = once.clone().send_back(back, &on(&leader, DAY)).expect("returned").request;
    assert_eq!(returned.round.returned, ["改"]);
    let done = once.approve(approval("某〔1〕1号"), &on(&leader, DAY)).expect("two").request;
    let RequestState::Approved(decision) = &done.state else { panic!("{:?}", done.state) };
    let signed: Vec<_> = decision.proposal.signatures.iter().map(|each| &each.step).collect();
    assert_eq!(signed, ["科室负责人", "分管领导"]);
    assert!(done.may(RequestAct::Return, &on(&leader, DAY)).is_ok(), "until it is served");
    assert!(done.may(RequestAct::Return, &on(&reviewer, DAY)).is_err());
}

#[test]
fn whoever_stands_in_signs_for_the_absent_and_one_proposed_before_chains_reads_as_usual() {
    let chain = chain(&[Role::Reviewer]);
    let proposed = handling().propose(given(), chain, &on(&clerk(), DAY)).expect("sent").request;
    let mut deputy = actor("deputy", Role::Reviewer);
    deputy.posts[0].instead_of = Some("absent".parse().expect("an id"));
    let done = proposed.approve(approval("某〔1〕1号"), &on(&deputy, DAY)).expect("signed").request;
    let RequestState::Approved(decision) = &done.state else { panic!("{:?}", done.state) };
    let signature = &decision.proposal.signatures[0];
    let absent = signature.instead_of.as_ref().map(|person| person.as_str());
    assert_eq!((signature.name.as_str(), absent), ("deputy", Some("absent")));
    let proposed = handling().propose(given(), None, &on(&clerk(), DAY)).expect("sent").request;
    let mut old = serde_json::to_value(&proposed).expect("JSON");
    let proposal = &mut old["state"]["in_review"];
    let fields = proposal.as_object_mut().expect("a proposal");
    assert!(fields.remove("chain").is_some() && fields.remove("signatures").is_some());
    let read: DisclosureRequest = serde_json::from_value(old).expect("it reads");
    assert!(read.may(RequestAct::Approve, &on(&leader(), DAY)).is_ok());
    assert!(read.may(RequestAct::Approve, &on(&actor("r", Role::Reviewer), DAY)).is_ok());
}

#[test]
fn the_day_of_receipt_follows_the_channel() {
    for channel in ReceivedChannel::ALL {
        let request = registered(submission(channel));
        let expected = channel.fixes_receipt().then_some(RECEIVED);
        assert_eq!(request.received_on, expected, "{channel:?}");
        if !channel.fixes_receipt() {
            let confirmed = after(request, &[RequestAct::ConfirmReceipt]);
            assert_eq!(confirmed.received_on, Some(DAY));
            assert_eq!(confirmed.state_key(), StateKey::Handling);
        }
    }
    assert!(ReceivedChannel::Counter.is_basic() && !ReceivedChannel::Email.is_basic());
}

#[test]
fn not_held_needs_a_search() {
    let not_held = || reply(vec![part("unavailable.not_held", Some("ogi-36-4"), &["search"])]);
    let refused = handling().propose(not_held(), None, &on(&clerk(), DAY)).expect_err("no search");
    assert!(refused.reason.contains("检索"), "{refused}");
    assert!(refused.article.is_some_and(|article| article.contains("第三十六条第四项")));
    let searched = after(handling(), &[RequestAct::LogSearch]);
    assert!(searched.propose(not_held(), None, &on(&clerk(), DAY)).is_ok());
    let elsewhere = reply(vec![part("unavailable.not_held", Some("ogi-36-5"), &["reason"])]);
    assert!(handling().propose(elsewhere, None, &on(&clerk(), DAY)).is_ok());
}

#[test]
fn each_outcome_asks_for_its_basis_its_words_and_what_went_before() {
    let refused = |reply: Reply| {
        handling().propose(reply, None, &on(&clerk(), DAY)).expect_err("refused").reason
    };
    assert!(refused(reply(vec![part("disclosed", None, &["content"])])).contains("依据"));
    assert!(refused(reply(vec![part("disclosed", Some("ogi-14"), &["content"])])).contains("不是"));
    let silent = part("withheld.process_information", Some("ogi-16-2"), &["reason"]);
    assert!(refused(reply(vec![silent])).contains("属于哪一类"));
    let third = part("withheld.third_party", Some("ogi-15"), &["consultation", "reason"]);
    assert!(refused(reply(vec![third])).contains("征求第三方"));
    let unclear = part("unavailable.still_unclear", Some("ogi-30"), &["unclear"]);
    assert!(refused(reply(vec![unclear])).contains("补正"));
    let many = part("not_processed.excessive", Some("ogi-35"), &["reason"]);
    assert!(refused(reply(vec![many])).contains("说明理由"));
    assert!(refused(reply(vec![part("otherwise_closed.other", None, &[])])).contains("不能作为"));
    let empty = Reply { parts: Vec::new(), ..given() };
    assert!(refused(empty).contains("至少"));
}

#[test]
fn given_and_withheld_together_count_as_given_in_part_only() {
    let both = || vec![part("disclosed", Some("ogi-36-2"), &["content"]), secret()];
    let propose = |reply: Reply| handling().propose(reply, None, &on(&clerk(), DAY));
    assert!(propose(reply(both())).expect_err("row").reason.contains("部分公开"));
    let partly = Reply { row: OutcomeKey::PARTLY_DISCLOSED, ..reply(both()) };
    assert!(propose(partly.clone()).expect_err("separation").reason.contains("区分"));
    let whole = Reply { separation: Some("遮盖两处".to_owned()), ..partly };
    assert!(propose(whole.clone()).is_ok());
    let keys: Vec<_> = whole.remedies(DAY).iter().map(|remedy| remedy.key).collect();
    assert_eq!(keys, ["review_first", "either"]);
    let alone = Reply { row: OutcomeKey::PARTLY_DISCLOSED, ..given() };
    assert!(propose(alone).is_err());
    let foreign = Reply { row: OutcomeKey::DISCLOSED, ..reply(vec![secret()]) };
    assert!(propose(foreign).is_err());
}

#[test]
fn nothing_is_given_while_an_opinion_is_out_or_against_an_objection() {
    let (clerk, day) = (clerk(), date(2025, 3, 10));
    let consulted = |of| {
        let letter = letter(of, Some(DAY));
        handling().consult(letter, &on(&clerk, DAY)).expect("a letter").request
    };
    let asked = consulted(Consulted::ThirdParty);
    assert!(asked.clone().propose(given(), None, &on(&clerk, day)).is_err());
    assert!(asked.clone().propose(reply(vec![secret()]), None, &on(&clerk, day)).is_ok());
    let answer =
        |agrees| Answered { number: 1, on: day, agrees, reason: "商业秘密".to_owned() };
    let against = asked.hear_opinion(answer(false), &on(&clerk, day)).expect("heard").request;
    assert!(against.clone().propose(given(), None, &on(&clerk, day)).is_err());
    let overridden = Reply { public_interest: Some("公共安全".to_owned()), ..given() };
    assert!(against.propose(overridden, None, &on(&clerk, day)).is_ok());
    let unreasoned = Answered { reason: " ".to_owned(), ..answer(false) };
    assert!(consulted(Consulted::ThirdParty).hear_opinion(unreasoned, &on(&clerk, day)).is_err());
}

#[test]
fn silence_means_consent_of_a_co_maker_and_nothing_of_a_third_party() {
    let clerk = clerk();
    for (of, consents) in [(Consulted::ThirdParty, false), (Consulted::CoMaker, true)] {
        let letter = Consult { sent_on: date(2025, 3, 10), ..letter(of, Some(date(2025, 3, 12))) };
        let sent = date(2025, 3, 12);
        let asked = handling().consult(letter, &on(&clerk, sent)).expect("a letter").request;
        let last = date(2025, 4, 2);
        assert!(asked.may(RequestAct::NoteSilence, &on(&clerk, last)).is_err(), "the last day");
        let over = date(2025, 4, 3);
        let noted = try_act(asked, RequestAct::NoteSilence, over).expect("over").request;
        assert_eq!(noted.round.consultations[0].consents(), consents);
        assert_eq!(noted.state_key(), StateKey::Handling);
    }
}

#[test]
fn the_clock_of_the_law_vectors() {
    let clerk = clerk();
    let letter = Consult {
        sent_on: date(2025, 3, 10),
        ..letter(Consulted::ThirdParty, Some(date(2025, 3, 12)))
    };
    let asked = handling().consult(letter, &on(&clerk, date(2025, 3, 12))).expect("sent").request;
    let heard = date(2025, 3, 28);
    let answer = Answered { number: 1, on: heard, agrees: true, reason: String::new() };
    let request = asked.hear_opinion(answer, &on(&clerk, heard)).expect("heard").request;
    let due = |request: &DisclosureRequest| {
        request.deadline(Calendar::embedded(), heard).and_then(|deadline| deadline.due)
    };
    assert_eq!(due(&request), Some(date(2025, 4, 21)));
    assert_eq!(due(&handling()), Some(date(2025, 3, 31)));
    assert_eq!(due(&after(handling(), &[RequestAct::Extend])), Some(date(2025, 4, 28)));
}

#[test]
fn the_law_is_that_of_the_day() {
    let in_year = |year: i16| {
        let arrived_on = date(year, 6, 3);
        let submission = Submission { arrived_on, ..submission(ReceivedChannel::Counter) };
        (registered(submission), date(year, 6, 5))
    };
    for (year, fee, remedy) in
        [(2019, false, "either"), (2023, true, "either"), (2025, true, "review_first")]
    {
        let (request, day) = in_year(year);
        assert_eq!(request.may(RequestAct::ProposeFee, &on(&clerk(), day)).is_ok(), fee, "{year}");
        let served =
            after_on(request, &[RequestAct::Propose, RequestAct::Approve, RequestAct::Serve], day);
        let decision = served.closings[0].decision.as_ref().expect("a reply");
        assert_eq!(decision.proposal.reply.remedies(decision.on)[0].key, remedy, "{year}");
    }
    let early =
        Submission { arrived_on: date(2019, 5, 10), ..submission(ReceivedChannel::Counter) };
    assert!(DisclosureRequest::register(names(), early, &on(&clerk(), DAY)).is_err());
}

#[test]
fn an_answer_by_post_counts_on_the_day_of_posting() {
    let approved = after(handling(), &[RequestAct::Propose, RequestAct::Approve]);
    let post = |number: &str| Served {
        on: date(2025, 3, 31),
        way: ServiceWay::Post { number: number.to_owned() },
    };
    let noted = on_day(date(2025, 4, 3));
    let clerk = clerk();
    let here = Occasion { by: By::Staff(&clerk), ..noted };
    for wrong in ["", "无", "12"] {
        assert!(approved.clone().serve(post(wrong), &here).is_err(), "{wrong}");
    }
    let served = approved.clone().serve(post("XA 12345678 9"), &here).expect("served").request;
    assert!(!served.closings[0].was_late);
    let late = Served { on: date(2025, 4, 1), ..post("XA123456789") };
    assert!(approved.serve(late, &here).expect("served late").request.closings[0].was_late);
}

fn on_day(day: Date) -> Occasion<'static> {
    let now = instant(day.at(9, 0, 0, 0)).expect("an instant");
    Occasion { by: By::System, now, calendar: Calendar::embedded() }
}

#[test]
fn a_delay_told_in_time_moves_the_day_and_an_order_sets_it() {
    use RequestAct::*;
    let delayed = after(handling(), &[AskReasons, HearReasons, Delay]);
    let deadline = delayed.deadline(Calendar::embedded(), DAY).expect("a day");
    assert_eq!((deadline.due, deadline.is_set), (Some(date(2025, 12, 1)), true));
    let closed = after(handling(), &[Propose, Approve, Serve]);
    let order = Order {
        document: "某复议决定".to_owned(),
        text: "责令重新答复".to_owned(),
        until: Some(date(2025, 5, 20)),
    };
    let (clerk, day) = (clerk(), date(2025, 5, 6));
    let again =
        closed.reopen(Reopening { on: day, order }, &on(&clerk, day)).expect("open").request;
    let deadline = again.deadline(Calendar::embedded(), day).expect("a day");
    assert_eq!(deadline.due, Some(date(2025, 5, 20)));
    let served = after_on(again, &[Propose, Approve, Serve], date(2025, 5, 21));
    assert!(served.closings[1].was_late && !served.closings[0].was_late);
    assert_eq!(served.counted(), served.closings.first());
}

#[test]
fn a_fee_is_by_the_table_and_proposed_only_where_one_is_due() {
    let propose = |by, count| {
        let fee = ProposeFee { by, count, reason: "数量明显超过合理范围".to_owned() };
        handling().propose_fee(fee, &on(&clerk(), DAY))
    };
    assert!(propose(FeeBy::Piece, 10).is_err());
    assert!(propose(FeeBy::Page, 30).is_err());
    let amount = |step: Step| step.request.round.fee.map(|fee| fee.amount.to_string());
    assert_eq!(amount(propose(FeeBy::Piece, 31).expect("a fee")).as_deref(), Some("200"));
    assert_eq!(amount(propose(FeeBy::Page, 68).expect("a fee")).as_deref(), Some("380"));
    let notified = after(handling(), &[RequestAct::ProposeFee, RequestAct::NotifyFee]);
    let course = notified.round.fee.as_ref().map(|fee| fee.course.clone());
    let until = date(2025, 4, 2);
    assert!(matches!(course, Some(FeeCourse::Notified { until: last, .. }) if last == until));
    let clerk = clerk();
    assert!(notified.may(RequestAct::CloseUnpaid, &on(&clerk, until)).is_err());
    let closed =
        try_act(notified, RequestAct::CloseUnpaid, date(2025, 4, 3)).expect("over").request;
    assert_eq!(closed.outcome(), Some(OutcomeKey::FEE_UNPAID));
}

#[test]
fn the_correction_of_a_record_is_no_row_of_the_report() {
    for act in [RequestAct::CorrectRecord, RequestAct::Withdraw] {
        let closed = after(rectification(), &[act]);
        assert_eq!((closed.closings.len(), closed.outcome()), (1, None));
    }
}

#[test]
fn what_is_to_be_done_follows_the_state() {
    use RequestAct::*;
    let first = |request: &DisclosureRequest, day: Date| {
        request.duties(&on_day(day)).into_iter().next().map(|duty| (duty.act, duty.until))
    };
    let post = registered(submission(ReceivedChannel::OrdinaryPost));
    assert_eq!(first(&post, DAY), Some((ConfirmReceipt, Some(RECEIVED))));
    let supplement = after(handling(), &[AskSupplement]);
    assert_eq!(first(&supplement, DAY), None);
    assert_eq!(first(&supplement, date(2025, 4, 1)), Some((CloseUnsupplemented, None)));
    let consulted = after(handling(), &[Consult, NoteDelivery]);
    assert!(!consulted.duties(&on_day(DAY)).iter().any(|duty| duty.act == Propose));
    let late = after(handling(), &[Propose]).duties(&on_day(date(2025, 4, 1)));
    assert!(late[0].why.contains("逾期") && late[0].act == Approve, "{late:?}");
    assert_eq!(after(handling(), &[Withdraw]).duties(&on_day(DAY)), []);
}

#[test]
fn a_request_holds_no_personal_data_and_reads_back_as_written() {
    let mut full = submission(ReceivedChannel::Counter);
    full.personal.name = "诸葛某某".to_owned();
    full.personal.telephone = "13900000000".to_owned();
    full.personal.address = "某路一号".to_owned();
    let request =
        after(registered(full), &[RequestAct::Propose, RequestAct::Approve, RequestAct::Serve]);
    let text = serde_json::to_string(&request).expect("written");
    for hidden in ["诸葛某某", "13900000000", "某路一号"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
    assert_eq!(serde_json::from_str::<DisclosureRequest>(&text).expect("read"), request);
}
