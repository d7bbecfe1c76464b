//! One case of the round trip: everything drawn from one seed.

use crate::Chance;
use crate::compose;
use crate::layout::{LAYOUTS, Layout};
use crate::noise::{NOISES, Noise, Spoils};
use crate::paper::{Expect, Paper};
use crate::truth::{Mode, Plan};
use gongkai_domain::figure::CellKey;
use indexmap::IndexMap;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

/// A file and what a reader must give for it.
pub struct Case {
    /// Its seed.
    pub seed: u64,
    /// What the report says.
    pub plan: Plan,
    /// The paper, spoilt.
    pub paper: Paper,
    /// The layout of the file.
    pub layout: &'static Layout,
    /// What spoilt it, in order.
    pub noises: Vec<&'static Noise>,
    /// The file.
    pub bytes: Vec<u8>,
    /// What a reader must give.
    pub expect: IndexMap<CellKey, Expect>,
}

impl Case {
    /// The case of a seed. Every layout comes up in turn, every third time without noise.
    pub fn of(seed: u64) -> Self {
        let mut chance = Chance::seed_from_u64(seed);
        let count = u64::try_from(LAYOUTS.len()).expect("layouts are few");
        let layout = &LAYOUTS[usize::try_from(seed % count).expect("layouts are few")];
        let noises = match (seed / count) % 3 {
            0 => Vec::new(),
            _ => draw_noises(layout, &mut chance),
        };
        let mut plan = Plan::draw(draw_mode(layout, &mut chance), &mut chance);
        for noise in &noises {
            if let Spoils::Plan(spoil) = noise.spoils {
                spoil(&mut plan, &mut chance);
            }
        }
        let mut paper = compose::paper(&plan);
        for noise in &noises {
            if let Spoils::Paper(spoil) = noise.spoils {
                spoil(&mut paper, &mut chance);
            }
        }
        let (bytes, expect) = (layout.write(&paper), layout.expect(&paper));
        Self { seed, plan, paper, layout, noises, bytes, expect }
    }

    /// Whether nothing was done to it.
    pub fn is_bare(&self) -> bool {
        self.noises.is_empty()
    }

    /// Whether every figure can be read.
    pub fn is_whole(&self) -> bool {
        self.expect.values().all(|expect| matches!(expect, Expect::Value(_)))
    }

    /// Name for its file; it tells neither organ nor year.
    pub fn file_name(&self) -> String {
        format!("{}.{}", self.seed, self.layout.ending())
    }

    /// What it is, for reports of failures.
    pub fn description(&self) -> String {
        let noises: Vec<&str> = self.noises.iter().map(|noise| noise.name).collect();
        let noises = if noises.is_empty() { "none".to_owned() } else { noises.join(" + ") };
        format!(
            "seed {} · layout {} · noise {noises} · form {} · {:?}",
            self.seed,
            self.layout.name,
            self.plan.forms.map(|form| form.key.as_str()).join("/"),
            self.plan.mode
        )
    }
}

/// Glued figures are told apart by the identities; broken ones would tell something else.
fn draw_mode(layout: &Layout, chance: &mut Chance) -> Mode {
    let modes = if layout.glued { &Mode::ALL[..3] } else { &Mode::ALL[..] };
    *modes.choose(chance).expect("there are modes")
}

/// One to three noises that fit, in their order, at most one encoding.
fn draw_noises(layout: &Layout, chance: &mut Chance) -> Vec<&'static Noise> {
    let fitting: Vec<usize> =
        (0..NOISES.len()).filter(|index| NOISES[*index].fits(layout)).collect();
    let amount = chance.random_range(1..=3);
    let mut chosen: Vec<usize> = fitting.choose_multiple(chance, amount).copied().collect();
    chosen.sort_unstable();
    let mut encoded = false;
    chosen
        .into_iter()
        .map(|index| &NOISES[index])
        .filter(|noise| {
            let again = noise.encodes() && encoded;
            encoded |= noise.encodes();
            !again
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_case() {
        for seed in 0..60 {
            assert_eq!(Case::of(seed).bytes, Case::of(seed).bytes, "seed {seed}");
        }
    }

    #[test]
    fn bare_cases_expect_every_figure_of_an_unglued_layout() {
        for seed in 0..LAYOUTS.len() as u64 {
            let case = Case::of(seed);
            assert!(case.is_bare() && (case.layout.glued || case.is_whole()), "seed {seed}");
        }
    }
}
