//! Where words stand among characters that are drawn in any order, at any angle, over line ends.

use std::collections::{BTreeMap, BTreeSet};

use super::record::{Glyph, Page};
use crate::redact::words::Words;

/// So many lines at the end of a page and at the beginning of the next are read together.
const N_LINES_OVER: usize = 3;

/// Two characters stand on one line if their base lines differ by less than this part of a size.
const SAME_LINE: f64 = 0.45;

/// The same character this near, in parts of its size, is drawn twice to look bold.
const DOUBLE: f64 = 0.2;

/// A character of a text: which page, which glyph.
type Place = (usize, usize);

/// Characters in an order in which somebody may read them.
#[derive(Default)]
struct Text {
    characters: Vec<char>,
    places: Vec<Place>,
}

impl Text {
    fn push(&mut self, page: usize, index: usize, glyph: &Glyph) {
        for character in glyph.text.chars() {
            self.characters.push(character);
            self.places.push((page, index));
        }
    }

    fn add(&mut self, page: usize, glyphs: &[Glyph], indices: &[usize]) {
        indices.iter().for_each(|index| self.push(page, *index, &glyphs[*index]));
    }
}

/// The characters of words, for each page, and how often each word was met.
pub(super) fn find(pages: &[Page], words: &Words) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut goes: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); pages.len()];
    let mut met: Vec<BTreeSet<Place>> = vec![BTreeSet::new(); words.len()];
    for text in texts(pages) {
        for (word, range) in words.find(&text.characters) {
            met[word].insert(text.places[range.start]);
            for (page, glyph) in &text.places[range] {
                goes[*page].insert(*glyph);
            }
        }
    }
    let goes = goes.into_iter().map(|each| each.into_iter().collect()).collect();
    (goes, met.into_iter().map(|each| each.len()).collect())
}

/// All texts of a document as plain strings.
pub(in crate::redact) fn strings(pages: &[Page]) -> impl Iterator<Item = String> {
    texts(pages).into_iter().map(|text| text.characters.into_iter().collect())
}

fn texts(pages: &[Page]) -> Vec<Text> {
    let (mut drawn, mut read) = (Text::default(), Text::default());
    let mut texts = Vec::new();
    let mut before: Vec<Vec<usize>> = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let glyphs = &page.glyphs;
        let stays = |index: &usize| !glyphs[*index].goes;
        let order: Vec<usize> = (0..glyphs.len()).filter(stays).collect();
        drawn.add(number, glyphs, &order);
        let lines = lines(glyphs, order);
        lines.iter().for_each(|line| read.add(number, glyphs, line));
        for end in before.iter().rev().take(N_LINES_OVER) {
            for start in lines.iter().take(N_LINES_OVER) {
                let mut text = Text::default();
                text.add(number - 1, &pages[number - 1].glyphs, end);
                text.add(number, glyphs, start);
                texts.push(text);
            }
        }
        before = lines;
    }
    texts.extend([drawn, read]);
    texts
}

/// Lines of every angle, top to bottom as each of them is read; doubled characters once.
fn lines(glyphs: &[Glyph], order: Vec<usize>) -> Vec<Vec<usize>> {
    let mut by_angle: BTreeMap<i32, Vec<(f64, f64, usize)>> = BTreeMap::new();
    for index in order {
        let [along, aside, ..] = glyphs[index].transform.as_coeffs();
        let origin = glyphs[index].origin();
        let step = (aside.atan2(along).to_degrees() / 5.0).round() as i32;
        let (sine, cosine) = (f64::from(step) * 5.0).to_radians().sin_cos();
        let (x, y) = (origin.x * cosine + origin.y * sine, origin.y * cosine - origin.x * sine);
        by_angle.entry(step).or_default().push((y, x, index));
    }
    by_angle.into_values().flat_map(|marks| lines_of(glyphs, marks)).collect()
}

fn lines_of(glyphs: &[Glyph], mut marks: Vec<(f64, f64, usize)>) -> Vec<Vec<usize>> {
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lines: Vec<Vec<(f64, f64, usize)>> = Vec::new();
    for mark in marks {
        let size = glyphs[mark.2].size();
        match lines.last_mut() {
            Some(line) if mark.0 - line[0].0 < SAME_LINE * size.max(glyphs[line[0].2].size()) => {
                line.push(mark);
            }
            _ => lines.push(vec![mark]),
        }
    }
    let sorted = |mut line: Vec<(f64, f64, usize)>| {
        line.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.2.cmp(&b.2)));
        line.dedup_by(|mark, last| {
            let glyph = &glyphs[mark.2];
            glyph.text == glyphs[last.2].text && mark.1 - last.1 < DOUBLE * glyph.size()
        });
        line.into_iter().map(|(.., index)| index).collect()
    };
    lines.into_iter().map(sorted).collect()
}
