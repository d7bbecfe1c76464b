//! The text of a DOCX: paragraphs, rules, tables and pictures.

use super::{OfficeFonts, Problem, twips, twips_of_mm};
use gongkai_typeset::paper::{
    Align, Block, Color, Fixed, POINTS_PER_MM, Paper, Paragraph, Picture, Role, Rule, Run, Strokes,
    Table,
};
use quick_xml::escape::escape;

/// EMU, the unit of drawings, in a millimetre.
const EMU_PER_MM: f32 = 36_000.0;

/// The text with the pictures it names.
pub(super) struct Body {
    pub text: String,
    pub pictures: Vec<Embedded>,
}

/// A picture in the package.
pub(super) struct Embedded {
    number: usize,
    pub extension: &'static str,
    pub bytes: Vec<u8>,
}

impl Embedded {
    pub fn relation(&self) -> String {
        format!("rIdPicture{}", self.number)
    }

    pub fn target(&self) -> String {
        format!("media/image{}.{}", self.number, self.extension)
    }

    pub fn path(&self) -> String {
        format!("word/{}", self.target())
    }
}

impl Body {
    /// Writes all of the paper.
    pub fn of(paper: &Paper, fonts: &OfficeFonts) -> Result<Body, Problem> {
        let mut writer = Writer { paper, fonts, pictures: Vec::new() };
        let mut text = String::new();
        for fixed in &paper.first_page {
            text += &writer.fixed(fixed)?;
        }
        for block in &paper.blocks {
            text += &writer.block(block, "")?;
        }
        for (block, frame) in paper.closing.iter().zip(closing_frames(paper)) {
            text += &writer.block(block, &frame)?;
        }
        if !paper.closing.is_empty() || paper.blocks.is_empty() {
            // A frame hangs on the paragraph after it.
            text += &spacer(1.0);
        }
        Ok(Body { text, pictures: writer.pictures })
    }
}

/// A paragraph with these properties, still open.
pub(super) fn paragraph_start(properties: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>")
}

/// One font for all letters.
pub(super) fn fonts_of(name: &str) -> String {
    let name = escape(name);
    format!(
        r#"<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>"#
    )
}

/// An empty paragraph so high.
fn spacer(points: f32) -> String {
    let line = twips(points).max(20);
    let height =
        format!(r#"<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>"#);
    format!("{}</w:p>", paragraph_start(&height))
}

/// Frames for what stands at the bottom of the type area, one below the other.
fn closing_frames(paper: &Paper) -> Vec<String> {
    let page = &paper.page;
    let width = page.area_width_mm * POINTS_PER_MM;
    let height = |block: &Block| match block {
        Block::Paragraph(paragraph) => {
            paragraph.before_pt + n_lines(paragraph, width) * paragraph.line_pt
        }
        Block::Rule(rule) => rule.before_pt + rule.after_pt,
        Block::Table(_) => 0.0,
    };
    let heights: Vec<f32> = paper.closing.iter().map(height).collect();
    let mut y = (page.top_mm + page.area_height_mm) * POINTS_PER_MM - heights.iter().sum::<f32>();
    let frame = |height: &f32| {
        let frame = frame(page.area_width_mm, page.left_mm, y);
        y += height;
        frame
    };
    heights.iter().map(frame).collect()
}

/// How many lines a paragraph has, near enough to stack a few of them.
fn n_lines(paragraph: &Paragraph, width_pt: f32) -> f32 {
    let letter = |letter: char| if letter.is_ascii() { 0.55 } else { 1.0 };
    let run = |run: &Run| run.text.chars().map(letter).sum::<f32>() * run.style.size_pt;
    let long: f32 = paragraph.runs.iter().map(run).sum();
    let room = width_pt - paragraph.left_pt - paragraph.right_pt;
    ((long + paragraph.first_line_pt) / room.max(1.0)).ceil().max(1.0)
}

/// A frame at a fixed place of the page.
fn frame(width_mm: f32, left_mm: f32, top_pt: f32) -> String {
    format!(
        r#"<w:framePr w:w="{}" w:wrap="none" w:vAnchor="page" w:hAnchor="page" w:x="{}" w:y="{}"/>"#,
        twips_of_mm(width_mm),
        twips_of_mm(left_mm),
        twips(top_pt),
    )
}

fn hex(color: Color) -> String {
    format!("{:02X}{:02X}{:02X}", color.0, color.1, color.2)
}

struct Writer<'a> {
    paper: &'a Paper,
    fonts: &'a OfficeFonts,
    pictures: Vec<Embedded>,
}

impl Writer<'_> {
    fn fixed(&mut self, fixed: &Fixed) -> Result<String, Problem> {
        let frame = frame(fixed.width_mm, fixed.left_mm, fixed.top_mm * POINTS_PER_MM);
        self.block(&fixed.block, &frame)
    }

    fn block(&mut self, block: &Block, frame: &str) -> Result<String, Problem> {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph, frame),
            Block::Rule(rule) => {
                Ok(format!("{}</w:p>", paragraph_start(&rule_properties(rule, frame))))
            }
            Block::Table(table) => self.table(table),
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, frame: &str) -> Result<String, Problem> {
        let right = self.paper.page.area_width_mm * POINTS_PER_MM - paragraph.right_pt;
        let mut text = paragraph_start(&properties(paragraph, frame, right));
        if let Some(picture) = &paragraph.picture {
            text += &self.picture(picture)?;
        }
        for run in &paragraph.runs {
            text += &self.run(run);
        }
        Ok(text + "</w:p>")
    }

    fn run(&self, run: &Run) -> String {
        let style = run.style;
        let half_points = (style.size_pt * 2.0).round();
        // Rounded down: a full line must not be a hair too long.
        let spacing = (style.spacing_pt * 20.0).floor() as i32;
        let look = format!(
            r#"<w:rPr>{}<w:color w:val="{}"/><w:spacing w:val="{spacing}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>"#,
            fonts_of(self.fonts.name(style.face)),
            hex(style.color),
        );
        let piece = |text: &str| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escape(text));
        let line = |text: &str| text.split('\t').map(piece).collect::<Vec<_>>().join("<w:tab/>");
        let lines: Vec<_> = run.text.split('\n').map(line).collect();
        format!("<w:r>{look}{}</w:r>", lines.join("<w:br/>"))
    }

    fn table(&mut self, table: &Table) -> Result<String, Problem> {
        let whole = twips_of_mm(self.paper.page.area_width_mm) as f32;
        let shares: f32 = table.columns.iter().sum();
        let widths: Vec<i32> =
            table.columns.iter().map(|share| (whole * share / shares).round() as i32).collect();
        // Two tables with nothing between them would become one.
        let mut text = spacer(table.before_pt) + &table_start(table, &widths);
        let placed = table.placed();
        for row in 0..table.rows.len() {
            let head = if row < table.header_rows { "<w:tblHeader/>" } else { "" };
            text += &format!(
                r#"<w:tr><w:trPr><w:cantSplit/>{head}<w:trHeight w:val="{}" w:hRule="atLeast"/></w:trPr>"#,
                twips(table.row_pt)
            );
            let mut here: Vec<_> = placed
                .iter()
                .filter(|each| (each.row..each.row + each.rows).contains(&row))
                .collect();
            here.sort_by_key(|each| each.column);
            for each in here {
                let width: i32 = widths[each.column..each.column + each.columns].iter().sum();
                let merge = match (each.rows, each.row == row) {
                    (1, _) => "",
                    (_, true) => r#"<w:vMerge w:val="restart"/>"#,
                    (_, false) => "<w:vMerge/>",
                };
                text += &format!(
                    r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{}"/>{merge}<w:vAlign w:val="center"/></w:tcPr>"#,
                    each.columns
                );
                let paragraphs =
                    if each.row == row { each.cell.paragraphs.as_slice() } else { &[] };
                let room = width as f32 / 20.0 - 2.0 * table.padding_pt;
                for paragraph in paragraphs {
                    text += &self.paragraph(&paragraph.fitted(room), "")?;
                }
                text += if paragraphs.is_empty() { "<w:p/></w:tc>" } else { "</w:tc>" };
            }
            text += "</w:tr>";
        }
        let page = &self.paper.page;
        Ok(text + "</w:tbl>" + &spacer(page.line_pt - page.size_pt))
    }

    fn picture(&mut self, picture: &Picture) -> Result<String, Problem> {
        let extension = match imagesize::image_type(&picture.bytes) {
            Ok(imagesize::ImageType::Png) => "png",
            Ok(imagesize::ImageType::Jpeg) => "jpeg",
            _ => return Err(Problem::Picture(picture.description.clone())),
        };
        let number = self.pictures.len() + 1;
        let embedded = Embedded { number, extension, bytes: picture.bytes.clone() };
        let relation = embedded.relation();
        self.pictures.push(embedded);
        let area = self.paper.page.area_width_mm;
        let emu = |mm: f32| (mm * EMU_PER_MM).round() as i64;
        Ok(anchor(&Anchor {
            number,
            relation: &relation,
            description: &picture.description,
            across: emu(area - picture.centre_from_right_mm - picture.width_mm / 2.0),
            down: emu(picture.centre_down_mm - picture.height_mm / 2.0),
            width: emu(picture.width_mm),
            height: emu(picture.height_mm),
        }))
    }
}

/// Where a picture hangs, in EMU.
struct Anchor<'a> {
    number: usize,
    relation: &'a str,
    description: &'a str,
    across: i64,
    down: i64,
    width: i64,
    height: i64,
}

fn anchor(at: &Anchor<'_>) -> String {
    let Anchor { number, relation, across, down, width, height, .. } = at;
    let name = escape(at.description);
    format!(
        "<w:r><w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" relativeHeight=\"{number}\" \
         behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/>\
         <wp:positionH relativeFrom=\"margin\"><wp:posOffset>{across}</wp:posOffset></wp:positionH>\
         <wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>{down}</wp:posOffset></wp:positionV>\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/>\
         <wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{name}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
}

fn table_start(table: &Table, widths: &[i32]) -> String {
    let eighths = (table.line_pt * 8.0).round() as i32;
    let padding = twips(table.padding_pt);
    let border = |side: &str| {
        format!(r#"<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>"#)
    };
    let borders: String =
        ["top", "left", "bottom", "right", "insideH", "insideV"].into_iter().map(border).collect();
    let columns: String =
        widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{padding}\" w:type=\"dxa\"/><w:right w:w=\"{padding}\" w:type=\"dxa\"/></w:tblCellMar>\
         </w:tblPr><w:tblGrid>{columns}</w:tblGrid>",
        widths.iter().sum::<i32>()
    )
}

/// The properties of a paragraph, in the order that the format lays down.
fn properties(paragraph: &Paragraph, frame: &str, right_pt: f32) -> String {
    let mut text = match paragraph.role {
        Role::Title => r#"<w:pStyle w:val="Title"/>"#.to_owned(),
        Role::Heading(level) => format!(r#"<w:pStyle w:val="Heading{}"/>"#, level.clamp(1, 4)),
        Role::Text => String::new(),
    };
    if paragraph.keep_with_next {
        text += "<w:keepNext/>";
    }
    text += frame;
    text += "<w:widowControl/>";
    if paragraph.text().contains('\t') {
        // What stands behind a tab stands at the right end of the line.
        text += &format!(r#"<w:tabs><w:tab w:val="right" w:pos="{}"/></w:tabs>"#, twips(right_pt));
    }
    text += r#"<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>"#;
    text += &format!(
        r#"<w:spacing w:before="{}" w:after="0" w:line="{}" w:lineRule="exact"/>"#,
        twips(paragraph.before_pt),
        twips(paragraph.line_pt)
    );
    let first = twips(paragraph.first_line_pt);
    let first = if first < 0 {
        format!(r#"w:hanging="{}""#, -first)
    } else {
        format!(r#"w:firstLine="{first}""#)
    };
    text += &format!(
        r#"<w:ind w:left="{}" w:right="{}" {first}/>"#,
        twips(paragraph.left_pt),
        twips(paragraph.right_pt)
    );
    let align = match paragraph.align {
        Align::Justified => "both",
        Align::Left => "left",
        Align::Centred => "center",
        Align::Right => "right",
    };
    text + &format!(r#"<w:jc w:val="{align}"/>"#)
}

fn rule_properties(rule: &Rule, frame: &str) -> String {
    let (kind, eighths) = match rule.strokes {
        Strokes::One(points) => ("single", (points * 8.0).round() as i32),
        Strokes::ThickThin => ("thickThinSmallGap", 24),
        Strokes::ThinThick => ("thinThickSmallGap", 24),
    };
    format!(
        r#"{frame}<w:pBdr><w:top w:val="{kind}" w:sz="{eighths}" w:space="0" w:color="{}"/></w:pBdr><w:spacing w:before="{}" w:after="{}" w:line="20" w:lineRule="exact"/>"#,
        hex(rule.color),
        twips(rule.before_pt),
        twips(rule.after_pt),
    )
}
