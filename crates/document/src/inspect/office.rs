//! Office documents: revisions, comments, names, macros, hidden things, links out of the file.

use std::collections::BTreeSet;

use super::{Finding, Kind};
use crate::container::{self, Container};
use crate::docx::xml::{self, Element, Handler, Stop};
use crate::{Block, Deadline, Document, Format, Limits, Paragraph, Place, ReadError};

/// So many names are told.
const MAX_NAMES: usize = 20;

/// Looks into an office document of today, or OFD.
pub(super) fn look(
    kind: Kind,
    bytes: &[u8],
    limits: &Limits,
    clock: &Deadline,
    findings: &mut Vec<Finding>,
) -> Result<(), ReadError> {
    let mut container = container::open(bytes, limits, "Office ")?;
    let mut names: Vec<String> = container.names().collect();
    names.sort();
    let mut seen = Seen::default();
    for name in &names {
        let Some(area) = area(kind, name) else { continue };
        let Some(part) = part(&mut container, name, clock)? else {
            seen.n_damaged += 1;
            continue;
        };
        seen.area = area;
        seen.path.clear();
        match xml::parse(&part, limits, clock, &mut seen) {
            Ok(()) => {}
            Err(Stop::Malformed(_) | Stop::Refused(ReadError::Broken { .. })) => {
                seen.n_damaged += 1
            }
            Err(Stop::Refused(error)) => return Err(error),
        }
    }
    seen.tell(findings);
    look_parts(&names, findings);
    Ok(())
}

fn part(
    container: &mut Container<'_>,
    name: &str,
    clock: &Deadline,
) -> Result<Option<Vec<u8>>, ReadError> {
    match container.part(name, clock) {
        Err(ReadError::Broken { .. }) => Ok(None),
        other => other,
    }
}

/// What a part may hold that is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Area {
    #[default]
    Words,
    Comments,
    Workbook,
    Sheet,
    Slide,
    Relations,
    Properties,
}

fn area(kind: Kind, name: &str) -> Option<Area> {
    if kind == Kind::Ofd {
        return (name == "OFD.xml").then_some(Area::Properties);
    }
    let stem = name.strip_suffix(".xml").unwrap_or(name);
    let is_xml = name.ends_with(".xml");
    Some(match () {
        () if name.ends_with(".rels") => Area::Relations,
        () if !is_xml => return None,
        () if name.starts_with("docProps/") => Area::Properties,
        () if stem.contains("/comments") || stem.contains("/threadedComments/") => Area::Comments,
        () if stem == "xl/workbook" => Area::Workbook,
        () if name.starts_with("xl/worksheets/") => Area::Sheet,
        () if name.starts_with("ppt/slides/") => Area::Slide,
        () if name.starts_with("word/") && stem != "word/styles" => Area::Words,
        () => return None,
    })
}

/// What was met in the parts.
#[derive(Default)]
struct Seen {
    area: Area,
    path: Vec<String>,
    n_revisions: u32,
    n_comments: u32,
    n_hidden_texts: u32,
    n_hidden_lines: u32,
    n_hidden_slides: u32,
    n_links: u32,
    n_damaged: u32,
    hidden_sheets: Vec<String>,
    very_hidden_sheets: Vec<String>,
    reviewers: BTreeSet<String>,
    /// Names of people and organs in the properties, each with what it is.
    properties: BTreeSet<String>,
}

impl Seen {
    fn word(&mut self, name: &str, element: &Element<'_>) {
        let is_revision = matches!(
            name,
            "ins" | "del" | "moveFrom" | "moveTo" | "cellIns" | "cellDel" | "cellMerge"
        ) || name.ends_with("Change");
        // Mathematics has elements of these names too; revisions carry an author.
        if let Some(author) = element.attribute("author").filter(|_| is_revision) {
            self.n_revisions += 1;
            self.reviewer(author);
        }
        self.n_hidden_texts += u32::from(name == "vanish" && element.is_on());
    }

    fn reviewer(&mut self, name: String) {
        if !name.trim().is_empty() && self.reviewers.len() < MAX_NAMES {
            self.reviewers.insert(name);
        }
    }

    fn relation(&mut self, element: &Element<'_>) {
        let told = |name| element.attribute(name).unwrap_or_default();
        let target = told("Target").to_ascii_lowercase();
        let is_outside = told("TargetMode") == "External";
        let is_hyperlink = told("Type").ends_with("/hyperlink");
        let is_of_computer = target.starts_with("file:") || target.starts_with("\\\\");
        self.n_links += u32::from(is_outside && (!is_hyperlink || is_of_computer));
    }

    fn sheet(&mut self, element: &Element<'_>) {
        let name = element.attribute("name").unwrap_or_default();
        match element.attribute("state").as_deref() {
            Some("hidden") => self.hidden_sheets.push(name),
            Some("veryHidden") => self.very_hidden_sheets.push(name),
            _ => {}
        }
    }

    fn tell(&self, findings: &mut Vec<Finding>) {
        const COPY: &str = "请用清理后的副本，或在原文件里去掉后再上传";
        let by = match self.reviewers.is_empty() {
            true => String::new(),
            false => {
                let names: Vec<&str> = self.reviewers.iter().map(String::as_str).collect();
                format!("（{}）", names.join("、"))
            }
        };
        let mut find = |key, is_there: bool, message: String, hint| {
            if is_there {
                findings.push(Finding::new(key, message, hint));
            }
        };
        let n_revisions = self.n_revisions;
        let message = format!("有 {n_revisions} 处修订没有接受{by}");
        find("tracked-changes", 0 < n_revisions, message, COPY);
        let n_comments = self.n_comments;
        find("comments", 0 < n_comments, format!("有 {n_comments} 条批注{by}"), COPY);
        let properties: Vec<&str> = self.properties.iter().map(String::as_str).collect();
        let message = format!("文档属性里有{}", properties.join("、"));
        find("author", !properties.is_empty(), message, COPY);
        let message = "有隐藏的文字".to_owned();
        find("hidden-text", 0 < self.n_hidden_texts, message, "请取消隐藏，看过后删除或保留");
        let hint = "请取消隐藏，看过后删除或保留；清理时可选择一并删除";
        let sheets = self.hidden_sheets.join("”“");
        find("hidden-sheet", !sheets.is_empty(), format!("有隐藏的工作表“{sheets}”"), hint);
        let sheets = self.very_hidden_sheets.join("”“");
        let message = format!("有深度隐藏的工作表“{sheets}”，菜单里看不到");
        find("very-hidden-sheet", !sheets.is_empty(), message, hint);
        let message = format!("有 {} 处隐藏的行或列", self.n_hidden_lines);
        find("hidden-lines", 0 < self.n_hidden_lines, message, "请取消隐藏，看过后删除或保留");
        let message = format!("有 {} 张隐藏的幻灯片", self.n_hidden_slides);
        find("hidden-slides", 0 < self.n_hidden_slides, message, "请删除或取消隐藏");
        let message = format!("有 {} 处链接到外部文件", self.n_links);
        find("external-links", 0 < self.n_links, message, "请断开链接后再上传");
        let message = format!("有 {} 个部分已损坏，没有看到", self.n_damaged);
        find("damaged", 0 < self.n_damaged, message, "请重新保存后再上传");
    }
}

impl Handler for Seen {
    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        match self.area {
            Area::Words => self.word(&name, element),
            Area::Comments => {
                if matches!(&*name, "comment" | "threadedComment" | "cm") {
                    self.n_comments += 1;
                    element.attribute("author").into_iter().for_each(|name| self.reviewer(name));
                }
            }
            Area::Workbook if name == "sheet" => self.sheet(element),
            Area::Sheet if matches!(&*name, "row" | "col") => {
                let hidden = element.attribute("hidden");
                self.n_hidden_lines += u32::from(matches!(hidden.as_deref(), Some("1" | "true")));
            }
            Area::Slide if name == "sld" => {
                let shown = element.attribute("show");
                self.n_hidden_slides += u32::from(matches!(shown.as_deref(), Some("0" | "false")));
            }
            Area::Relations if name == "Relationship" => self.relation(element),
            _ => {}
        }
        self.path.push(name);
    }

    fn close(&mut self) -> Result<(), ReadError> {
        self.path.pop();
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let name = self.path.last().cloned().unwrap_or_default();
        if self.area == Area::Comments && name == "author" {
            self.reviewer(text.to_owned());
        }
        if self.area != Area::Properties || MAX_NAMES <= self.properties.len() {
            return;
        }
        let what = match &*name {
            "creator" | "Author" | "Creator" => "作者",
            "lastModifiedBy" => "最后修改人",
            "Company" => "单位",
            "Manager" => "经理",
            "HyperlinkBase" => "链接地址",
            // Properties that programs and people add.
            _ if self.path.iter().any(|name| name == "property") => "自定义属性",
            _ => return,
        };
        self.properties.insert(format!("{what}“{text}”"));
    }
}

/// What the names of the parts tell.
fn look_parts(names: &[String], findings: &mut Vec<Finding>) {
    let is_in = |pieces: &[&str]| {
        names
            .iter()
            .any(|name| pieces.iter().any(|piece| name.to_ascii_lowercase().contains(piece)))
    };
    let told = [
        (
            "macros",
            &["vbaproject.bin", "xl/macrosheets/"][..],
            "文件带有宏",
            "请另存为不带宏的格式（docx、xlsx、pptx）",
        ),
        (
            "embedded",
            &["/embeddings/", "/activex/"],
            "文件里嵌入了别的文件或控件",
            "请改成图片或文字后再上传",
        ),
        (
            "external-links",
            &["xl/externallinks/", "xl/connections.xml"],
            "工作簿引用了外部文件或数据源",
            "请断开链接，只留数值",
        ),
        (
            "pivot-cache",
            &["pivotcache/pivotcacherecords"],
            "数据透视表里存着原始数据",
            "请把数据透视表粘贴成数值",
        ),
        ("speaker-notes", &["ppt/notesslides/"], "幻灯片带有演讲者备注", "请看过后删除备注"),
        (
            "thumbnail",
            &["docprops/thumbnail"],
            "文件里存着缩略图，可能是旧版内容",
            "请用清理后的副本",
        ),
    ];
    for (key, pieces, message, hint) in told {
        if is_in(pieces) {
            findings.push(Finding::new(key, message, hint));
        }
    }
}

/// What can be told of an office document of old.
pub(super) fn look_old(bytes: &[u8], findings: &mut Vec<Finding>) {
    let hint = "请另存为 docx、xlsx 或 pptx 后再上传";
    let message = "旧格式的文件看不到里面的修订、批注、隐藏内容和属性";
    findings.push(Finding::new("not-inspected", message, hint));
    let wide: Vec<u8> = "_VBA_PROJECT".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.chunks(128).any(|entry| entry.starts_with(&wide)) {
        findings.push(Finding::new(
            "macros",
            "文件带有宏",
            "请另存为不带宏的格式（docx、xlsx、pptx）",
        ));
    }
}

/// The text of slides, a paragraph each, in order of their numbers.
pub(super) fn slides(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let clock = Deadline::start(limits);
    let mut container = container::open(bytes, limits, "PowerPoint ")?;
    let number = |name: &String| -> Option<u32> {
        name.strip_prefix("ppt/slides/slide")?.strip_suffix(".xml")?.parse().ok()
    };
    let mut parts: Vec<(u32, String)> =
        container.names().filter_map(|name| Some((number(&name)?, name))).collect();
    parts.sort();
    let mut blocks = Vec::new();
    for (slide, name) in parts {
        let part = container.part(&name, &clock)?.unwrap_or_default();
        let mut lines = Lines::default();
        if let Err(Stop::Refused(error)) = xml::parse(&part, limits, &clock, &mut lines) {
            return Err(error);
        }
        for text in lines.lines {
            let place = Place { page: Some(slide), ..Place::default() };
            blocks.push(Block::Paragraph(Paragraph { text, place, heading: None }));
            limits.check_expanded((blocks.len() * size_of::<Block>()) as u64)?;
        }
    }
    Ok(Document { format: Format::Docx, title: None, blocks, remarks: Vec::new() })
}

/// The paragraphs of a slide.
#[derive(Default)]
struct Lines {
    path: Vec<String>,
    line: String,
    lines: Vec<String>,
}

impl Handler for Lines {
    fn open(&mut self, element: &Element<'_>) {
        self.path.push(element.qualified());
    }

    fn close(&mut self) -> Result<(), ReadError> {
        if self.path.pop().is_some_and(|name| name == "a:p") {
            let line = std::mem::take(&mut self.line);
            self.lines.extend(Some(line).filter(|line| !line.trim().is_empty()));
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.path.last().is_some_and(|name| name == "a:t") {
            self.line.push_str(text);
        }
    }
}
