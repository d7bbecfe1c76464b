//! Encodings of text: GB18030, UTF-16 with a mark, UTF-8 with a mark, Big5 of traditional text.

use super::traditional;
use crate::Chance;
use crate::paper::{Encoding, Paper};
use rand::Rng;

pub(super) fn gb18030(paper: &mut Paper, _: &mut Chance) {
    paper.encoding = Encoding::Gb18030;
}

pub(super) fn utf16(paper: &mut Paper, chance: &mut Chance) {
    paper.encoding = match chance.random_bool(0.5) {
        true => Encoding::Utf16Little,
        false => Encoding::Utf16Big,
    };
}

pub(super) fn utf8_mark(paper: &mut Paper, _: &mut Chance) {
    paper.encoding = Encoding::Utf8Mark;
}

pub(super) fn big5(paper: &mut Paper, chance: &mut Chance) {
    traditional::spoil(paper, chance);
    paper.encoding = Encoding::Big5;
}
