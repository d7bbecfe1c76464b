//! Every entry of a package: its name, its bytes, its texts and its attributes; packages in it too.

use quick_xml::XmlVersion;

use super::Search;
use crate::ReadError;
use crate::redact::Refusal;
use crate::redact::docx;
use crate::scrub::dom::{self, Element};
use crate::scrub::package;

/// Packages in packages are followed no deeper.
const DEEPEST: u8 = 4;

pub(super) fn search(bytes: &[u8], search: &mut Search) -> Result<(), Refusal> {
    search_at(bytes, "", 0, search)
}

fn search_at(bytes: &[u8], within: &str, depth: u8, search: &mut Search) -> Result<(), Refusal> {
    let (limits, clock) = (search.limits.clone(), search.clock);
    for (name, part) in package::parts(bytes, &limits, &clock)? {
        clock.check()?;
        let path = format!("{within}{name}");
        search.value(&path, &name);
        if part.starts_with(b"PK\x03\x04") && depth < DEEPEST {
            search_at(&part, &format!("{path}/"), depth + 1, search)?;
        }
        let is_markup = name.ends_with(".xml") || name.ends_with(".rels");
        search.raw(&path, &part, is_markup);
        if is_markup {
            let document = dom::parse(&part, &limits, &clock)?;
            let mut text = String::new();
            walk(&document, &path, search, &mut text)?;
            search.text(&path, &text);
        }
    }
    Ok(())
}

/// Collects the texts and looks at the values.
fn walk(
    element: &Element,
    path: &str,
    search: &mut Search,
    text: &mut String,
) -> Result<(), ReadError> {
    search.clock.check()?;
    for attribute in element.start.attributes().with_checks(false).filter_map(Result::ok) {
        if let Ok(value) = attribute.normalized_value(XmlVersion::Explicit1_0)
            && !docx::is_number(&value)
        {
            search.value(path, &value);
        }
    }
    for node in &element.children {
        match node {
            dom::Node::Element(child) => walk(child, path, search, text)?,
            other => text.push_str(&docx::text_of_node(other)),
        }
    }
    Ok(())
}
