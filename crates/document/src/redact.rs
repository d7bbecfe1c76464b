//! Copies with words and areas taken out for good (区分处理): from text, DOCX and PDF.
//!
//! The copy is made anew from what may stay, never by covering: what is not known to be harmless
//! is left out. It is read again before it is given out, and refused if a word is still found.
//! What pictures show is not read here; who marks areas of them has to look.

mod docx;
mod pdf;
mod plain;
mod proof;
mod words;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

pub use proof::{Found, Proof, prove};

use crate::{Block, Deadline, Document, Format, Limits, Place, ReadError, limits, sniff};
use words::Words;

/// What stands where a word was. Of one length, so that it does not tell the length of a name.
const MASK: &str = "■■■";

/// What is to go.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Marks {
    /// Words, wherever they stand and however they are broken, spaced or widened.
    pub words: Vec<String>,
    /// Areas of pages; of PDF only.
    pub areas: Vec<Area>,
    /// Pages of a PDF whose pictures and unreadable characters somebody has looked at, from 1.
    pub seen_pages: Vec<u32>,
    /// Take out all pictures of a DOCX.
    pub without_pictures: bool,
}

/// A rectangle on a page as it is shown, in points from its upper left corner.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Area {
    /// The page, from 1.
    pub page: u32,
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

/// A copy that may go out.
#[derive(Clone, PartialEq, Debug)]
pub struct Redacted {
    /// The copy; the same input gives the same bytes.
    pub bytes: Vec<u8>,
    /// How often each word was met, in the order of the marks; a word met nowhere stands with 0.
    pub met: Vec<(String, usize)>,
    /// What else is not in the copy, and what people have to look at; Chinese sentences.
    pub remarks: Vec<String>,
    /// That nothing of it is found in the copy.
    pub proof: Proof,
}

/// Why no copy was made.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Refusal {
    /// No word and no area.
    #[error("没有标出要遮盖的内容，请先标出字句或区域")]
    NothingMarked,
    /// A word of blanks.
    #[error("有一处标记是空的，请删去或改正后再遮盖")]
    EmptyWord,
    /// A word that is too long.
    #[error("有一处标记长达 {actual} 个字，最多 {bound} 个字，请分段标出")]
    LongWord {
        /// The most characters.
        bound: usize,
        /// Those given.
        actual: usize,
    },
    /// Too many words.
    #[error("标记有 {actual} 处，最多 {bound} 处，请分批或改用整页遮盖")]
    TooManyWords {
        /// The most.
        bound: usize,
        /// Those given.
        actual: usize,
    },
    /// An area that is none, or on a page that is not there.
    #[error("第 {page} 页的遮盖区域不成立（页面不存在，或四边不合理），请重新框选")]
    BadArea {
        /// The page it names.
        page: u32,
    },
    /// A format that cannot be redacted here.
    #[error("不能遮盖{0}，请转为 docx、pdf 或 txt 后再遮盖")]
    Format(&'static str),
    /// The encoding is not sure, so that a word might be there unseen.
    #[error("文件的文字编码无法确定，不能保证遮盖干净；请另存为 UTF-8 后再遮盖")]
    Encoding,
    /// A page that cannot be read surely.
    #[error("第 {page} 页{reason}，不能保证遮盖干净；{hint}")]
    Page {
        /// The page, from 1.
        page: u32,
        /// What is the matter.
        reason: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// The copy still held a word: nothing was given out.
    #[error("遮盖后复查，仍在{}发现要遮盖的内容，没有生成文件；请改用其他格式，或重新导出后再遮盖", found_at(.0))]
    StillFound(Box<Proof>),
    /// The file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
}

fn found_at(proof: &Proof) -> String {
    let mut parts: Vec<&str> = proof.found.iter().map(|found| found.part.as_str()).collect();
    parts.dedup();
    parts.truncate(3);
    parts.join("、")
}

/// A copy as it is made, before it is proved.
struct Copy {
    bytes: Vec<u8>,
    /// How often each word was met.
    n_met: Vec<usize>,
    remarks: Vec<String>,
}

/// Makes a copy without what is marked, and proves it.
///
/// # Errors
/// When the marks are none, the file cannot be read or redacted surely, or a bound is passed.
pub fn redact(bytes: &[u8], marks: &Marks, limits: &Limits) -> Result<Redacted, Refusal> {
    if marks.words.is_empty() && marks.areas.is_empty() && !marks.without_pictures {
        return Err(Refusal::NothingMarked);
    }
    let length = bytes.len() as u64;
    limits::at_most("input-bytes", "文件大小（字节）", limits.input_bytes, length)?;
    let words = Words::new(&marks.words)?;
    // The parsers meet hostile bytes; a slip of theirs is damage of the file, not ours.
    let copy = catch_unwind(AssertUnwindSafe(|| copy(bytes, &words, marks, limits)));
    let copy = copy.unwrap_or_else(|_| Err(Refusal::Unreadable(slip())))?;
    let mut proof = prove(&copy.bytes, &marks.words, limits)?;
    if !proof.is_clean() {
        return Err(Refusal::StillFound(Box::new(proof)));
    }
    if !marks.areas.is_empty() {
        proof.n_areas = marks.areas.len();
        proof.ways.push(AREAS_PROVED.to_owned());
    }
    let met = words.given().map(str::to_owned).zip(copy.n_met).collect();
    Ok(Redacted { bytes: copy.bytes, met, remarks: copy.remarks, proof })
}

/// How areas are proved, whenever a copy with areas is made.
const AREAS_PROVED: &str = "重新解释每个有遮盖区域的页面，区域里没有字，除被区域边缘切断的直线和矩形外没有图形，图片在区域里的点全部为黑，上面盖有黑框";

/// How wide and how high each page of a PDF is as it is shown, in points.
///
/// # Errors
/// When it is no PDF, or cannot be read.
pub fn page_sizes(bytes: &[u8], limits: &Limits) -> Result<Vec<(f64, f64)>, Refusal> {
    of_pdf(bytes, limits, |clock| pdf::page_sizes(bytes, limits, clock))
}

/// A page of a PDF as SVG, to mark areas on; `number` counts from 1.
///
/// # Errors
/// When it is no PDF, has no such page, or cannot be read.
pub fn page_picture(bytes: &[u8], number: u32, limits: &Limits) -> Result<String, Refusal> {
    of_pdf(bytes, limits, |clock| pdf::page_picture(bytes, number, limits, clock))
}

fn of_pdf<T>(
    bytes: &[u8],
    limits: &Limits,
    look: impl FnOnce(&Deadline) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let length = bytes.len() as u64;
    limits::at_most("input-bytes", "文件大小（字节）", limits.input_bytes, length)?;
    let clock = Deadline::start(limits);
    let looked = catch_unwind(AssertUnwindSafe(|| match sniff::format(bytes, limits)? {
        Format::Pdf => look(&clock),
        _ => Err(Refusal::Format("这种文件的区域")),
    }));
    looked.unwrap_or_else(|_| Err(Refusal::Unreadable(slip())))
}

fn slip() -> ReadError {
    ReadError::Broken { format: "", reason: "内部结构不合格式".to_owned() }
}

fn copy(bytes: &[u8], words: &Words, marks: &Marks, limits: &Limits) -> Result<Copy, Refusal> {
    let clock = Deadline::start(limits);
    let format = sniff::format(bytes, limits)?;
    if let Some(area) = marks.areas.first()
        && format != Format::Pdf
    {
        return Err(Refusal::BadArea { page: area.page });
    }
    match format {
        Format::Text => plain::redact(bytes, words),
        Format::Docx => docx::redact(bytes, words, marks.without_pictures, limits, &clock),
        Format::Pdf => pdf::redact(bytes, words, marks, limits, &clock),
        Format::Html => Err(Refusal::Format("网页文件")),
        Format::Workbook => Err(Refusal::Format("电子表格")),
    }
}

/// The word that a mark by place means: characters of the paragraph or cell that stands there.
/// `None` when nothing stands there.
pub fn word_at(document: &Document, place: Place, characters: Range<usize>) -> Option<String> {
    let texts = document.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(paragraph) => vec![(paragraph.place, &paragraph.text)],
        Block::Table(table) => {
            table.rows.iter().flatten().map(|cell| (cell.place, &cell.text)).collect()
        }
    });
    let (_, text) = texts.into_iter().find(|(at, _)| *at == place)?;
    let n_characters = characters.end.checked_sub(characters.start).filter(|n| 0 < *n)?;
    let word: String = text.chars().skip(characters.start).take(n_characters).collect();
    (word.chars().count() == n_characters).then_some(word)
}

#[cfg(test)]
mod tests;
