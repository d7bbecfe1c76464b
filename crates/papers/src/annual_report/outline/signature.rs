//! Takes the organ and the date below the last section, and the footer of the page, off its text.

use super::furniture;
use crate::annual_report::identity::date;
use gongkai_domain::agency;
use gongkai_domain::report::Paragraph;

/// At most so many lines are a signature.
const MOST_LINES: usize = 4;

/// Splits footer and signature off the last paragraphs.
pub(super) fn split_off(
    paragraphs: &mut Vec<Paragraph>,
    signature: &mut Vec<Paragraph>,
    published: &mut Vec<Paragraph>,
) {
    let footer = paragraphs.split_off(footer_start(paragraphs));
    published.extend(footer.into_iter().filter(|each| states_publication(&each.text)));
    let n_signed = paragraphs
        .iter()
        .rev()
        .take(MOST_LINES)
        .take_while(|paragraph| signs(&paragraph.text))
        .count();
    *signature = paragraphs.split_off(paragraphs.len() - n_signed);
}

/// Where the footer begins: the first line of furniture after which only furniture, short words
/// and a signature's lines follow.
fn footer_start(paragraphs: &[Paragraph]) -> usize {
    let mut start = paragraphs.len();
    for (at, paragraph) in paragraphs.iter().enumerate().rev() {
        if furniture::around(&paragraph.text) {
            start = at;
        } else if !is_stray(&paragraph.text) {
            break;
        }
    }
    start
}

/// A short word of a menu: no sentence, no signature, no answer.
fn is_stray(text: &str) -> bool {
    text.chars().count() <= 14
        && !text.contains(['。', '；', '，', '：', ':'])
        && !text.starts_with(['无', '暂', '没'])
        && !text.contains(|c: char| c.is_ascii_digit())
        && !signs(text)
}

/// Whether a line is an organ alone, a date alone, or both.
fn signs(text: &str) -> bool {
    if 150 < text.len() || text.contains(['。', '；', '，']) {
        return false;
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_matches(|c: char| matches!(c, '（' | '）' | '(' | ')' | '。'));
    if agency::looks_like_organ(bare) {
        return agency::place(bare).is_some()
            || bare.ends_with(['局', '厅', '府', '委'])
            || bare.ends_with("办公室")
            || bare.ends_with("委员会");
    }
    match date::first(bare) {
        Some(found) if found.end == bare.len() => {
            let name = &bare[..found.start];
            name.is_empty() || agency::looks_like_organ(name)
        }
        _ => false,
    }
}

/// Whether a line of the page says when the report was published or signed.
pub(super) fn states_publication(text: &str) -> bool {
    ["发布日期", "发布时间", "发文日期", "公开日期", "公开时间", "成文日期", "生成日期"]
        .iter()
        .any(|label| text.contains(label))
        && text.contains(|c: char| c.is_ascii_digit())
}
