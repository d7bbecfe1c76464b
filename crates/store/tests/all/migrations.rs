//! Migrations: never changed once they stand, from an empty database and from every earlier schema.

use gongkai_domain::audit::digest;
use gongkai_store::{Store, items, organs, people, serials, settings, tables};
use gongkai_testkit::database::{Database, on_each};
use sqlx::migrate::Migrator;
use sqlx::{AnyPool, Executor};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn recorded() -> BTreeMap<String, String> {
    let list = fs::read_to_string(folder("tests/migrations.sha256")).expect("the list");
    let pair = |line: &str| {
        let (hash, name) = line.split_once("  ").expect("hash and name");
        (name.to_owned(), hash.to_owned())
    };
    list.lines().map(pair).collect()
}

fn migrations() -> Vec<PathBuf> {
    let files = fs::read_dir(folder("migrations")).expect("the folder");
    files.map(|file| file.expect("a file").path()).collect()
}

#[test]
fn a_migration_that_stands_is_never_changed_and_a_new_one_is_recorded() {
    let mut recorded = recorded();
    let mut wrong = Vec::new();
    for path in migrations() {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let hash = digest(&fs::read(&path).expect("readable"));
        match recorded.remove(&name) {
            Some(known) if known == hash => {}
            Some(_) => {
                wrong.push(format!("{name} was changed: put it back and add a new migration"))
            }
            None => wrong.push(format!("add to tests/migrations.sha256: {hash}  {name}")),
        }
    }
    wrong.extend(recorded.into_keys().map(|name| format!("{name} is gone")));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A database as the program of migration `number` left it, with the rows that were kept of it.
async fn as_of(number: i64, database: &Database) {
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(&database.address).await.expect("connects");
    let all = Migrator::new(folder("migrations")).await.expect("readable");
    let until = all.migrations.iter().filter(|each| each.version <= number).cloned().collect();
    Migrator::with_migrations(until).run(&pool).await.expect("the earlier schema");
    let rows = folder("tests/schemas").join(format!("{number:04}.sql"));
    let rows = fs::read_to_string(rows).expect("the rows of that schema");
    sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).execute(&pool).await.expect("the rows");
    pool.close().await;
}

fn earlier_schemas() -> BTreeSet<i64> {
    let files = fs::read_dir(folder("tests/schemas")).expect("the folder");
    let number = |file: std::io::Result<fs::DirEntry>| {
        let path = file.expect("a file").path();
        path.file_stem().and_then(|stem| stem.to_str()?.parse().ok()).expect("NNNN.sql")
    };
    files.map(number).collect()
}

#[tokio::test]
async fn rows_of_every_earlier_schema_are_read_after_the_upgrade() {
    assert!(earlier_schemas().contains(&1));
    on_each(async |database| {
        let number = 1;
        as_of(number, database).await;
        let store = database.open().await;
        let mut reader = store.reader().await.expect("a reader");
        assert_eq!(settings::get(&mut reader, "demo").await.expect("read").as_deref(), Some("1"));
        let organ = organs::find(&mut reader, &"bureau".parse().expect("an id")).await;
        assert_eq!(organ.expect("read").expect("there").name, "甲机关");
        let account = people::of_login(&mut reader, "clerk").await.expect("read").expect("there");
        assert_eq!(people::posts_of(&mut reader, &account.person).await.expect("read").len(), 1);
        let id = "old-item".parse().expect("an id");
        let item = items::find(&mut reader, &id).await.expect("read").expect("there").item;
        assert_eq!(item.working.expect("in work").content.title, "旧稿");
        drop(reader);
        let mut transaction = store.begin().await.expect("begins");
        let next = serials::next(&mut transaction, "11999900MB0000001X", 2025).await;
        assert_eq!(next.expect("a number"), 8);
        transaction.commit().await.expect("lasts");
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_empty_database_gets_all_tables_once_and_opening_again_changes_nothing() {
    on_each(async |database| {
        let mut seen = Vec::new();
        for _ in 0..2 {
            let store = database.open().await;
            let mut reader = store.reader().await.expect("a reader");
            seen.push(tables::row_counts(&mut reader).await.expect("counts"));
            drop(reader);
            store.close().await;
        }
        assert_eq!(seen[0], seen[1]);
        assert!(
            ["items", "events", "people", "jobs"].iter().all(|name| seen[0].contains_key(*name))
        );
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_later_version_is_refused_and_left_alone() {
    on_each(async |database| {
        let store = database.open().await;
        assert!(store.is_of_this_version().await.expect("asked"));
        store.close().await;
        let pool = AnyPool::connect(&database.address).await.expect("connects");
        let later = "insert into _sqlx_migrations (version, description, success, checksum, \
            execution_time) select 999999, description, success, checksum, execution_time \
            from _sqlx_migrations where version = 1";
        pool.execute(later).await.expect("a later migration");
        pool.close().await;
        let refused = Store::open(&database.address).await;
        assert!(refused.is_err(), "tables of a later version are not touched");
        let read = Store::open_to_read(&database.address).await.expect("opens");
        assert!(!read.is_of_this_version().await.expect("asked"), "and whoever reads can tell");
        read.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_no_database_is_refused_in_chinese_without_its_password() {
    let wrong = Store::open("mysql://gongkai:geheim@127.0.0.1/x").await.expect_err("no such kind");
    assert!(wrong.to_string().contains("sqlite:"), "{wrong}");
    let gone = Store::open("postgres://gongkai:geheim@127.0.0.1:1/x").await.expect_err("nobody");
    assert!(!gone.to_string().contains("geheim"), "{gone}");
}
