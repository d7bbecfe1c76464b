//! What a paper is made of before it is laid out: styled paragraphs, tables, rules and pictures on
//! a page with measures. No position of a letter stands here; writers of any format may read it.

use jiff::civil::Date;
use std::borrow::Cow;

/// Points in a millimetre.
pub const POINTS_PER_MM: f32 = 72.0 / 25.4;

/// The typefaces that official papers are set in, by the office they hold.
#[derive(serde::Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// 小标宋: letterheads and titles.
    Display,
    /// 仿宋: running text.
    Text,
    /// 楷体: headings of the second level.
    Hand,
    /// 黑体: headings of the first level.
    Sans,
    /// 宋体: page numbers and tables.
    Serif,
}

/// A colour, red, green, blue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Color(pub u8, pub u8, pub u8);

/// Black.
pub const BLACK: Color = Color(0, 0, 0);

/// How letters look.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Style {
    /// The typeface.
    pub face: Face,
    /// Height of a full-width character, points.
    pub size_pt: f32,
    /// Added after each letter, points; negative draws them together.
    pub spacing_pt: f32,
    /// The colour.
    pub color: Color,
}

/// Letters of one look.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    /// The letters; a line feed begins a new line.
    pub text: String,
    /// Their look.
    pub style: Style,
}

/// Where the lines of a paragraph stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Align {
    /// Flush on both sides, the last line on the left.
    Justified,
    /// On the left.
    Left,
    /// In the middle; of several lines none is much shorter than another.
    Centred,
    /// On the right.
    Right,
}

/// What a paragraph is, for those who hear the paper read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// The title of the paper.
    Title,
    /// A heading, 1 the highest.
    Heading(u8),
    /// Any other paragraph.
    Text,
}

/// A paragraph.
#[derive(Clone, PartialEq, Debug)]
pub struct Paragraph {
    /// What it is.
    pub role: Role,
    /// What it says.
    pub runs: Vec<Run>,
    /// Where its lines stand.
    pub align: Align,
    /// Indent of the first line beyond `left_pt`, points.
    pub first_line_pt: f32,
    /// Indent on the left, points.
    pub left_pt: f32,
    /// Indent on the right, points.
    pub right_pt: f32,
    /// From the top of a line to the top of the next, points.
    pub line_pt: f32,
    /// Free space above it, points; none at the top of a page.
    pub before_pt: f32,
    /// Stands on one page with what follows.
    pub keep_with_next: bool,
    /// A picture laid over it.
    pub picture: Option<Picture>,
}

/// A picture laid over a paragraph, which takes no room of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct Picture {
    /// PNG or JPEG.
    pub bytes: Vec<u8>,
    /// Width on paper, millimetres.
    pub width_mm: f32,
    /// Height on paper, millimetres.
    pub height_mm: f32,
    /// From the right edge of the type area to the middle of the picture, millimetres.
    pub centre_from_right_mm: f32,
    /// From the top of the paragraph down to the middle of the picture, millimetres.
    pub centre_down_mm: f32,
    /// What it shows, for those who cannot see it.
    pub description: String,
}

/// A line across.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rule {
    /// Its strokes from above, thickness in points, with as much room between as the thinner is thick.
    pub strokes: Strokes,
    /// The colour.
    pub color: Color,
    /// Free space above it, points.
    pub before_pt: f32,
    /// Free space below it, points.
    pub after_pt: f32,
}

/// The strokes of a rule.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Strokes {
    /// One, so many points thick.
    One(f32),
    /// A thick one above a thin one.
    ThickThin,
    /// A thin one above a thick one.
    ThinThick,
}

/// A cell of a table.
#[derive(Clone, PartialEq, Debug)]
pub struct Cell {
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
    /// Columns it covers, one or more.
    pub columns: usize,
    /// Rows it covers, one or more.
    pub rows: usize,
    /// Heads a row or a column.
    pub head: bool,
}

/// A table; covered places have no cell of their own.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// Widths of the columns, in shares of the whole.
    pub columns: Vec<f32>,
    /// The rows, each with the cells that begin in it, from the left.
    pub rows: Vec<Vec<Cell>>,
    /// So many rows at the top are repeated on each page.
    pub header_rows: usize,
    /// Least height of a row, points.
    pub row_pt: f32,
    /// Thickness of the lines, points.
    pub line_pt: f32,
    /// Room between line and letters, points.
    pub padding_pt: f32,
    /// Free space above it, points.
    pub before_pt: f32,
}

/// A piece of the paper, in the order of reading.
#[derive(Clone, PartialEq, Debug)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// A line across.
    Rule(Rule),
}

/// A piece that stands at a fixed place of the first page.
#[derive(Clone, PartialEq, Debug)]
pub struct Fixed {
    /// From the top of the page, millimetres.
    pub top_mm: f32,
    /// From the left of the page, millimetres.
    pub left_mm: f32,
    /// How wide it is, millimetres.
    pub width_mm: f32,
    /// The piece: a paragraph or a rule.
    pub block: Block,
}

/// The number at the foot of the pages.
#[derive(Clone, PartialEq, Debug)]
pub struct PageNumber {
    /// How it looks.
    pub style: Style,
    /// What stands on both sides of it.
    pub dash: String,
    /// From the type area down to the top of the number, millimetres.
    pub below_mm: f32,
    /// From the edge of the type area inwards, points: odd pages on the right, even ones on the left.
    pub inset_pt: f32,
    /// Whether the first page bears it.
    pub first_page: bool,
}

/// The sheet and what of it is printed on.
#[derive(Clone, PartialEq, Debug)]
pub struct Page {
    /// Width of the sheet, millimetres.
    pub width_mm: f32,
    /// Height of the sheet, millimetres.
    pub height_mm: f32,
    /// Free above the type area, millimetres.
    pub top_mm: f32,
    /// Free on the left, millimetres.
    pub left_mm: f32,
    /// Width of the type area, millimetres.
    pub area_width_mm: f32,
    /// Height of the type area, millimetres.
    pub area_height_mm: f32,
    /// From the top of a line of running text to the top of the next, points.
    pub line_pt: f32,
    /// Size of running text, points.
    pub size_pt: f32,
    /// The number at the foot.
    pub number: Option<PageNumber>,
}

/// A paper, ready to be laid out.
#[derive(Clone, PartialEq, Debug)]
pub struct Paper {
    /// Title, for the properties of the file.
    pub title: String,
    /// Author, for the properties of the file.
    pub author: String,
    /// Day of the paper, for the properties of the file.
    pub date: Date,
    /// The sheet.
    pub page: Page,
    /// What stands at fixed places of the first page.
    pub first_page: Vec<Fixed>,
    /// The text from top to bottom.
    pub blocks: Vec<Block>,
    /// What stands at the bottom of the last page: paragraphs and rules.
    pub closing: Vec<Block>,
}

/// Width of a sign of a figure in em; a little more than fonts have.
const FIGURE_EM: f32 = 0.6;

/// Figures are set no smaller than this, points.
const LEAST_FIGURE_PT: f32 = 4.0;

impl Paragraph {
    /// The paragraph as it is set in a cell so wide, points: a figure that would be broken over lines
    /// is set smaller, for half a figure is another figure.
    pub fn fitted(&self, width_pt: f32) -> Cow<'_, Paragraph> {
        let [run] = self.runs.as_slice() else { return Cow::Borrowed(self) };
        let begins = run.text.starts_with(|each: char| each.is_ascii_digit() || each == '-');
        if !begins || run.text.contains(char::is_whitespace) {
            return Cow::Borrowed(self);
        }
        let em = |each: char| if each.is_ascii() { FIGURE_EM } else { 1.0 };
        let fits_pt = width_pt / run.text.chars().map(em).sum::<f32>();
        // Words that begin with a figure may be broken like others.
        let is_figure = run.text.chars().filter(|each| !each.is_ascii()).count() <= 2;
        if run.style.size_pt <= fits_pt || !is_figure {
            return Cow::Borrowed(self);
        }
        let mut fitted = self.clone();
        fitted.runs[0].style.size_pt = fits_pt.max(LEAST_FIGURE_PT);
        Cow::Owned(fitted)
    }

    /// Its words, without their look.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// A cell at its place.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// The cell.
    pub cell: &'a Cell,
    /// Its first row.
    pub row: usize,
    /// Its first column.
    pub column: usize,
    /// Rows it covers; no more than there are.
    pub rows: usize,
    /// Columns it covers; no more than there are and are free.
    pub columns: usize,
}

impl Table {
    /// Every cell at its place, in the order of reading. A cell that finds no free place is left out.
    pub fn placed(&self) -> Vec<Placed<'_>> {
        let width = self.columns.len();
        let mut taken = vec![vec![false; width]; self.rows.len()];
        let mut placed = Vec::new();
        for (row, cells) in self.rows.iter().enumerate() {
            for cell in cells {
                let Some(column) = taken[row].iter().position(|taken| !taken) else { break };
                let free = taken[row][column..].iter().take_while(|taken| !**taken).count();
                let columns = cell.columns.clamp(1, free);
                let rows = cell.rows.clamp(1, self.rows.len() - row);
                for covered in &mut taken[row..row + rows] {
                    covered[column..column + columns].fill(true);
                }
                placed.push(Placed { cell, row, column, rows, columns });
            }
        }
        placed
    }
}
