//! What the address of a list asks for, and addresses that ask for the same with one thing changed.

use form_urlencoded::Serializer;
use gongkai_app::items::Filter;
use gongkai_app::site::groups::kinds_of_item;
use gongkai_domain::catalogue::{Catalogue, Validity};
use jiff::civil::Date;
use serde::Deserialize;

/// What the address of a list asks for; what cannot be understood narrows nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The id of an organ.
    pub organ: String,
    /// The key of a kind.
    pub kind: String,
    /// The key of an item of articles 20 and 21.
    pub item: String,
    /// The key of a subject class.
    pub subject: String,
    /// A year of publication.
    pub year: String,
    /// The key of a validity.
    pub validity: String,
    /// Part of a document number.
    pub number: String,
    /// Which page, from one.
    pub page: String,
}

/// The last page that can be asked for; whoever wants more narrows the list.
const LAST_PAGE: i64 = 10_000;
/// The longest part of a document number that is looked for, in characters.
const LONGEST_NUMBER: usize = 60;

impl Asked {
    /// The number of the page.
    pub fn page(&self) -> i64 {
        self.page.trim().parse().unwrap_or(1).clamp(1, LAST_PAGE)
    }

    /// The filter among the kinds of a column; a kind outside of it narrows to nothing else.
    pub fn filter(&self, kinds: &[String], today: Date) -> Filter {
        let mut chosen = kinds.to_vec();
        if !self.item.is_empty() {
            let of_item = kinds_of_item(&self.item);
            chosen.retain(|kind| of_item.contains(kind));
        }
        if !self.kind.is_empty() {
            chosen.retain(|kind| *kind == self.kind);
        }
        if chosen.is_empty() {
            // An empty list of kinds would mean every kind.
            chosen.push("none".to_owned());
        }
        let validity = Validity::ALL.into_iter().find(|each| each.key() == self.validity);
        let number: String = self.number.trim().chars().take(LONGEST_NUMBER).collect();
        Filter {
            organs: self.organ.parse().ok().into_iter().collect(),
            kinds: chosen,
            subjects: match self.subject.as_str() {
                "" => Vec::new(),
                key => Catalogue::official().subjects_within(key),
            },
            year: self.year.parse().ok(),
            validity: validity.map(|validity| (validity, today)),
            number: Some(number).filter(|number| !number.is_empty()),
            ..Filter::default()
        }
    }

    /// The address of another page of the same list.
    pub fn address(&self, list: &str, page: i64) -> String {
        let mut query = Serializer::new(String::new());
        for (name, value) in self.pairs() {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if 1 < page {
            query.append_pair("page", &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() { list.to_owned() } else { format!("{list}?{query}") }
    }

    fn pairs(&self) -> [(&'static str, &str); 7] {
        [
            ("organ", &self.organ),
            ("kind", &self.kind),
            ("item", &self.item),
            ("subject", &self.subject),
            ("year", &self.year),
            ("validity", &self.validity),
            ("number", &self.number),
        ]
    }
}

/// A text as part of an address.
pub fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leaves_out_what_is_not_asked_and_encodes_the_rest() {
        let asked =
            Asked { number: "甲 1&2".to_owned(), page: "3".to_owned(), ..Asked::default() };
        assert_eq!(asked.address("/policies", 2), "/policies?number=%E7%94%B2+1%262&page=2");
        assert_eq!(Asked::default().address("/rules", 1), "/rules");
    }

    #[test]
    fn what_cannot_be_understood_narrows_nothing() {
        let wrong = |text: &str| text.to_owned();
        let asked = Asked {
            organ: wrong("../.."),
            year: wrong("去年"),
            validity: wrong("x"),
            page: wrong("-7"),
            ..Asked::default()
        };
        let kinds = ["notice".to_owned()];
        let filter = asked.filter(&kinds, Date::constant(2025, 1, 1));
        assert_eq!(filter, Filter { kinds: kinds.to_vec(), ..Filter::default() });
        assert_eq!(asked.page(), 1);
    }

    #[test]
    fn a_kind_of_another_column_shows_nothing_instead_of_everything() {
        let asked = Asked { kind: "work_news".to_owned(), ..Asked::default() };
        let filter = asked.filter(&["notice".to_owned()], Date::constant(2025, 1, 1));
        assert_eq!(filter.kinds, ["none"]);
    }
}
