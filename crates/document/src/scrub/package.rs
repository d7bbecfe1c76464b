//! The package of an office document: parts, what leads to what, and the copy.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::{Options, dom, sheets, word};
use crate::inspect::Kind;
use crate::{Deadline, Limits, ReadError, container};

/// The parts of a package in their order.
pub(crate) type Parts = Vec<(String, Vec<u8>)>;

/// Makes the cleaned copy of a package.
pub(super) fn clean(
    kind: Kind,
    bytes: &[u8],
    options: Options,
    limits: &Limits,
    clock: &Deadline,
) -> Result<Vec<u8>, ReadError> {
    let mut parts = parts(bytes, limits, clock)?;
    let before = reachable(&parts, limits, clock)?;
    let is_told: BTreeSet<String> =
        parts.iter().map(|(name, _)| name).filter(|name| is_told_beside(name)).cloned().collect();
    parts.retain(|(name, _)| !is_told.contains(name));
    if kind == Kind::Docx {
        for (name, part) in &mut parts {
            if name.starts_with("word/") && name.ends_with(".xml") {
                *part = dom::write(&word::settle(dom::parse(part, limits, clock)?));
            }
        }
    }
    if kind == Kind::Xlsx {
        sheets::drop_comment_shapes(&mut parts, limits, clock)?;
        if options.remove_hidden_sheets {
            sheets::remove_hidden(&mut parts, limits, clock)?;
        }
    }
    forget(&mut parts, limits, clock)?;
    // What nothing leads to any more was only used by what went.
    let after = reachable(&parts, limits, clock)?;
    parts.retain(|(name, _)| !before.contains(name) || after.contains(name));
    forget(&mut parts, limits, clock)?;
    Ok(zipped(&parts))
}

pub(crate) fn parts(bytes: &[u8], limits: &Limits, clock: &Deadline) -> Result<Parts, ReadError> {
    let mut container = container::open(bytes, limits, "Office ")?;
    let names: Vec<String> = container.names().filter(|name| !name.ends_with('/')).collect();
    let mut parts = Parts::new();
    for name in names {
        let part = container.part(&name, clock)?.unwrap_or_default();
        parts.push((name, part));
    }
    Ok(parts)
}

/// Properties, thumbnails, comments, and who wrote them.
fn is_told_beside(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let starts = [
        "docprops/",
        "word/comments",
        "word/people",
        "xl/comments",
        "xl/threadedcomments/",
        "xl/persons/",
        "ppt/comments",
        "ppt/authors",
        "ppt/commentauthors",
    ];
    starts.iter().any(|start| name.starts_with(start))
}

/// The part that the relations of another part lead to.
pub(crate) fn target(relations: &str, target: &str) -> String {
    let folder = relations.rsplit_once("_rels/").map_or("", |(folder, _)| folder);
    let (folder, target) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, target),
    };
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/').filter(|part| !part.is_empty() && *part != ".") {
        match part {
            ".." => drop(path.pop()),
            _ => path.push(part),
        }
    }
    path.join("/")
}

/// The relations of a part.
pub(crate) fn relations_of(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}

/// All parts that relations lead to from the outside, with their relations.
fn reachable(
    parts: &Parts,
    limits: &Limits,
    clock: &Deadline,
) -> Result<BTreeSet<String>, ReadError> {
    let mut reached = BTreeSet::new();
    let mut rest = vec!["_rels/.rels".to_owned()];
    while let Some(relations) = rest.pop() {
        let Some((_, part)) = parts.iter().find(|(name, _)| *name == relations) else { continue };
        reached.insert(relations.clone());
        let document = dom::parse(part, limits, clock)?;
        for relation in document.elements().flat_map(|root| root.elements()) {
            let is_outside = relation.attribute("TargetMode").as_deref() == Some("External");
            let Some(address) = relation.attribute("Target").filter(|_| !is_outside) else {
                continue;
            };
            let name = target(&relations, &address);
            if reached.insert(name.clone()) {
                rest.push(relations_of(&name));
            }
        }
    }
    Ok(reached)
}

/// Takes out relations and content types of parts that are not there.
fn forget(parts: &mut Parts, limits: &Limits, clock: &Deadline) -> Result<(), ReadError> {
    let there: BTreeSet<String> = parts.iter().map(|(name, _)| name.clone()).collect();
    for (name, part) in parts.iter_mut() {
        if !name.ends_with(".rels") && name != "[Content_Types].xml" {
            continue;
        }
        let mut document = dom::parse(part, limits, clock)?;
        for root in document.elements_mut() {
            root.retain(|each| {
                let is_outside = each.attribute("TargetMode").as_deref() == Some("External");
                match (each.attribute("Target"), each.attribute("PartName")) {
                    (Some(address), _) if !is_outside => there.contains(&target(name, &address)),
                    (_, Some(part)) => there.contains(part.trim_start_matches('/')),
                    _ => true,
                }
            });
        }
        *part = dom::write(&document);
    }
    Ok(())
}

/// The package again; no clock is asked, so that the same parts give the same bytes.
pub(crate) fn zipped(parts: &Parts) -> Vec<u8> {
    const INFALLIBLE: &str = "memory takes every byte";
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, part) in parts {
        writer.start_file(name.as_str(), options).expect("names came from a package");
        writer.write_all(part).expect(INFALLIBLE);
    }
    writer.finish().expect(INFALLIBLE).into_inner()
}
