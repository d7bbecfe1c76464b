//! What somebody may have meant: a query with one of its words put right after the words of the field.

use super::words::own_words;

/// Shorter words are near to too many others.
const SHORTEST: usize = 3;
/// So many are worth trying.
const MOST: usize = 20;

/// The query with one slip in it put right, each way a word of the field allows: a wrong character, one
/// missing, or two that changed places. A word that stands there rightly is left alone.
pub fn near(typed: &str) -> Vec<String> {
    let typed: Vec<char> = typed.chars().collect();
    let mut found: Vec<String> = Vec::new();
    for word in own_words() {
        let word: Vec<char> = word.chars().collect();
        if word.len() < SHORTEST || typed.windows(word.len()).any(|window| window == word) {
            continue;
        }
        for length in [word.len(), word.len() - 1] {
            let mut windows = typed.windows(length).enumerate();
            let Some((at, _)) = windows.find(|(_, window)| is_slip(window, &word)) else {
                continue;
            };
            let (before, after) = (&typed[..at], &typed[at + length..]);
            found.push([before, word.as_slice(), after].concat().into_iter().collect());
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST);
    found
}

fn is_slip(window: &[char], word: &[char]) -> bool {
    if window.len() < word.len() {
        let n_same = window.iter().zip(word).take_while(|(one, other)| one == other).count();
        return window[n_same..] == word[n_same + 1..];
    }
    let wrong: Vec<usize> = (0..word.len()).filter(|at| window[*at] != word[*at]).collect();
    match wrong[..] {
        [_] => true,
        [one, other] => {
            one + 1 == other && window[one] == word[other] && window[other] == word[one]
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_in_a_word_of_the_field_is_put_right() {
        for typed in ["政府信息公升", "政府信公息开", "政府信公开", "查政府信息工开的"]
        {
            let found = near(typed);
            assert!(found.iter().any(|each| each.contains("信息公开")), "{typed}: {found:?}");
        }
    }

    #[test]
    fn what_is_right_or_far_off_is_left_alone() {
        for typed in ["", "甲", "信息公开", "天气预报", "abc"] {
            assert!(near(typed).iter().all(|each| !each.contains("信息公开")), "{typed}");
        }
    }
}
