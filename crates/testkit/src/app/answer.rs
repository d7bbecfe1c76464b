//! What came back: status, headers and body, and what a browser would run of it.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use scraper::{Html, Selector};

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// The body as text; what is no UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header as text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Whether the text stands in the body or in a header.
    pub fn holds(&self, text: &str) -> bool {
        let in_headers = self
            .headers
            .values()
            .any(|value| String::from_utf8_lossy(value.as_bytes()).contains(text));
        in_headers || self.text().contains(text)
    }

    /// Whether it is a web page.
    pub fn is_page(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }

    /// The class of the answer in the access matrix.
    pub fn class(&self) -> &'static str {
        let to_sign_in = self.header("location").starts_with("/sign-in");
        match self.status.as_u16() {
            200 => "ok",
            302 | 303 | 307 if to_sign_in => "sign_in",
            301..=308 => "done",
            400 => "bad",
            401 => "no_token",
            403 => "forbidden",
            404 => "not_found",
            405 => "no_such_verb",
            409 => "refused",
            410 => "gone",
            413 => "too_large",
            422 => "invalid",
            500.. => "broken",
            _ => "other",
        }
    }

    /// The values of the hidden field of this name, in the order of the page.
    ///
    /// # Panics
    /// When the name is none.
    pub fn hidden(&self, name: &str) -> Vec<String> {
        let selector = Selector::parse(&format!("input[name='{name}']")).expect("a name");
        let page = Html::parse_document(&self.text());
        let values = page.select(&selector).filter_map(|input| input.value().attr("value"));
        values.map(str::to_owned).collect()
    }

    /// What a browser would run, load as a program or be led away by: nothing of it may come from
    /// what people typed.
    pub fn dangers(&self) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let elements = page.tree.values().filter_map(|node| node.as_element());
        elements.flat_map(dangers_of).collect()
    }
}

/// Elements that run or embed something by being there.
const RUNS: &[&str] =
    &["iframe", "object", "embed", "base", "applet", "frame", "portal", "foreignobject", "style"];

fn dangers_of(element: &scraper::node::Element) -> Vec<String> {
    let name = element.name().to_ascii_lowercase();
    let own_script = element.attr("src").is_some_and(|src| src.starts_with("/assets/"));
    let mut found = Vec::new();
    if RUNS.contains(&name.as_str()) || (name == "script" && !own_script) {
        found.push(format!("<{name}>"));
    }
    if name == "meta" && element.attr("http-equiv").is_some() {
        found.push("<meta http-equiv>".to_owned());
    }
    for (key, value) in element.attrs() {
        let key = key.to_ascii_lowercase();
        let value: String = value
            .chars()
            .filter(|each| !each.is_ascii_whitespace() && !each.is_control())
            .collect();
        let value = value.to_ascii_lowercase();
        let runs = ["javascript:", "vbscript:", "data:text", "data:application"];
        if key.starts_with("on") || key == "srcdoc" || key == "style" {
            found.push(format!("<{name} {key}>"));
        }
        if runs.iter().any(|scheme| value.starts_with(scheme)) {
            found.push(format!("<{name} {key}={value}>"));
        }
    }
    found
}
