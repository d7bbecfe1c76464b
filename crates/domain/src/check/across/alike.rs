//! Finds reports whose texts are alike (雷同), and files that hold the same report twice.

use super::Digest;
use super::sketch::Sketch;
use crate::finding::{Finding, Severity, Spot, Verdict};
use std::collections::HashMap;

/// From here on two texts are called alike.
const ALIKE: f64 = 0.9;

/// A finding names at most so many others.
const MOST_OTHERS: usize = 3;

/// Each report is held against at most so many of those that share a band with it.
const MOST_COMPARED: usize = 12;

/// A report that was given before.
pub(super) struct Copy {
    pub(super) index: usize,
    first: usize,
}

/// Reports of the same organ, year and text as one before them.
pub(super) fn copies(digests: &[Digest]) -> Vec<Copy> {
    let mut seen: HashMap<(&str, i16, u64), usize> = HashMap::new();
    let mut copies = Vec::new();
    for (index, digest) in digests.iter().enumerate() {
        let (Some((agency, year)), Some(text)) = (digest.identity(), &digest.text) else {
            continue;
        };
        let first = *seen.entry((agency, year, text.whole)).or_insert(index);
        if first != index {
            copies.push(Copy { index, first });
        }
    }
    copies
}

/// A note on every copy.
pub(super) fn say_copies(digests: &[Digest], copies: &[Copy]) -> Vec<(usize, Finding)> {
    let say = |copy: &Copy| {
        let source = &digests[copy.first].source;
        let message = format!("与“{source}”是同一份报告（机关、年度、文字都相同），只核对一次。");
        let finding = Finding::of("X-3S", Verdict::Uncertain, message).severity(Severity::Note);
        (copy.index, finding.at(Spot { source: Some(source.clone()), ..Spot::default() }))
    };
    copies.iter().map(say).collect()
}

/// A warning on every report whose text, or section five, is like another's.
pub(super) fn check(digests: &[Digest], copies: &[Copy]) -> Vec<(usize, Finding)> {
    let mut is_copy = vec![false; digests.len()];
    copies.iter().for_each(|copy| is_copy[copy.index] = true);
    let whole = like_each(digests, &is_copy, |digest| digest.text.as_ref());
    let problems = like_each(digests, &is_copy, |digest| digest.problems.as_ref());
    let mut findings = Vec::new();
    for index in 0..digests.len() {
        let finding = match (&whole[index], &problems[index]) {
            (others, _) if !others.is_empty() => say(digests, "全文", others),
            (_, others) if !others.is_empty() => say(digests, "第五部分", others),
            _ => continue,
        };
        findings.push((index, finding));
    }
    findings
}

/// How alike two texts are, from 0 to 1, where they are called alike; short ones never are.
pub fn likeness(text: &str, other: &str) -> Option<f64> {
    let sketch = Sketch::of([text].into_iter())?;
    let other = Sketch::of([other].into_iter()).filter(|other| sketch.may_be_like(other))?;
    Some(sketch.likeness(&other)).filter(|likeness| ALIKE <= *likeness)
}

/// A warning where a text is like others, each with what people know it by; `part` says whose text
/// it is.
pub fn alike_text(part: &str, text: &str, others: &[(&str, &str)]) -> Option<Finding> {
    let like = others.iter().filter_map(|(name, other)| Some((*name, likeness(text, other)?)));
    let mut like: Vec<(&str, f64)> = like.collect();
    like.sort_by(|a, b| b.1.total_cmp(&a.1));
    like.truncate(MOST_OTHERS);
    let named: Vec<String> =
        like.iter().map(|(name, likeness)| in_words(name, *likeness)).collect();
    let message = format!("{part}与{}雷同。", named.join("、"));
    (!named.is_empty()).then(|| Finding::of("X-3S", Verdict::Fails, message))
}

fn in_words(name: &str, likeness: f64) -> String {
    format!("“{name}”（相似度 {:.0}%）", likeness * 100.0)
}

/// Another report and how like it is.
type Other = (usize, f64);

/// For every report, those whose sketch is like its own.
fn like_each<'a>(
    digests: &'a [Digest],
    is_copy: &[bool],
    sketch_of: impl Fn(&'a Digest) -> Option<&'a Sketch>,
) -> Vec<Vec<Other>> {
    let mut like: Vec<Vec<Other>> = vec![Vec::new(); digests.len()];
    let mut banded: Vec<(u64, u32)> = Vec::new();
    for (index, digest) in digests.iter().enumerate().filter(|(index, _)| !is_copy[*index]) {
        let sketch = sketch_of(digest);
        banded.extend(sketch.into_iter().flat_map(Sketch::bands).map(|band| (band, index as u32)));
    }
    banded.sort_unstable();
    for group in banded.chunk_by(|a, b| a.0 == b.0) {
        for (position, (_, index)) in group.iter().enumerate() {
            let index = *index as usize;
            for (_, other) in &group[position.saturating_sub(MOST_COMPARED)..position] {
                compare(digests, index, *other as usize, &sketch_of, &mut like);
            }
        }
    }
    like
}

/// Notes two reports as like each other if they are, each on the other's list.
fn compare<'a>(
    digests: &'a [Digest],
    index: usize,
    other: usize,
    sketch_of: &impl Fn(&'a Digest) -> Option<&'a Sketch>,
    like: &mut [Vec<Other>],
) {
    let is_known = |list: &[Other], of: usize| list.iter().any(|(each, _)| *each == of);
    let is_full = MOST_OTHERS <= like[index].len() && MOST_OTHERS <= like[other].len();
    let (mine, theirs) = (&digests[index], &digests[other]);
    // Two versions of one organ's report on one year are meant to be alike.
    let is_version = mine.identity().is_some() && mine.identity() == theirs.identity();
    if is_full || is_version || is_known(&like[index], other) {
        return;
    }
    let (Some(a), Some(b)) = (sketch_of(mine), sketch_of(theirs)) else { return };
    if !a.may_be_like(b) {
        return;
    }
    let likeness = a.likeness(b);
    if ALIKE <= likeness {
        like[index].push((other, likeness));
        like[other].push((index, likeness));
    }
}

fn say(digests: &[Digest], part: &str, others: &[Other]) -> Finding {
    let mut others: Vec<Other> = others.to_vec();
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    others.truncate(MOST_OTHERS);
    let named: Vec<String> = others
        .iter()
        .map(|(other, likeness)| in_words(&name(&digests[*other]), *likeness))
        .collect();
    let message = format!("{part}与{}雷同。", named.join("、"));
    let finding = Finding::of("X-3S", Verdict::Fails, message);
    others.iter().fold(finding, |finding, (other, _)| {
        finding.at(Spot { source: Some(digests[*other].source.clone()), ..Spot::default() })
    })
}

/// What people know a report by.
fn name(digest: &Digest) -> String {
    match digest.identity() {
        Some((agency, year)) => format!("{agency}{year}年报告"),
        None => digest.source.clone(),
    }
}
