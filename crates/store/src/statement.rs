//! A statement put together from parts, with `$1`, `$2` … as both databases read them: the builder of
//! sqlx writes `?` for any database, which PostgreSQL does not know.

use crate::{Db, StoreError};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Arguments, AssertSqlSafe, FromRow};

/// A value that stands behind a `$n`.
pub(crate) enum Value {
    Text(String),
    Number(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// A statement and its values. Only text of the program goes into the SQL, never what people typed.
pub(crate) struct Statement {
    sql: String,
    values: Vec<Value>,
}

impl Statement {
    /// Begins with this SQL.
    pub fn new(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), values: Vec::new() }
    }

    /// Adds SQL.
    pub fn push(&mut self, sql: &str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    /// Adds a value and the `$n` it stands behind.
    pub fn push_bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.push(&format!("${}", self.values.len()))
    }

    /// Adds values with commas between them.
    pub fn push_all<'a>(&mut self, values: impl Iterator<Item = &'a str>) -> &mut Self {
        for (position, value) in values.enumerate() {
            self.push(if position == 0 { "" } else { ", " }).push_bind(value);
        }
        self
    }

    /// ` and column in (…)`, where there is any value.
    pub fn push_any<'a>(&mut self, column: &str, values: impl Iterator<Item = &'a str>) {
        let mut values = values.peekable();
        if values.peek().is_some() {
            self.push(&format!(" and {column} in (")).push_all(values).push(")");
        }
    }

    fn parts(self) -> Result<(AssertSqlSafe<String>, AnyArguments), StoreError> {
        let mut arguments = AnyArguments::default();
        for value in self.values {
            let added = match value {
                Value::Text(text) => arguments.add(text),
                Value::Number(number) => arguments.add(number),
            };
            added.map_err(sqlx::Error::Encode)?;
        }
        Ok((AssertSqlSafe(self.sql), arguments))
    }

    /// Does it; what it answers is not read.
    pub async fn execute(self, db: &mut Db) -> Result<(), StoreError> {
        let (sql, arguments) = self.parts()?;
        sqlx::query_with(sql, arguments).execute(db).await?;
        Ok(())
    }

    /// Every row.
    pub async fn fetch_all<T>(self, db: &mut Db) -> Result<Vec<T>, StoreError>
    where
        T: for<'r> FromRow<'r, AnyRow> + Send + Unpin,
    {
        let (sql, arguments) = self.parts()?;
        Ok(sqlx::query_as_with(sql, arguments).fetch_all(db).await?)
    }

    /// The one row.
    pub async fn fetch_one<T>(self, db: &mut Db) -> Result<T, StoreError>
    where
        T: for<'r> FromRow<'r, AnyRow> + Send + Unpin,
    {
        let (sql, arguments) = self.parts()?;
        Ok(sqlx::query_as_with(sql, arguments).fetch_one(db).await?)
    }

    /// The one row, as it is.
    pub async fn fetch_row(self, db: &mut Db) -> Result<AnyRow, StoreError> {
        let (sql, arguments) = self.parts()?;
        Ok(sqlx::query_with(sql, arguments).fetch_one(db).await?)
    }
}
