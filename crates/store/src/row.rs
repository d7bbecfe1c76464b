//! From columns to the types of the domain and back; a column that cannot be read names itself.

use crate::StoreError;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Where a value stands: table, key of the row, column.
pub(crate) struct At<'a>(pub &'static str, pub &'a str, pub &'static str);

impl At<'_> {
    fn broken(&self, reason: impl std::fmt::Display) -> StoreError {
        StoreError::broken(self.0, self.1, self.2, reason)
    }

    /// A JSON body.
    pub fn json<T: DeserializeOwned>(&self, text: &str) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(|error| self.broken(error))
    }

    /// Anything that parses.
    pub fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        text: &str,
    ) -> Result<T, StoreError> {
        text.parse().map_err(|error| self.broken(error))
    }

    /// Milliseconds since 1970.
    pub fn instant(&self, milliseconds: i64) -> Result<Timestamp, StoreError> {
        Timestamp::from_millisecond(milliseconds).map_err(|error| self.broken(error))
    }

    /// A day, where there is one.
    pub fn day(&self, text: Option<&str>) -> Result<Option<Date>, StoreError> {
        text.map(|text| self.parse(text)).transpose()
    }
}

/// The JSON body of a type of the domain.
pub(crate) fn body<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("the types of the domain have text keys and finite numbers")
}

/// A word of the domain that serializes to one JSON text: a role, an algorithm.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    body(value).trim_matches('"').to_owned()
}

/// The value of such a word.
pub(crate) fn of_word<T: DeserializeOwned>(at: &At<'_>, word: &str) -> Result<T, StoreError> {
    at.json(&body(&word))
}
