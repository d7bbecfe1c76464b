//! What surrounds a report: remedies that open requests again, registers sent by programs, sums over
//! trees, texts that are alike, years before the installation.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, stop where something is wrong")]

mod likeness;
mod recount;
mod remedies;
mod samples;
mod simulation;
mod statistics;
