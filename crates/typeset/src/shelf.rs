//! Letters for the texts of one paper: from the font of their face, or borrowed from another face
//! that has them; what no font has is noted, never left out in silence.

use crate::fonts::{Fonts, Letter, Loaded};
use crate::line::Atom;
use crate::paint::Problem;
use crate::paper::{Face, Style};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Who lends letters, in this order.
const LENDERS: [Face; 5] = [Face::Serif, Face::Sans, Face::Text, Face::Hand, Face::Display];

pub(crate) struct Shelf<'a> {
    fonts: &'a Fonts,
    opened: BTreeMap<Face, Arc<Loaded>>,
    /// The first font that could not be had.
    pub problem: Option<Problem>,
    /// Letters that no font has.
    pub missing: BTreeSet<char>,
    /// Letters that came from a font of another face.
    pub borrowed: BTreeSet<char>,
}

impl<'a> Shelf<'a> {
    pub fn new(fonts: &'a Fonts) -> Shelf<'a> {
        let (opened, problem) = (BTreeMap::new(), None);
        Shelf { fonts, opened, problem, missing: BTreeSet::new(), borrowed: BTreeSet::new() }
    }

    fn open(&mut self, face: Face) -> Result<Arc<Loaded>, Problem> {
        if let Some(font) = self.opened.get(&face) {
            return Ok(Arc::clone(font));
        }
        let font = self.fonts.of(face)?;
        self.opened.insert(face, Arc::clone(&font));
        Ok(font)
    }

    /// The letters of a text. Where the font cannot be had there are none, and `problem` says why.
    pub fn atoms(&mut self, text: &str, style: Style) -> Vec<Atom> {
        let font = match self.open(style.face) {
            Ok(font) => font,
            Err(problem) => {
                self.problem.get_or_insert(problem);
                return Vec::new();
            }
        };
        let letters = font.letters(text);
        let blank = font.letters(" ").into_iter().flatten().next();
        let blank = blank.map(|letter| (Letter { advance: 0.0, ..letter }, Arc::clone(&font)));
        let mut atoms = Vec::with_capacity(letters.len());
        for (character, letter) in text.chars().zip(letters) {
            let own = letter.map(|letter| (letter, Arc::clone(&font)));
            let found = match character {
                '\n' | '\t' => blank.clone(),
                _ => own.or_else(|| self.borrow(character)),
            };
            match found {
                Some((letter, font)) => atoms.push(Atom { character, letter, style, font }),
                None => {
                    self.missing.insert(character);
                }
            }
        }
        atoms
    }

    fn borrow(&mut self, character: char) -> Option<(Letter, Arc<Loaded>)> {
        let text = character.to_string();
        for face in LENDERS {
            let Ok(font) = self.open(face) else { continue };
            if let Some(letter) = font.letters(&text).into_iter().flatten().next() {
                self.borrowed.insert(character);
                return Some((letter, font));
            }
        }
        None
    }
}
