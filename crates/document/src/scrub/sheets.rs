//! Workbooks without the shapes of comments and, if wanted, without hidden sheets.

use std::collections::BTreeSet;

use quick_xml::events::{BytesText, Event};

use super::dom::{self, Element, Node};
use super::package::{Parts, relations_of, target};
use crate::{Deadline, Limits, ReadError};

const BOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
const STRINGS: &str = "xl/sharedStrings.xml";

/// Changes a part, if it is there.
fn change(
    parts: &mut Parts,
    name: &str,
    limits: &Limits,
    clock: &Deadline,
    act: impl FnOnce(&mut Element),
) -> Result<(), ReadError> {
    let Some((_, part)) = parts.iter_mut().find(|(each, _)| each == name) else { return Ok(()) };
    let mut document = dom::parse(part, limits, clock)?;
    act(&mut document);
    *part = dom::write(&document);
    Ok(())
}

fn sheets(parts: &Parts) -> Vec<String> {
    let names = parts.iter().map(|(name, _)| name);
    names
        .filter(|name| name.starts_with("xl/worksheets/") && name.ends_with(".xml"))
        .cloned()
        .collect()
}

/// Takes out the drawings that hold the boxes of comments, with the text in them.
pub(super) fn drop_comment_shapes(
    parts: &mut Parts,
    limits: &Limits,
    clock: &Deadline,
) -> Result<(), ReadError> {
    for sheet in sheets(parts) {
        let relations = relations_of(&sheet);
        let mut shapes = BTreeSet::new();
        change(parts, &relations, limits, clock, |document| {
            for root in document.elements_mut() {
                let is = |each: &Element, what: &str| {
                    each.attribute("Type").is_some_and(|kind| kind.ends_with(what))
                };
                if root.elements().any(|each| is(each, "/comments")) {
                    let drawings = root.elements().filter(|each| is(each, "/vmlDrawing"));
                    shapes.extend(drawings.filter_map(|each| each.attribute("Id")));
                    root.retain(|each| !is(each, "/vmlDrawing"));
                }
            }
        })?;
        if !shapes.is_empty() {
            change(parts, &sheet, limits, clock, |document| {
                document.elements_mut().for_each(|root| {
                    root.retain(|each| {
                        each.name() != "legacyDrawing"
                            || each.attribute("id").is_none_or(|id| !shapes.contains(&id))
                    });
                });
            })?;
        }
    }
    Ok(())
}

/// Takes out hidden sheets, and what is only theirs: names, formulas that ask them, strings.
pub(super) fn remove_hidden(
    parts: &mut Parts,
    limits: &Limits,
    clock: &Deadline,
) -> Result<(), ReadError> {
    let mut hidden = Hidden::default();
    change(parts, BOOK, limits, clock, |document| {
        document.elements_mut().for_each(|root| hidden.take_from(root));
    })?;
    if hidden.ids.is_empty() {
        return Ok(());
    }
    let mut gone = BTreeSet::new();
    change(parts, RELATIONS, limits, clock, |document| {
        for root in document.elements_mut() {
            root.retain(|each| {
                let is_gone = each.attribute("Id").is_some_and(|id| hidden.ids.contains(&id));
                if is_gone && let Some(address) = each.attribute("Target") {
                    gone.insert(target(RELATIONS, &address));
                }
                !is_gone
            });
        }
    })?;
    // The order of computing names cells of all sheets; programs make it anew.
    parts.retain(|(name, _)| !gone.contains(name) && name != "xl/calcChain.xml");
    let mut used = BTreeSet::new();
    for sheet in sheets(parts) {
        change(parts, &sheet, limits, clock, |document| {
            each_cell(document, &mut |cell| {
                cell.retain(|each| each.name() != "f" || !hidden.is_asked_by(&each.text()));
                if cell.attribute("t").as_deref() == Some("s") {
                    let value = cell.child("v");
                    used.extend(value.and_then(|value| value.text().trim().parse::<usize>().ok()));
                }
            });
        })?;
    }
    change(parts, STRINGS, limits, clock, |document| blank_unused(document, &used))
}

/// Blanks strings that no sheet shows; their places stay, for sheets count them.
fn blank_unused(document: &mut Element, used: &BTreeSet<usize>) {
    for root in document.elements_mut() {
        let strings = root.elements_mut().filter(|each| each.name() == "si");
        for (index, string) in strings.enumerate() {
            if !used.contains(&index) {
                let blank = Node::Other(Event::Text(BytesText::new("").into_owned()));
                let text = string.sibling("t", vec![blank]);
                string.children = vec![Node::Element(text)];
            }
        }
    }
}

fn each_cell(element: &mut Element, act: &mut impl FnMut(&mut Element)) {
    for child in element.elements_mut() {
        match child.name() {
            "worksheet" | "sheetData" | "row" => each_cell(child, act),
            "c" => act(child),
            _ => {}
        }
    }
}

/// The hidden sheets of a workbook.
#[derive(Default)]
struct Hidden {
    ids: BTreeSet<String>,
    names: Vec<String>,
    /// Places in the old order.
    places: Vec<usize>,
}

impl Hidden {
    /// Takes them out of the workbook's part, and what is said of them there.
    fn take_from(&mut self, book: &mut Element) {
        for list in book.elements_mut().filter(|each| each.name() == "sheets") {
            let mut place = 0;
            list.retain(|sheet| {
                let state = sheet.attribute("state");
                let is_hidden = matches!(state.as_deref(), Some("hidden" | "veryHidden"));
                if is_hidden {
                    self.ids.extend(sheet.attribute("id"));
                    self.names.extend(sheet.attribute("name"));
                    self.places.push(place);
                }
                place += 1;
                !is_hidden
            });
        }
        for part in book.elements_mut() {
            match part.name() {
                "definedNames" => self.take_names(part),
                "bookViews" => part.elements_mut().for_each(|view| {
                    view.set_attribute("activeTab", None);
                    view.set_attribute("firstSheet", None);
                }),
                _ => {}
            }
        }
        // An empty list of names is no valid one.
        book.retain(|part| part.name() != "definedNames" || part.elements().next().is_some());
    }

    fn take_names(&self, list: &mut Element) {
        let place =
            |name: &Element| -> Option<usize> { name.attribute("localSheetId")?.parse().ok() };
        list.retain(|name| {
            let is_theirs = place(name).is_some_and(|place| self.places.contains(&place));
            !is_theirs && !self.is_asked_by(&name.text())
        });
        for name in list.elements_mut() {
            if let Some(old) = place(name) {
                let n_before = self.places.iter().filter(|place| **place < old).count();
                name.set_attribute("localSheetId", Some(&(old - n_before).to_string()));
            }
        }
    }

    /// Whether a formula asks a hidden sheet.
    fn is_asked_by(&self, formula: &str) -> bool {
        self.names.iter().any(|name| {
            let quoted = format!("{}'!", name.replace('\'', "''"));
            formula.contains(&quoted) || formula.contains(&format!("{name}!"))
        })
    }
}
