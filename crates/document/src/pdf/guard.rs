//! What the parser would follow without measure is looked at before it is asked to; nothing of it
//! is read here.

use std::borrow::Cow;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};

use super::{broken, filters};
use crate::limits::{Deadline, Expansion};
use crate::{Limits, ReadError};

/// Widths of characters that all fonts of a file may give together: more than a hundred whole
/// character sets.
const MOST_WIDTHS: u64 = 1 << 23;

/// Refuses a file whose objects would take too much memory or nest too deep.
pub(super) fn inspect(pdf: &Pdf, limits: &Limits, deadline: &Deadline) -> Result<(), ReadError> {
    // A damaged table of objects is mended when they are first asked for: the second round sees
    // them all.
    for _ in pdf.objects() {
        deadline.check()?;
    }
    let mut guard = Guard { limits, deadline, expansion: Expansion::new(limits), n_widths: 0 };
    for object in pdf.objects() {
        guard.object(&object)?;
    }
    Ok(())
}

/// Refuses rows so long that a predictor could not be given the memory for one.
pub(super) fn check_columns(dict: &Dict<'_>, limits: &Limits) -> Result<(), ReadError> {
    // A row has at most 255 bits for each column.
    let columns = dict.get::<usize>("Columns").unwrap_or(0) as u64;
    limits.check_expanded(columns.saturating_mul(32))
}

/// Whether the stream is a picture: never decoded here, so that only each by itself can do harm.
pub(super) fn is_picture(dict: &Dict<'_>) -> bool {
    dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Image")
}

struct Guard<'l> {
    limits: &'l Limits,
    deadline: &'l Deadline,
    expansion: Expansion,
    n_widths: u64,
}

impl Guard<'_> {
    fn object(&mut self, object: &Object<'_>) -> Result<(), ReadError> {
        match object {
            Object::Dict(dict) => self.dict(dict),
            Object::Stream(stream) => self.stream(stream),
            Object::Array(array) => {
                for item in array.raw_iter() {
                    self.part(&item)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn part(&mut self, part: &MaybeRef<Object<'_>>) -> Result<(), ReadError> {
        match part {
            MaybeRef::NotRef(object) => self.object(object),
            MaybeRef::Ref(_) => Ok(()),
        }
    }

    fn dict(&mut self, dict: &Dict<'_>) -> Result<(), ReadError> {
        self.deadline.check()?;
        check_columns(dict, self.limits)?;
        self.n_widths += dict.get::<Array<'_>>("W").map_or(0, |widths| n_widths(&widths));
        self.n_widths += dict.get::<Array<'_>>("W2").map_or(0, |widths| n_widths_down(&widths));
        if MOST_WIDTHS < self.n_widths {
            return Err(broken("字体的字宽表过大"));
        }
        for (_, part) in dict.entries() {
            self.part(&part)?;
        }
        Ok(())
    }

    fn stream(&mut self, stream: &Stream<'_>) -> Result<(), ReadError> {
        let dict = stream.dict();
        self.dict(dict)?;
        let data = stream.raw_data();
        // What stands in the file as it is has been counted before.
        if matches!(data, Cow::Owned(_)) || names_filters_elsewhere(dict) {
            let mut alone = Expansion::new(self.limits);
            let expansion = if is_picture(dict) { &mut alone } else { &mut self.expansion };
            filters::count(stream, &data, expansion, self.limits, self.deadline)?;
        }
        if dict.get::<u8>("FunctionType") == Some(4)
            && let Ok(program) = stream.decoded_data()
        {
            self.limits.check_depth(braces(&program), "PDF 函数的嵌套层数")?;
        }
        Ok(())
    }
}

/// Whether the filters of a stream, or what they need, are objects of their own.
fn names_filters_elsewhere(dict: &Dict<'_>) -> bool {
    ["Filter", "F", "DecodeParms", "DP"].iter().any(|key| {
        dict.get_ref(key).is_some()
            || dict
                .get::<Array<'_>>(key)
                .is_some_and(|array| array.raw_iter().any(|item| matches!(item, MaybeRef::Ref(_))))
    })
}

/// How many widths an array `first [width …]` or `first last width` gives.
fn n_widths(array: &Array<'_>) -> u64 {
    let mut n_widths = 0;
    let mut items = array.flex_iter();
    loop {
        if items.next::<(u32, Array<'_>)>().is_some() {
            continue;
        }
        let Some((first, last, _)) = items.next::<(u32, u32, f32)>() else { return n_widths };
        n_widths += u64::from(last.saturating_sub(first)) + 1;
    }
}

/// The same for vertical writing, where three numbers stand for a width.
fn n_widths_down(array: &Array<'_>) -> u64 {
    let mut n_widths = 0;
    let mut items = array.flex_iter();
    loop {
        if items.next::<(u32, Array<'_>)>().is_some() {
            continue;
        }
        let Some((first, last, ..)) = items.next::<(u32, u32, f32, f32, f32)>() else {
            return n_widths;
        };
        n_widths += u64::from(last.saturating_sub(first)) + 1;
    }
}

/// How deep braces nest.
fn braces(program: &[u8]) -> u64 {
    let mut deepest = 0;
    let mut depth = 0_u64;
    for byte in program {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
