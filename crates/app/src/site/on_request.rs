//! 依申请公开 for the public: who may ask, what to write, by which way, what it costs, what can be done
//! against an answer. The words stand in `data/site/on-request.toml`.

use serde::Deserialize;
use std::sync::LazyLock;

/// A part of the page.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The name in the address of the part: `#channels`.
    pub key: String,
    /// The heading.
    pub title: String,
    /// The articles it rests on.
    pub basis: String,
    /// What it says, paragraph by paragraph.
    #[serde(default)]
    pub paragraphs: Vec<String>,
    /// What is listed under it.
    #[serde(default)]
    pub list: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    part: Vec<Part>,
}

static PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/site/on-request.toml");
    let file: File =
        toml::from_str(text).expect("data/site/on-request.toml is embedded and tested");
    file.part
});

/// The parts of the page, in its order.
pub fn parts() -> &'static [Part] {
    &PARTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_says_something_and_on_what_ground() {
        for part in parts() {
            assert!(!part.basis.is_empty(), "{}", part.key);
            assert!(!part.paragraphs.is_empty() || !part.list.is_empty(), "{}", part.key);
        }
    }

    #[test]
    fn the_two_ways_that_no_organ_may_refuse_are_named() {
        let ways = parts().iter().find(|part| part.key == "channels").expect("the ways in");
        let said = ways.paragraphs.concat() + &ways.list.concat();
        assert!(said.contains("当面提交") && said.contains("邮政寄送"));
    }
}
