//! The store as a whole: whether it is sound, a copy of it while others write, and which files it names.

use crate::row::At;
use crate::{Db, StoreError};
use gongkai_domain::item::{Edition, Item};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many rows are looked at together.
const PORTION: i64 = 200;

/// What the database itself finds wrong with its file, each in its own words; a server keeps watch over
/// its files itself and is not asked.
///
/// # Errors
/// When the database refuses.
pub async fn faults(db: &mut Db) -> Result<Vec<String>, StoreError> {
    if db.backend_name() != "SQLite" {
        return Ok(Vec::new());
    }
    let mut faults: Vec<String> =
        sqlx::query_scalar("pragma integrity_check(20)").fetch_all(&mut *db).await?;
    faults.retain(|fault| fault != "ok");
    let sql = "select \"table\", count(*) from pragma_foreign_key_check group by \"table\"";
    let lost: Vec<(String, i64)> = sqlx::query_as(sql).fetch_all(&mut *db).await?;
    let sentence = |(table, n): (String, i64)| format!("数据表 {table} 有 {n} 行指向不存在的内容");
    faults.extend(lost.into_iter().map(sentence));
    Ok(faults)
}

/// Writes a whole copy into a new file, as of one moment, while others read and write; SQLite only.
///
/// # Errors
/// When the file is there already, the disk is full, or the database refuses.
pub async fn copy_into(db: &mut Db, path: &str) -> Result<(), StoreError> {
    sqlx::query("vacuum into $1").bind(path).execute(db).await?;
    Ok(())
}

/// Puts what was written into its place, so that what was erased stands in no log of the database any
/// more; a server does so by itself.
///
/// # Errors
/// When the database refuses.
pub async fn settle(db: &mut Db) -> Result<(), StoreError> {
    if db.backend_name() == "SQLite" {
        sqlx::query("pragma wal_checkpoint(truncate)").fetch_all(db).await?;
    }
    Ok(())
}

/// Columns that name files: the bodies of items and editions, and of requests with what came with them,
/// papers, releases, and the originals that registers and reports were read from.
pub const FILES: &[(&str, &str)] = &[
    ("earlier_reports", "file"),
    ("editions", "body"),
    ("items", "body"),
    ("register_batches", "file"),
    ("request_files", "name"),
    ("request_files", "stored"),
    ("request_papers", "docx"),
    ("request_papers", "pdf"),
    ("request_releases", "product"),
    ("request_releases", "source"),
    ("requests", "body"),
    ("seals", "picture"),
];

/// The digests of the files that rows name, each with the first thing that does, as people call it.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn named_files(db: &mut Db) -> Result<BTreeMap<String, String>, StoreError> {
    let mut named = Named(files_of_others(db).await?);
    let others = named.0.clone();
    for (name, request) in files_of_requests(db).await? {
        named.add(&name, || format!("申请 {request}"));
    }
    sealed(db, &others, &mut named).await?;
    Ok(named.0)
}

/// The names of the files that requests name, sealed or not, each with the id of the request.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn files_of_requests(db: &mut Db) -> Result<BTreeMap<String, String>, StoreError> {
    let mut named = Named::default();
    of_requests(db, &mut named).await?;
    plain(db, OF_REQUESTS, "", &mut named).await?;
    Ok(named.0)
}

/// The digests of the files that anything but requests names.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn files_of_others(db: &mut Db) -> Result<BTreeMap<String, String>, StoreError> {
    let mut named = Named::default();
    of_items(db, &mut named).await?;
    for (sql, word) in OF_OTHERS {
        plain(db, &[*sql], word, &mut named).await?;
    }
    Ok(named.0)
}

/// Puts the names under which sealed files lie in the place of those by which rows name them; what was
/// erased is named no more.
async fn sealed(
    db: &mut Db,
    others: &BTreeMap<String, String>,
    named: &mut Named,
) -> Result<(), StoreError> {
    let sql = "select name, stored from request_files where $1 < name order by name limit $2";
    let mut last = String::new();
    loop {
        let rows = portion(db, sql, &mut last).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for (name, stored) in rows {
            let thing = match others.get(&name) {
                Some(_) => None,
                None => named.0.remove(&name),
            };
            if !stored.is_empty() {
                named.add(&stored, || thing.unwrap_or_else(|| "申请".to_owned()));
            }
        }
    }
}

async fn plain(
    db: &mut Db,
    columns: &[&'static str],
    word: &str,
    named: &mut Named,
) -> Result<(), StoreError> {
    for sql in columns {
        let rows: Vec<(String, String)> = sqlx::query_as(*sql).fetch_all(&mut *db).await?;
        for (digest, thing) in rows {
            named.add(&digest, || format!("{word} {thing}").trim().to_owned());
        }
    }
    Ok(())
}

/// Columns that hold a digest and nothing else, each with the thing of its row.
const OF_REQUESTS: &[&str] = &[
    "select docx, request from request_papers",
    "select pdf, request from request_papers where pdf is not null",
];
const OF_OTHERS: &[(&str, &str)] = &[
    ("select file, id from register_batches where file is not null", "登记批次"),
    ("select file, organ from earlier_reports", "往年报告"),
    ("select picture, organ from seals", "印章"),
];

#[derive(Default)]
struct Named(BTreeMap<String, String>);

impl Named {
    fn add(&mut self, digest: &str, thing: impl FnOnce() -> String) {
        if !self.0.contains_key(digest) {
            self.0.insert(digest.to_owned(), thing());
        }
    }

    fn add_edition(&mut self, edition: &Edition, item: &str) {
        for attachment in &edition.content.attachments {
            for digest in std::iter::once(&attachment.digest).chain(&attachment.text) {
                self.add(digest, || format!("信息 {item}"));
            }
        }
    }

    /// Every file of a body of requests: what has a `digest` and a `media_type` there is one.
    fn add_all(&mut self, value: &Value, thing: &str) {
        match value {
            Value::Object(fields) => {
                if let (Some(Value::String(digest)), true) =
                    (fields.get("digest"), fields.contains_key("media_type"))
                {
                    self.add(digest, || thing.to_owned());
                }
                fields.values().for_each(|value| self.add_all(value, thing));
            }
            Value::Array(values) => values.iter().for_each(|value| self.add_all(value, thing)),
            _ => {}
        }
    }
}

/// The next portion of rows behind `last`; empty at the end.
async fn portion(
    db: &mut Db,
    sql: &'static str,
    last: &mut String,
) -> Result<Vec<(String, String)>, StoreError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as(sql).bind(last.as_str()).bind(PORTION).fetch_all(db).await?;
    if let Some((id, _)) = rows.last() {
        last.clone_from(id);
    }
    Ok(rows)
}

async fn of_items(db: &mut Db, named: &mut Named) -> Result<(), StoreError> {
    let mut last = String::new();
    loop {
        let sql = "select id, body from items where $1 < id order by id limit $2";
        let rows = portion(db, sql, &mut last).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for (id, body) in rows {
            let item: Item = At("items", &id, "body").json(&body)?;
            item.working.iter().for_each(|edition| named.add_edition(edition, &id));
            let sql = "select body from editions where item = $1 order by number";
            let bodies: Vec<String> = sqlx::query_scalar(sql).bind(&id).fetch_all(&mut *db).await?;
            for body in bodies {
                named.add_edition(&At("editions", &id, "body").json(&body)?, &id);
            }
        }
    }
}

async fn of_requests(db: &mut Db, named: &mut Named) -> Result<(), StoreError> {
    const BODIES: &str = "select id, body from requests where $1 < id order by id limit $2";
    const RELEASES: &str = "select id, '{\"id\":\"' || request || '\",\"source\":' || source || \
        ',\"product\":' || coalesce(product, 'null') || '}' \
        from request_releases where $1 < id order by id limit $2";
    for (table, sql) in [("requests", BODIES), ("request_releases", RELEASES)] {
        let mut last = String::new();
        loop {
            let rows = portion(db, sql, &mut last).await?;
            if rows.is_empty() {
                break;
            }
            for (id, body) in rows {
                let body: Value = At(table, &id, "body").json(&body)?;
                named.add_all(&body, body["id"].as_str().unwrap_or_default());
            }
        }
    }
    Ok(())
}
