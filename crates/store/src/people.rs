//! People who may sign in, what their sign-in is checked against, and the posts they hold.

use crate::error::taken;
use crate::row::{At, of_word, word};
use crate::{Db, StoreError};
use gongkai_domain::access::Post;
use gongkai_domain::id::{OrganId, PersonId};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;

/// An account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// The name for signing in.
    pub login: String,
    /// The name on pages.
    pub name: String,
    /// The argon2id hash of the password, in PHC form.
    pub password: String,
    /// Whether the password must be changed at the next sign-in.
    pub must_change_password: bool,
    /// The base32 secret of the second factor, once it is set up.
    pub totp_secret: Option<String>,
    /// Failed tries since the last success.
    pub n_failures: i64,
    /// Until when no try is looked at.
    pub locked_until: Timestamp,
    /// Whether signing in is closed.
    pub disabled: bool,
    /// When the account was made.
    pub created_at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    id: String,
    login: String,
    name: String,
    password: String,
    must_change_password: i64,
    totp_secret: Option<String>,
    n_failures: i64,
    locked_until: i64,
    disabled: i64,
    created_at: i64,
}

impl TryFrom<Row> for Account {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("people", &row.id, column);
        Ok(Self {
            person: at("id").parse(&row.id)?,
            must_change_password: row.must_change_password != 0,
            n_failures: row.n_failures,
            locked_until: at("locked_until").instant(row.locked_until)?,
            disabled: row.disabled != 0,
            created_at: at("created_at").instant(row.created_at)?,
            login: row.login,
            name: row.name,
            password: row.password,
            totp_secret: row.totp_secret,
        })
    }
}

const COLUMNS: &str = "id, login, name, password, must_change_password, totp_secret, n_failures, \
    locked_until, disabled, created_at";

async fn one(db: &mut Db, condition: &str, value: &str) -> Result<Option<Account>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("select {COLUMNS} from people where {condition} = $1"));
    let row: Option<Row> = sqlx::query_as(sql).bind(value).fetch_optional(db).await?;
    row.map(Account::try_from).transpose()
}

/// The account of a person.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, person: &PersonId) -> Result<Option<Account>, StoreError> {
    one(db, "id", person.as_str()).await
}

/// The account with this name for signing in.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn of_login(db: &mut Db, login: &str) -> Result<Option<Account>, StoreError> {
    one(db, "login", login).await
}

/// Every account, by login.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn all(db: &mut Db) -> Result<Vec<Account>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("select {COLUMNS} from people order by login"));
    let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(db).await?;
    rows.into_iter().map(Account::try_from).collect()
}

/// How many accounts there are.
///
/// # Errors
/// When the database refuses.
pub async fn count(db: &mut Db) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("select count(*) from people").fetch_one(db).await?)
}

/// Adds an account.
///
/// # Errors
/// When the login stands already, or the database refuses.
pub async fn add(db: &mut Db, account: &Account) -> Result<(), StoreError> {
    let sql = "insert into people (id, login, name, password, must_change_password, totp_secret, \
        n_failures, locked_until, disabled, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let sentence = format!("登录名“{}”已经有人使用，请换一个", account.login);
    bound(sqlx::query(sql).bind(account.person.as_str()), account)
        .bind(account.created_at.as_millisecond())
        .execute(db)
        .await
        .map_err(taken(sentence))?;
    Ok(())
}

/// Changes an account.
///
/// # Errors
/// When the login stands already, the account is gone, or the database refuses.
pub async fn save(db: &mut Db, account: &Account) -> Result<(), StoreError> {
    let sql = "update people set login = $2, name = $3, password = $4, \
        must_change_password = $5, totp_secret = $6, n_failures = $7, locked_until = $8, \
        disabled = $9 where id = $1";
    let sentence = format!("登录名“{}”已经有人使用，请换一个", account.login);
    let done = bound(sqlx::query(sql).bind(account.person.as_str()), account)
        .execute(db)
        .await
        .map_err(taken(sentence))?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments>;

fn bound<'q>(query: Query<'q>, account: &'q Account) -> Query<'q> {
    query
        .bind(&account.login)
        .bind(&account.name)
        .bind(&account.password)
        .bind(i64::from(account.must_change_password))
        .bind(&account.totp_secret)
        .bind(account.n_failures)
        .bind(account.locked_until.as_millisecond())
        .bind(i64::from(account.disabled))
}

/// A post with its key in the store and who holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeldPost {
    /// The key.
    pub id: String,
    /// Who holds it.
    pub person: PersonId,
    /// The post.
    pub post: Post,
}

#[derive(FromRow)]
struct PostRow {
    id: String,
    person: String,
    organ: String,
    role: String,
    from_day: String,
    until_day: Option<String>,
    instead_of: Option<String>,
}

impl TryFrom<PostRow> for HeldPost {
    type Error = StoreError;

    fn try_from(row: PostRow) -> Result<Self, StoreError> {
        let at = |column| At("posts", &row.id, column);
        let instead_of = row.instead_of.as_deref();
        Ok(Self {
            person: at("person").parse(&row.person)?,
            post: Post {
                organ: at("organ").parse(&row.organ)?,
                role: of_word(&at("role"), &row.role)?,
                from: at("from_day").parse(&row.from_day)?,
                until: at("until_day").day(row.until_day.as_deref())?,
                instead_of: instead_of.map(|id| at("instead_of").parse(id)).transpose()?,
            },
            id: row.id,
        })
    }
}

const POST: &str = "select id, person, organ, role, from_day, until_day, instead_of from posts";

async fn posts(db: &mut Db, rest: &str, value: &str) -> Result<Vec<HeldPost>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("{POST} where {rest} = $1 order by organ, role, id"));
    let rows: Vec<PostRow> = sqlx::query_as(sql).bind(value).fetch_all(db).await?;
    rows.into_iter().map(HeldPost::try_from).collect()
}

/// The posts of a person, past and future ones too.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn posts_of(db: &mut Db, person: &PersonId) -> Result<Vec<HeldPost>, StoreError> {
    posts(db, "person", person.as_str()).await
}

/// The posts in an organ, past and future ones too.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn posts_in(db: &mut Db, organ: &OrganId) -> Result<Vec<HeldPost>, StoreError> {
    posts(db, "organ", organ.as_str()).await
}

/// Every post, past and future ones too.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn all_posts(db: &mut Db) -> Result<Vec<HeldPost>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("{POST} order by organ, role, id"));
    let rows: Vec<PostRow> = sqlx::query_as(sql).fetch_all(db).await?;
    rows.into_iter().map(HeldPost::try_from).collect()
}

/// Gives a post.
///
/// # Errors
/// When the database refuses.
pub async fn give_post(db: &mut Db, held: &HeldPost) -> Result<(), StoreError> {
    let sql = "insert into posts (id, person, organ, role, from_day, until_day, instead_of) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    let post = &held.post;
    sqlx::query(sql)
        .bind(&held.id)
        .bind(held.person.as_str())
        .bind(post.organ.as_str())
        .bind(word(&post.role))
        .bind(post.from.to_string())
        .bind(post.until.map(|day| day.to_string()))
        .bind(post.instead_of.as_ref().map(PersonId::as_str))
        .execute(db)
        .await?;
    Ok(())
}

/// Ends a post with this day as its last.
///
/// # Errors
/// When the post is not there, or the database refuses.
pub async fn end_post(db: &mut Db, id: &str, last: Date) -> Result<(), StoreError> {
    let sql = "update posts set until_day = $2 where id = $1";
    let done = sqlx::query(sql).bind(id).bind(last.to_string()).execute(db).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}
