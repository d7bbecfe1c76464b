//! Traditional characters in the place of simplified ones.

use crate::Chance;
use crate::paper::Paper;
use opencc_fmmseg::OpenCC;
use std::sync::LazyLock;

static CONVERTER: LazyLock<OpenCC> = LazyLock::new(OpenCC::new);

pub(super) fn spoil(paper: &mut Paper, _: &mut Chance) {
    paper.each_text(|text| *text = CONVERTER.s2t(text, false));
}
