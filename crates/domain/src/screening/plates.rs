//! Vehicle plates and passports: letters and figures together.

use super::load::Rules;
use super::text::Text;
use super::{Hit, Severity};

/// Every plate and passport of a text.
pub(super) fn find(text: &Text, rules: &Rules) -> Vec<Hit> {
    let mut hits = Vec::new();
    for start in 0..text.plain.len() {
        hits.extend(plate(text, rules, start).or_else(|| passport(text, rules, start)));
    }
    hits
}

/// Province, letter, perhaps a dot, then five characters, or six of a new-energy vehicle (GA 36).
fn plate(text: &Text, rules: &Rules, start: usize) -> Option<Hit> {
    let plain = &text.plain;
    let letter = *plain.get(start + 1)?;
    if !rules.plate_provinces.contains(plain[start]) || !is_plate_letter(letter) {
        return None;
    }
    let parted = plain.get(start + 2).is_some_and(|each| " ·•・.-".contains(*each));
    let first = start + 2 + usize::from(parted);
    let rest = plain.get(first..)?;
    let of_plate = |each: &&char| each.is_ascii_digit() || is_plate_letter(**each);
    let n_body = rest.iter().take_while(of_plate).count();
    let special = rest.get(n_body).is_some_and(|each| rules.plate_endings.contains(*each));
    let body = &rest[..n_body];
    let n_figures = body.iter().filter(|each| each.is_ascii_digit()).count();
    let shaped = match n_body {
        4 => special && 3 <= n_figures,
        5 => 3 <= n_figures,
        6 => is_new_energy(body),
        _ => false,
    };
    let end = first + n_body + usize::from(special && n_body == 4);
    let after = text.after(end, 2);
    let of_paper = after.starts_with('号') && !["号牌", "号车", "号码"].contains(&after.as_str());
    let longer = after.starts_with(|each: char| each.is_ascii_alphanumeric() || each == '-');
    if !shaped || longer || of_paper || text.labelled(start, &rules.code_labels) {
        return None;
    }
    let (key, name, severity) = ("plate", "机动车号牌", Severity::Warning);
    Some(Hit { key, name, severity, start, end, kept: (2, 2) })
}

/// The letters of plates: neither I nor O, which look like figures.
fn is_plate_letter(letter: char) -> bool {
    letter.is_ascii_uppercase() && !"IO".contains(letter)
}

/// Six characters with the letter of the drive at the front or at the end.
fn is_new_energy(body: &[char]) -> bool {
    const DRIVES: &str = "ABCDEFGHJK";
    let figures = |part: &[char]| part.iter().all(char::is_ascii_digit);
    let front = DRIVES.contains(body[0]) && figures(&body[2..]);
    let back = DRIVES.contains(body[5]) && figures(&body[..5]);
    front || back
}

/// `E` or `G` and eight figures, or `E`, a letter and seven, where the words before say passport.
fn passport(text: &Text, rules: &Rules, start: usize) -> Option<Hit> {
    const N_CHARACTERS: usize = 9;
    let characters = text.plain.get(start..start + N_CHARACTERS)?;
    let figures = |part: &[char]| part.iter().all(char::is_ascii_digit);
    let shaped = match characters[0] {
        'G' => figures(&characters[1..]),
        'E' => {
            let second = characters[1].is_ascii_digit() || is_plate_letter(characters[1]);
            second && figures(&characters[2..])
        }
        _ => false,
    };
    let end = start + N_CHARACTERS;
    let longer = text.plain.get(end).is_some_and(char::is_ascii_alphanumeric);
    if !shaped || longer || !text.labelled(start, &rules.passport_labels) {
        return None;
    }
    let (key, name, severity) = ("passport", "护照号码", Severity::Error);
    Some(Hit { key, name, severity, start, end, kept: (2, 2) })
}
