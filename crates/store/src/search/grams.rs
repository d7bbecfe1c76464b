//! Pairs of characters: what finds a text however it is cut into words, and in spite of one slip.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Which characters make a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Neighbours; a Chinese character alone, and a run of letters and figures, stand for themselves.
    Next,
    /// Characters with exactly one between them; Chinese only.
    Gapped,
}

/// A gram with the number of its place and its bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gram {
    /// Grows by one from gram to gram, and once more where something stands between.
    pub position: usize,
    /// The first byte.
    pub from: usize,
    /// The byte behind it.
    pub to: usize,
    /// What it is.
    pub text: String,
}

/// Cuts a text into grams.
#[derive(Clone, Copy, Debug)]
pub struct Grams(pub Reach);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    Other,
    Gap,
}

fn script(character: char) -> Script {
    match character {
        '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇' => Script::Han,
        _ if character.is_alphanumeric() => Script::Other,
        _ => Script::Gap,
    }
}

/// The grams of a text.
pub fn grams(text: &str, reach: Reach) -> Vec<Gram> {
    let mut grams = Vec::new();
    let mut position = 0;
    let mut run: Vec<(usize, char)> = Vec::new();
    let mut before = Script::Gap;
    for (byte, character) in text.char_indices() {
        let now = script(character);
        if now != before {
            end_run(&mut grams, &mut position, &mut run, before, reach);
            position += usize::from(now == Script::Gap);
        }
        if now != Script::Gap {
            run.push((byte, character));
        }
        before = now;
    }
    end_run(&mut grams, &mut position, &mut run, before, reach);
    grams
}

fn end_run(
    grams: &mut Vec<Gram>,
    position: &mut usize,
    run: &mut Vec<(usize, char)>,
    script: Script,
    reach: Reach,
) {
    let end = |(byte, character): (usize, char)| byte + character.len_utf8();
    let mut push = |from: usize, to: usize, text: String| {
        grams.push(Gram { position: *position, from, to, text });
        *position += 1;
    };
    let (first, last) = match (run.first(), run.last()) {
        (Some(first), Some(last)) => (*first, *last),
        _ => return,
    };
    let is_whole = script == Script::Other || run.len() == 1;
    match reach {
        Reach::Next if is_whole => {
            push(first.0, end(last), run.iter().map(|(_, character)| character).collect());
        }
        Reach::Next => {
            for pair in run.windows(2) {
                push(pair[0].0, end(pair[1]), [pair[0].1, pair[1].1].iter().collect());
            }
        }
        Reach::Gapped if script == Script::Han => {
            for three in run.windows(3) {
                push(three[0].0, end(three[2]), [three[0].1, three[2].1].iter().collect());
            }
        }
        Reach::Gapped => {}
    }
    run.clear();
}

/// The grams one after the other.
pub struct Stream {
    grams: std::vec::IntoIter<Gram>,
    token: Token,
}

impl Tokenizer for Grams {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        Stream { grams: grams(text, self.0).into_iter(), token: Token::default() }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some(gram) = self.grams.next() else { return false };
        self.token = Token {
            offset_from: gram.from,
            offset_to: gram.to,
            position: gram.position,
            text: gram.text,
            position_length: 1,
        };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, reach: Reach) -> Vec<(usize, String)> {
        grams(text, reach).into_iter().map(|gram| (gram.position, gram.text)).collect()
    }

    #[test]
    fn pairs_do_not_reach_over_what_stands_between() {
        let pairs = texts("公开，2025年度", Reach::Next);
        let texts: Vec<_> = pairs.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["公开", "2025", "年度"]);
        assert_eq!(pairs[1].0 - pairs[0].0, 2, "something stands between");
        assert_eq!(pairs[2].0 - pairs[1].0, 1);
    }

    #[test]
    fn gapped_pairs_leave_one_out() {
        let gapped = texts("商务局a", Reach::Gapped);
        assert_eq!(gapped, [(0, "商局".to_owned())]);
    }
}
