//! Fields: their codes tell more than they show and go; page numbers stay, written anew.

use super::text::node as text;
use crate::scrub::dom::{Element, Node};

/// A field, by the places of its elements in the order of the text.
#[derive(Default)]
struct Field {
    code: String,
    places: Vec<usize>,
    /// Whether its result began.
    has_result: bool,
}

/// Takes out every mark and code of fields, save those that number pages.
pub(super) fn keep_page_numbers(document: &mut Element) {
    let mut survey = Survey::default();
    survey.walk(document);
    let mut at = 0;
    rewrite(document, &survey.codes, &mut at);
}

#[derive(Default)]
struct Survey {
    open: Vec<Field>,
    /// For each mark of a field, in order, the code it may stand for.
    codes: Vec<Option<&'static str>>,
}

impl Survey {
    fn walk(&mut self, element: &Element) {
        match element.name() {
            "fldChar" => self.mark(element),
            "instrText" | "delInstrText" => {
                let place = self.place();
                if let Some(field) = self.open.last_mut()
                    && !field.has_result
                {
                    // Its code is written in one piece, where the first piece of it stood.
                    if field.code.is_empty() {
                        field.places.push(place);
                    }
                    field.code.push_str(&super::text::of(element));
                }
            }
            _ => element.elements().for_each(|child| self.walk(child)),
        }
    }

    fn place(&mut self) -> usize {
        self.codes.push(None);
        self.codes.len() - 1
    }

    fn mark(&mut self, element: &Element) {
        let place = self.place();
        match element.attribute("fldCharType").as_deref() {
            Some("begin") => {
                self.open.push(Field { places: vec![place], ..Field::default() });
            }
            Some("separate") => {
                if let Some(field) = self.open.last_mut() {
                    field.has_result = true;
                    field.places.push(place);
                }
            }
            Some("end") => {
                let Some(mut field) = self.open.pop() else { return };
                field.places.push(place);
                let code = page_number(&field.code);
                for place in field.places {
                    self.codes[place] = code;
                }
            }
            _ => {}
        }
    }
}

/// The code, if it numbers pages.
pub(super) fn page_number(code: &str) -> Option<&'static str> {
    let first = code.split_whitespace().next()?;
    ["PAGE", "NUMPAGES", "SECTIONPAGES"].into_iter().find(|known| first.eq_ignore_ascii_case(known))
}

/// Rewrites the marks in the same order as they were surveyed.
fn rewrite(element: &mut Element, codes: &[Option<&'static str>], at: &mut usize) {
    let children = std::mem::take(&mut element.children);
    for node in children {
        let Node::Element(mut child) = node else {
            element.children.push(node);
            continue;
        };
        let name = child.name().to_owned();
        match name.as_str() {
            "fldChar" | "instrText" | "delInstrText" => {
                let code = codes.get(*at).copied().flatten();
                *at += 1;
                let Some(code) = code else { continue };
                // Data of form fields.
                child.children.clear();
                if name != "fldChar" {
                    child = child.sibling("instrText", Vec::new());
                    child.children.push(text(&format!(" {code} ")));
                }
            }
            _ => rewrite(&mut child, codes, at),
        }
        element.children.push(Node::Element(child));
    }
}
