//! The tables as a whole: an empty database to put them in, and how many rows each of them holds.

use crate::{Db, StoreError};
use sqlx::any::install_default_drivers;
use sqlx::migrate::MigrateDatabase;
use std::collections::BTreeMap;

/// Makes the empty database that a `postgres://…/name` address names.
///
/// # Errors
/// When it stands already, or the server refuses.
pub async fn create_database(address: &str) -> Result<(), StoreError> {
    install_default_drivers();
    Ok(sqlx::Any::create_database(address).await?)
}

/// Takes that database away with all that is in it.
///
/// # Errors
/// When the server refuses; whoever is still connected is cut off.
pub async fn drop_database(address: &str) -> Result<(), StoreError> {
    install_default_drivers();
    Ok(sqlx::Any::force_drop_database(address).await?)
}

/// The columns of each table, by its name; the tables of the database itself are left out.
///
/// # Errors
/// When the database refuses.
pub async fn columns(db: &mut Db) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let sql = if db.backend_name() == "SQLite" {
        "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c \
            where m.type = 'table' and m.name not like 'sqlite_%' order by m.name, c.cid"
    } else {
        "select cast(table_name as text), cast(column_name as text) \
            from information_schema.columns where table_schema = 'public' \
            order by table_name, ordinal_position"
    };
    let rows: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(&mut *db).await?;
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in rows.into_iter().filter(|(table, _)| table != "_sqlx_migrations") {
        columns.entry(table).or_default().push(column);
    }
    Ok(columns)
}

/// How many rows each table holds, by its name; the tables of the database itself are left out.
///
/// # Errors
/// When the database refuses.
pub async fn row_counts(db: &mut Db) -> Result<BTreeMap<String, i64>, StoreError> {
    let names = if db.backend_name() == "SQLite" {
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    } else {
        "select cast(table_name as text) from information_schema.tables \
            where table_schema = 'public'"
    };
    let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut *db).await?;
    let mut counts = BTreeMap::new();
    for name in names.into_iter().filter(|name| name != "_sqlx_migrations") {
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from {name}"));
        counts.insert(name, sqlx::query_scalar(sql).fetch_one(&mut *db).await?);
    }
    Ok(counts)
}
