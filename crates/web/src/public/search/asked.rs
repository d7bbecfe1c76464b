//! What the address of a search says, and addresses of searches that differ in one thing.

use gongkai_app::search::{Asked, Sort};
use serde::Deserialize;

/// What the address says; whatever makes no sense narrows nothing.
#[derive(Clone, Deserialize, Default, Debug, PartialEq, Eq)]
#[serde(default)]
pub struct Typed {
    /// The words.
    pub q: String,
    /// The name of an organ.
    pub organ: String,
    /// The key of a kind.
    pub kind: String,
    /// A year.
    pub year: String,
    /// The key of a validity.
    pub validity: String,
    /// The key of a subject class.
    pub subject: String,
    /// `date`, or by relevance.
    pub sort: String,
    /// The page, from 1.
    pub page: String,
}

impl Typed {
    /// What is searched for.
    pub fn asked(&self) -> Asked {
        let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Asked {
            words: self.q.clone(),
            organ: self.organ.parse().ok(),
            kind: text(&self.kind),
            year: self.year.parse().ok(),
            validity: text(&self.validity),
            subject: text(&self.subject),
            sort: if self.sort == "date" { Sort::Date } else { Sort::Relevance },
            page: self.page.parse().unwrap_or(1),
        }
    }

    /// What the form keeps while other words are typed: filters and order.
    pub fn kept(&self) -> Vec<(&'static str, &str)> {
        let mut kept = vec![
            ("organ", self.organ.as_str()),
            ("kind", &self.kind),
            ("year", &self.year),
            ("validity", &self.validity),
            ("subject", &self.subject),
            ("sort", &self.sort),
        ];
        kept.retain(|(_, value)| !value.is_empty());
        kept
    }

    /// Whether anything narrows the search.
    pub fn is_narrowed(&self) -> bool {
        let filters = [&self.organ, &self.kind, &self.year, &self.validity, &self.subject];
        filters.iter().any(|value| !value.is_empty())
    }

    /// The address of the same search with another value of one parameter, on its first page.
    pub fn with(&self, name: &str, value: &str) -> String {
        let all = [
            ("q", &self.q),
            ("organ", &self.organ),
            ("kind", &self.kind),
            ("year", &self.year),
            ("validity", &self.validity),
            ("subject", &self.subject),
            ("sort", &self.sort),
        ];
        let value = value.to_owned();
        let pairs = all.map(|(each, said)| (each, if each == name { &value } else { said }));
        let mut said: Vec<String> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        if name == "page" {
            said.push(format!("page={}", escaped(&value)));
        }
        format!("/search?{}", said.join("&"))
    }
}

/// A text as it may stand in a query of an address.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_keeps_everything_but_what_it_changes() {
        let typed = Typed {
            q: "公开&x".to_owned(),
            organ: "county".to_owned(),
            page: "3".to_owned(),
            ..Typed::default()
        };
        assert_eq!(typed.with("organ", ""), "/search?q=%E5%85%AC%E5%BC%80%26x");
        assert_eq!(
            typed.with("year", "2025"),
            "/search?q=%E5%85%AC%E5%BC%80%26x&organ=county&year=2025"
        );
        assert_eq!(typed.with("page", "2"), "/search?q=%E5%85%AC%E5%BC%80%26x&organ=county&page=2");
    }

    #[test]
    fn what_makes_no_sense_narrows_nothing() {
        let typed = Typed { organ: "../".to_owned(), year: "x".to_owned(), ..Typed::default() };
        let asked = typed.asked();
        assert_eq!((asked.organ, asked.year, asked.page), (None, None, 1));
    }
}
