//! What a part tells beside its text is taken out: names, notes, links, hidden text, data of forms.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::package::Target;
use super::{fields, text};
use crate::redact::words::Words;
use crate::scrub::dom::{Element, Node};

/// Goes with all that is in it.
const DROPPED: &[&str] = &[
    "proofErr",
    "permStart",
    "permEnd",
    "bookmarkStart",
    "bookmarkEnd",
    "object",
    "control",
    "altChunk",
    "subDoc",
    "sdtPr",
    "sdtEndPr",
    "smartTagPr",
    "customXmlPr",
    "annotationRef",
    "attachedTemplate",
    "docVars",
    "hlinkClick",
    "hlinkHover",
    "hlinkMouseOver",
    "extLst",
    "contentPart",
    "movie",
    "rsid",
    "rsids",
    "embedRegular",
    "embedBold",
    "embedItalic",
    "embedBoldItalic",
    "numPicBullet",
    "lvlPicBulletId",
    "dataBinding",
    "OLEObject",
    "fldData",
    "ffData",
    "mailMerge",
    "writeProtection",
    "documentProtection",
    "divId",
    "framesets",
];

/// Goes, and what is in it stays.
const UNWRAPPED: &[&str] = &["hyperlink", "smartTag", "customXml", "sdt", "sdtContent"];

/// Attributes that describe or name, by their names without prefix.
const TELLING: &[&str] = &[
    "descr",
    "title",
    "alt",
    "href",
    "tooltip",
    "gfxdata",
    "author",
    "date",
    "initials",
    "paraId",
    "textId",
    "anchorId",
    "editId",
    "userId",
    "providerId",
    "docLocation",
    "src",
    "classid",
    "codebase",
];

/// By these attributes something else is called.
const CALLING: &[&str] = &["id", "embed", "link", "pict", "href", "dm", "lo", "qs", "cs"];

/// Text outside of `t` may be as long as the words and numbers of measures.
const LONGEST_MEASURE: usize = 24;

/// Cleans a part.
pub(super) struct Cleaner<'a> {
    hidden: &'a BTreeSet<String>,
    relations: &'a BTreeMap<String, Target>,
    /// Prefixes that mean relations.
    prefixes: BTreeSet<String>,
    /// Whether a graphic is open, and whether something in it leads nowhere.
    in_graphic: bool,
    is_broken: bool,
    /// Stretches of hidden text that went.
    pub(super) n_hidden: usize,
}

impl<'a> Cleaner<'a> {
    pub(super) fn new(
        hidden: &'a BTreeSet<String>,
        relations: &'a BTreeMap<String, Target>,
    ) -> Self {
        let prefixes = BTreeSet::from(["r".to_owned()]);
        Self { hidden, relations, prefixes, in_graphic: false, is_broken: false, n_hidden: 0 }
    }

    pub(super) fn nodes(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut kept = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) => self.element(element, &mut kept),
                Node::Other(_) => {
                    let words = text::of_node(&node);
                    if is_measure(&words) {
                        kept.push(text::node(&words));
                    }
                }
            }
        }
        kept
    }

    fn element(&mut self, mut element: Element, kept: &mut Vec<Node>) {
        let name = element.name().to_owned();
        let is_bound = matches!(name.as_str(), "t" | "instrText");
        if DROPPED.contains(&name.as_str()) || name.starts_with("bookmark") {
            return;
        }
        if (name == "r" && self.is_hidden_run(&element)) || self.is_hidden_paragraph(&element) {
            self.n_hidden += usize::from(!text::whole(&element).trim().is_empty());
            return;
        }
        if name == "fldSimple" {
            let code = element.attribute("instr").unwrap_or_default();
            let Some(code) = fields::page_number(&code) else {
                kept.extend(self.nodes(element.children));
                return;
            };
            let attribute = attribute_name(&element, "instr");
            element.set_attribute(&attribute, Some(code));
        }
        if UNWRAPPED.contains(&name.as_str()) {
            kept.extend(self.nodes(element.children));
            return;
        }
        if is_bound {
            let words = text::of(&element);
            element.children = vec![text::node(&words)];
            self.attributes(&mut element);
            kept.push(Node::Element(element));
            return;
        }
        self.graphic_or_other(element, &name, kept);
    }

    fn graphic_or_other(&mut self, mut element: Element, name: &str, kept: &mut Vec<Node>) {
        let is_graphic = matches!(name, "drawing" | "pict");
        let outer = (self.in_graphic, self.is_broken);
        if is_graphic {
            (self.in_graphic, self.is_broken) = (true, false);
        }
        let leads_nowhere = !self.attributes(&mut element);
        if leads_nowhere && !self.in_graphic {
            return;
        }
        self.is_broken |= leads_nowhere;
        element.children = self.nodes(element.children);
        if is_graphic {
            let is_broken = self.is_broken;
            (self.in_graphic, self.is_broken) = outer;
            if is_broken {
                return;
            }
        }
        kept.push(Node::Element(element));
    }

    fn is_hidden_run(&self, run: &Element) -> bool {
        let Some(properties) = run.child("rPr") else { return false };
        let style = properties.child("rStyle").and_then(|style| style.attribute("val"));
        is_hidden(properties) || style.is_some_and(|style| self.hidden.contains(&style))
    }

    /// Of a paragraph, only a style hides all of it.
    fn is_hidden_paragraph(&self, element: &Element) -> bool {
        let style = (element.name() == "p").then(|| element.child("pPr")).flatten();
        let style = style.and_then(|properties| properties.child("pStyle")?.attribute("val"));
        style.is_some_and(|style| self.hidden.contains(&style))
    }

    /// Takes out what tells, and renames what calls other parts; false when it calls something
    /// that is not there any more.
    fn attributes(&mut self, element: &mut Element) -> bool {
        let mut start = BytesStart::new(element.start.name().0.to_owned());
        let mut leads = true;
        for attribute in element.start.attributes().with_checks(false).filter_map(Result::ok) {
            let whole: &str = attribute.key.0;
            let (prefix, local) = whole.split_once(':').unwrap_or(("", whole));
            let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0);
            let value = value.map(|value| value.into_owned()).unwrap_or_default();
            if prefix == "xmlns" {
                if value.ends_with("/officeDocument/2006/relationships")
                    || value.ends_with("/ooxml/officeDocument/relationships")
                {
                    self.prefixes.insert(local.to_owned());
                }
            } else if self.prefixes.contains(prefix) && CALLING.contains(&local) {
                // A picture may also name where it came from; that goes alone.
                if matches!(local, "link" | "href") {
                    continue;
                }
                match self.relations.get(&value) {
                    Some(target) => start.push_attribute((whole, target.id.as_str())),
                    None => leads = false,
                }
                continue;
            } else if TELLING.contains(&local) || local.starts_with("rsid") {
                continue;
            }
            let names_graphic = local == "name" && matches!(element.name(), "docPr" | "cNvPr");
            start.push_attribute((whole, if names_graphic { "图" } else { value.as_str() }));
        }
        element.start = start;
        leads
    }
}

/// The name of an attribute as it is written.
fn attribute_name(element: &Element, local: &str) -> String {
    let mut attributes = element.start.attributes();
    let mut names = attributes.with_checks(false).filter_map(Result::ok).map(|each| {
        let name: &str = each.key.0;
        name.to_owned()
    });
    let found = names.find(|name| name.rsplit(':').next() == Some(local));
    found.unwrap_or_else(|| local.to_owned())
}

/// Whether properties of a run hide it.
pub(super) fn is_hidden(properties: &Element) -> bool {
    properties.elements().any(|each| {
        let is_off = matches!(each.attribute("val").as_deref(), Some("0" | "false" | "off"));
        matches!(each.name(), "vanish" | "webHidden" | "specVanish") && !is_off
    })
}

fn is_measure(words: &str) -> bool {
    let words = words.trim();
    let of_measure = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '%' | '+');
    !words.is_empty() && words.len() <= LONGEST_MEASURE && words.chars().all(of_measure)
}

/// Of the settings only those that change how the text is laid out.
pub(super) fn settings(document: &mut Element) {
    const KEPT: &[&str] = &[
        "zoom",
        "defaultTabStop",
        "evenAndOddHeaders",
        "mirrorMargins",
        "gutterAtTop",
        "characterSpacingControl",
        "drawingGridHorizontalSpacing",
        "drawingGridVerticalSpacing",
        "displayHorizontalDrawingGridEvery",
        "displayVerticalDrawingGridEvery",
        "compat",
        "footnotePr",
        "endnotePr",
        "themeFontLang",
        "clrSchemeMapping",
        "decimalSymbol",
        "listSeparator",
        "noLineBreaksAfter",
        "noLineBreaksBefore",
        "autoHyphenation",
        "bordersDoNotSurroundHeader",
        "bordersDoNotSurroundFooter",
        "displayBackgroundShape",
    ];
    for root in document.elements_mut() {
        root.retain(|each| KEPT.contains(&each.name()));
    }
}

/// Masks words in what attributes say; plain measures are let alone.
pub(super) fn mask_attributes(element: &mut Element, words: &Words) {
    let attributes: Vec<(String, String)> = element
        .start
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .filter_map(|each| {
            let name: &str = each.key.0;
            let value = each.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok()?;
            let masked = words.masked(&value).filter(|_| !is_number(&value))?;
            Some((name.to_owned(), masked))
        })
        .collect();
    for (name, value) in attributes {
        element.set_attribute(&name, Some(&value));
    }
    element.elements_mut().for_each(|child| mask_attributes(child, words));
}

/// Whether a value is a measure: so few figures are no number of a person.
pub(in crate::redact) fn is_number(value: &str) -> bool {
    const MOST_FIGURES: usize = 9;
    value.len() <= MOST_FIGURES && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}
