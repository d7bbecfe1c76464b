//! Typing errors in row labels: a character missing, or another in its place.

use crate::Chance;
use crate::paper::{Paper, Role};
use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom};

/// Labels with fewer Chinese characters may become another label by one error.
const SHORT: usize = 5;

const OTHERS: [char; 8] = ['的', '予', '己', '和', '末', '第', '及', '工'];

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let mut doubtful = Vec::new();
    for row in paper.sheets_mut().flat_map(|sheet| &mut sheet.rows) {
        if !row.iter().any(|entry| entry.is_value()) || !chance.random_bool(0.3) {
            continue;
        }
        let Some(label) = row.iter_mut().rfind(|entry| entry.role == Role::Label) else { continue };
        if let Some(wrong) = mistyped(&label.text, chance) {
            label.text = wrong;
            doubtful.extend(row.iter().filter_map(|entry| match entry.role {
                Role::Value(cell) => Some(cell),
                _ => None,
            }));
        }
    }
    doubtful.into_iter().for_each(|cell| paper.doubt(cell));
}

fn mistyped(label: &str, chance: &mut Chance) -> Option<String> {
    let is_word = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    let mut characters: Vec<char> = label.chars().collect();
    if characters.iter().filter(|character| is_word(**character)).count() < SHORT {
        return None;
    }
    // The number before a label (一、) is left alone.
    let places = (0..characters.len()).filter(|place| *place > 1 && is_word(characters[*place]));
    let place = places.choose(chance)?;
    match chance.random_bool(0.5) {
        true => drop(characters.remove(place)),
        false => characters[place] = *OTHERS.choose(chance)?,
    }
    Some(characters.into_iter().collect())
}
