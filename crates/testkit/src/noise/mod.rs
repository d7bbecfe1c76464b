//! Noises: what happens to reports on their way, each saying which figures may be lost by it.

mod blank_zeros;
mod brackets;
mod dash_zeros;
mod debris;
mod doubled_prose;
mod encodings;
mod full_width_digits;
mod furniture;
mod header_cut;
mod header_doubled;
mod header_dropped;
mod header_vertical;
mod heading_missing;
mod headings_misnumbered;
mod inner_spaces;
mod label_typos;
mod label_variants;
mod lost_cells;
mod lost_rows;
mod mixed_forms;
mod pinyin;
mod signs;
mod thousands;
mod traditional;
mod units;
mod value_spaces;
mod years_beside;
mod yuan;
mod zero_width;

use crate::Chance;
use crate::layout::Layout;
use crate::paper::Paper;
use crate::truth::Plan;
use gongkai_domain::figure::CellKey;
use gongkai_domain::form::{Column, forms};

/// Which layouts a noise can be heard in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Suits {
    /// Every layout.
    All,
    /// Layouts whose figures stand apart: glued, the paper would no longer say what it means.
    Apart,
    /// Files that are text in some encoding.
    Text,
}

/// What a noise spoils.
#[derive(Clone, Copy)]
pub enum Spoils {
    /// The plan, before there is paper.
    Plan(fn(&mut Plan, &mut Chance)),
    /// The paper.
    Paper(fn(&mut Paper, &mut Chance)),
}

/// A noise.
#[derive(Clone, Copy)]
pub struct Noise {
    /// Its name in reports of failures.
    pub name: &'static str,
    /// The layouts it can be heard in.
    pub suits: Suits,
    /// What it does.
    pub spoils: Spoils,
}

impl Noise {
    /// Whether it can be heard in a layout.
    pub fn fits(&self, layout: &Layout) -> bool {
        match self.suits {
            Suits::All => true,
            Suits::Apart => !layout.glued,
            Suits::Text => layout.is_text(),
        }
    }

    /// Whether it only changes how text is encoded; a paper has one encoding.
    pub fn encodes(&self) -> bool {
        self.suits == Suits::Text
    }
}

const fn on_paper(name: &'static str, suits: Suits, spoil: fn(&mut Paper, &mut Chance)) -> Noise {
    Noise { name, suits, spoils: Spoils::Paper(spoil) }
}

/// Every noise, in the order in which they are made: forms, cells, words, characters, bytes.
pub static NOISES: [Noise; 32] = [
    Noise { name: "mixed_forms", suits: Suits::All, spoils: Spoils::Plan(mixed_forms::spoil) },
    on_paper("lost_cells", Suits::Apart, lost_cells::spoil),
    on_paper("lost_rows", Suits::All, lost_rows::spoil),
    on_paper("blank_zeros", Suits::Apart, blank_zeros::spoil),
    on_paper("dash_zeros", Suits::Apart, dash_zeros::spoil),
    on_paper("thousands", Suits::Apart, thousands::spoil),
    on_paper("signs", Suits::Apart, signs::spoil),
    on_paper("yuan", Suits::Apart, yuan::spoil),
    on_paper("units", Suits::Apart, units::spoil),
    on_paper("label_variants", Suits::All, label_variants::spoil),
    on_paper("label_typos", Suits::All, label_typos::spoil),
    on_paper("inner_spaces", Suits::All, inner_spaces::spoil),
    on_paper("years_beside", Suits::Apart, years_beside::spoil),
    on_paper("header_cut", Suits::All, header_cut::spoil),
    on_paper("header_doubled", Suits::All, header_doubled::spoil),
    on_paper("header_vertical", Suits::All, header_vertical::spoil),
    on_paper("header_dropped", Suits::All, header_dropped::spoil),
    on_paper("heading_missing", Suits::All, heading_missing::spoil),
    on_paper("headings_misnumbered", Suits::All, headings_misnumbered::spoil),
    on_paper("doubled_prose", Suits::All, doubled_prose::spoil),
    on_paper("furniture", Suits::All, furniture::spoil),
    on_paper("debris", Suits::All, debris::spoil),
    on_paper("brackets", Suits::All, brackets::spoil),
    on_paper("traditional", Suits::All, traditional::spoil),
    on_paper("pinyin", Suits::All, pinyin::spoil),
    on_paper("full_width_digits", Suits::All, full_width_digits::spoil),
    on_paper("value_spaces", Suits::All, value_spaces::spoil),
    on_paper("zero_width", Suits::All, zero_width::spoil),
    on_paper("gb18030", Suits::Text, encodings::gb18030),
    on_paper("utf16", Suits::Text, encodings::utf16),
    on_paper("utf8_mark", Suits::Text, encodings::utf8_mark),
    on_paper("big5", Suits::Text, encodings::big5),
];

/// The column of a cell, as its form declares it.
fn column(cell: CellKey) -> Option<&'static Column> {
    forms()
        .iter()
        .flat_map(|form| &form.tables)
        .find_map(|table| table.position(cell).map(|(row, column)| &table.columns(row)[column]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose;
    use crate::truth::Mode;
    use rand::SeedableRng;

    #[test]
    fn every_noise_changes_some_paper_and_none_invents_a_cell() {
        for noise in &NOISES {
            let mut changed = false;
            for seed in 0..20 {
                let mut chance = Chance::seed_from_u64(seed);
                let plan = Plan::draw(Mode::Large, &mut chance);
                let mut spoilt = plan.clone();
                if let Spoils::Plan(spoil) = noise.spoils {
                    spoil(&mut spoilt, &mut chance);
                }
                let mut paper = compose::paper(&spoilt);
                let cells: Vec<CellKey> = paper.expect.keys().copied().collect();
                if let Spoils::Paper(spoil) = noise.spoils {
                    spoil(&mut paper, &mut chance);
                }
                changed |= paper != compose::paper(&plan);
                assert!(paper.expect.keys().copied().eq(cells), "{}", noise.name);
            }
            assert!(changed, "{}", noise.name);
        }
    }
}
