//! The measures of GB/T 9704 as data (`data/papers/gbt9704.toml`); nothing is placed here.

use gongkai_typeset::paper::{Color, POINTS_PER_MM};
use serde::Deserialize;
use std::sync::LazyLock;

/// All measures; the file says what each means and where it stands.
#[derive(Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each measure is described in the file of data")]
pub struct Measures {
    pub source: String,
    pub from: jiff::civil::Date,
    pub page: Page,
    pub grid: Grid,
    pub color: Colors,
    pub head: Head,
    pub letter: Letter,
    pub number: Sized,
    pub title: Title,
    pub text: Text,
    pub attachment: Attachment,
    pub signature: Signature,
    pub note: Note,
    pub closing: Closing,
    pub page_number: Number,
    pub table: Table,
    pub compact_table: Table,
}

macro_rules! measures {
    ($($(#[$about:meta])* $name:ident { $($field:ident: $kind:ty),* $(,)? })*) => {$(
        $(#[$about])*
        #[derive(Deserialize, Clone, PartialEq, Debug)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $(pub $field: $kind),* }
    )*};
}

measures! {
    /// The sheet and the type area.
    Page { width: f32, height: f32, top: f32, left: f32, area_width: f32, area_height: f32 }
    /// Lines of a page and characters of a line.
    Grid { lines: u16, characters: u16, gap: f32 }
    /// Colours.
    Colors { red: [u8; 3] }
    /// 版头 of the file format.
    Head { size_pt: f32, down: f32, blank_lines: f32, rule_below: f32, rule_pt: f32 }
    /// 版头 of the letter format.
    Letter { head_down: f32, rule_below: f32, rule_width: f32, bottom_rule_up: f32, head_size_pt: f32 }
    /// Something that has a size only.
    Sized { size_pt: f32 }
    /// 标题.
    Title { size_pt: f32, line_pt: f32, blank_lines_above: f32, blank_lines_below: f32 }
    /// 正文.
    Text { size_pt: f32, first_line_characters: f32 }
    /// 附件说明.
    Attachment { blank_lines_above: f32, left_characters: f32 }
    /// 署名 and 成文日期.
    Signature { blank_lines_above: f32, date_right_characters: f32, seal_diameter: f32 }
    /// 附注.
    Note { left_characters: f32 }
    /// 版记.
    Closing { outer_rule_pt: f32, inner_rule_pt: f32, size_pt: f32, inset_characters: f32 }
    /// 页码.
    Number { size_pt: f32, below: f32, inset_characters: f32, dash: String }
    /// Tables.
    Table { size_pt: f32, line_pt: f32, row_pt: f32, rule_pt: f32, padding_pt: f32 }
}

static MEASURES: LazyLock<Measures> = LazyLock::new(|| {
    let text = include_str!("../../../../data/papers/gbt9704.toml");
    toml::from_str(text).expect("data/papers/gbt9704.toml is tested")
});

/// The measures of GB/T 9704.
pub fn measures() -> &'static Measures {
    &MEASURES
}

impl Measures {
    /// Room of a character in a line: a full line of them fills the type area. Points.
    pub fn character_pt(&self) -> f32 {
        self.page.area_width * POINTS_PER_MM / f32::from(self.grid.characters)
    }

    /// From the top of a line to the top of the next: the characters of the first line stand at the
    /// top of the type area, those of the last at its bottom. Points.
    pub fn line_pt(&self) -> f32 {
        self.character_pt() * (1.0 + self.grid.gap)
    }

    /// The red of letterheads.
    pub fn red(&self) -> Color {
        let [red, green, blue] = self.color.red;
        Color(red, green, blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_two_lines_of_twenty_eight_characters_fill_the_type_area() {
        let measures = measures();
        let width = measures.character_pt() * 28.0 / POINTS_PER_MM;
        assert!((width - 156.0).abs() < 0.01, "{width}");
        let height = (measures.line_pt() * 21.0 + measures.character_pt()) / POINTS_PER_MM;
        assert!((height - 225.0).abs() < 0.1, "{height}");
        let page = &measures.page;
        assert!((page.width - page.left - page.area_width - 26.0).abs() < 0.01, "right margin");
        assert!((page.height - page.top - page.area_height - 35.0).abs() < 0.01, "bottom margin");
    }
}
