//! Names of things in the store and in addresses; opaque, stable, safe to stand in a path.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text cannot name a thing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("标识“{0}”无效：只能用 1 到 64 个小写字母、数字和连字符")]
pub struct InvalidId(String);

fn is_valid(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text that stands in addresses and in the store.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                if is_valid(&text) { Ok(Self(text)) } else { Err(InvalidId(text)) }
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A published or drafted item.
    ItemId
);
id!(
    /// An organ: a government, a department, a township.
    OrganId
);
id!(
    /// A person who may sign in.
    PersonId
);
id!(
    /// A disclosure request.
    RequestId
);
id!(
    /// A reconsideration or a suit over disclosure.
    RemedyId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_safe_in_an_address() {
        assert!("county-office-2".parse::<OrganId>().is_ok());
        for wrong in ["", "A", "a/b", "..", "a b", "局", &"a".repeat(65)] {
            assert!(wrong.parse::<OrganId>().is_err(), "{wrong}");
        }
    }
}
