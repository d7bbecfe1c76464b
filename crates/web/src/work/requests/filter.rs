//! What the register is asked for in its address, as a filter and back.

use crate::public::query::encoded;
use gongkai_app::requests::{Filter, Order, Page, Place};
use gongkai_domain::outcome::OutcomeKey;
use gongkai_domain::request::{Matter, ReceivedChannel, RequesterKind, StateKey};
use jiff::Span;
use jiff::civil::Date;
use serde::Deserialize;

/// Lines on a page.
const LINES: i64 = 30;

/// What the address asks for.
#[derive(Deserialize, Default, Clone, PartialEq, Eq, Debug)]
#[serde(default)]
pub struct Asked {
    pub(super) organ: String,
    pub(super) state: String,
    pub(super) kind: String,
    pub(super) channel: String,
    pub(super) outcome: String,
    pub(super) matter: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) due: String,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) order: String,
    pub(super) after: String,
}

impl Asked {
    /// As a filter; what is none of its lists narrows nothing.
    pub(super) fn filter(&self, today: Date) -> Filter {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let week = today.checked_add(Span::new().days(7)).ok();
        Filter {
            organs: self.organ.parse().into_iter().collect(),
            states: StateKey::of_key(&self.state).into_iter().collect(),
            kinds: RequesterKind::of_key(&self.kind).into_iter().collect(),
            channels: ReceivedChannel::of_key(&self.channel).into_iter().collect(),
            outcomes: OutcomeKey::of(&self.outcome).into_iter().collect(),
            matter: Matter::of_key(&self.matter),
            received: (self.from.parse().ok(), self.to.parse().ok()),
            due_by: week.filter(|_| self.due == "week"),
            late_on: Some(today).filter(|_| self.due == "late"),
            number: text(&self.number),
            title: text(&self.title),
            ..Filter::default()
        }
    }

    /// Which page.
    pub(super) fn page(&self) -> Page {
        let order = match self.order.as_str() {
            "closed" => Order::ClosedLast,
            _ if self.is_due_first() => Order::DueFirst,
            _ => Order::Newest,
        };
        Page { order, after: place_of(&self.after), limit: LINES }
    }

    /// Whether what is due first stands first.
    pub(super) fn is_due_first(&self) -> bool {
        self.order == "due" || !self.due.is_empty()
    }

    /// The same asked again, without its page.
    pub(super) fn query(&self) -> String {
        let parts = [
            ("organ", &self.organ),
            ("state", &self.state),
            ("kind", &self.kind),
            ("channel", &self.channel),
            ("outcome", &self.outcome),
            ("matter", &self.matter),
            ("from", &self.from),
            ("to", &self.to),
            ("due", &self.due),
            ("number", &self.number),
            ("title", &self.title),
            ("order", &self.order),
        ];
        let filled = parts.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> =
            filled.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        pairs.join("&")
    }

    /// The same with another state, from its first page.
    pub(super) fn in_state(&self, state: &str) -> String {
        Self { state: state.to_owned(), due: String::new(), ..self.clone() }.query()
    }
}

/// A place as it stands in an address: id, day of receipt, due day, day of closing.
pub(super) fn written(place: &Place) -> String {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let (due, closed) = (day(place.due_on), day(place.closed_on));
    format!("{}~{}~{due}~{closed}", place.id, place.listed_on)
}

/// The place; `None` where it is none.
fn place_of(text: &str) -> Option<Place> {
    let mut parts = text.split('~');
    let (id, listed_on) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (due_on, closed_on) = (parts.next()?.parse().ok(), parts.next()?.parse().ok());
    Some(Place { listed_on, due_on, closed_on, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let day = Date::constant(2025, 3, 3);
        let id = "0a1b".parse().expect("an id");
        let place = Place { listed_on: day, due_on: Some(day), closed_on: None, id };
        assert_eq!(place_of(&written(&place)), Some(place));
        assert_eq!(place_of("x~y"), None);
    }

    #[test]
    fn what_is_asked_is_asked_again_and_nonsense_narrows_nothing() {
        let asked = Asked {
            state: "handling".to_owned(),
            kind: "x\"><b>".to_owned(),
            title: "规划 & 计划".to_owned(),
            due: "late".to_owned(),
            ..Asked::default()
        };
        let filter = asked.filter(Date::constant(2025, 3, 3));
        assert_eq!(filter.states, [StateKey::Handling]);
        assert_eq!((filter.kinds, filter.late_on), (vec![], Some(Date::constant(2025, 3, 3))));
        let query = asked.query();
        assert!(query.starts_with("state=handling&kind=x%22") && !query.contains(' '), "{query}");
        assert!(asked.in_state("closed").starts_with("state=closed"));
    }
}
