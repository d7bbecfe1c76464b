//! Text that was spoilt before or while it was read: found and reported, never undone.

use encoding_rs::GB18030;

use crate::{Block, Document, Format, Place, Remark, RemarkKind};

/// So many places are told one by one; of the rest only the number.
const TOLD: usize = 20;

/// Characters that the UTF-8 of the most frequent ones gives when it is read as GBK.
const TELLTALES: [char; 25] = [
    '伅', '垮', '宸', '寮', '浜', '浠', '浣', '涓', '淇', '琛', '璇', '簻', '绗', '銆', '鍏', '鍛',
    '鍦', '鎶', '鏀', '鏄', '鏈', '鐢', '鐨', '锛', '骞',
];

/// Adds a remark for each paragraph and cell that holds spoilt text.
pub(crate) fn inspect(document: &mut Document) {
    let has_columns = document.format == Format::Text;
    let mut n_found = 0;
    let remarks = &mut document.remarks;
    let mut look = |text: &str, place: Place| {
        let Some((index, message)) = find(text) else { return };
        n_found += 1;
        if n_found <= TOLD {
            let column = has_columns.then(|| column_at(text, index)).or(place.column);
            let place = Place { column, ..place };
            remarks.push(Remark { kind: RemarkKind::Mojibake, message: message.to_owned(), place });
        }
    };
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => look(&paragraph.text, paragraph.place),
            Block::Table(table) => {
                table.rows.iter().flatten().for_each(|cell| look(&cell.text, cell.place));
            }
        }
    }
    if TOLD < n_found {
        let message = format!("另有 {} 处乱码，不一一列出", n_found - TOLD);
        remarks.push(Remark { kind: RemarkKind::Mojibake, message, place: Place::default() });
    }
}

/// Column, from 1, of the character at a byte index.
fn column_at(text: &str, index: usize) -> u32 {
    u32::try_from(text[..index].chars().count() + 1).unwrap_or(u32::MAX)
}

/// The first spoilt place of a text: its byte index, and what is to be said.
fn find(text: &str) -> Option<(usize, &'static str)> {
    if text.is_ascii() || !text.chars().any(is_suspicious) {
        return None;
    }
    if let Some(index) = text.find('\u{FFFD}') {
        return Some((index, "有不能识别的字节或已丢失的字，以“\u{FFFD}”代替，没有猜测"));
    }
    let known = ["锟斤拷", "烫烫烫", "屯屯屯"].iter().find_map(|word| text.find(word));
    if let Some(index) = known {
        return Some((index, "文字在别处已丢失（锟斤拷一类乱码），无法还原"));
    }
    utf8_as_gbk(text).map(|index| (index, "文字是 UTF-8 被误作 GBK 的乱码，没有猜测原文")).or_else(
        || bytes_as_latin(text).map(|index| (index, "文字是被误作西文的乱码，没有猜测原文")),
    )
}

/// Whether a character is one without which no text is spoilt in any of the ways looked for.
fn is_suspicious(c: char) -> bool {
    match c {
        // Nearly every character of a good text.
        '\0'..='\u{7F}' | '\u{2000}'..='伄' => false,
        'À'..='ÿ' | '\u{FFFD}' | '锟' | '烫' | '屯' => true,
        _ => TELLTALES.binary_search(&c).is_ok(),
    }
}

/// UTF-8 that was read as GBK (`鏀垮簻淇℃伅`): it is full of characters that lead bytes of UTF-8
/// make, and going back gives UTF-8 again.
fn utf8_as_gbk(text: &str) -> Option<usize> {
    let mut telltales = text.char_indices().filter(|(_, c)| TELLTALES.contains(c));
    let (first, _) = telltales.next()?;
    telltales.next()?;
    let rest = &text[first..];
    let end = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
    let (bytes, _, _) = GB18030.encode(&rest[..end]);
    let back = String::from_utf8_lossy(&bytes);
    let n_good = back.chars().filter(|c| matches!(c, '\u{3000}'..='\u{9FFF}')).count();
    let n_bad = back.chars().filter(|c| *c == '\u{FFFD}').count();
    (2 <= n_good && n_bad <= n_good).then_some(first)
}

/// Chinese bytes that were read as a Western encoding: GBK (`ÕþÎñ`) or UTF-8 (`æ”¿åºœ`).
fn bytes_as_latin(text: &str) -> Option<usize> {
    let is_letter = |c: char| matches!(c, 'À'..='ÿ') && c != '×' && c != '÷';
    let is_latin = |c: char| {
        matches!(c, '\u{80}'..='ÿ' | 'Œ' | 'œ' | 'Š' | 'š' | 'Ž' | 'ž' | 'Ÿ' | 'ƒ'
        | 'ˆ' | '˜' | '–'..='„' | '†'..='…' | '‰' | '‹' | '›' | '€' | '™')
    };
    let (mut start, mut n_letters, mut n_run) = (0, 0, 0);
    for (index, c) in text.char_indices() {
        if !is_latin(c) {
            (n_letters, n_run) = (0, 0);
            continue;
        }
        if n_run == 0 {
            start = index;
        }
        n_run += 1;
        n_letters += usize::from(is_letter(c));
        // Two Chinese characters make four Western ones of GBK, or six of UTF-8.
        if (4 <= n_letters && n_letters == n_run) || (6 <= n_run && 2 <= n_letters) {
            return Some(start);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn columns(bytes: &[u8]) -> Vec<(u32, u32)> {
        let document = crate::read(bytes, &Limits::default()).unwrap();
        let remarks = document.remarks.iter().filter(|r| r.kind == RemarkKind::Mojibake);
        remarks.map(|r| (r.place.line.unwrap_or(0), r.place.column.unwrap_or(0))).collect()
    }

    #[test]
    fn spoilt_text_is_reported_with_its_place() {
        for spoilt in ["锟斤拷锟斤拷", "鏀垮簻淇℃伅鍏紑", "ÕþÎñ¹«¿ª", "æ”¿åºœä¿¡æ¯", "政\u{FFFD}府"]
        {
            assert!(find(spoilt).is_some(), "{spoilt}");
        }
        assert_eq!(columns("一、总体情况\n共办理锟斤拷件".as_bytes()), [(2, 4)]);
    }

    #[test]
    fn a_byte_that_is_no_text_is_kept_and_told() {
        let mut bytes = "政府信息公开工作年度报告\n本年度收到申请件".as_bytes().to_vec();
        bytes.extend_from_slice(b"\xFF.");
        assert_eq!(columns(&bytes), [(2, 9)]);
    }

    #[test]
    fn good_text_is_left_in_peace() {
        for good in [
            "淇县政府信息公开",
            "涓涓细流，浣纱溪",
            "目录····················1",
            "政務(wù)服務(wù)，堅(jiān)強(qiáng)領(lǐng)導(dǎo)，綠(lǜ)色",
            "3×4，±0.5℃，“引号”—破折号……",
            "café",
        ] {
            assert_eq!(find(good), None, "{good}");
        }
    }

    #[test]
    fn a_thousand_spoilt_lines_are_summed_up() {
        assert_eq!(columns("锟斤拷\n".repeat(1000).as_bytes()).len(), TOLD + 1);
    }
}
