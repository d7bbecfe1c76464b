//! Plain text to a document: one paragraph for each line, as it stands.

use crate::encoding::{self, Decoded};
use crate::{
    Block, Deadline, Document, Format, Limits, Paragraph, Place, ReadError, Remark, RemarkKind,
};

/// Reads text.
///
/// # Errors
/// When there is nothing but white space, or time is up.
pub(crate) fn read(bytes: &[u8], limits: &Limits, clock: &Deadline) -> Result<Document, ReadError> {
    let decoded = encoding::decode(bytes);
    if decoded.text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') {
        return Err(ReadError::Empty);
    }
    let mut blocks = Vec::new();
    for (line, number) in lines(&decoded.text).zip(1_u32..) {
        if number % 4096 == 0 {
            clock.check()?;
            limits.check_expanded((blocks.len() * size_of::<Block>()) as u64)?;
        }
        let place = Place { line: Some(number), column: Some(1), ..Place::default() };
        let text = line.to_owned();
        blocks.push(Block::Paragraph(Paragraph { text, place, heading: None }));
    }
    let remarks = encoding_remark(&decoded).into_iter().collect();
    Ok(Document { format: Format::Text, title: None, blocks, remarks })
}

/// What there is to say about a doubtful encoding.
pub(crate) fn encoding_remark(decoded: &Decoded<'_>) -> Option<Remark> {
    let name = decoded.encoding.name().to_uppercase();
    let message = format!("没有可靠的编码标记，按 {name} 读取；如文字不对，请另存为 UTF-8");
    let kind = RemarkKind::EncodingGuessed;
    decoded.doubtful.then(|| Remark { kind, message, place: Place::default() })
}

/// Lines, by every line end that is met in the wild; a last line end opens no further line.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_end = |c: char| matches!(c, '\n' | '\r' | '\u{0C}' | '\u{2028}');
        let Some(end) = rest.find(is_end) else {
            return Some(std::mem::take(&mut rest));
        };
        let (line, after) = rest.split_at(end);
        let after = after.strip_prefix("\r\n").unwrap_or_else(|| {
            let mut characters = after.chars();
            characters.next();
            characters.as_str()
        });
        rest = after;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<String> {
        let document = crate::read(bytes, &Limits::default()).unwrap();
        assert_eq!(document.format, Format::Text);
        let text = |block: &Block| match block {
            Block::Paragraph(paragraph) => paragraph.text.clone(),
            Block::Table(_) => unreachable!("text has no tables"),
        };
        document.blocks.iter().map(text).collect()
    }

    #[test]
    fn every_line_end_ends_a_line_and_empty_lines_stay() {
        let text = "甲\n\n乙\r\n丙\r丁\u{0C}戊\u{2028}己\n";
        assert_eq!(texts(text.as_bytes()), ["甲", "", "乙", "丙", "丁", "戊", "己"]);
    }

    #[test]
    fn a_line_stays_as_it_stands() {
        let line = " 行政许可\u{200B}\t２３０ | |  \u{3000}";
        assert_eq!(texts(format!("\u{FEFF}{line}\n").as_bytes()), [line]);
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        let document = crate::read("甲\n乙".as_bytes(), &Limits::default()).unwrap();
        let Block::Paragraph(second) = &document.blocks[1] else { unreachable!() };
        assert_eq!((second.place.line, second.place.column), (Some(2), Some(1)));
    }

    #[test]
    fn a_file_of_line_ends_does_not_fill_the_memory() {
        let limits = Limits { expanded_bytes: 1 << 20, ..Limits::default() };
        let outcome = crate::read(format!("甲{}", "\n".repeat(100_000)).as_bytes(), &limits);
        assert!(matches!(outcome, Err(ReadError::Limit { name: "expanded-bytes", .. })));
    }

    #[test]
    fn white_space_in_any_encoding_is_empty() {
        for bytes in [&b""[..], b" \n\t", "\u{FEFF}\u{3000}\n".as_bytes(), b"\xFF\xFE\n\0"] {
            assert_eq!(crate::read(bytes, &Limits::default()), Err(ReadError::Empty));
        }
    }
}
