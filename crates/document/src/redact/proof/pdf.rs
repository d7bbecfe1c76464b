//! Every object of a PDF: its strings and names, its streams decoded, the strings within them, and
//! the characters that its pages draw, in every order in which they may be read.

use std::sync::Arc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};

use super::Search;
use crate::pdf::{open, worker};
use crate::redact::{Refusal, pdf};
use crate::{ReadError, encoding};

/// Objects within objects are followed no deeper: the opener bounds them before.
const DEEPEST: u16 = 600;

pub(super) fn search(bytes: &[u8], search: &mut Search) -> Result<(), Refusal> {
    let bytes = Arc::new(bytes.to_vec());
    let mut inner = Search::new(&search.words, &search.limits, search.clock);
    let clock = search.clock;
    let inner = worker::run(&clock, move || {
        open::check_size(&bytes, &inner.limits, &inner.clock)?;
        Ok(within(bytes, &mut inner).map(|()| inner))
    })??;
    search.n_parts += inner.n_parts;
    for found in inner.found {
        search.hit(&found.word, &found.part, &found.way);
    }
    Ok(())
}

fn within(bytes: Arc<Vec<u8>>, search: &mut Search) -> Result<(), Refusal> {
    let file = open::open(Arc::clone(&bytes), &search.limits, &search.clock)?;
    for (number, object) in file.objects().into_iter().enumerate() {
        search.clock.check()?;
        let part = format!("第 {} 个对象", number + 1);
        look(&object, &part, 0, search)?;
    }
    let (limits, clock) = (search.limits.clone(), search.clock);
    for text in pdf::strings(&pdf::recorded(bytes, &limits, &clock)?) {
        search.text("页面上的字", &text);
    }
    Ok(())
}

fn look(object: &Object<'_>, part: &str, depth: u16, search: &mut Search) -> Result<(), ReadError> {
    if DEEPEST < depth {
        return Ok(());
    }
    match object {
        Object::String(string) => said(string.as_ref(), part, search),
        Object::Name(name) => named(name, part, search),
        Object::Array(array) => items(array, part, depth, search)?,
        Object::Dict(dict) => entries(dict, part, depth, search)?,
        Object::Stream(stream) => {
            entries(stream.dict(), part, depth, search)?;
            decoded(stream, part, search)?;
        }
        _ => {}
    }
    Ok(())
}

fn items(array: &Array<'_>, part: &str, depth: u16, search: &mut Search) -> Result<(), ReadError> {
    for item in array.raw_iter() {
        if let MaybeRef::NotRef(object) = item {
            look(&object, part, depth + 1, search)?;
        }
    }
    Ok(())
}

fn entries(dict: &Dict<'_>, part: &str, depth: u16, search: &mut Search) -> Result<(), ReadError> {
    search.clock.check()?;
    for (name, value) in dict.entries() {
        named(&name, part, search);
        if let MaybeRef::NotRef(object) = value {
            look(&object, part, depth + 1, search)?;
        }
    }
    Ok(())
}

fn named(name: &Name<'_>, part: &str, search: &mut Search) {
    search.value(part, &encoding::decode(name.as_ref()).text);
}

/// A string: in PDF's own encodings, and as bytes in any other.
fn said(bytes: &[u8], part: &str, search: &mut Search) {
    search.text(part, &encoding::decode(bytes).text);
    search.raw(part, bytes, true);
}

fn decoded(stream: &Stream<'_>, part: &str, search: &mut Search) -> Result<(), ReadError> {
    let part = format!("{part}的数据流");
    search.raw(&part, &stream.raw_data(), false);
    let is_picture =
        stream.dict().get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Image");
    let Ok(data) = stream.decoded() else { return Ok(()) };
    search.raw(&part, &data, false);
    if is_picture {
        return Ok(());
    }
    if let Ok(text) = std::str::from_utf8(&data)
        && text.trim_start().starts_with('<')
    {
        search.markup(&part, text);
    }
    // Strings within a content, with what they escape.
    let mut instructions = UntypedIter::new(&data);
    let mut all = Vec::new();
    while let Some(instruction) = instructions.next() {
        search.clock.check()?;
        for operand in instruction.operands() {
            strings(operand, &mut all);
        }
    }
    if !all.is_empty() {
        search.raw(&part, &all, false);
        search.markup(&part, &encoding::decode(&all).text);
    }
    Ok(())
}

/// The bytes of all strings in an operand.
fn strings(operand: &Object<'_>, all: &mut Vec<u8>) {
    match operand {
        Object::String(string) => all.extend_from_slice(string.as_ref()),
        Object::Array(array) => {
            for item in array.raw_iter() {
                if let MaybeRef::NotRef(object) = item {
                    strings(&object, all);
                }
            }
        }
        Object::Dict(dict) => {
            for (_, value) in dict.entries() {
                if let MaybeRef::NotRef(object) = value {
                    strings(&object, all);
                }
            }
        }
        _ => {}
    }
}
