//! What paragraph styles say: level of heading, and automatic numbering.

use std::collections::HashMap;

use super::xml::{Element, Handler};
use crate::ReadError;

/// Styles that build on styles that build on styles: no real document goes deeper.
const MAX_CHAIN: usize = 32;

/// All paragraph styles of a document, by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    open: Option<(String, Style)>,
    path: Vec<String>,
}

/// What one style says itself.
#[derive(Clone, Debug, Default)]
struct Style {
    based_on: Option<String>,
    outline: Option<usize>,
    list: Option<String>,
    list_level: Option<usize>,
}

impl Styles {
    /// Outline level of a style, from 0.
    pub(super) fn outline(&self, id: &str) -> Option<usize> {
        self.chain(id).find_map(|style| style.outline)
    }

    /// Numbering of a style: list and level.
    pub(super) fn list(&self, id: &str) -> Option<(String, usize)> {
        let list = self.chain(id).find_map(|style| style.list.clone())?;
        let level = self.chain(id).find_map(|style| style.list_level).unwrap_or(0);
        Some((list, level))
    }

    /// A style and those it is based on.
    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let first = self.styles.get(id);
        let next = |style: &&Style| self.styles.get(style.based_on.as_deref()?);
        std::iter::successors(first, next).take(MAX_CHAIN)
    }
}

impl Handler for Styles {
    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        if name == "style" {
            let id = element.attribute("styleId").unwrap_or_default();
            self.open = Some((id, Style::default()));
        } else if let Some((_, style)) = &mut self.open {
            match name.as_str() {
                "name" => style.outline = element.value().as_deref().and_then(heading_level),
                "basedOn" => style.based_on = element.value(),
                "outlineLvl" => style.outline = element.number(),
                "numId" => style.list = element.value(),
                "ilvl" => style.list_level = element.number(),
                _ => {}
            }
        }
        self.path.push(name);
    }

    fn close(&mut self) -> Result<(), ReadError> {
        if self.path.pop().as_deref() == Some("style")
            && let Some((id, style)) = self.open.take()
        {
            self.styles.insert(id, style);
        }
        Ok(())
    }

    fn text(&mut self, _text: &str) {}
}

/// Level, from 0, of a built-in heading style told by its name.
fn heading_level(name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let rest = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    rest.trim().parse::<usize>().ok()?.checked_sub(1)
}
