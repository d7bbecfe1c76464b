//! What became of editions on channels, and the accounts of organs on platforms.
//!
//! The secrets of an account are sealed before they come here.

use crate::error::taken;
use crate::row::{At, body};
use crate::statement::Statement;
use crate::{Db, StoreError};
use gongkai_domain::channel::{Account, ChannelRelease, title};
use gongkai_domain::id::{ItemId, OrganId};
use gongkai_domain::time::china;
use jiff::Timestamp;
use sqlx::FromRow;

/// A release as it was loaded, with the version that a change must still find.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoadedRelease {
    /// The release.
    pub release: ChannelRelease,
    /// The version.
    pub version: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    id: String,
    body: String,
    version: i64,
    changed_at: i64,
}

impl TryFrom<Row> for LoadedRelease {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("channel_releases", &row.id, column);
        Ok(Self {
            release: at("body").json(&row.body)?,
            version: row.version,
            changed_at: at("changed_at").instant(row.changed_at)?,
        })
    }
}

const RELEASE: &str = "select id, body, version, changed_at from channel_releases";

/// The month in China in which it was out: `2025-03`.
fn out_month(release: &ChannelRelease) -> Option<String> {
    release.state.out().map(|out| china(out.at).strftime("%Y-%m").to_string())
}

/// Adds a release.
///
/// # Errors
/// When the edition has one on this channel already, or the database refuses.
pub async fn add(db: &mut Db, release: &ChannelRelease, now: Timestamp) -> Result<(), StoreError> {
    let sql = "insert into channel_releases (id, item, edition, organ, kind, channel, state, \
        out_month, changed_at, body, version) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)";
    let sentence = format!("这一稿已经选定“{}”，不用重复选定", title(&release.channel));
    sqlx::query(sql)
        .bind(&release.id)
        .bind(release.item.as_str())
        .bind(i64::from(release.edition))
        .bind(release.organ.as_str())
        .bind(&release.kind)
        .bind(&release.channel)
        .bind(release.state.key())
        .bind(out_month(release))
        .bind(now.as_millisecond())
        .bind(body(release))
        .execute(db)
        .await
        .map_err(taken(sentence))?;
    Ok(())
}

/// Changes a release that still has the version it was loaded with.
///
/// # Errors
/// When somebody else changed it meanwhile, or the database refuses.
pub async fn save(
    db: &mut Db,
    release: &ChannelRelease,
    version: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "update channel_releases set state = $3, out_month = $4, changed_at = $5, body = $6, \
        version = version + 1 where id = $1 and version = $2";
    let done = sqlx::query(sql)
        .bind(&release.id)
        .bind(version)
        .bind(release.state.key())
        .bind(out_month(release))
        .bind(now.as_millisecond())
        .bind(body(release))
        .execute(db)
        .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// One release.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, id: &str) -> Result<Option<LoadedRelease>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("{RELEASE} where id = $1"));
    let row: Option<Row> = sqlx::query_as(sql).bind(id).fetch_optional(db).await?;
    row.map(LoadedRelease::try_from).transpose()
}

/// The releases of an item, the latest edition first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn of_item(db: &mut Db, item: &ItemId) -> Result<Vec<LoadedRelease>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("{RELEASE} where item = $1 order by edition desc, id"));
    let rows: Vec<Row> = sqlx::query_as(sql).bind(item.as_str()).fetch_all(db).await?;
    rows.into_iter().map(LoadedRelease::try_from).collect()
}

/// The releases of organs in some states, the latest first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn in_states(
    db: &mut Db,
    organs: &[OrganId],
    states: &[&str],
    limit: i64,
) -> Result<Vec<LoadedRelease>, StoreError> {
    if organs.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement::new(format!("{RELEASE} where 1 = 1"));
    statement.push_any("organ", organs.iter().map(OrganId::as_str));
    statement.push_any("state", states.iter().copied());
    statement.push(" order by changed_at desc, id limit ").push_bind(limit);
    let rows: Vec<Row> = statement.fetch_all(db).await?;
    rows.into_iter().map(LoadedRelease::try_from).collect()
}

/// How many editions were out in a month on a channel, by kind.
#[derive(Clone, PartialEq, Eq, Debug, FromRow)]
pub struct Count {
    /// `2025-03`.
    pub out_month: String,
    /// The key of the channel.
    pub channel: String,
    /// The key of the kind.
    pub kind: String,
    /// How many.
    pub n_releases: i64,
}

/// The counts of organs from a month on, the latest month first.
///
/// # Errors
/// When the database refuses.
pub async fn counts(
    db: &mut Db,
    organs: &[OrganId],
    from_month: &str,
) -> Result<Vec<Count>, StoreError> {
    if organs.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "select out_month, channel, kind, count(*) as n_releases from channel_releases \
        where out_month >= ";
    let mut statement = Statement::new(sql.to_owned());
    statement.push_bind(from_month);
    statement.push_any("organ", organs.iter().map(OrganId::as_str));
    statement.push(" group by out_month, channel, kind order by out_month desc, channel, kind");
    statement.fetch_all(db).await
}

/// How many editions went out in a year, by channel, the busiest first; no organ means all of them.
///
/// # Errors
/// When the database refuses.
pub async fn out_in_year(
    db: &mut Db,
    organs: &[OrganId],
    year: i16,
) -> Result<Vec<(String, i64)>, StoreError> {
    let sql = "select channel, count(*) as n_releases from channel_releases where out_month >= ";
    let mut statement = Statement::new(sql.to_owned());
    statement.push_bind(format!("{year:04}-01")).push(" and out_month <= ");
    statement.push_bind(format!("{year:04}-12"));
    if !organs.is_empty() {
        statement.push_any("organ", organs.iter().map(OrganId::as_str));
    }
    statement.push(" group by channel order by n_releases desc, channel");
    statement.fetch_all(db).await
}

/// An account with its sealed secret.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptAccount {
    /// The account.
    pub account: Account,
    /// The sealed secret; empty where there is none.
    pub sealed: String,
    /// The version.
    pub version: i64,
}

impl std::fmt::Debug for KeptAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptAccount").field("account", &self.account).finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct AccountRow {
    id: String,
    body: String,
    sealed: String,
    version: i64,
}

impl TryFrom<AccountRow> for KeptAccount {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        let account = At("channel_accounts", &row.id, "body").json(&row.body)?;
        Ok(Self { account, sealed: row.sealed, version: row.version })
    }
}

fn state(account: &Account) -> &'static str {
    if account.is_open() { "open" } else { "closed" }
}

fn account_taken(account: &Account) -> impl FnOnce(sqlx::Error) -> StoreError {
    taken(format!("本单位在“{}”已有使用中的账号，请先关停原账号", title(&account.channel)))
}

/// Adds an account.
///
/// # Errors
/// When the organ has an open one on this platform, or the database refuses.
pub async fn add_account(db: &mut Db, account: &Account, sealed: &str) -> Result<(), StoreError> {
    let sql = "insert into channel_accounts (id, organ, channel, state, body, sealed, version) \
        values ($1, $2, $3, $4, $5, $6, 1)";
    sqlx::query(sql)
        .bind(&account.id)
        .bind(account.organ.as_str())
        .bind(&account.channel)
        .bind(state(account))
        .bind(body(account))
        .bind(sealed)
        .execute(db)
        .await
        .map_err(account_taken(account))?;
    Ok(())
}

/// Changes an account.
///
/// # Errors
/// When somebody else changed it meanwhile, or the database refuses.
pub async fn save_account(db: &mut Db, kept: &KeptAccount) -> Result<(), StoreError> {
    let sql = "update channel_accounts set state = $3, body = $4, sealed = $5, \
        version = version + 1 where id = $1 and version = $2";
    let done = sqlx::query(sql)
        .bind(&kept.account.id)
        .bind(kept.version)
        .bind(state(&kept.account))
        .bind(body(&kept.account))
        .bind(&kept.sealed)
        .execute(db)
        .await
        .map_err(account_taken(&kept.account))?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// The accounts of organs, open ones first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn accounts(db: &mut Db, organs: &[OrganId]) -> Result<Vec<KeptAccount>, StoreError> {
    if organs.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "select id, body, sealed, version from channel_accounts where 1 = 1";
    let mut statement = Statement::new(sql.to_owned());
    statement.push_any("organ", organs.iter().map(OrganId::as_str));
    statement.push(" order by organ, state desc, channel, id");
    let rows: Vec<AccountRow> = statement.fetch_all(db).await?;
    rows.into_iter().map(KeptAccount::try_from).collect()
}

/// One account.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn account(db: &mut Db, id: &str) -> Result<Option<KeptAccount>, StoreError> {
    let sql = "select id, body, sealed, version from channel_accounts where id = $1";
    let row: Option<AccountRow> = sqlx::query_as(sql).bind(id).fetch_optional(db).await?;
    row.map(KeptAccount::try_from).transpose()
}
