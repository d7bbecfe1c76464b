//! The second factor of people: a secret being set up, the last step taken, and recovery codes.

use crate::{Db, StoreError};
use gongkai_domain::id::PersonId;

/// What is kept of a second factor beside the secret in use, which stands in the account.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SecondFactor {
    /// The base32 secret that waits for its first code.
    pub pending_secret: Option<String>,
    /// The last step whose code was taken; only later ones are.
    pub last_step: i64,
}

/// The second factor of a person; an empty one when nothing was ever set up.
///
/// # Errors
/// When the database refuses.
pub async fn find(db: &mut Db, person: &PersonId) -> Result<SecondFactor, StoreError> {
    let sql = "select pending_secret, last_step from second_factors where person = $1";
    let row: Option<(Option<String>, i64)> =
        sqlx::query_as(sql).bind(person.as_str()).fetch_optional(db).await?;
    Ok(row
        .map(|(pending_secret, last_step)| SecondFactor { pending_secret, last_step })
        .unwrap_or_default())
}

/// Keeps the second factor of a person.
///
/// # Errors
/// When the database refuses.
pub async fn set(db: &mut Db, person: &PersonId, factor: &SecondFactor) -> Result<(), StoreError> {
    let sql = "insert into second_factors (person, pending_secret, last_step) values ($1, $2, $3) \
        on conflict (person) do update set pending_secret = excluded.pending_secret, \
        last_step = excluded.last_step";
    sqlx::query(sql)
        .bind(person.as_str())
        .bind(&factor.pending_secret)
        .bind(factor.last_step)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets the second factor of a person with the recovery codes.
///
/// # Errors
/// When the database refuses.
pub async fn remove(db: &mut Db, person: &PersonId) -> Result<(), StoreError> {
    let sql = "delete from second_factors where person = $1";
    sqlx::query(sql).bind(person.as_str()).execute(&mut *db).await?;
    set_recovery_codes(db, person, &[]).await
}

/// Puts these recovery codes in the place of those before.
///
/// # Errors
/// When the database refuses.
pub async fn set_recovery_codes(
    db: &mut Db,
    person: &PersonId,
    digests: &[String],
) -> Result<(), StoreError> {
    let sql = "delete from recovery_codes where person = $1";
    sqlx::query(sql).bind(person.as_str()).execute(&mut *db).await?;
    for digest in digests {
        let sql = "insert into recovery_codes (person, code_digest) values ($1, $2)";
        sqlx::query(sql).bind(person.as_str()).bind(digest).execute(&mut *db).await?;
    }
    Ok(())
}

/// Uses a recovery code up; answers whether it was there.
///
/// # Errors
/// When the database refuses.
pub async fn use_recovery_code(
    db: &mut Db,
    person: &PersonId,
    digest: &str,
) -> Result<bool, StoreError> {
    let sql = "delete from recovery_codes where person = $1 and code_digest = $2";
    let done = sqlx::query(sql).bind(person.as_str()).bind(digest).execute(db).await?;
    Ok(0 < done.rows_affected())
}

/// How many recovery codes are left.
///
/// # Errors
/// When the database refuses.
pub async fn count_recovery_codes(db: &mut Db, person: &PersonId) -> Result<i64, StoreError> {
    let sql = "select count(*) from recovery_codes where person = $1";
    Ok(sqlx::query_scalar(sql).bind(person.as_str()).fetch_one(db).await?)
}
