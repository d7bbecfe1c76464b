//! The store as a whole: whether it is sound, a copy of it while others write, and which files it names.

use crate::row::At;
use crate::{Db, StoreError};
use gongkai_domain::item::{Edition, Item};
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

/// The digests of the files that items and their editions name, each with the first item that does.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn named_files(db: &mut Db) -> Result<BTreeMap<String, String>, StoreError> {
    let mut named = BTreeMap::new();
    let mut last = String::new();
    loop {
        let sql = "select id, body from items where $1 < id order by id limit $2";
        let rows: Vec<(String, String)> =
            sqlx::query_as(sql).bind(&last).bind(PORTION).fetch_all(&mut *db).await?;
        let Some((id, _)) = rows.last() else { return Ok(named) };
        last.clone_from(id);
        for (id, body) in rows {
            let item: Item = At("items", &id, "body").json(&body)?;
            item.working.iter().for_each(|edition| name(edition, &id, &mut named));
            let sql = "select body from editions where item = $1 order by number";
            let bodies: Vec<String> = sqlx::query_scalar(sql).bind(&id).fetch_all(&mut *db).await?;
            for body in bodies {
                name(&At("editions", &id, "body").json(&body)?, &id, &mut named);
            }
        }
    }
}

fn name(edition: &Edition, item: &str, named: &mut BTreeMap<String, String>) {
    for attachment in &edition.content.attachments {
        for digest in std::iter::once(&attachment.digest).chain(&attachment.text) {
            named.entry(digest.clone()).or_insert_with(|| item.to_owned());
        }
    }
}
