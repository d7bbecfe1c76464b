//! Items and the audit log on both databases: lists, two writers at once, and nothing half.

use crate::common::{NOON, at, clerk, draft, event, furnish, today};
use gongkai_domain::audit::Algorithm;
use gongkai_domain::item::{EditionState, Item, Standing};
use gongkai_store::items::{self, By, Filter, Page};
use gongkai_store::{Store, StoreError, events, tables};
use gongkai_testkit::database::on_each;
use jiff::civil::Date;
use std::collections::BTreeSet;

const ALL: Page = Page { skip: 0, limit: 100 };

/// The item as it is after its publication at this instant.
fn published(mut item: Item, number: &str, at_millisecond: i64) -> Item {
    let mut edition = item.working.take().expect("in work");
    edition.state = EditionState::Published { review: None, at: at(at_millisecond) };
    item.index_number = Some(number.to_owned());
    item.standing = Standing::Public { since: at(at_millisecond) };
    item.public = Some(edition);
    item
}

async fn added(store: &Store, items_to_add: &[Item]) {
    let mut transaction = store.begin().await.expect("begins");
    for item in items_to_add {
        items::add(&mut transaction, item, Some(today())).await.expect("added");
    }
    transaction.commit().await.expect("lasts");
}

async fn ids(store: &Store, filter: Filter, page: Page) -> Vec<String> {
    let mut reader = store.reader().await.expect("a reader");
    let lines = items::lines(&mut reader, &filter, page).await.expect("read");
    lines.into_iter().map(|line| line.id.to_string()).collect()
}

#[tokio::test]
async fn an_item_comes_back_as_it_went_in_and_of_two_writers_the_second_is_told() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let item = draft("one", "标题'\"\\%_\u{1F600}");
        added(&store, std::slice::from_ref(&item)).await;
        let mut reader = store.reader().await.expect("a reader");
        let loaded = items::find(&mut reader, &item.id).await.expect("read").expect("there");
        assert_eq!((&loaded.item, loaded.version, loaded.n_views), (&item, 1, 0));
        drop(reader);
        let write = async |title: &str| {
            let changed = draft("one", title);
            let mut transaction = store.begin().await?;
            items::save(&mut transaction, &changed, loaded.version, None).await?;
            transaction.commit().await
        };
        write("甲").await.expect("the first writer");
        let second = write("乙").await;
        assert!(matches!(second, Err(StoreError::Conflict)), "{second:?}");
        let mut reader = store.reader().await.expect("a reader");
        let loaded = items::find(&mut reader, &item.id).await.expect("read").expect("there");
        assert_eq!(loaded.item.working.expect("in work").content.title, "甲");
        assert_eq!(loaded.version, 2);
        drop(reader);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_index_number_stands_once() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        added(&store, &[published(draft("one", "一"), "n-1", NOON)]).await;
        let mut transaction = store.begin().await.expect("begins");
        let twin = published(draft("two", "二"), "n-1", NOON);
        let taken = items::add(&mut transaction, &twin, None).await;
        let Err(StoreError::Taken(sentence)) = taken else { panic!("{taken:?}") };
        assert!(sentence.contains("n-1"), "{sentence}");
        drop(transaction);
        assert_eq!(ids(&store, Filter::default(), ALL).await, ["one"]);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn lists_are_narrowed_by_every_part_of_the_filter() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let year = 366 * 24 * 3600 * 1000;
        let mut other_kind = published(draft("b", "二"), "n-2", NOON + year);
        other_kind.kind = "notice".to_owned();
        let mut subject = draft("c", "三");
        subject.working.as_mut().expect("in work").content.subject = Some("finance".to_owned());
        added(&store, &[published(draft("a", "一"), "n-1", NOON), other_kind, subject]).await;
        let some = |filter: Filter| ids(&store, filter, ALL);
        let readable = Filter { readable: true, ..Filter::default() };
        assert_eq!(some(readable.clone()).await, ["b", "a"], "the newest first");
        assert_eq!(ids(&store, readable, Page { skip: 1, limit: 1 }).await, ["a"]);
        let kinds = vec!["notice".to_owned(), "none".to_owned()];
        assert_eq!(some(Filter { kinds, ..Filter::default() }).await, ["b"]);
        let states = vec!["draft".to_owned()];
        assert_eq!(some(Filter { states, ..Filter::default() }).await, ["c"]);
        let organs = vec!["neighbour".parse().expect("an id")];
        assert!(some(Filter { organs, ..Filter::default() }).await.is_empty());
        let subjects = vec!["finance".to_owned(), "none".to_owned()];
        assert_eq!(some(Filter { subjects, ..Filter::default() }).await, ["c"]);
        let in_year = |year| Filter { year: Some(year), ..Filter::default() };
        let first = Date::constant(2025, 1, 1).year();
        assert_eq!(some(in_year(first)).await, ["a"]);
        assert_eq!(some(in_year(first + 1)).await, ["b"]);
        assert!(some(in_year(9999)).await.is_empty() && some(in_year(-9999)).await.is_empty());
        let due = |day| Filter { due_by: Some(day), ..Filter::default() };
        assert_eq!(some(due(today())).await, ["c", "b", "a"], "what is in work or was");
        assert!(some(due(today().yesterday().expect("a day"))).await.is_empty());
        let mut reader = store.reader().await.expect("a reader");
        let counts = items::counts(&mut reader, &Filter::default(), By::State).await.expect("read");
        assert_eq!(counts, [("draft".to_owned(), 1), ("public".to_owned(), 2)]);
        drop(reader);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_due_first_stands_first_and_several_are_found_at_once() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let days = [("none", None), ("late", Some(9)), ("soon", Some(2))];
        let mut transaction = store.begin().await.expect("begins");
        for (id, day) in days {
            let due_on = day.map(|day| Date::constant(2025, 4, day));
            items::add(&mut transaction, &draft(id, "题"), due_on).await.expect("added");
        }
        transaction.commit().await.expect("lasts");
        let due_first = Filter { due_first: true, ..Filter::default() };
        assert_eq!(ids(&store, due_first, ALL).await, ["soon", "late", "none"]);
        let wanted = ["soon", "nobody", "none"].map(|id| id.parse().expect("an id"));
        let mut reader = store.reader().await.expect("a reader");
        let wanted: Vec<_> = wanted.iter().collect();
        let found = items::find_all(&mut reader, &wanted).await.expect("read");
        let found: BTreeSet<_> = found.iter().map(|each| each.item.id.as_str()).collect();
        assert_eq!(found, BTreeSet::from(["none", "soon"]));
        assert!(items::find_all(&mut reader, &[]).await.expect("read").is_empty());
        drop(reader);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_first_moment_of_a_year_in_china_belongs_to_it() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let midnight = Date::constant(2025, 1, 1).at(0, 0, 0, 0);
        let midnight =
            gongkai_domain::time::instant(midnight).expect("an instant").as_millisecond();
        let before = published(draft("before", "前"), "n-1", midnight - 1);
        added(&store, &[before, published(draft("after", "后"), "n-2", midnight)]).await;
        let year = Date::constant(2025, 1, 1).year();
        let filter = Filter { year: Some(year), ..Filter::default() };
        assert_eq!(ids(&store, filter, ALL).await, ["after"]);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn editions_views_interpretations_due_ones_and_discarded_drafts() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let policy = published(draft("policy", "政策"), "n-1", NOON);
        let mut explains = draft("explains", "解读");
        explains.working.as_mut().expect("in work").content.interprets = Some(policy.id.clone());
        let explains = published(explains, "n-2", NOON);
        added(&store, &[policy.clone(), explains, draft("draft", "草稿")]).await;
        let mut db = store.begin().await.expect("begins");
        let found = items::interpretations(&mut db, &policy.id).await.expect("read");
        assert_eq!(found.len(), 1);
        let second = policy.clone().reopen(&clerk(), at(NOON)).expect("reopened").item;
        let second = published(second, "n-1", NOON + 1);
        items::save(&mut db, &second, 1, None).await.expect("saved");
        let editions = items::editions(&mut db, &policy.id).await.expect("read");
        assert_eq!(editions.iter().map(|each| each.number).collect::<Vec<_>>(), [1, 2]);
        items::add_views(&mut db, &policy.id, 5).await.expect("counted");
        items::add_views(&mut db, &policy.id, 2).await.expect("counted");
        let loaded = items::find(&mut db, &policy.id).await.expect("read").expect("there");
        assert_eq!((loaded.n_views, loaded.version), (7, 2), "views are no change");
        let gone = items::remove(&mut db, &policy.id, 2).await;
        assert!(matches!(gone, Err(StoreError::Conflict)), "what was public stays: {gone:?}");
        let id = "draft".parse().expect("an id");
        items::remove(&mut db, &id, 1).await.expect("removed");
        assert_eq!(items::find(&mut db, &id).await.expect("read"), None);
        assert!(items::due_for_publication(&mut db, at(NOON), 9).await.expect("read").is_empty());
        db.commit().await.expect("lasts");
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_committed_leaves_nothing() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let counts = async || {
            let mut reader = store.reader().await.expect("a reader");
            tables::row_counts(&mut reader).await.expect("counts")
        };
        let before = counts().await;
        let mut transaction = store.begin().await.expect("begins");
        let item = published(draft("one", "一"), "n-1", NOON);
        items::add(&mut transaction, &item, None).await.expect("added");
        let made = event("item/one", "item.publish");
        events::append(&mut transaction, made, Algorithm::Sm3).await.expect("appended");
        drop(transaction);
        assert_eq!(counts().await, before);
        let mut reader = store.reader().await.expect("a reader");
        assert_eq!(events::head(&mut reader).await.expect("a head"), (0, String::new()));
        drop(reader);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_log_is_read_by_thing_from_the_end_and_in_pieces() {
    on_each(async |database| {
        let store = database.open().await;
        let mut db = store.begin().await.expect("begins");
        for (thing, algorithm) in
            [("item/a", Algorithm::Sm3), ("item/b", Algorithm::Sha256), ("item/a", Algorithm::Sm3)]
        {
            events::append(&mut db, event(thing, "x"), algorithm).await.expect("appended");
        }
        let numbers = |links: Vec<gongkai_domain::audit::Link>| -> Vec<i64> {
            links.into_iter().map(|link| link.sequence).collect()
        };
        assert_eq!(numbers(events::of(&mut db, "item/a").await.expect("read")), [1, 3]);
        assert_eq!(numbers(events::after(&mut db, 1, 1).await.expect("read")), [2]);
        assert_eq!(numbers(events::latest(&mut db, 3, 9).await.expect("read")), [2, 1]);
        db.commit().await.expect("lasts");
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn under_eight_writers_at_once_the_log_has_no_gap_and_no_fork() {
    const EACH: usize = 12;
    on_each(async |database| {
        let store = database.open().await;
        let write = |store: Store, writer: usize| async move {
            for turn in 0..EACH {
                let mut transaction = store.begin().await.expect("begins");
                let made = event(&format!("item/{writer}-{turn}"), "x");
                if writer.is_multiple_of(2) {
                    events::append(&mut transaction, made, Algorithm::Sm3).await.expect("one");
                } else {
                    let all = vec![made, event(&format!("item/{writer}-{turn}-again"), "x")];
                    events::append_all(&mut transaction, all, Algorithm::Sm3).await.expect("two");
                }
                // Every fourth one gives up: its place must go to somebody else.
                if turn % 4 == 3 {
                    drop(transaction);
                } else {
                    transaction.commit().await.expect("lasts");
                }
            }
        };
        let writers = (0..8).map(|writer| tokio::spawn(write(store.clone(), writer)));
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("a writer");
        }
        let mut reader = store.reader().await.expect("a reader");
        let links = events::after(&mut reader, 0, 1000).await.expect("read");
        assert_eq!(links.len(), (4 + 4 * 2) * EACH * 3 / 4, "half of the writers append two");
        let mut before = None;
        for link in &links {
            link.verify(before).expect("the chain holds");
            before = Some(link);
        }
        let things: BTreeSet<_> = links.iter().map(|link| &link.event.thing).collect();
        assert_eq!(things.len(), links.len(), "no event stands twice");
        drop(reader);
        store.close().await;
    })
    .await;
}
