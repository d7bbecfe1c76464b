//! The number of an official document (发文字号): read strictly, with a correction for usual slips.

use super::half_width;
use serde::Serialize;
use std::fmt;
use thiserror::Error;

/// The longest word before the year, in characters.
const LONGEST_WORD: usize = 20;
/// The longest name of issuers before an order or announcement, in characters.
const LONGEST_ISSUER: usize = 60;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
enum Shape {
    /// `机关代字〔年份〕序号号`.
    Series,
    /// `……令第序号号`.
    Order,
    /// `……公告年份年第序号号`.
    Announcement,
}

/// A document number in its right form.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DocumentNumber {
    shape: Shape,
    word: String,
    year: Option<i16>,
    number: u32,
}

impl DocumentNumber {
    /// Reads a number; blanks around it do not count.
    ///
    /// # Errors
    /// When it is not in its right form: everything found wrong, and the right form if it is plain
    /// what was meant.
    pub fn parse(text: &str) -> Result<Self, DocumentNumberFault> {
        let mut faults = Vec::new();
        let clean = cleaned(text.trim(), &mut faults);
        let read = if clean.contains('〔') {
            series(&clean, &mut faults)
        } else if let Some((word, number)) = clean.split_once("年第") {
            announcement(word, number, &mut faults)
        } else {
            order(&clean, &mut faults)
        };
        match read {
            Some(number) if faults.is_empty() => Ok(number),
            correction => {
                Err(DocumentNumberFault { text: text.trim().to_owned(), faults, correction })
            }
        }
    }

    /// The word of the issuing organ (机关代字), or the name before an order or announcement.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// The year, where the form has one.
    pub fn year(&self) -> Option<i16> {
        self.year
    }

    /// The serial number.
    pub fn number(&self) -> u32 {
        self.number
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { shape, word, number, .. } = self;
        let year = self.year.unwrap_or_default();
        match shape {
            Shape::Series => write!(f, "{word}〔{year}〕{number}号"),
            Shape::Order => write!(f, "{word}第{number}号"),
            Shape::Announcement => write!(f, "{word}{year}年第{number}号"),
        }
    }
}

impl Serialize for DocumentNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One thing wrong with a document number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberFault {
    /// Another kind of bracket.
    #[error("年份应使用六角括号〔〕")]
    Brackets,
    /// Wide figures.
    #[error("数字应使用半角阿拉伯数字")]
    WideFigures,
    /// Blanks inside.
    #[error("中间不应有空格")]
    Blanks,
    /// `01` for `1`.
    #[error("序号不编虚位（1 不编为 01）")]
    Padded,
    /// 第 before the number of a series.
    #[error("序号前不加“第”字")]
    Ordinal,
    /// 年 inside the brackets.
    #[error("括号内只写年份数字，不加“年”字")]
    YearMark,
    /// No 号 at the end.
    #[error("序号后应有“号”字")]
    NoEnd,
    /// The year is not written in four figures.
    #[error("年份应为四位数字全称")]
    Year,
    /// No serial number, or one that is no number.
    #[error("序号应为从 1 起的阿拉伯数字")]
    Number,
    /// No word of the organ, too long, or with other characters than Chinese ones.
    #[error("年份前应为机关代字，用汉字且不超过 20 字")]
    Word,
    /// No document number at all.
    #[error("应写成“机关代字〔年份〕序号号”，命令写成“第序号号”")]
    Shape,
}

/// Everything wrong with a document number.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("发文字号“{text}”不规范：{}{}", said(faults), proposed(correction.as_ref()))]
pub struct DocumentNumberFault {
    /// As it was given.
    pub text: String,
    /// What is wrong.
    pub faults: Vec<NumberFault>,
    /// The right form, where it is plain what was meant.
    pub correction: Option<DocumentNumber>,
}

fn said(faults: &[NumberFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("；")
}

fn proposed(correction: Option<&DocumentNumber>) -> String {
    correction.map_or_else(String::new, |number| format!("。建议改为“{number}”"))
}

/// The text with right brackets, half-width figures and no blanks inside numbers.
fn cleaned(text: &str, faults: &mut Vec<NumberFault>) -> String {
    const OPENING: &str = "[［【(（〈<《{｛﹝「〖";
    const CLOSING: &str = "]］】)）〉>》}｝﹞」〗";
    let mut clean = String::new();
    let mut note = |fault| {
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    };
    for character in text.chars() {
        let half = half_width(character);
        if character.is_whitespace() {
            // Two issuers of one announcement stand apart by a blank; elsewhere it is dropped.
            clean.push(' ');
        } else if OPENING.contains(character) {
            note(NumberFault::Brackets);
            clean.push('〔');
        } else if CLOSING.contains(character) {
            note(NumberFault::Brackets);
            clean.push('〕');
        } else if half.is_ascii_digit() && half != character {
            note(NumberFault::WideFigures);
            clean.push(half);
        } else {
            clean.push(character);
        }
    }
    let announcement = clean.contains("年第") && !clean.contains('〔');
    if clean.contains(' ') && !announcement {
        note(NumberFault::Blanks);
        clean.retain(|character| character != ' ');
    }
    clean
}

fn series(clean: &str, faults: &mut Vec<NumberFault>) -> Option<DocumentNumber> {
    let (word, rest) = clean.split_once('〔')?;
    let Some((year, number)) = rest.split_once('〕') else {
        faults.push(NumberFault::Brackets);
        return None;
    };
    let word = named(word, LONGEST_WORD, faults);
    let bare = year.strip_suffix('年').unwrap_or(year);
    if bare.len() != year.len() {
        faults.push(NumberFault::YearMark);
    }
    let year = full_year(bare, faults);
    let plain = number.strip_prefix('第').unwrap_or(number);
    if plain.len() != number.len() {
        faults.push(NumberFault::Ordinal);
    }
    let number = serial(plain, faults);
    Some(DocumentNumber { shape: Shape::Series, word: word?, year: Some(year?), number: number? })
}

fn announcement(word: &str, number: &str, faults: &mut Vec<NumberFault>) -> Option<DocumentNumber> {
    let figures = word.chars().rev().take_while(char::is_ascii_digit).count();
    let (word, year) = word.split_at(word.len() - figures);
    let year = full_year(year, faults);
    let number = serial(number, faults);
    let word = if word.is_empty() { Some(String::new()) } else { issuer(word, faults) };
    let (word, number) = (word?, number?);
    Some(DocumentNumber { shape: Shape::Announcement, word, year: Some(year?), number })
}

fn order(clean: &str, faults: &mut Vec<NumberFault>) -> Option<DocumentNumber> {
    let known = clean.split_once('第').filter(|(word, _)| word.is_empty() || word.ends_with('令'));
    let Some((word, number)) = known else {
        faults.push(NumberFault::Shape);
        return None;
    };
    let number = serial(number, faults);
    let word = if word.is_empty() { Some(String::new()) } else { issuer(word, faults) };
    Some(DocumentNumber { shape: Shape::Order, word: word?, year: None, number: number? })
}

fn named(word: &str, longest: usize, faults: &mut Vec<NumberFault>) -> Option<String> {
    let count = word.chars().count();
    let named = 0 < count && count <= longest && word.chars().all(is_han);
    if !named {
        faults.push(NumberFault::Word);
    }
    named.then(|| word.to_owned())
}

/// One or more names of organs, apart by single blanks.
fn issuer(word: &str, faults: &mut Vec<NumberFault>) -> Option<String> {
    let names: Vec<&str> = word.split_whitespace().collect();
    let all = names.concat();
    named(&all, LONGEST_ISSUER, faults).map(|_| names.join(" "))
}

fn full_year(text: &str, faults: &mut Vec<NumberFault>) -> Option<i16> {
    let full = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = text.parse().ok().filter(|year| full && (1900..=2099).contains(year));
    if year.is_none() {
        faults.push(NumberFault::Year);
    }
    year
}

fn serial(text: &str, faults: &mut Vec<NumberFault>) -> Option<u32> {
    let text = text.trim();
    let figures = text.strip_suffix('号').unwrap_or(text).trim();
    if figures.len() == text.len() {
        faults.push(NumberFault::NoEnd);
    }
    let digits = figures.bytes().all(|byte| byte.is_ascii_digit());
    let number = figures.parse().ok().filter(|number| digits && *number != 0);
    match number {
        None => faults.push(NumberFault::Number),
        Some(_) if figures.starts_with('0') => faults.push(NumberFault::Padded),
        Some(_) => {}
    }
    number
}

/// Chinese characters, the ideographic zero among them.
fn is_han(character: char) -> bool {
    matches!(character, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn right_numbers_are_read_and_written_alike() {
        let cases = [
            ("国办公开办函〔2021〕30号", "国办公开办函", Some(2021), 30),
            ("甲政发〔1999〕1号", "甲政发", Some(1999), 1),
            ("第711号", "", None, 711),
            ("甲省人民政府令第12号", "甲省人民政府令", None, 12),
            ("甲部 乙总局公告2021年第5号", "甲部 乙总局公告", Some(2021), 5),
            ("2021年第5号", "", Some(2021), 5),
        ];
        for (text, word, year, number) in cases {
            let read = DocumentNumber::parse(&format!(" {text}\u{3000}")).unwrap();
            assert_eq!((read.word(), read.year(), read.number()), (word, year, number));
            assert_eq!(read.to_string(), text);
        }
    }

    #[test]
    fn usual_slips_are_named_and_corrected() {
        use NumberFault as F;
        let right = "甲政办发〔2021〕5号";
        let cases = [
            ("甲政办发[2021]5号", vec![F::Brackets], right),
            ("甲政办发（2021）5号", vec![F::Brackets], right),
            ("甲政办发【2021】5号", vec![F::Brackets], right),
            ("甲政办发﹝2021﹞5号", vec![F::Brackets], right),
            ("甲政办发〔2021〕05号", vec![F::Padded], right),
            ("甲政办发〔2021〕第5号", vec![F::Ordinal], right),
            ("甲政办发〔2021〕5", vec![F::NoEnd], right),
            ("甲政办发〔2021年〕5号", vec![F::YearMark], right),
            ("甲政办发 〔２０２１〕 5 号", vec![F::WideFigures, F::Blanks], right),
            ("甲政办发(2021) 第005号", vec![F::Brackets, F::Blanks, F::Ordinal, F::Padded], right),
            ("甲市人民政府令第０８号", vec![F::WideFigures, F::Padded], "甲市人民政府令第8号"),
            ("甲局公告2021年第05号", vec![F::Padded], "甲局公告2021年第5号"),
        ];
        for (text, faults, correction) in cases {
            let fault = DocumentNumber::parse(text).unwrap_err();
            assert_eq!(fault.faults, faults, "{text}");
            assert!(fault.to_string().ends_with(&format!("建议改为“{correction}”")), "{fault}");
        }
    }

    #[test]
    fn what_cannot_be_guessed_is_not_corrected() {
        use NumberFault as F;
        let cases = [
            ("", F::Shape),
            ("无", F::Shape),
            ("甲政办发5号", F::Shape),
            ("甲政办发〔21〕5号", F::Year),
            ("甲政办发〔2121〕5号", F::Year),
            ("甲政办发〔2021〕号", F::Number),
            ("甲政办发〔2021〕0号", F::Number),
            ("甲政办发〔2021〕五号", F::Number),
            ("甲政办发〔2021〕99999999999号", F::Number),
            ("〔2021〕5号", F::Word),
            ("ABC〔2021〕5号", F::Word),
            ("甲政办发〔2021", F::Brackets),
            ("甲市人民政府令第九号", F::Number),
        ];
        for (text, expected) in cases {
            let fault = DocumentNumber::parse(text).unwrap_err();
            assert!(fault.faults.contains(&expected), "{text}: {fault}");
            assert_eq!(fault.correction, None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_number_made_is_read_back(
            word in "[甲乙丙丁政办发函字规]{1,20}",
            year in 1900..2100,
            number in 1_u32..,
        ) {
            let text = format!("{word}〔{year}〕{number}号");
            prop_assert_eq!(DocumentNumber::parse(&text).unwrap().to_string(), text);
        }

        #[test]
        fn a_correction_is_right_and_no_text_breaks_the_reader(
            text in "[甲乙令公告年第号〔〕\\[\\]（）【】 0-9０-９]{0,16}|.*",
        ) {
            if let Err(DocumentNumberFault { faults, correction, .. }) = DocumentNumber::parse(&text) {
                prop_assert!(!faults.is_empty());
                if let Some(number) = correction {
                    prop_assert_eq!(DocumentNumber::parse(&number.to_string()), Ok(number));
                }
            }
        }
    }
}
