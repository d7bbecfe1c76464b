//! The clock of a request against `domain::clock` on the same events, over random lives.

use gongkai_domain::access::{Actor, Post, Role};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::clock::{Case, Event, EventKind, reckon};
use gongkai_domain::fee::FeeBy;
use gongkai_domain::id::OrganId;
use gongkai_domain::request::{
    Answered, AskSupplement, By, Consult, Consulted, Delivered, DeliveryForm, DeliveryWay,
    DisclosureRequest, Extending, LogSearch, Matter, NotifyFee, Occasion, Paying, Personal,
    ProposeFee, ReceivedChannel, Registration, RequesterKind, Silence, Submission,
    SupplementReceived, Wanted, Withdrawal, Withdrawn,
};
use gongkai_domain::time::instant;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn organ() -> OrganId {
    "bureau".parse().expect("a case of the test")
}

fn clerk() -> Actor {
    let from = date(2010, 1, 1);
    let post = Post { organ: organ(), role: Role::Clerk, from, until: None, instead_of: None };
    Actor {
        person: "clerk".parse().expect("a case of the test"),
        name: "李某".to_owned(),
        posts: vec![post],
    }
}

fn occasion(by: &Actor, day: Date) -> Occasion<'_> {
    let now = instant(day.at(9, 0, 0, 0)).expect("a case of the test");
    Occasion { by: By::Staff(by), now, calendar: Calendar::embedded() }
}

fn registered(received: Date, by: &Actor) -> DisclosureRequest {
    let names = Registration {
        id: "r1".parse().expect("a case of the test"),
        organ: organ(),
        number: "1".to_owned(),
        code: "c".to_owned(),
    };
    let submission = Submission {
        channel: ReceivedChannel::Counter,
        arrived_on: received,
        matter: Matter::Disclosure,
        kind: RequesterKind::Legal,
        personal: Personal::default(),
        wanted: Wanted::default(),
        form: DeliveryForm::Paper,
        way: DeliveryWay::Post,
        files: Vec::new(),
        was_spoken: false,
    };
    DisclosureRequest::register(names, submission, &occasion(by, received))
        .expect("a case of the test")
        .request
}

/// A request beside the events that a person would have told the clock.
struct Life {
    request: DisclosureRequest,
    told: Vec<Event>,
}

fn told(on: Date, kind: EventKind, who: Option<u32>) -> Event {
    Event { on, kind, reached: None, who: who.map(|who| who.to_string()) }
}

/// Tries one verb on one day; what it did, the person writes down for the clock.
#[expect(clippy::too_many_lines, reason = "one arm a verb")]
fn live(life: Life, verb: u8, pick: u32, day: Date, by: &Actor) -> Life {
    let Life { request, told: mut written } = life;
    let here = occasion(by, day);
    let text = || "写明".to_owned();
    let later = day + jiff::Span::new().days(30);
    let number = 1 + pick % 3;
    let of = if pick.is_multiple_of(2) { Consulted::ThirdParty } else { Consulted::CoMaker };
    let next = u32::try_from(request.round.consultations.len()).expect("a case of the test") + 1;
    let letter_of = request.consultation(number).map(|letter| letter.of);
    let is = |of: Option<Consulted>, third, maker| {
        if of == Some(Consulted::CoMaker) { maker } else { third }
    };
    let before = request.clone();
    let (done, event) = match verb {
        0 => {
            let ask =
                AskSupplement { on: day, items: vec![text()], guidance: text(), until: later };
            (request.ask_supplement(ask, &here), Some(told(day, EventKind::SupplementAsked, None)))
        }
        1 => {
            let came = SupplementReceived { on: day, text: text(), files: Vec::new() };
            let event = told(day, EventKind::SupplementReceived, None);
            (request.receive_supplement(came, &here), Some(event))
        }
        2 => {
            let reached_on = (pick.is_multiple_of(4)).then_some(day);
            let letter = Consult { of, who: text(), about: text(), sent_on: day, reached_on };
            let kind = is(Some(of), EventKind::ThirdPartyAsked, EventKind::CoMakerAsked);
            let event = Event { reached: reached_on, ..told(day, kind, Some(next)) };
            (request.consult(letter, &here), Some(event))
        }
        3 => (request.note_delivery(Delivered { number, on: day }, &here), None),
        4 => {
            let answer =
                Answered { number, on: day, agrees: !pick.is_multiple_of(5), reason: text() };
            let kind = is(letter_of, EventKind::ThirdPartyAnswered, EventKind::CoMakerAnswered);
            (request.hear_opinion(answer, &here), Some(told(day, kind, Some(number))))
        }
        5 => (request.note_silence(Silence { number }, &here), None),
        6 => {
            let extending = Extending { on: day, reason: text(), consented_by: text() };
            (request.extend(extending, &here), Some(told(day, EventKind::Extended, None)))
        }
        7 => {
            let fee = ProposeFee { by: FeeBy::Page, count: 40, reason: text() };
            (request.propose_fee(fee, &here), None)
        }
        8 => {
            let notify = NotifyFee { on: day, decided_by: text() };
            (request.notify_fee(notify, &here), Some(told(day, EventKind::FeeNotified, None)))
        }
        9 => {
            let paying = Paying { on: day, receipt: text() };
            (request.receive_payment(paying, &here), Some(told(day, EventKind::FeePaid, None)))
        }
        10 => {
            let (place, terms, result) = (text(), text(), text());
            let search = LogSearch { on: day, place, terms, result, found: false };
            (request.log_search(search, &here), None)
        }
        _ => {
            let withdrawn = Withdrawn { why: Withdrawal::Withdrawn, note: String::new() };
            (request.withdraw(withdrawn, &here), Some(told(day, EventKind::Answered, None)))
        }
    };
    match done {
        Err(_) => Life { request: before, told: written },
        Ok(step) => {
            if verb == 3 {
                let number = number.to_string();
                let asked = |event: &&mut Event| {
                    event.kind.is_letter() && event.who.as_ref() == Some(&number)
                };
                written.iter_mut().find(asked).expect("a case of the test").reached = Some(day);
            }
            written.extend(event);
            Life { request: step.request, told: written }
        }
    }
}

fn any_life() -> impl Strategy<Value = (i32, Vec<(u8, u32, i32)>)> {
    let verb = prop_oneof![12 => 0..11u8, 1 => Just(11u8)];
    let gap = prop_oneof![4 => 0..4i32, 1 => 0..25i32];
    (0..2_000i32, prop::collection::vec((verb, 0..60u32, gap), 0..30))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_clock_of_a_request_is_the_clock_of_its_events((start, verbs) in any_life()) {
        let by = clerk();
        let received = date(2019, 5, 20) + jiff::Span::new().days(start);
        let mut life = Life { request: registered(received, &by), told: Vec::new() };
        let mut day = received;
        for (verb, pick, gap) in verbs {
            day += jiff::Span::new().days(gap);
            life = live(life, verb, pick, day, &by);
            let case = Case { received, events: life.told.clone(), today: Some(day) };
            let expected = reckon(Calendar::embedded(), &case).expect("a lawful case");
            let own = life.request.reckoning(Calendar::embedded(), Some(day)).expect("a lawful case").expect("a lawful case");
            prop_assert_eq!(&own, &expected);
            let deadline = life.request.deadline(Calendar::embedded(), day).expect("a lawful case");
            prop_assert_eq!(deadline.due, expected.due);
            prop_assert_eq!(deadline.is_overdue, expected.overdue);
        }
    }
}
