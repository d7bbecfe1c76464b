//! The parts of a Word document that a copy may have, and the package written around them anew:
//! names, relations and content types are ours, nothing of them is taken over.

use std::collections::BTreeMap;

use crate::redact::Refusal;
use crate::scrub::dom::{self, Element};
use crate::scrub::{package, picture};
use crate::{Deadline, Limits, ReadError};

/// What a part is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Main,
    Styles,
    Numbering,
    Settings,
    FontTable,
    Theme,
    Header,
    Footer,
    Footnotes,
    Endnotes,
}

impl Kind {
    /// By the last word of the relation that leads to it.
    fn of(relation: &str) -> Option<Self> {
        Some(match relation {
            "styles" => Self::Styles,
            "numbering" => Self::Numbering,
            "settings" => Self::Settings,
            "fontTable" => Self::FontTable,
            "theme" => Self::Theme,
            "header" => Self::Header,
            "footer" => Self::Footer,
            "footnotes" => Self::Footnotes,
            "endnotes" => Self::Endnotes,
            _ => return None,
        })
    }

    /// Word of its relation, of its file, of its content type.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Main => ("officeDocument", "document", "document.main"),
            Self::Styles => ("styles", "styles", "styles"),
            Self::Numbering => ("numbering", "numbering", "numbering"),
            Self::Settings => ("settings", "settings", "settings"),
            Self::FontTable => ("fontTable", "fontTable", "fontTable"),
            Self::Theme => ("theme", "theme", "theme"),
            Self::Header => ("header", "header", "header"),
            Self::Footer => ("footer", "footer", "footer"),
            Self::Footnotes => ("footnotes", "footnotes", "footnotes"),
            Self::Endnotes => ("endnotes", "endnotes", "endnotes"),
        }
    }

    fn content_type(self) -> String {
        match self {
            Self::Theme => "application/vnd.openxmlformats-officedocument.theme+xml".to_owned(),
            other => format!(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml",
                other.words().2
            ),
        }
    }

    /// Whether it may show pictures.
    fn shows_pictures(self) -> bool {
        matches!(self, Self::Main | Self::Header | Self::Footer | Self::Footnotes | Self::Endnotes)
    }
}

/// A part of XML.
pub(super) struct Part {
    pub(super) kind: Kind,
    /// Its number among those of its kind, from 1.
    number: usize,
    pub(super) document: Element,
    /// The names by which it calls what it leads to, old and new, with what that is.
    pub(super) relations: BTreeMap<String, Target>,
}

/// What a relation leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Target {
    /// The new name of the relation.
    pub(super) id: String,
    /// The last word of its kind.
    relation: &'static str,
    /// The new name of the part, in the folder `word`.
    file: String,
}

/// All that a copy is made of.
pub(super) struct Package {
    pub(super) parts: Vec<Part>,
    /// Pictures: old name, new name, cleaned bytes.
    pictures: Vec<(String, String, Vec<u8>)>,
    without_pictures: bool,
    /// What was left out, in Chinese.
    pub(super) lost: Vec<String>,
}

/// A relation as the file gives it.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Package {
    /// Takes what may stay out of the package.
    pub(super) fn take(
        bytes: &[u8],
        without_pictures: bool,
        limits: &Limits,
        clock: &Deadline,
    ) -> Result<Self, Refusal> {
        let all: BTreeMap<String, Vec<u8>> =
            package::parts(bytes, limits, clock)?.into_iter().collect();
        let usual = "word/document.xml".to_owned();
        let is_main = |name: &&String| name.starts_with("word/document") && name.ends_with(".xml");
        let main = if all.contains_key(&usual) { Some(&usual) } else { all.keys().find(is_main) };
        let main = main
            .cloned()
            .ok_or_else(|| ReadError::Broken {
                format: "Word ", reason: "没有正文".to_owned()
            })?;
        let (pictures, lost) = (Vec::new(), Vec::new());
        let mut taken = Self { parts: Vec::new(), pictures, without_pictures, lost };
        let document = dom::parse(&all[&main], limits, clock)?;
        taken.parts.push(Part {
            kind: Kind::Main,
            number: 1,
            document,
            relations: BTreeMap::new(),
        });
        let mut relations = BTreeMap::new();
        for relation in relations_of(&all, &main, limits, clock)? {
            let Some(kind) = Kind::of(&relation.kind) else {
                taken.relate(&all, relation, &mut relations)?;
                continue;
            };
            let Some(part) = all.get(&relation.target) else { continue };
            let number = 1 + taken.parts.iter().filter(|part| part.kind == kind).count();
            let (word, file, _) = kind.words();
            let id = format!("rId{}", relations.len() + 1);
            let part = Part {
                kind,
                number,
                document: dom::parse(part, limits, clock)?,
                relations: taken.pictures_of(kind, &all, &relation.target, limits, clock)?,
            };
            let target = Target { id, relation: word, file: format!("{file}{number}.xml") };
            taken.parts.push(part);
            relations.insert(relation.id, target);
        }
        taken.parts[0].relations = relations;
        Ok(taken)
    }

    pub(super) fn n_pictures(&self) -> usize {
        self.pictures.len()
    }

    fn pictures_of(
        &mut self,
        kind: Kind,
        all: &BTreeMap<String, Vec<u8>>,
        name: &str,
        limits: &Limits,
        clock: &Deadline,
    ) -> Result<BTreeMap<String, Target>, Refusal> {
        let mut relations = BTreeMap::new();
        if kind.shows_pictures() {
            for relation in relations_of(all, name, limits, clock)? {
                self.relate(all, relation, &mut relations)?;
            }
        }
        Ok(relations)
    }

    /// Takes a picture over, cleaned; anything else is left out.
    fn relate(
        &mut self,
        all: &BTreeMap<String, Vec<u8>>,
        relation: Relation,
        relations: &mut BTreeMap<String, Target>,
    ) -> Result<(), Refusal> {
        let id = format!("rId{}", relations.len() + 1);
        let known = self.pictures.iter().find(|(old, ..)| *old == relation.target);
        if let Some((_, file, _)) = known {
            let target = Target { id, relation: "image", file: file.clone() };
            relations.insert(relation.id, target);
            return Ok(());
        }
        let Some(bytes) = all.get(&relation.target) else { return Ok(()) };
        if relation.kind != "image" {
            self.lost.extend(told(&relation.kind).map(str::to_owned));
            return Ok(());
        }
        if self.without_pictures {
            self.lost.push("图片".to_owned());
            return Ok(());
        }
        let Some((ending, bytes)) = cleaned(bytes)? else {
            self.lost.push("不是 JPEG、PNG 的图片".to_owned());
            return Ok(());
        };
        let file = format!("media/image{}.{ending}", self.pictures.len() + 1);
        self.pictures.push((relation.target, file.clone(), bytes));
        relations.insert(relation.id, Target { id, relation: "image", file });
        Ok(())
    }

    /// Writes the package.
    pub(super) fn write(self) -> Vec<u8> {
        let mut parts: package::Parts = Vec::new();
        parts.push(("[Content_Types].xml".to_owned(), self.content_types()));
        let root = format!(
            "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship \
             Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/>\
             </Relationships>"
        );
        parts.push(("_rels/.rels".to_owned(), root.into_bytes()));
        for part in self.parts {
            let name = part.name();
            if !part.relations.is_empty() {
                parts.push((package::relations_of(&name), written(&part.relations)));
            }
            let body = dom::write(&part.document);
            parts.push((name, [DECLARATION.as_bytes(), &body].concat()));
        }
        let pictures = self.pictures.into_iter();
        parts.extend(pictures.map(|(_, name, bytes)| (format!("word/{name}"), bytes)));
        package::zipped(&parts)
    }

    fn content_types(&self) -> Vec<u8> {
        let mut text = format!(
            "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
             <Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>\
             <Default Extension=\"png\" ContentType=\"image/png\"/>"
        );
        for part in &self.parts {
            text.push_str(&format!(
                "<Override PartName=\"/{}\" ContentType=\"{}\"/>",
                part.name(),
                part.kind.content_type()
            ));
        }
        text.push_str("</Types>");
        text.into_bytes()
    }
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

impl Part {
    fn name(&self) -> String {
        match self.kind {
            Kind::Main => "word/document.xml".to_owned(),
            kind => format!("word/{}{}.xml", kind.words().1, self.number),
        }
    }
}

fn written(relations: &BTreeMap<String, Target>) -> Vec<u8> {
    let mut text = format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for Target { id, relation, file } in relations.values() {
        text.push_str(&format!(
            "<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{relation}\" Target=\"{file}\"/>"
        ));
    }
    text.push_str("</Relationships>");
    text.into_bytes()
}

fn relations_of(
    all: &BTreeMap<String, Vec<u8>>,
    name: &str,
    limits: &Limits,
    clock: &Deadline,
) -> Result<Vec<Relation>, ReadError> {
    let from = package::relations_of(name);
    let Some(part) = all.get(&from) else { return Ok(Vec::new()) };
    let document = dom::parse(part, limits, clock)?;
    let mut relations = Vec::new();
    for relation in document.elements().flat_map(Element::elements) {
        let is_outside = relation.attribute("TargetMode").as_deref() == Some("External");
        let attributes = ["Id", "Type", "Target"].map(|name| relation.attribute(name));
        if let [Some(id), Some(kind), Some(target)] = attributes
            && !is_outside
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.push(Relation { id, kind, target: package::target(&from, &target) });
        }
    }
    Ok(relations)
}

/// A picture of a kind that can be cleaned, with the ending of its name.
fn cleaned(bytes: &[u8]) -> Result<Option<(&'static str, Vec<u8>)>, ReadError> {
    if bytes.starts_with(&[0xFF, 0xD8]) {
        return Ok(Some(("jpeg", picture::clean_jpeg(bytes)?)));
    }
    if bytes.starts_with(b"\x89PNG") {
        return Ok(Some(("png", picture::clean_png(bytes)?)));
    }
    Ok(None)
}

/// What a reader will miss when it is left out.
fn told(relation: &str) -> Option<&'static str> {
    Some(match relation {
        "chart" | "chartEx" => "图表",
        "diagramData" => "SmartArt 图形",
        "oleObject" | "package" => "嵌入的对象",
        "aFChunk" | "subDocument" => "插入的外部文档",
        "control" => "控件",
        "vbaProject" => "宏",
        "glossaryDocument" => "构建基块",
        "customXml" => "自定义数据",
        _ => return None,
    })
}
