//! Word documents made anew from the parts that may stay, with words masked in all of them.

mod clean;
mod fields;
mod package;
mod text;

use std::collections::BTreeSet;

use super::words::Words;
use super::{Copy, Refusal};
use crate::scrub::{dom, word};
use crate::{Deadline, Limits};
use package::{Kind, Package};

pub(super) use clean::is_number;
pub(super) use text::of_node as text_of_node;

/// Makes a copy of a Word document.
pub(super) fn redact(
    bytes: &[u8],
    words: &Words,
    without_pictures: bool,
    limits: &Limits,
    clock: &Deadline,
) -> Result<Copy, Refusal> {
    let mut package = Package::take(bytes, without_pictures, limits, clock)?;
    let hidden = hidden_styles(&package);
    let mut n_met = vec![0; words.len()];
    let mut n_hidden = 0;
    for part in &mut package.parts {
        clock.check()?;
        let mut document = word::settle(std::mem::replace(&mut part.document, dom::empty()));
        fields::keep_page_numbers(&mut document);
        let mut cleaner = clean::Cleaner::new(&hidden, &part.relations);
        document.children = cleaner.nodes(std::mem::take(&mut document.children));
        n_hidden += cleaner.n_hidden;
        if part.kind == Kind::Settings {
            clean::settings(&mut document);
        }
        text::mask(&mut document, words, &mut n_met);
        clean::mask_attributes(&mut document, &words.for_markup());
        part.document = document;
    }
    let mut remarks = remarks(&package, n_hidden);
    let lost: BTreeSet<&str> = package.lost.iter().map(String::as_str).collect();
    remarks.extend(lost.into_iter().map(|what| format!("{what}没有放进副本")));
    Ok(Copy { bytes: package.write(), n_met, remarks })
}

fn remarks(package: &Package, n_hidden: usize) -> Vec<String> {
    let mut remarks = Vec::new();
    if 0 < package.n_pictures() {
        let n_pictures = package.n_pictures();
        remarks.push(format!("有 {n_pictures} 幅图片，图片里的字没有查找，请由人看过"));
    }
    if 0 < n_hidden {
        remarks.push(format!("{n_hidden} 处隐藏的文字没有放进副本"));
    }
    remarks
}

/// Styles that hide what is set in them.
fn hidden_styles(package: &Package) -> BTreeSet<String> {
    let styles = package.parts.iter().filter(|part| part.kind == Kind::Styles);
    let styles = styles.flat_map(|part| part.document.elements()).flat_map(|root| root.elements());
    let hides = |style: &&dom::Element| style.child("rPr").is_some_and(clean::is_hidden);
    styles.filter(hides).filter_map(|style| style.attribute("styleId")).collect()
}
