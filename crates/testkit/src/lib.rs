//! Generators for tests: invented reports with known figures, written in every layout and noise.
//!
//! A [`truth::Plan`] holds the figures, [`compose`] makes a [`paper::Paper`] of it, noises of
//! [`noise`] spoil the paper and say what may be lost by it, and a [`layout::Layout`] writes it.
//! [`case::Case`] draws all of them from one seed.

#[cfg(feature = "app")]
pub mod app;
pub mod case;
pub mod compose;
#[cfg(feature = "store")]
pub mod database;
pub mod example;
pub mod layout;
pub mod noise;
pub mod paper;
pub mod prose;
pub mod truth;

/// The source of chance: the same seed gives the same case on every machine.
pub type Chance = rand_chacha::ChaCha8Rng;
