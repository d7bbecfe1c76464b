//! PDF with text: ruled tables from the lines on the page, and the lines of text between them.
//!
//! No recognition of pictures: a page that is only a picture is said to be one.

mod filters;
mod guard;
mod ink;
mod layout;
pub(crate) mod open;
mod pages;
mod ruling;
pub(crate) mod worker;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_interpret::{TransformExt, kurbo};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;

use crate::limits::Deadline;
use crate::model::{Document, Format, Place, Remark, RemarkKind};
use crate::{Limits, ReadError};
use ink::Ink;
use layout::PageContent;

/// Reads a PDF.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
    deadline: &Deadline,
) -> Result<Document, ReadError> {
    let (bytes, limits, clock) = (Arc::new(bytes.to_vec()), limits.clone(), *deadline);
    worker::run(deadline, move || {
        open::check_size(&bytes, &limits, &clock)?;
        read_pages(bytes, &limits, &clock)
    })
}

/// How an output callback, which cannot fail, stops the interpreter.
struct Stopped(ReadError);

pub(crate) fn stop(error: ReadError) -> ! {
    resume_unwind(Box::new(Stopped(error)))
}

pub(crate) fn stopped_or_broken(panic: Box<dyn std::any::Any + Send>) -> ReadError {
    match panic.downcast::<Stopped>() {
        Ok(stopped) => stopped.0,
        Err(_) => broken("内部结构不合格式"),
    }
}

fn broken(reason: impl Into<String>) -> ReadError {
    ReadError::Broken { format: "PDF", reason: reason.into() }
}

fn read_pages(
    bytes: Arc<Vec<u8>>,
    limits: &Limits,
    deadline: &Deadline,
) -> Result<Document, ReadError> {
    let pdf = open::open(bytes, limits, deadline)?;
    let mut remarks = Vec::new();
    let mut contents = Vec::new();
    let cache = InterpreterCache::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        deadline.check()?;
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        match read_page(&pdf, page, &cache, deadline) {
            Ok(ink) => {
                remarks.extend(remarks_of(&ink, number));
                contents.push(layout::lay_out(ink, number, limits, deadline)?);
            }
            Err(ReadError::Broken { reason, .. }) => {
                remarks.push(remark(RemarkKind::Damaged, number, &format!("未能读取：{reason}")));
                contents.push(PageContent::new(number));
            }
            Err(error) => return Err(error),
        }
    }
    let blocks = pages::join(contents, limits, deadline)?;
    Ok(Document { format: Format::Pdf, title: None, blocks, remarks })
}

/// Interprets one page; a page that makes the interpreter slip leaves the others readable.
fn read_page<'a>(
    pdf: &'a Pdf,
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    deadline: &Deadline,
) -> Result<Ink, ReadError> {
    let (width, height) = page.render_dimensions();
    let size = kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut ink = Ink::new(size, *deadline);
    let interpreted = catch_unwind(AssertUnwindSafe(|| {
        let mut context = Context::new(
            page.initial_transform(true).to_kurbo(),
            size,
            cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        interpret_page(page, &mut context, &mut ink);
    }));
    interpreted.map_err(stopped_or_broken)?;
    Ok(ink)
}

fn remarks_of(ink: &Ink, number: u32) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let glyphs = ink.glyphs.len();
    if glyphs == 0 && ink.has_picture {
        remarks.push(remark(RemarkKind::PictureOnly, number, "只有图片，没有文字，未能读取"));
    }
    if 0 < ink.unknown || glyphs < 20 * ink.private {
        let count = ink.unknown + ink.private;
        let message = format!("有 {count} 个字的字体没有文字对照，读出的可能是乱码");
        remarks.push(remark(RemarkKind::Mojibake, number, &message));
    }
    if 0 < ink.invisible {
        let message = format!("有 {} 个看不见的字（多为识别图片所得），已照样读入", ink.invisible);
        remarks.push(remark(RemarkKind::Hidden, number, &message));
    }
    remarks
}

fn remark(kind: RemarkKind, number: u32, message: &str) -> Remark {
    Remark {
        kind,
        message: format!("第 {number} 页{message}"),
        place: Place { page: Some(number), ..Place::default() },
    }
}
