//! Holds reports beside each other: the years of an organ, the organs of a year.
//!
//! What is compared, the guards and the breaks of series are data (`data/forms/indicators.toml`).
//! Nothing is judged here: no mark, no colour.

mod indicator;
mod organs;
#[cfg(test)]
mod tests;
mod years;

pub use indicator::{Break, Indicator, Measured, Reliability, break_between, indicators, measure};
pub use organs::{OrganLine, OrganPoint, organs};
pub use years::{YearLine, YearPoint, years};

use crate::figure::Figures;
use rust_decimal::Decimal;

/// A report to be compared.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Name of the organ.
    pub agency: &'a str,
    /// The year reported on.
    pub year: i16,
    /// Its figures.
    pub figures: &'a Figures,
}

/// Percents are given to two decimals.
const DECIMALS: u32 = 2;

/// A part in percent of a whole; `None` where the whole is nothing.
fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(
        share
            .round_dp_with_strategy(DECIMALS, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            .normalize(),
    )
}
