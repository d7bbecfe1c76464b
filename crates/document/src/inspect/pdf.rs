//! PDF: what stands in it beside its pages.

use std::sync::Arc;

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream, String as PdfString};

use super::picture::holds;
use super::{Finding, encrypted};
use crate::docx::xml::{self, Element, Handler};
use crate::{Deadline, Limits, ReadError, encoding, pdf};

/// Objects within objects are followed no deeper.
const MAX_DEPTH: u8 = 12;

/// Looks at a PDF.
pub(super) fn look(
    bytes: &[u8],
    limits: &Limits,
    clock: &Deadline,
    findings: &mut Vec<Finding>,
) -> Result<(), ReadError> {
    let (bytes, limits, deadline) = (Arc::new(bytes.to_vec()), limits.clone(), *clock);
    let (found, outcome) = pdf::worker::run(clock, move || {
        let mut found = Vec::new();
        let outcome = look_into(bytes, &limits, &deadline, &mut found);
        Ok((found, outcome))
    })?;
    findings.extend(found);
    outcome
}

fn look_into(
    bytes: Arc<Vec<u8>>,
    limits: &Limits,
    clock: &Deadline,
    findings: &mut Vec<Finding>,
) -> Result<(), ReadError> {
    pdf::open::check_size(&bytes, limits, clock)?;
    if holds(&bytes, b"/Encrypt") {
        findings.push(encrypted());
    }
    look_updates(&bytes, findings);
    let file = match pdf::open::open(bytes, limits, clock) {
        Ok(file) => file,
        Err(ReadError::Encrypted) => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut seen = Seen::default();
    for object in file.objects() {
        clock.check()?;
        seen.object(&object, 0);
    }
    let told = |value: &Option<Box<[u8]>>| {
        value.as_deref().map(|bytes| encoding::decode(bytes).text.trim().to_owned())
    };
    let metadata = file.metadata();
    let mut names = std::mem::take(&mut seen.authors);
    names.extend(told(&metadata.author));
    for packet in &seen.packets {
        let mut creators = Creators::default();
        // A packet that is no XML tells nothing; the bounds were kept before.
        let _ = xml::parse(packet, limits, clock, &mut creators);
        names.extend(creators.names);
    }
    names.retain(|name| !name.is_empty());
    names.sort();
    names.dedup();
    if !names.is_empty() {
        let creator = told(&metadata.creator).filter(|text| !text.is_empty());
        let by = creator.map(|creator| format!("，制作软件“{creator}”")).unwrap_or_default();
        let message = format!("文档属性里有作者“{}”{by}", names.join("、"));
        let hint = "请在原文档里清空属性后重新导出 PDF";
        findings.push(Finding::new("author", message, hint));
    }
    seen.tell(findings);
    Ok(())
}

/// Earlier versions of a file stay in it when it is saved by appending.
fn look_updates(bytes: &[u8], findings: &mut Vec<Finding>) {
    let n_ends = bytes.windows(5).filter(|window| *window == b"%%EOF").count();
    let is_linear = holds(&bytes[..bytes.len().min(1024)], b"/Linearized");
    let n_updates = n_ends.saturating_sub(1 + usize::from(is_linear));
    if 0 < n_updates {
        let message = format!("文件被追加保存过 {n_updates} 次，改动前的内容还留在里面");
        let hint = "请重新导出或打印成新的 PDF";
        findings.push(Finding::new("incremental", message, hint));
    }
}

/// What was met in the objects.
#[derive(Default)]
struct Seen {
    n_scripts: u32,
    n_launches: u32,
    n_files: u32,
    n_notes: u32,
    packets: Vec<Vec<u8>>,
    authors: Vec<String>,
}

impl Seen {
    fn object(&mut self, object: &Object<'_>, depth: u8) {
        if MAX_DEPTH < depth {
            return;
        }
        match object {
            Object::Dict(dict) => self.dict(dict, depth),
            Object::Stream(stream) => self.stream(stream, depth),
            Object::Array(array) => self.array(array, depth),
            _ => {}
        }
    }

    fn array(&mut self, array: &Array<'_>, depth: u8) {
        for item in array.raw_iter() {
            if let MaybeRef::NotRef(object) = item {
                self.object(&object, depth + 1);
            }
        }
    }

    fn stream(&mut self, stream: &Stream<'_>, depth: u8) {
        let dict = stream.dict();
        if name(dict, "Type").as_deref() == Some("EmbeddedFile") {
            self.n_files += 1;
        }
        if name(dict, "Subtype").as_deref() == Some("XML")
            && let Ok(packet) = stream.decoded()
        {
            self.packets.push(packet.into_owned());
        }
        self.dict(dict, depth);
    }

    fn dict(&mut self, dict: &Dict<'_>, depth: u8) {
        match name(dict, "S").as_deref() {
            Some("JavaScript" | "Rendition") => self.n_scripts += 1,
            Some("Launch" | "ImportData" | "SubmitForm") => self.n_launches += 1,
            _ => {}
        }
        // The properties, wherever they stand: a damaged file may have lost the way to them.
        if let Some(author) = dict.get::<PdfString<'_>>("Author")
            && self.authors.len() < 20
        {
            self.authors.push(encoding::decode(author.as_bytes()).text.trim().to_owned());
        }
        const NOTES: [&str; 15] = [
            "Text",
            "FreeText",
            "Line",
            "Square",
            "Circle",
            "Polygon",
            "PolyLine",
            "Highlight",
            "Underline",
            "Squiggly",
            "StrikeOut",
            "Caret",
            "Ink",
            "FileAttachment",
            "Redact",
        ];
        let is_note = name(dict, "Subtype").is_some_and(|name| NOTES.contains(&&*name));
        self.n_notes += u32::from(is_note && dict.contains_key("Rect"));
        for (_, value) in dict.entries() {
            if let MaybeRef::NotRef(object) = value {
                self.object(&object, depth + 1);
            }
        }
    }

    fn tell(&self, findings: &mut Vec<Finding>) {
        let told = [
            ("scripts", self.n_scripts, "段脚本（JavaScript）", "请重新导出不带脚本的 PDF"),
            ("launch", self.n_launches, "个会打开程序或提交数据的动作", "请重新导出不带动作的 PDF"),
            ("embedded", self.n_files, "个嵌入的文件", "请去掉嵌入的文件后再上传"),
            ("comments", self.n_notes, "处批注", "请删除批注或打印成新的 PDF"),
        ];
        for (key, count, what, hint) in told.into_iter().filter(|(_, count, ..)| 0 < *count) {
            findings.push(Finding::new(key, format!("文件里有 {count} {what}"), hint));
        }
    }
}

fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    let name: Name<'_> = dict.get(key)?;
    Some(String::from_utf8_lossy(name.as_ref()).into_owned())
}

/// Authors named in a packet of XMP.
#[derive(Default)]
struct Creators {
    path: Vec<String>,
    names: Vec<String>,
}

impl Handler for Creators {
    fn open(&mut self, element: &Element<'_>) {
        self.path.push(element.name());
    }

    fn close(&mut self) -> Result<(), ReadError> {
        self.path.pop();
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let is_creator = self.path.iter().any(|name| name == "creator" || name == "Author");
        if is_creator && !text.trim().is_empty() && self.names.len() < 20 {
            self.names.push(text.trim().to_owned());
        }
    }
}
