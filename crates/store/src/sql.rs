//! A statement put together piece by piece, with numbered places for values: the builder of the
//! library writes `?`, which PostgreSQL does not take.

use crate::{Db, StoreError};
use sqlx::any::AnyRow;

/// A value for a place.
pub(crate) enum Value {
    Text(String),
    Number(i64),
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

/// A statement with its values.
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// Begins with this text, which never holds what people typed.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), values: Vec::new() }
    }

    /// Goes on with a text, which never holds what people typed.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Goes on with a value.
    pub fn push_bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        let place = format!("${}", self.values.len());
        self.push(&place)
    }

    /// Asks the database.
    pub async fn fetch_all<R>(self, db: &mut Db) -> Result<Vec<R>, StoreError>
    where
        R: Send + Unpin + for<'r> sqlx::FromRow<'r, AnyRow>,
    {
        let mut query = sqlx::query_as(sqlx::AssertSqlSafe(self.text));
        for value in self.values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
            };
        }
        Ok(query.fetch_all(db).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_numbered_in_their_order() {
        let mut sql = Sql::new("select 1 where a = ");
        sql.push_bind(1).push(" and b = ").push_bind("x".to_owned());
        assert_eq!(sql.text, "select 1 where a = $1 and b = $2");
    }
}
