//! What an attachment is and what it carries beside what it shows; nothing in it is changed.
//!
//! The kind is told by the content. What is not allowed as an attachment is refused with a
//! sentence; what is allowed comes with findings, a safe name, and its text where it has one.

mod archive;
mod kind;
mod name;
mod office;
mod pdf;
mod picture;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use archive::Entry;
pub use kind::Kind;
pub use picture::MAX_PIXELS;

use crate::limits::at_most;
use crate::{Deadline, Document, Limits, ReadError, RemarkKind};

/// What was seen in an attachment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inspection {
    /// What it is, by its content.
    pub kind: Kind,
    /// The media type to serve it with, by its content.
    pub media_type: &'static str,
    /// A name without tricks, whose extension agrees with the content; the given one if it was so.
    pub safe_name: String,
    /// What somebody must look at before it is published.
    pub findings: Vec<Finding>,
    /// Its text, for search and screening; `None` when it has none that is read here.
    pub text: Option<Document>,
    /// What an archive holds.
    pub entries: Vec<Entry>,
}

/// Something in an attachment that its readers should perhaps not get.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What, for programs; never changes its meaning.
    pub key: &'static str,
    /// What, for people.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
}

impl Finding {
    pub(crate) fn new(key: &'static str, message: impl Into<String>, hint: &'static str) -> Self {
        Self { key, message: message.into(), hint }
    }
}

/// Why a file cannot be an attachment.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// A page or a drawing, which may bring programs along.
    #[error("{0}不能作为附件，因为它能带程序；请转成 pdf 或图片再上传")]
    Active(&'static str),
    /// No kind that may be attached.
    #[error(
        "不接受这种附件（{0}）；可上传 pdf、docx、xlsx、pptx、doc、xls、ppt、wps、et、ofd、txt、csv、jpg、png、gif、webp、mp4、mp3、zip"
    )]
    Unknown(String),
    /// A picture of too many points.
    #[error("图片有 {0} 个像素，超过上限 {MAX_PIXELS}，请缩小后再上传")]
    TooManyPixels(u64),
    /// A bound was passed.
    #[error("{what}超过上限 {bound}（实际至少 {actual}），请缩小或拆分后再上传")]
    Bound {
        /// What it bounds, in Chinese.
        what: &'static str,
        /// The bound.
        bound: u64,
        /// What was met.
        actual: u64,
    },
    /// It cannot be opened.
    #[error("{0}；请重新导出后再上传")]
    Unreadable(ReadError),
}

impl From<ReadError> for Refusal {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Limit { what, bound, actual, .. } => Self::Bound { what, bound, actual },
            other => Self::Unreadable(other),
        }
    }
}

/// Looks at an attachment. Its name is used for its text kinds and checked; the kind is told by
/// the content.
///
/// # Errors
/// When it may not be attached, cannot be opened, or passes a bound of `limits`.
pub fn inspect(name: &str, bytes: &[u8], limits: &Limits) -> Result<Inspection, Refusal> {
    let clock = Deadline::start(limits);
    let length = bytes.len() as u64;
    at_most("input-bytes", "文件大小（字节）", limits.input_bytes, length)?;
    // Parsers meet hostile bytes; a slip of theirs is damage of the file, not ours.
    let looked = catch_unwind(AssertUnwindSafe(|| look(name, bytes, limits, &clock)));
    looked.unwrap_or_else(|_| {
        let reason = "内部结构不合格式".to_owned();
        Err(ReadError::Broken { format: "附件", reason }.into())
    })
}

fn look(
    file_name: &str,
    bytes: &[u8],
    limits: &Limits,
    clock: &Deadline,
) -> Result<Inspection, Refusal> {
    let kind = kind::tell(file_name, bytes, limits)?;
    let (safe_name, mut findings) = name::check(file_name, kind);
    let mut entries = Vec::new();
    match kind {
        Kind::Docx | Kind::Xlsx | Kind::Pptx | Kind::Ofd => {
            archive::list(bytes, limits, clock)?;
            office::look(kind, bytes, limits, clock, &mut findings)?;
        }
        Kind::Zip => {
            entries = archive::list(bytes, limits, clock)?;
            archive::look(&entries, &mut findings);
        }
        Kind::Doc | Kind::Xls | Kind::Ppt => office::look_old(bytes, &mut findings),
        Kind::EncryptedOffice => findings.push(encrypted()),
        Kind::Pdf => pdf::look(bytes, limits, clock, &mut findings)?,
        Kind::Jpeg | Kind::Png | Kind::Gif | Kind::Webp => {
            picture::look(kind, bytes, &mut findings)?;
        }
        Kind::Mp4 => picture::look_film(bytes, &mut findings),
        Kind::Txt | Kind::Csv | Kind::Mp3 => {}
    }
    let text = text(kind, bytes, limits, &mut findings)?;
    let has_macros = findings.iter().any(|finding| finding.key == "macros");
    let media_type = kind.media_type(has_macros);
    Ok(Inspection { kind, media_type, safe_name, findings, text, entries })
}

fn encrypted() -> Finding {
    let hint = "请去掉密码后再上传，否则无法检查，公众也打不开";
    Finding::new("encrypted", "文件已加密", hint)
}

/// The text of an attachment; that it has none where it should is a finding.
fn text(
    kind: Kind,
    bytes: &[u8],
    limits: &Limits,
    findings: &mut Vec<Finding>,
) -> Result<Option<Document>, Refusal> {
    let read = match kind {
        Kind::Docx | Kind::Xlsx | Kind::Xls | Kind::Pdf | Kind::Txt | Kind::Csv => {
            crate::read(bytes, limits)
        }
        Kind::Pptx => office::slides(bytes, limits),
        _ => return Ok(None),
    };
    let hint = "请重新导出后再上传，或由人看过全文";
    match read {
        Ok(document) => {
            let has = |kind| document.remarks.iter().any(|remark| remark.kind == kind);
            if has(RemarkKind::PictureOnly) {
                let message = "有的页面只有图片没有文字，敏感词检查看不到里面的字";
                findings.push(Finding::new("picture-only", message, "请由人看过全文"));
            }
            if has(RemarkKind::Damaged) {
                let message = "有的部分已损坏，只读出一部分";
                findings.push(Finding::new("damaged", message, hint));
            }
            Ok(Some(document))
        }
        Err(ReadError::Encrypted) => {
            if findings.iter().all(|finding| finding.key != "encrypted") {
                findings.push(encrypted());
            }
            Ok(None)
        }
        Err(ReadError::Empty) => Ok(None),
        Err(error @ (ReadError::Broken { .. } | ReadError::UnknownFormat(_))) => {
            findings.push(Finding::new("damaged", format!("文字没有读出：{error}"), hint));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests;
