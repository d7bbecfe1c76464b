//! Every query of organs, people, posts, sessions, chains, settings and serials, on both databases.

use crate::common::{NOON, account, at, furnish, organ, post};
use gongkai_domain::access::Role;
use gongkai_domain::review::{Chain, Step};
use gongkai_store::sessions::{self, Session};
use gongkai_store::{StoreError, chains, organs, people, serials, settings};
use gongkai_testkit::database::on_each;
use jiff::civil::Date;

#[tokio::test]
async fn an_organ_is_saved_found_changed_and_listed_in_its_order() {
    on_each(async |database| {
        let store = database.open().await;
        let mut transaction = store.begin().await.expect("begins");
        for (id, order) in [("b", 2), ("a", 1), ("c", 3)] {
            organs::save(&mut transaction, &organ(id, order)).await.expect("saved");
        }
        let mut renamed = organ("c", 0);
        renamed.name = "新名".to_owned();
        organs::save(&mut transaction, &renamed).await.expect("changed");
        transaction.commit().await.expect("lasts");
        let mut reader = store.reader().await.expect("a reader");
        let all = organs::all(&mut reader).await.expect("read");
        assert_eq!(all.iter().map(|each| each.id.as_str()).collect::<Vec<_>>(), ["c", "a", "b"]);
        let found = organs::find(&mut reader, &renamed.id).await.expect("read");
        assert_eq!(found, Some(renamed));
        let nobody = organs::find(&mut reader, &"nobody".parse().expect("an id")).await;
        assert_eq!(nobody.expect("read"), None);
        drop(reader);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_account_comes_back_as_it_went_in_and_its_login_stands_once() {
    on_each(async |database| {
        let store = database.open().await;
        let mut transaction = store.begin().await.expect("begins");
        let mut first = account("clerk");
        people::add(&mut transaction, &first).await.expect("added");
        first.totp_secret = Some("JBSWY3DP".to_owned());
        first.disabled = true;
        first.n_failures = 9;
        people::save(&mut transaction, &first).await.expect("changed");
        assert_eq!(
            people::of_login(&mut transaction, "clerk").await.expect("read"),
            Some(first.clone())
        );
        assert_eq!(people::find(&mut transaction, &first.person).await.expect("read"), Some(first));
        assert_eq!(people::of_login(&mut transaction, "CLERK").await.expect("read"), None);
        let mut nobody = account("nobody");
        nobody.login = "other".to_owned();
        let gone = people::save(&mut transaction, &nobody).await;
        assert!(matches!(gone, Err(StoreError::Conflict)), "{gone:?}");
        transaction.commit().await.expect("lasts");

        let mut transaction = store.begin().await.expect("begins");
        let mut twin = account("twin");
        twin.login = "clerk".to_owned();
        let taken = people::add(&mut transaction, &twin).await;
        let Err(StoreError::Taken(sentence)) = taken else { panic!("{taken:?}") };
        assert!(sentence.contains("clerk"), "{sentence}");
        drop(transaction);
        let mut reader = store.reader().await.expect("a reader");
        assert_eq!(people::count(&mut reader).await.expect("read"), 1);
        assert_eq!(people::all(&mut reader).await.expect("read").len(), 1);
        drop(reader);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn posts_are_given_listed_by_person_and_organ_and_ended() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let mut transaction = store.begin().await.expect("begins");
        let mut delegated = post("two", "clerk", Role::Reviewer);
        delegated.post.instead_of = Some("boss".parse().expect("an id"));
        people::give_post(&mut transaction, &post("one", "clerk", Role::Clerk))
            .await
            .expect("given");
        people::give_post(&mut transaction, &delegated).await.expect("given");
        let last = Date::constant(2025, 12, 31);
        people::end_post(&mut transaction, "one", last).await.expect("ended");
        let gone = people::end_post(&mut transaction, "none", last).await;
        assert!(matches!(gone, Err(StoreError::Conflict)), "{gone:?}");
        let person = "clerk".parse().expect("an id");
        let held = people::posts_of(&mut transaction, &person).await.expect("read");
        assert_eq!(held.iter().map(|each| each.post.until).collect::<Vec<_>>(), [Some(last), None]);
        assert_eq!(held[1], delegated);
        let organ = "bureau".parse().expect("an id");
        assert_eq!(people::posts_in(&mut transaction, &organ).await.expect("read"), held);
        transaction.commit().await.expect("lasts");
        store.close().await;
    })
    .await;
}

fn session(digest: &str, expires_at: i64) -> Session {
    Session {
        token_digest: digest.to_owned(),
        person: "clerk".parse().expect("an id"),
        form_token: "f".to_owned(),
        second_factor: true,
        created_at: at(NOON),
        seen_at: at(NOON),
        expires_at: at(expires_at),
    }
}

#[tokio::test]
async fn a_session_begins_is_seen_and_ends_in_each_of_the_three_ways() {
    on_each(async |database| {
        let store = database.open().await;
        furnish(&store).await;
        let mut db = store.begin().await.expect("begins");
        let later = NOON + 1000;
        for (digest, expires_at) in [("a", later), ("b", later), ("c", NOON), ("d", later + 1)] {
            sessions::add(&mut db, &session(digest, expires_at)).await.expect("begun");
        }
        sessions::touch(&mut db, "a", at(NOON + 5)).await.expect("touched");
        let seen = sessions::find(&mut db, "a").await.expect("read").expect("there");
        assert_eq!(seen, Session { seen_at: at(NOON + 5), ..session("a", later) });
        sessions::remove(&mut db, "a").await.expect("removed");
        assert_eq!(sessions::find(&mut db, "a").await.expect("read"), None);
        assert_eq!(sessions::remove_expired(&mut db, at(later)).await.expect("removed"), 2);
        assert!(sessions::find(&mut db, "d").await.expect("read").is_some());
        sessions::remove_of(&mut db, &"clerk".parse().expect("an id")).await.expect("removed");
        assert_eq!(sessions::find(&mut db, "d").await.expect("read"), None);
        db.commit().await.expect("lasts");
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_chain_of_a_kind_stands_before_the_chain_of_every_kind() {
    on_each(async |database| {
        let store = database.open().await;
        let mut db = store.begin().await.expect("begins");
        let bureau = "bureau".parse().expect("an id");
        assert_eq!(chains::find::<Chain>(&mut db, &bureau, "notice").await.expect("read"), None);
        let secrecy = Step { title: "保密审查".to_owned(), role: Role::SecrecyReviewer };
        let short = Chain::try_from(vec![secrecy]).expect("a chain");
        chains::set(&mut db, &bureau, "*", &Chain::usual()).await.expect("set");
        chains::set(&mut db, &bureau, "notice", &Chain::usual()).await.expect("set");
        chains::set(&mut db, &bureau, "notice", &short).await.expect("set again");
        let found = chains::find::<Chain>(&mut db, &bureau, "notice").await.expect("read");
        assert_eq!(found, Some(short));
        let found = chains::find::<Chain>(&mut db, &bureau, "plan").await.expect("read");
        assert_eq!(found, Some(Chain::usual()));
        db.commit().await.expect("lasts");
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_setting_is_set_changed_read_and_taken_away() {
    on_each(async |database| {
        let store = database.open().await;
        let mut db = store.begin().await.expect("begins");
        for value in ["一", "二'\"; drop table settings; --"] {
            settings::set(&mut db, "k", value).await.expect("set");
            assert_eq!(settings::get(&mut db, "k").await.expect("read").as_deref(), Some(value));
        }
        assert!(settings::remove(&mut db, "k").await.expect("removed"));
        assert!(!settings::remove(&mut db, "k").await.expect("nothing there"));
        assert_eq!(settings::get(&mut db, "k").await.expect("read"), None);
        db.commit().await.expect("lasts");
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn serial_numbers_run_by_code_and_year_and_one_rolled_back_is_given_again() {
    on_each(async |database| {
        let store = database.open().await;
        let mut db = store.begin().await.expect("begins");
        for expected in [1, 2, 3] {
            assert_eq!(serials::next(&mut db, "a", 2025).await.expect("a number"), expected);
        }
        assert_eq!(serials::next(&mut db, "a", 2026).await.expect("a number"), 1);
        assert_eq!(serials::next(&mut db, "b", 2025).await.expect("a number"), 1);
        db.commit().await.expect("lasts");
        let mut undone = store.begin().await.expect("begins");
        assert_eq!(serials::next(&mut undone, "a", 2025).await.expect("a number"), 4);
        drop(undone);
        let mut db = store.begin().await.expect("begins");
        assert_eq!(serials::next(&mut db, "a", 2025).await.expect("a number"), 4);
        db.commit().await.expect("lasts");
        store.close().await;
    })
    .await;
}
