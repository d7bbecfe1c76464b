//! The text of a part across its runs, and the same text with words masked in place.

use std::collections::BTreeSet;

use quick_xml::escape;
use quick_xml::events::{BytesText, Event};

use super::super::MASK;
use crate::redact::words::Words;
use crate::scrub::dom::{Element, Node};

/// Text as a node.
pub(super) fn node(text: &str) -> Node {
    Node::Other(Event::Text(BytesText::new(text).into_owned()))
}

/// What a node says by itself: text, sections of characters and references resolved.
pub(in crate::redact) fn of_node(node: &Node) -> String {
    match node {
        Node::Other(Event::Text(text)) => text.xml10_content().into_owned(),
        Node::Other(Event::CData(data)) => data.xml10_content().into_owned(),
        Node::Other(Event::GeneralRef(name)) => {
            let whole = format!("&{};", name.xml10_content());
            escape::unescape(&whole).map(|text| text.into_owned()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The text right in an element.
pub(in crate::redact) fn of(element: &Element) -> String {
    element.children.iter().map(of_node).collect()
}

/// All text of an element that is shown, in order.
pub(super) fn whole(element: &Element) -> String {
    if element.name() == "t" {
        return of(element);
    }
    element.elements().map(whole).collect()
}

/// One character of a stream, and which `t` of the part it stands in, at which character.
type Place = Option<(usize, usize)>;

/// A text that is read in one go: the main text, or that of one box.
#[derive(Default)]
struct Stream {
    characters: Vec<char>,
    places: Vec<Place>,
}

impl Stream {
    fn push(&mut self, character: char, place: Place) {
        self.characters.push(character);
        self.places.push(place);
    }
}

/// Masks every word, wherever runs, boxes and cells break it.
pub(super) fn mask(document: &mut Element, words: &Words, n_met: &mut [usize]) {
    let streams = vec![Stream::default(), Stream::default()];
    let mut reader = Reader { streams, open: vec![1], n_texts: 0 };
    reader.walk(document);
    // For each `t`, the characters that go, and whether the mask is written there.
    let mut covers: Vec<Vec<(usize, bool)>> = vec![Vec::new(); reader.n_texts];
    let mut met = BTreeSet::new();
    for stream in &reader.streams {
        for (word, range) in words.find(&stream.characters) {
            met.insert((word, stream.places[range.start]));
            let mut is_first = true;
            for index in range {
                let Some((text, at)) = stream.places[index] else {
                    // Beyond a line end or a cell the mask begins anew.
                    is_first |= stream.characters[index] == '\n';
                    continue;
                };
                covers[text].push((at, std::mem::take(&mut is_first)));
            }
        }
    }
    met.into_iter().for_each(|(word, _)| n_met[word] += 1);
    rewrite(document, &covers, &mut 0);
}

struct Reader {
    /// The first is all in the order of the file, the others what is read in one go.
    streams: Vec<Stream>,
    open: Vec<usize>,
    n_texts: usize,
}

impl Reader {
    fn push(&mut self, character: char, place: Place) {
        let stream = *self.open.last().expect("the main stream is open");
        self.streams[stream].push(character, place);
        self.streams[0].push(character, place);
    }

    fn walk(&mut self, element: &Element) {
        match element.name() {
            "t" => {
                let text = self.n_texts;
                self.n_texts += 1;
                for (at, character) in of(element).chars().enumerate() {
                    self.push(character, Some((text, at)));
                }
            }
            "tab" | "ptab" => self.push(' ', None),
            "br" | "cr" => self.push('\u{b}', None),
            "noBreakHyphen" => self.push('-', None),
            // What stands beside the line or over it is read by itself.
            "txbxContent" | "rt" | "footnote" | "endnote" => {
                self.streams.push(Stream::default());
                self.open.push(self.streams.len() - 1);
                element.elements().for_each(|child| self.walk(child));
                self.open.pop();
            }
            name => {
                let is_paragraph = name == "p";
                element.elements().for_each(|child| self.walk(child));
                if is_paragraph {
                    self.push('\n', None);
                }
            }
        }
    }
}

/// Writes the texts again in the order they were read.
fn rewrite(element: &mut Element, covers: &[Vec<(usize, bool)>], at: &mut usize) {
    if element.name() != "t" {
        return element.elements_mut().for_each(|child| rewrite(child, covers, at));
    }
    let covered = &covers[*at];
    *at += 1;
    if covered.is_empty() {
        return;
    }
    let mut goes = vec![None; of(element).chars().count()];
    for (place, is_first) in covered {
        goes[*place] = Some(goes[*place].unwrap_or(true) & is_first);
    }
    let mut text = String::new();
    for (index, (character, goes_here)) in of(element).chars().zip(&goes).enumerate() {
        let follows = 0 < index && goes[index - 1].is_some();
        match goes_here {
            None => text.push(character),
            Some(true) if !follows => text.push_str(MASK),
            Some(_) => {}
        }
    }
    element.set_attribute("xml:space", Some("preserve"));
    element.children = vec![node(&text)];
}
