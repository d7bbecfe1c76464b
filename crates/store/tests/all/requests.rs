//! Requests in the store: kept whole, found by what may be asked of them, counted as they change.

use crate::common::{NOON, at, furnish, today};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_domain::request::{
    By, DeliveryForm, DeliveryWay, DisclosureRequest, Matter, Occasion, Personal, ReceivedChannel,
    Registration, RequesterKind, StateKey, Submission, Wanted, Withdrawal, Withdrawn,
};
use gongkai_store::requests::{self, Filter, Line, Order, Page, Rating, Sealed};
use gongkai_store::{Db, StoreError};
use gongkai_testkit::database::on_each;

fn bureau() -> OrganId {
    "bureau".parse().expect("an id")
}

fn occasion() -> Occasion<'static> {
    Occasion { by: By::System, now: at(NOON), calendar: Calendar::embedded() }
}

fn request(n: usize) -> DisclosureRequest {
    let submission = Submission {
        channel: ReceivedChannel::Counter,
        arrived_on: today(),
        matter: Matter::Disclosure,
        kind: RequesterKind::ALL[n % 6],
        personal: Personal::default(),
        wanted: Wanted { name: format!("某规划100%_{n}"), ..Wanted::default() },
        form: DeliveryForm::Paper,
        way: DeliveryWay::Post,
        files: Vec::new(),
        was_spoken: false,
    };
    let names = Registration {
        id: format!("r{n:03}").parse().expect("an id"),
        organ: bureau(),
        number: format!("2025-{n:04}"),
        code: format!("code-{n}"),
    };
    DisclosureRequest::register(names, submission, &occasion()).expect("registered").request
}

fn sealed(who: &str) -> Sealed {
    Sealed {
        personal: "sealed".to_owned(),
        requester: who.to_owned(),
        name_mark: format!("name of {who}"),
    }
}

fn due(n: usize) -> Option<jiff::civil::Date> {
    let days = i64::try_from(n % 5).expect("few");
    (!n.is_multiple_of(7)).then(|| today().saturating_add(jiff::Span::new().days(days)))
}

async fn fill(db: &mut Db, n_requests: usize) {
    for n in 0..n_requests {
        let who = if n % 2 == 0 { "one" } else { "other" };
        requests::add(db, &request(n), &sealed(who), due(n), at(NOON)).await.expect("added");
    }
}

async fn all(db: &mut Db, filter: &Filter, order: Order) -> Vec<Line> {
    let (mut lines, mut after) = (Vec::new(), None);
    loop {
        let page = Page { order, after, limit: 4 };
        let piece = requests::lines(db, filter, &page).await.expect("read");
        let Some(last) = piece.last() else { return lines };
        after = Some(last.place());
        lines.extend(piece);
    }
}

#[tokio::test]
async fn a_request_comes_back_as_it_went_in_and_its_number_stands_once() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let mut transaction = store.begin().await.expect("begins");
        fill(&mut transaction, 1).await;
        transaction.commit().await.expect("lasts");
        let mut reader = store.reader().await.expect("a reader");
        let found =
            requests::find(&mut reader, &request(0).id).await.expect("read").expect("there");
        assert_eq!((found.request, found.due_on, found.version), (request(0), due(0), 1));
        let coded = requests::of_code(&mut reader, "code-0").await.expect("read");
        assert_eq!(coded.map(|each| each.personal).as_deref(), Some("sealed"));
        drop(reader);
        let mut transaction = store.begin().await.expect("begins");
        let id: RequestId = "another".parse().expect("an id");
        let twin = DisclosureRequest { id, code: "x".to_owned(), ..request(0) };
        let again = requests::add(&mut transaction, &twin, &sealed("x"), None, at(NOON)).await;
        assert!(matches!(again, Err(StoreError::Taken(_))), "{again:?}");
        drop(transaction);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn counts_follow_every_change_and_a_stale_change_is_refused() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let mut transaction = store.begin().await.expect("begins");
        fill(&mut transaction, 3).await;
        let withdrawn = Withdrawn { why: Withdrawal::Withdrawn, note: String::new() };
        let closed = request(1).withdraw(withdrawn, &occasion()).expect("withdrawn").request;
        let before = StateKey::Handling;
        requests::save(&mut transaction, &closed, before, 1, None, at(NOON)).await.expect("saved");
        let stale = requests::save(&mut transaction, &closed, before, 1, None, at(NOON)).await;
        assert!(matches!(stale, Err(StoreError::Conflict)), "{stale:?}");
        let counts = requests::counts(&mut transaction, &[bureau()]).await.expect("counted");
        let of = |state| counts.iter().find(|(key, _)| *key == state).map(|(_, n)| *n);
        assert_eq!(of(StateKey::Handling), Some(2));
        assert_eq!(of(StateKey::Closed), Some(1));
        let tomorrow = today().tomorrow().expect("a day");
        let late = requests::late(&mut transaction, &[bureau()], tomorrow).await.expect("counted");
        assert_eq!(late, 0, "one has no due day, one is closed, one is due in two days");
        let far = today().saturating_add(jiff::Span::new().days(9));
        let overview = requests::overview(&mut transaction, &[], far).await.expect("counted");
        assert_eq!(overview, [(bureau(), 2, 1)]);
        drop(transaction);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn every_line_stands_on_one_page_in_its_order() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let mut transaction = store.begin().await.expect("begins");
        fill(&mut transaction, 30).await;
        let filter = Filter { organs: vec![bureau()], ..Filter::default() };
        let newest = all(&mut transaction, &filter, Order::Newest).await;
        let ids: Vec<_> = newest.iter().map(|line| line.id.as_str()).collect();
        let expected: Vec<_> = (0..30).rev().map(|n| format!("r{n:03}")).collect();
        assert_eq!(ids, expected);
        let by_due = all(&mut transaction, &filter, Order::DueFirst).await;
        let far = jiff::civil::Date::MAX;
        let mut sorted = by_due.clone();
        sorted.sort_by_key(|line| (line.due_on.unwrap_or(far), line.id.clone()));
        assert_eq!((by_due.len(), &by_due), (30, &sorted));
        let two = [StateKey::Handling, StateKey::Consulting].to_vec();
        let parts = Filter { states: two, ..filter.clone() };
        assert_eq!(all(&mut transaction, &parts, Order::Newest).await, newest);
        assert_eq!(all(&mut transaction, &parts, Order::DueFirst).await, by_due);
        assert!(all(&mut transaction, &filter, Order::ClosedLast).await.is_empty());
        drop(transaction);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn each_filter_narrows() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let mut transaction = store.begin().await.expect("begins");
        fill(&mut transaction, 12).await;
        let cases = [
            (Filter { kinds: vec![RequesterKind::Natural], ..Filter::default() }, 2),
            (Filter { states: vec![StateKey::Closed], ..Filter::default() }, 0),
            (Filter { channels: vec![ReceivedChannel::Counter], ..Filter::default() }, 12),
            (Filter { matter: Some(Matter::Rectification), ..Filter::default() }, 0),
            (Filter { number: Some("2025-0003".to_owned()), ..Filter::default() }, 1),
            (Filter { name_mark: Some("name of one".to_owned()), ..Filter::default() }, 6),
            (Filter { title: Some("100%_1".to_owned()), ..Filter::default() }, 3),
            (Filter { title: Some("%".to_owned()), ..Filter::default() }, 12),
            (Filter { due_by: Some(today()), ..Filter::default() }, 2),
            (Filter { late_on: Some(today()), ..Filter::default() }, 0),
            (Filter { received: (Some(today()), Some(today())), ..Filter::default() }, 12),
            (Filter { received: (None, today().yesterday().ok()), ..Filter::default() }, 0),
            (Filter { closed: (Some(today()), None), ..Filter::default() }, 0),
        ];
        for (filter, n) in cases {
            let lines = all(&mut transaction, &filter, Order::Newest).await;
            assert_eq!(lines.len(), n, "{filter:?}");
        }
        let own = requests::of_requester(&mut transaction, &bureau(), "one", 100).await;
        assert_eq!(own.expect("read").len(), 6);
        let (from, to) = (today(), today());
        let n = requests::count_of_requester(&mut transaction, &bureau(), "one", from, to).await;
        assert_eq!(n.expect("counted"), 6);
        let open = requests::open_after(&mut transaction, "r009", 100).await.expect("read");
        assert_eq!(open.len(), 2);
        let first = requests::open_of(&mut transaction, &bureau(), 1).await.expect("read");
        assert_eq!(first[0].due_on, Some(today()));
        drop(transaction);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn numbers_run_and_ratings_are_replaced() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let mut transaction = store.begin().await.expect("begins");
        fill(&mut transaction, 1).await;
        for expected in 1..4 {
            let n = requests::next_serial(&mut transaction, &bureau(), "reply", 2025).await;
            assert_eq!(n.expect("a number"), expected);
        }
        let other = requests::next_serial(&mut transaction, &bureau(), "reply", 2026).await;
        assert_eq!(other.expect("a number"), 1);
        let id = request(0).id;
        assert_eq!(requests::ratings(&mut transaction, &id).await.expect("read"), None);
        for stars in [2, 5] {
            let rating = Rating { stars, comment: "好".to_owned(), at: at(NOON) };
            requests::keep_rating(&mut transaction, &id, &rating).await.expect("kept");
        }
        let kept = requests::ratings(&mut transaction, &id).await.expect("read");
        assert_eq!(kept.map(|rating| rating.stars), Some(5));
        let item = "item".parse().expect("an id");
        let organ = bureau();
        let kept = requests::keep_suggestion(
            &mut transaction,
            "s1",
            &organ,
            &item,
            "某规划",
            true,
            at(NOON),
        );
        kept.await.expect("kept");
        drop(transaction);
        store.close().await;
    })
    .await;
}
