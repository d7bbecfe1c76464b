//! Draws laid-out pages as PDF/A-2u with a tree of meaning. Nothing is placed here.

use crate::flow::{Kind, Node, Thing, pages};
use crate::fonts::{Fonts, Substitution};
use crate::line::{Line, Set, lines};
use crate::paper::{
    Align, Color, POINTS_PER_MM, Paper, Paragraph, Picture, Role, Rule, Run, Strokes,
};
use crate::shelf::Shelf;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node as TagNode, SpanTag, TableHeaderScope,
    Tag, TagGroup, TagTree,
};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use std::num::{NonZeroU16, NonZeroU32};
use std::path::PathBuf;
use std::sync::Arc;

/// Why a PDF cannot be made. Each says in Chinese what to do.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// No font of a face is on the machine.
    #[error(
        "找不到“{face}”或者可以代替它的字体；请安装 {package}，或者把字体文件放进设置的字体文件夹"
    )]
    NoFont {
        /// What people call the face.
        face: String,
        /// Debian's package that has an open one.
        package: String,
    },
    /// A font cannot be read.
    #[error("字体文件 {path} 无法读取，请换一份", path = path.display())]
    BrokenFont {
        /// The file.
        path: PathBuf,
    },
    /// No font has these characters.
    #[error("现有的字体里没有这些字：{0}；请把含有这些字的字体放进设置的字体文件夹，或者下载 DOCX")]
    NoLetters(String),
    /// A picture is of no kind that papers take.
    #[error("图片（{0}）既不是 PNG 也不是 JPEG，或者已经损坏，请换一张")]
    Picture(String),
    /// The file could not be written as the archive format demands.
    #[error("PDF 不符合归档格式：{0}")]
    Format(String),
}

/// A paper as PDF.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub n_pages: usize,
    /// Faces for which an open font stands in.
    pub substitutions: Vec<Substitution>,
    /// Characters that came from a font of another face, as their own lacks them.
    pub borrowed: String,
}

/// Of a square letter so much stands above the foot line.
const ASCENT: f32 = 0.88;
/// Strokes of a double rule, points: thick, gap, thin.
const DOUBLE: (f32, f32, f32) = (2.25, 1.0, 0.75);

/// Lays a paper out and draws it. The same paper with the same fonts gives the same bytes.
///
/// # Errors
/// [`Problem`] where a face has no font, no font has a character, or a picture cannot be read.
pub fn pdf(paper: &Paper, fonts: &Fonts) -> Result<Rendered, Problem> {
    let mut shelf = Shelf::new(fonts);
    let laid_out = pages(paper, &mut shelf);
    let n_pages = laid_out.pages.len();
    let numbers: Vec<_> = (1..=n_pages).map(|page| number(paper, page, &mut shelf)).collect();
    if let Some(problem) = shelf.problem {
        return Err(problem);
    }
    if !shelf.missing.is_empty() {
        return Err(Problem::NoLetters(shelf.missing.into_iter().collect()));
    }
    let mut document = Document::new_with(settings()?);
    document.set_metadata(metadata(paper));
    let mut tags = Tags::new(&laid_out.nodes);
    for (things, number) in laid_out.pages.iter().zip(numbers) {
        draw_page(&mut document, paper, things, number, &mut tags)?;
    }
    document.set_tag_tree(tags.tree());
    let bytes = document.finish().map_err(|error| Problem::Format(format!("{error:?}")))?;
    let borrowed = shelf.borrowed.into_iter().collect();
    Ok(Rendered { bytes, n_pages, substitutions: fonts.substitutions(), borrowed })
}

fn settings() -> Result<SerializeSettings, Problem> {
    let configuration =
        ConfigurationBuilder::new().with_archival_validator(Archival::A2_U).finish();
    let configuration = configuration.map_err(|error| Problem::Format(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() })
}

fn metadata(paper: &Paper) -> Metadata {
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let date = DateTime::new(u16::try_from(paper.date.year()).unwrap_or_default())
        .month(part(paper.date.month()))
        .day(part(paper.date.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(8)
        .utc_offset_minute(0);
    let metadata = Metadata::new()
        .title(paper.title.clone())
        .language("zh-CN".to_owned())
        .creator("gongkai".to_owned())
        .creation_date(date);
    if paper.author.is_empty() { metadata } else { metadata.authors(vec![paper.author.clone()]) }
}

/// The number at the foot of a page with its place.
fn number(paper: &Paper, page: usize, shelf: &mut Shelf<'_>) -> Option<(f32, f32, Line)> {
    let number = paper.page.number.as_ref().filter(|number| 1 < page || number.first_page)?;
    let odd = page % 2 == 1;
    let text = format!("{dash} {page} {dash}", dash = number.dash);
    let paragraph = Paragraph {
        role: Role::Text,
        runs: vec![Run { text, style: number.style }],
        align: if odd { Align::Right } else { Align::Left },
        first_line_pt: 0.0,
        left_pt: number.inset_pt,
        right_pt: number.inset_pt,
        line_pt: number.style.size_pt,
        before_pt: 0.0,
        keep_with_next: false,
        picture: None,
    };
    let sheet = &paper.page;
    let line = lines(&paragraph, sheet.area_width_mm * POINTS_PER_MM, shelf).into_iter().next()?;
    let y = (sheet.top_mm + sheet.area_height_mm + number.below_mm) * POINTS_PER_MM;
    Some((sheet.left_mm * POINTS_PER_MM, y, line))
}

fn draw_page(
    document: &mut Document,
    paper: &Paper,
    things: &[Thing<'_>],
    number: Option<(f32, f32, Line)>,
    tags: &mut Tags<'_>,
) -> Result<(), Problem> {
    let (width, height) =
        (paper.page.width_mm * POINTS_PER_MM, paper.page.height_mm * POINTS_PER_MM);
    let settings = PageSettings::from_wh(width, height);
    let settings = settings.ok_or_else(|| Problem::Format("纸张没有大小".to_owned()))?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    for thing in things {
        draw(&mut surface, thing, tags)?;
    }
    if let Some((x, y, line)) = number {
        surface.start_tagged(decoration(ArtifactType::PageNumber));
        draw_line(&mut surface, x, y, &line);
        surface.end_tagged();
    }
    surface.finish();
    page.finish();
    Ok(())
}

fn decoration(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn draw(surface: &mut Surface<'_>, thing: &Thing<'_>, tags: &mut Tags<'_>) -> Result<(), Problem> {
    match thing {
        Thing::Line { x, y, line, node } => {
            let tag = match node {
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => decoration(ArtifactType::PaginationOther),
            };
            let content = surface.start_tagged(tag);
            draw_line(surface, *x, *y, line);
            surface.end_tagged();
            if let Some(node) = node {
                tags.add(*node, content);
            }
        }
        Thing::Rule { x, y, width, rule } => {
            surface.start_tagged(decoration(ArtifactType::Layout));
            draw_rule(surface, *x, *y, *width, rule);
            surface.end_tagged();
        }
        Thing::Edge { x, y, width, height, line_pt } => {
            surface.start_tagged(decoration(ArtifactType::Layout));
            draw_edge(surface, [*x, *y, *width, *height], *line_pt);
            surface.end_tagged();
        }
        Thing::Picture { x, y, picture, node } => {
            let image = image(picture)?;
            let size =
                Size::from_wh(picture.width_mm * POINTS_PER_MM, picture.height_mm * POINTS_PER_MM);
            let size = size.ok_or_else(|| Problem::Picture(picture.description.clone()))?;
            let content = surface.start_tagged(ContentTag::Other);
            surface.push_transform(&Transform::from_translate(*x, *y));
            surface.draw_image(image, size);
            surface.pop();
            surface.end_tagged();
            tags.describe(*node, &picture.description);
            tags.add(*node, content);
        }
    }
    Ok(())
}

fn image(picture: &Picture) -> Result<Image, Problem> {
    let data = krilla::Data::from(picture.bytes.clone());
    let image = match imagesize::image_type(&picture.bytes) {
        Ok(imagesize::ImageType::Png) => Image::from_png(data, false),
        Ok(imagesize::ImageType::Jpeg) => Image::from_jpeg(data, false),
        _ => Err(String::new()),
    };
    image.map_err(|_| Problem::Picture(picture.description.clone()))
}

fn fill(color: Color) -> Option<Fill> {
    let paint = krilla::color::rgb::Color::new(color.0, color.1, color.2).into();
    Some(Fill { paint, opacity: NormalizedF32::ONE, rule: Default::default() })
}

/// Draws the letters of a line, as many at once as look alike.
fn draw_line(surface: &mut Surface<'_>, x: f32, y: f32, line: &Line) {
    let alike =
        |a: &Set, b: &Set| a.atom.style == b.atom.style && Arc::ptr_eq(&a.atom.font, &b.atom.font);
    let mut rest = line.letters.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|each| alike(first, each)).count();
        let after = rest.get(count).map(|each| each.x);
        draw_letters(surface, x, y + ASCENT * line.size_pt, &rest[..count], after);
        rest = &rest[count..];
    }
}

fn draw_letters(surface: &mut Surface<'_>, x: f32, foot: f32, letters: &[Set], after: Option<f32>) {
    let Some(first) = letters.first() else { return };
    let size = first.atom.style.size_pt;
    let mut text = String::new();
    let mut glyphs = Vec::with_capacity(letters.len());
    for (at, set) in letters.iter().enumerate() {
        let start = text.len();
        text.push(set.atom.character);
        let next = letters.get(at + 1).map(|next| next.x).or(after);
        let advance = next.map_or(set.atom.letter.advance, |next| (next - set.x) / size);
        let glyph = GlyphId::new(set.atom.letter.glyph);
        glyphs.push(KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, start..text.len(), None));
    }
    surface.set_fill(fill(first.atom.style.color));
    let start = Point::from_xy(x + first.x, foot);
    surface.draw_glyphs(start, &glyphs, first.atom.font.font.clone(), &text, size, false);
}

fn draw_bar(surface: &mut Surface<'_>, [x, y, width, height]: [f32; 4]) {
    let mut path = PathBuilder::new();
    let Some(rect) = Rect::from_xywh(x, y, width, height) else { return };
    path.push_rect(rect);
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn draw_rule(surface: &mut Surface<'_>, x: f32, y: f32, width: f32, rule: &Rule) {
    surface.set_fill(fill(rule.color));
    let (thick, gap, thin) = DOUBLE;
    match rule.strokes {
        Strokes::One(points) => draw_bar(surface, [x, y, width, points]),
        Strokes::ThickThin => {
            draw_bar(surface, [x, y, width, thick]);
            draw_bar(surface, [x, y + thick + gap, width, thin]);
        }
        Strokes::ThinThick => {
            draw_bar(surface, [x, y, width, thin]);
            draw_bar(surface, [x, y + thin + gap, width, thick]);
        }
    }
}

fn draw_edge(surface: &mut Surface<'_>, [x, y, width, height]: [f32; 4], line: f32) {
    surface.set_fill(fill(Color(0, 0, 0)));
    let half = line / 2.0;
    draw_bar(surface, [x - half, y - half, width + line, line]);
    draw_bar(surface, [x - half, y + height - half, width + line, line]);
    draw_bar(surface, [x - half, y - half, line, height + line]);
    draw_bar(surface, [x + width - half, y - half, line, height + line]);
}

/// The tree of meaning while its leaves are drawn.
struct Tags<'a> {
    nodes: &'a [Node],
    contents: Vec<Vec<Identifier>>,
    descriptions: Vec<Option<String>>,
}

impl<'a> Tags<'a> {
    fn new(nodes: &'a [Node]) -> Tags<'a> {
        let contents = nodes.iter().map(|_| Vec::new()).collect();
        Tags { nodes, contents, descriptions: vec![None; nodes.len()] }
    }

    fn add(&mut self, node: usize, content: Identifier) {
        self.contents[node].push(content);
    }

    fn describe(&mut self, node: usize, description: &str) {
        self.descriptions[node] = Some(description.to_owned());
    }

    fn tree(mut self) -> TagTree {
        let mut groups: Vec<Option<TagGroup>> = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let mut group = group(node.kind, self.descriptions[at].take());
            for content in std::mem::take(&mut self.contents[at]) {
                group.push(TagNode::Leaf(content));
            }
            groups.push(Some(group));
        }
        // Children stand behind their parents in the list: the last ones are handed up first, and
        // each parent gets them in their order.
        let mut children: Vec<Vec<TagGroup>> = self.nodes.iter().map(|_| Vec::new()).collect();
        let mut roots = Vec::new();
        for (at, node) in self.nodes.iter().enumerate().rev() {
            let Some(mut group) = groups[at].take() else { continue };
            for child in children[at].drain(..).rev() {
                group.push(child);
            }
            match node.parent {
                Some(parent) => children[parent].push(group),
                None => roots.push(group),
            }
        }
        let mut tree = TagTree::new();
        roots.into_iter().rev().for_each(|root| tree.push(root));
        tree
    }
}

fn group(kind: Kind, description: Option<String>) -> TagGroup {
    let level = |level: u16| NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    match kind {
        Kind::Paragraph(Role::Title) => TagGroup::new(Tag::Hn(level(1), None)),
        Kind::Paragraph(Role::Heading(each)) => {
            TagGroup::new(Tag::Hn(level(u16::from(each) + 1), None))
        }
        Kind::Paragraph(Role::Text) => TagGroup::new(Tag::P),
        Kind::Table => TagGroup::new(Tag::Table),
        Kind::Row => TagGroup::new(Tag::TR),
        Kind::Cell { head, columns, rows } => {
            let span = |count: usize| {
                u32::try_from(count).ok().filter(|count| 1 < *count).and_then(NonZeroU32::new)
            };
            if head {
                let tag = Tag::TH(TableHeaderScope::Both);
                TagGroup::new(tag.with_col_span(span(columns)).with_row_span(span(rows)))
            } else {
                TagGroup::new(Tag::TD.with_col_span(span(columns)).with_row_span(span(rows)))
            }
        }
        Kind::Figure => TagGroup::new(Tag::Figure(description)),
    }
}
