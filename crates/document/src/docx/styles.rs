//! What styles say: level of heading, automatic numbering, and how text stands.

use std::collections::HashMap;

use super::run::Font;
use super::xml::{Element, Handler};
use crate::ReadError;

/// Styles that build on styles that build on styles: no real document goes deeper.
const MAX_CHAIN: usize = 32;

/// All styles of a document, by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual_paragraph: Option<String>,
    /// What counts where no style says anything.
    defaults: Font,
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
    font: Font,
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

    /// How text of a style stands.
    pub(super) fn font(&self, id: &str) -> Font {
        self.chain(id).fold(Font::default(), |font, style| font.or(&style.font))
    }

    /// Size of a paragraph's text, in half points.
    pub(super) fn paragraph_size(&self, id: Option<&str>) -> Option<i64> {
        let of_style = id.or(self.usual_paragraph.as_deref()).map(|id| self.font(id));
        of_style.unwrap_or_default().or(&self.defaults).size()
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
            let is_paragraph = element.attribute("type").as_deref() == Some("paragraph");
            let is_usual =
                matches!(element.attribute("default").as_deref(), Some("1" | "true" | "on"));
            if is_paragraph && is_usual {
                self.usual_paragraph = Some(id.clone());
            }
            self.open = Some((id, Style::default()));
        } else if let Some((_, style)) = &mut self.open {
            match name.as_str() {
                "name" => style.outline = element.value().as_deref().and_then(heading_level),
                "basedOn" => style.based_on = element.value(),
                "outlineLvl" => style.outline = element.number(),
                "numId" => style.list = element.value(),
                "ilvl" => style.list_level = element.number(),
                property => style.font.declare(property, element),
            }
        } else if self.path.iter().any(|part| part == "rPrDefault") {
            self.defaults.declare(&name, element);
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
