//! A corrected decision opens its request again, once.

use gongkai_app::AppError;
use gongkai_app::reports::remedies::{Filled, conclude, register};
use gongkai_app::requests::close;
use gongkai_domain::access::Role;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::id::RequestId;
use gongkai_domain::remedy::{Filed, Followed, Remedy};
use gongkai_domain::request::{DisclosureRequest, Order, Reopening, StateKey};
use gongkai_store::requests::find;
use gongkai_testkit::app::{OWN, TestApp};
use jiff::civil::Date;
use jiff::{SignedDuration, Span};

fn filed(block: &str, request: Option<&RequestId>, on: Date) -> Filed {
    Filed {
        block: block.to_owned(),
        number: "某复决字第2号".to_owned(),
        forum: "某县人民政府".to_owned(),
        request: request.cloned(),
        filed_on: on,
        served_on: Some(on),
        simplified: false,
        is_counted_elsewhere: false,
    }
}

async fn contested(kit: &TestApp, request: Option<&RequestId>) -> Remedy {
    let clerk = kit.caller(OWN, Role::Clerk);
    let filed = filed("reconsideration", request, kit.app.clock.today());
    register(&kit.app, &clerk, &OWN.parse().unwrap(), filed).await.unwrap()
}

async fn decided(kit: &TestApp, case: &Remedy, result: &str) -> Result<Remedy, AppError> {
    let filled = Filled {
        result: result.to_owned(),
        on: kit.app.clock.today(),
        note: "撤销原答复，责令重新答复".to_owned(),
        ..Filled::default()
    };
    conclude(&kit.app, &kit.caller(OWN, Role::Clerk), &case.id, filled).await
}

async fn request(kit: &TestApp, id: &RequestId) -> DisclosureRequest {
    let mut reader = kit.app.store.reader().await.unwrap();
    find(&mut reader, id).await.unwrap().unwrap().request
}

fn forward(kit: &TestApp, days: i64) {
    kit.app.clock.forward(SignedDuration::from_hours(24 * days));
}

#[tokio::test]
async fn a_corrected_decision_opens_its_request_again_once() {
    let kit = TestApp::new().await;
    for state in [StateKey::Closed, StateKey::Archived] {
        let id = kit.request_at(state).await;
        forward(&kit, 7);
        let case = contested(&kit, Some(&id)).await;
        forward(&kit, 21);
        let upheld = decided(&kit, &case, "upheld").await.unwrap();
        assert_eq!((upheld.followed, request(&kit, &id).await.past.len()), (None, 0));
        forward(&kit, 1);
        let today = kit.app.clock.today();
        let opened = decided(&kit, &case, "corrected").await.unwrap();
        assert_eq!(opened.followed, Some(Followed { round: 1, is_opened: true }));
        let again = request(&kit, &id).await;
        assert_eq!((again.state_key(), again.past.len()), (StateKey::Handling, 1));
        let order = again.round.order.clone().unwrap();
        assert_eq!(order.document, "某县人民政府 某复决字第2号");
        let due = again.deadline(Calendar::embedded(), today).unwrap().due.unwrap();
        let by_law = Calendar::embedded().add_working_days(today, 20).date;
        assert_eq!(due, by_law, "the law's period, from the decision on");
        forward(&kit, 3);
        for result in ["corrected", "other", "corrected"] {
            let later = decided(&kit, &case, result).await.unwrap();
            assert_eq!(later.followed, Some(Followed { round: 1, is_opened: true }), "{result}");
            assert_eq!(request(&kit, &id).await.past.len(), 1, "{result}");
        }
    }
    let links = kit.verified_log().await;
    let opened = links.iter().filter(|link| link.event.act == "request.reopen");
    let who: Vec<_> = opened.map(|link| link.event.actor_name.clone()).collect();
    let clerk = kit.caller(OWN, Role::Clerk).actor.name;
    assert_eq!(who, [clerk.clone(), clerk]);
    kit.finish().await;
}

#[tokio::test]
async fn a_request_opened_again_by_hand_or_still_open_is_linked_and_not_opened() {
    let kit = TestApp::new().await;
    let clerk = kit.caller(OWN, Role::Clerk);
    let by_hand = kit.request_at(StateKey::Closed).await;
    let unanswered = kit.request_at(StateKey::Handling).await;
    forward(&kit, 7);
    let (first, second) =
        (contested(&kit, Some(&by_hand)).await, contested(&kit, Some(&unanswered)).await);
    forward(&kit, 14);
    let order = Order { document: "某号".to_owned(), text: "责令".to_owned(), until: None };
    let reopening = Reopening { on: kit.app.clock.today(), order };
    close::reopen(&kit.app, &clerk, &by_hand, reopening).await.unwrap();
    let linked = decided(&kit, &first, "corrected").await.unwrap();
    assert_eq!(linked.followed, Some(Followed { round: 1, is_opened: false }));
    assert_eq!(request(&kit, &by_hand).await.past.len(), 1);
    let open = decided(&kit, &second, "corrected").await.unwrap();
    assert_eq!(open.followed, Some(Followed { round: 0, is_opened: false }));
    let other = contested(&kit, Some(&by_hand)).await;
    let beside = decided(&kit, &other, "corrected").await.unwrap();
    assert!(!beside.followed.unwrap().is_opened, "one answer anew serves both cases");
    let alone = contested(&kit, None).await;
    assert_eq!(decided(&kit, &alone, "corrected").await.unwrap().followed, None);
    kit.finish().await;
}

#[tokio::test]
async fn a_decision_that_sets_its_own_limit_is_received_later_than_it_was_made() {
    let kit = TestApp::new().await;
    let id = kit.request_at(StateKey::Closed).await;
    let case = contested(&kit, Some(&id)).await;
    let decided_on = kit.app.clock.today();
    forward(&kit, 5);
    let received = kit.app.clock.today();
    let day = |days| received.saturating_add(Span::new().days(days));
    let filled = |received_on, answer_until| Filled {
        result: "corrected".to_owned(),
        on: decided_on,
        received_on,
        answer_until,
        ..Filled::default()
    };
    let clerk = kit.caller(OWN, Role::Clerk);
    let wrong = [
        filled(Some(day(1)), None),
        filled(Some(decided_on.yesterday().unwrap()), None),
        filled(Some(received), Some(day(-1))),
    ];
    for each in wrong {
        let refused = conclude(&kit.app, &clerk, &case.id, each).await;
        assert!(matches!(refused, Err(AppError::Refused(_))));
        assert!(request(&kit, &id).await.past.is_empty(), "refused whole: nothing is opened");
    }
    let right = filled(Some(received), Some(day(10)));
    conclude(&kit.app, &clerk, &case.id, right).await.unwrap();
    let again = request(&kit, &id).await;
    assert_eq!(again.round.began_on, Some(received));
    assert_eq!(again.round.order.unwrap().until, Some(day(10)));
    kit.finish().await;
}
