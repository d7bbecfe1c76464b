//! An official paper with the measures of GB/T 9704: each part gets its look and its place in the
//! order of the page. Lines are broken elsewhere.

use super::measures::Measures;
use super::{Head, Imprint, OfficialPaper, Part, Seal, Signature, table, written_date};
use gongkai_typeset::paper::{
    Align, BLACK, Block, Color, Face, Fixed, POINTS_PER_MM, Page, PageNumber, Paper, Paragraph,
    Picture, Role, Rule, Run, Strokes, Style,
};

/// The paper with measures, ready for a writer.
pub fn compose(paper: &OfficialPaper, measures: &Measures) -> Paper {
    let setting = Setting { measures };
    let mut blocks = Vec::new();
    blocks.extend(setting.head(paper));
    blocks.extend(setting.title(paper));
    blocks.extend(paper.addressee.iter().map(|to| setting.addressee(to)));
    blocks.extend(setting.body(paper));
    // What follows the text never stands alone on a page: the last lines of the text go with it.
    let followed = !paper.attachments.is_empty() || paper.signature.is_some();
    if let (Some(Block::Paragraph(last)), true) = (blocks.last_mut(), followed) {
        last.keep_with_next = true;
    }
    blocks.extend(setting.attachments(&paper.attachments, paper.signature.is_some()));
    blocks.extend(paper.signature.iter().flat_map(|signature| setting.signature(signature)));
    blocks.extend(paper.note.iter().map(|note| setting.note(note)));
    Paper {
        title: paper.title.replace('\n', ""),
        author: author(paper),
        date: paper.signature.as_ref().map_or(paper.date, |signature| signature.date),
        page: setting.page(paper.head),
        first_page: setting.first_page(paper),
        blocks,
        closing: paper.imprint.iter().flat_map(|imprint| setting.imprint(imprint)).collect(),
    }
}

fn author(paper: &OfficialPaper) -> String {
    let named = [&paper.letterhead, &paper.author].into_iter().find(|each| !each.is_empty());
    let signed = || paper.signature.as_ref().map(|signature| signature.organs.join("、"));
    named.cloned().or_else(signed).unwrap_or_default()
}

/// The words of a paper, a line for each paragraph and each row.
pub(super) fn text(paper: &Paper) -> String {
    let fixed = paper.first_page.iter().map(|fixed| &fixed.block);
    let all = fixed.chain(&paper.blocks).chain(&paper.closing);
    all.filter_map(words).fold(String::new(), |text, line| text + &line + "\n")
}

fn words(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(paragraph) => Some(paragraph.text()),
        Block::Table(table) => {
            let cell = |cell: &gongkai_typeset::paper::Cell| {
                cell.paragraphs.iter().map(Paragraph::text).collect::<Vec<_>>().join("⏎")
            };
            let row = |row: &Vec<_>| row.iter().map(cell).collect::<Vec<_>>().join(" | ");
            Some(table.rows.iter().map(row).collect::<Vec<_>>().join("\n"))
        }
        Block::Rule(_) => None,
    }
}

struct Setting<'a> {
    measures: &'a Measures,
}

impl Setting<'_> {
    fn characters(&self, count: f32) -> f32 {
        count * self.measures.character_pt()
    }

    fn lines(&self, count: f32) -> f32 {
        count * self.measures.line_pt()
    }

    /// Letters on the grid of the page: a full line of them fills the type area.
    fn style(&self, face: Face) -> Style {
        let size_pt = self.measures.text.size_pt;
        Style { face, size_pt, spacing_pt: self.measures.character_pt() - size_pt, color: BLACK }
    }

    fn sized(&self, face: Face, size_pt: f32, color: Color) -> Style {
        Style { face, size_pt, spacing_pt: 0.0, color }
    }

    fn paragraph(&self, text: impl Into<String>, style: Style) -> Paragraph {
        Paragraph {
            role: Role::Text,
            runs: vec![Run { text: text.into(), style }],
            align: Align::Justified,
            first_line_pt: 0.0,
            left_pt: 0.0,
            right_pt: 0.0,
            line_pt: self.measures.line_pt(),
            before_pt: 0.0,
            keep_with_next: false,
            picture: None,
        }
    }

    fn page(&self, head: Head) -> Page {
        let (page, number) = (&self.measures.page, &self.measures.page_number);
        Page {
            width_mm: page.width,
            height_mm: page.height,
            top_mm: page.top,
            left_mm: page.left,
            area_width_mm: page.area_width,
            area_height_mm: page.area_height,
            line_pt: self.measures.line_pt(),
            size_pt: self.measures.text.size_pt,
            number: Some(PageNumber {
                style: self.sized(Face::Serif, number.size_pt, BLACK),
                dash: number.dash.clone(),
                below_mm: number.below,
                inset_pt: self.characters(number.inset_characters),
                first_page: head != Head::Letter,
            }),
        }
    }

    /// What the letter format prints at fixed places: letterhead and two red double rules.
    fn first_page(&self, paper: &OfficialPaper) -> Vec<Fixed> {
        if paper.head != Head::Letter {
            return Vec::new();
        }
        let (letter, page) = (&self.measures.letter, &self.measures.page);
        let left_mm = (page.width - letter.rule_width) / 2.0;
        let fixed = |top_mm, block| Fixed { top_mm, left_mm, width_mm: letter.rule_width, block };
        let rule = |strokes| {
            Block::Rule(Rule { strokes, color: self.measures.red(), before_pt: 0.0, after_pt: 0.0 })
        };
        let style = self.sized(Face::Display, letter.head_size_pt, self.measures.red());
        let head = Paragraph {
            align: Align::Centred,
            line_pt: letter.head_size_pt,
            ..self.paragraph(&paper.letterhead, style)
        };
        let below_head = letter.head_down + letter.head_size_pt / POINTS_PER_MM + letter.rule_below;
        vec![
            fixed(letter.head_down, Block::Paragraph(head)),
            fixed(below_head, rule(Strokes::ThickThin)),
            fixed(page.height - letter.bottom_rule_up, rule(Strokes::ThinThick)),
        ]
    }

    fn head(&self, paper: &OfficialPaper) -> Vec<Block> {
        match paper.head {
            Head::File => self.file_head(paper),
            Head::Letter => self.letter_number(paper),
            Head::Plain => self.plain_number(paper),
        }
    }

    fn file_head(&self, paper: &OfficialPaper) -> Vec<Block> {
        let head = &self.measures.head;
        let style = self.sized(Face::Display, head.size_pt, self.measures.red());
        let letterhead = Paragraph {
            align: Align::Centred,
            line_pt: head.size_pt * 1.2,
            before_pt: head.down * POINTS_PER_MM,
            keep_with_next: true,
            ..self.paragraph(&paper.letterhead, style)
        };
        let number = paper.number.clone().unwrap_or_default();
        let number = Paragraph {
            align: Align::Centred,
            line_pt: self.measures.number.size_pt,
            before_pt: self.lines(head.blank_lines),
            keep_with_next: true,
            ..self.paragraph(number, self.style(Face::Text))
        };
        let rule = Rule {
            strokes: Strokes::One(head.rule_pt),
            color: self.measures.red(),
            before_pt: head.rule_below * POINTS_PER_MM,
            after_pt: 0.0,
        };
        vec![Block::Paragraph(letterhead), Block::Paragraph(number), Block::Rule(rule)]
    }

    /// 信函格式: the number stands on the right under the first red rule.
    fn letter_number(&self, paper: &OfficialPaper) -> Vec<Block> {
        let (letter, page) = (&self.measures.letter, &self.measures.page);
        let head_pt = letter.head_size_pt / POINTS_PER_MM;
        let rule_mm = letter.head_down + head_pt + letter.rule_below;
        let below = (rule_mm - page.top) * POINTS_PER_MM;
        let gap = self.measures.line_pt() - self.measures.character_pt();
        let number = Paragraph {
            align: Align::Right,
            before_pt: below.max(0.0) + gap,
            ..self.paragraph(paper.number.clone().unwrap_or_default(), self.style(Face::Text))
        };
        vec![Block::Paragraph(number)]
    }

    fn plain_number(&self, paper: &OfficialPaper) -> Vec<Block> {
        let number = |number: &String| {
            let style = self.style(Face::Text);
            Block::Paragraph(Paragraph { align: Align::Right, ..self.paragraph(number, style) })
        };
        paper.number.iter().map(number).collect()
    }

    fn title(&self, paper: &OfficialPaper) -> Option<Block> {
        let title = &self.measures.title;
        let above = if paper.head == Head::Plain { 0.0 } else { title.blank_lines_above };
        let style = self.sized(Face::Display, title.size_pt, BLACK);
        let set = Paragraph {
            role: Role::Title,
            align: Align::Centred,
            line_pt: title.line_pt,
            before_pt: self.lines(above),
            keep_with_next: true,
            ..self.paragraph(&paper.title, style)
        };
        (!paper.title.is_empty()).then_some(Block::Paragraph(set))
    }

    fn addressee(&self, to: &str) -> Block {
        let text = if to.ends_with('：') { to.to_owned() } else { format!("{to}：") };
        Block::Paragraph(Paragraph {
            before_pt: self.lines(self.measures.title.blank_lines_below),
            keep_with_next: true,
            ..self.paragraph(text, self.style(Face::Text))
        })
    }

    fn body(&self, paper: &OfficialPaper) -> Vec<Block> {
        let mut blocks: Vec<_> = paper.body.iter().map(|part| self.part(part)).collect();
        // Without an addressee the text itself keeps its distance from the title.
        let under_title = paper.addressee.is_none() && !paper.title.is_empty();
        if let (Some(Block::Paragraph(first)), true) = (blocks.first_mut(), under_title) {
            first.before_pt += self.lines(self.measures.title.blank_lines_below);
        }
        blocks
    }

    fn part(&self, part: &Part) -> Block {
        let indented = |text: &String, face| Paragraph {
            first_line_pt: self.characters(self.measures.text.first_line_characters),
            ..self.paragraph(text, self.style(face))
        };
        let set = match part {
            Part::Heading(level, text) => Paragraph {
                role: Role::Heading(*level),
                keep_with_next: true,
                align: Align::Left,
                ..indented(text, heading_face(*level))
            },
            Part::Text(text) => indented(text, Face::Text),
            Part::Flush(text) => self.paragraph(text, self.style(Face::Text)),
            Part::Centred(text) => {
                Paragraph { align: Align::Centred, ..self.paragraph(text, self.style(Face::Text)) }
            }
            Part::Small(text) => self.small(text),
            Part::Table(content) => return Block::Table(table::table(content, self.measures)),
        };
        Block::Paragraph(set)
    }

    /// What stands below a form is set like the form.
    fn small(&self, text: &str) -> Paragraph {
        let table = &self.measures.table;
        let style = self.sized(Face::Text, table.size_pt, BLACK);
        Paragraph { line_pt: table.line_pt, ..self.paragraph(text, style) }
    }

    /// 附件说明: «附件：1. …», the following ones under the first, no mark at the end.
    fn attachments(&self, names: &[String], followed: bool) -> Vec<Block> {
        let attachment = &self.measures.attachment;
        let several = 1 < names.len();
        let line = |(at, name): (usize, &String)| {
            let number = if several { format!("{}. ", at + 1) } else { String::new() };
            let lead = if at == 0 { "附件：" } else { "　　　" };
            let before_pt = if at == 0 { self.lines(attachment.blank_lines_above) } else { 0.0 };
            // The lines of a long name stand under its first letter.
            let hanging = if several { 4.0 } else { 3.0 };
            Block::Paragraph(Paragraph {
                align: Align::Left,
                left_pt: self.characters(attachment.left_characters + hanging),
                first_line_pt: -self.characters(hanging),
                before_pt,
                keep_with_next: followed,
                ..self.paragraph(format!("{lead}{number}{name}"), self.style(Face::Text))
            })
        };
        names.iter().enumerate().map(line).collect()
    }

    /// The date stands four characters in from the right, the organ in the middle above it, and the
    /// seal over both (加盖印章的公文).
    fn signature(&self, signature: &Signature) -> Vec<Block> {
        let measures = &self.measures.signature;
        let date = written_date(signature.date);
        let widest = signature.organs.iter().map(|organ| width(organ)).fold(0.0, f32::max);
        // An organ longer than the date moves both in, so that it does not leave the type area.
        let right = measures.date_right_characters.max((widest - width(&date)) / 2.0);
        let middle = right + width(&date) / 2.0;
        let style = self.style(Face::Text);
        let set = |text: &str| Paragraph {
            align: Align::Right,
            right_pt: self.characters((middle - width(text) / 2.0).max(0.0)),
            ..self.paragraph(text, style)
        };
        let mut blocks: Vec<_> = signature.organs.iter().map(|organ| set(organ)).collect();
        blocks.push(set(&date));
        let last = blocks.len() - 1;
        blocks[..last].iter_mut().for_each(|each| each.keep_with_next = true);
        blocks[0].before_pt = self.lines(measures.blank_lines_above);
        let lines = blocks.len() as f32;
        blocks[last].picture = signature.seal.as_ref().map(|seal| self.seal(seal, middle, lines));
        blocks.into_iter().map(Block::Paragraph).collect()
    }

    /// 印章端正、居中下压发文机关署名和成文日期.
    fn seal(&self, seal: &Seal, middle_characters: f32, lines: f32) -> Picture {
        let wide = seal.diameter_mm.unwrap_or(self.measures.signature.seal_diameter);
        let line_mm = self.measures.line_pt() / POINTS_PER_MM;
        Picture {
            bytes: seal.bytes.clone(),
            width_mm: wide,
            height_mm: wide,
            centre_from_right_mm: self.characters(middle_characters) / POINTS_PER_MM
                - seal.right_mm,
            // Seen from the date, the last of the lines that the seal covers.
            centre_down_mm: seal.down_mm - (lines - 1.0) * line_mm / 2.0,
            description: "印章".to_owned(),
        }
    }

    fn note(&self, note: &str) -> Block {
        Block::Paragraph(Paragraph {
            left_pt: self.characters(self.measures.note.left_characters),
            align: Align::Left,
            ..self.paragraph(format!("（{note}）"), self.style(Face::Text))
        })
    }

    /// 版记: copies between rules, then who printed it and when, at the bottom of the last page.
    fn imprint(&self, imprint: &Imprint) -> Vec<Block> {
        let closing = &self.measures.closing;
        let inset = closing.size_pt * closing.inset_characters;
        let style = self.sized(Face::Text, closing.size_pt, BLACK);
        let rule = |points| {
            let strokes = Strokes::One(points);
            Block::Rule(Rule { strokes, color: BLACK, before_pt: 3.0, after_pt: 5.0 })
        };
        let line = |text: String| Paragraph {
            left_pt: inset,
            right_pt: inset,
            line_pt: closing.size_pt * 1.5,
            ..self.paragraph(text, style)
        };
        let mut blocks = vec![rule(closing.outer_rule_pt)];
        if !imprint.copies_to.is_empty() {
            let hanging = 3.0 * closing.size_pt;
            let copies = line(format!("抄送：{}。", imprint.copies_to.join("，")));
            let copies = Paragraph { left_pt: inset + hanging, first_line_pt: -hanging, ..copies };
            blocks.extend([Block::Paragraph(copies), rule(closing.inner_rule_pt)]);
        }
        let printed_on = format!("{}印发", written_date(imprint.printed_on));
        let last = line(format!("{}\t{printed_on}", imprint.printed_by));
        blocks.push(Block::Paragraph(Paragraph { align: Align::Left, ..last }));
        blocks.push(rule(closing.outer_rule_pt));
        blocks
    }
}

/// 一、黑体；（一）楷体；1. and（1）仿宋.
fn heading_face(level: u8) -> Face {
    match level {
        0 | 1 => Face::Sans,
        2 => Face::Hand,
        _ => Face::Text,
    }
}

/// Width in full-width characters, near enough to place one line over another.
fn width(text: &str) -> f32 {
    text.chars().map(|each| if each.is_ascii() { 0.5 } else { 1.0 }).sum()
}
