//! Half-width brackets and signs in the place of full-width ones.

use crate::Chance;
use crate::paper::Paper;

pub(super) fn spoil(paper: &mut Paper, _: &mut Chance) {
    paper.each_text(|text| {
        *text = text.replace('（', "(").replace('）', ")").replace('：', ":").replace('，', ",");
    });
}
