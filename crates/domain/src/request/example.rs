//! What a clear description of the information asked for looks like (条例 29): examples as data, shown
//! beside the form; nothing is checked against them.

use serde::Deserialize;
use std::sync::LazyLock;

/// A description by which the information can be found.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClearExample {
    /// For whom it is an example.
    pub about: String,
    /// What stands as its name; may be empty.
    pub name: String,
    /// What stands as its number; may be empty.
    pub number: String,
    /// What else describes it.
    pub description: String,
    /// Why it is clear.
    pub why: String,
}

/// A description by which nothing can be found.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnclearExample {
    /// What stands there.
    pub text: String,
    /// Why it is not clear.
    pub why: String,
    /// How to write it.
    pub better: String,
}

/// Examples of both kinds.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Clear ones.
    #[serde(rename = "example")]
    pub clear: Vec<ClearExample>,
    /// Unclear ones.
    pub unclear: Vec<UnclearExample>,
}

static EXAMPLES: LazyLock<Examples> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/catalogue/request-examples.toml"))
        .expect("data/catalogue/request-examples.toml is embedded and tested")
});

/// The examples.
pub fn examples() -> &'static Examples {
    &EXAMPLES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_says_what_the_form_asks_for_and_why() {
        assert!(!examples().clear.is_empty() && !examples().unclear.is_empty());
        for each in &examples().clear {
            let said = [&each.about, &each.description, &each.why];
            assert!(said.iter().all(|text| !text.is_empty()), "{each:?}");
        }
        for each in &examples().unclear {
            assert!(!each.text.is_empty() && !each.why.is_empty() && !each.better.is_empty());
        }
    }
}
