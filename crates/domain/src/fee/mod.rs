//! What the information processing fee would be, by piece or by page, exactly, from `data/fees`; it
//! proposes and charges nobody.
//!
//! 国办函〔2020〕109号: one request is charged by piece or by page, never both; the charge is the
//! organ's choice.

use crate::law::instrument;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// By what a fee is reckoned.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeBy {
    /// 按件: the rank of the request in the month.
    Piece,
    /// 按量: the pages given.
    Page,
}

impl FeeBy {
    /// Both, in the order of the measures.
    pub const ALL: [Self; 2] = [Self::Piece, Self::Page];

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Piece => "按件计收",
            Self::Page => "按量计收",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rate: Vec<Rate>,
    account: Account,
}

/// Where a fee is paid to.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The code of the income.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Rates with the days they hold.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    by: FeeBy,
    instrument: String,
    article: String,
    from: Option<Date>,
    until: Option<Date>,
    bands: Vec<Band>,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    upto: Option<u32>,
    price: Decimal,
    every: Option<u32>,
    more: Option<Decimal>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    let text = include_str!("../../../../data/fees/fees.toml");
    toml::from_str(text).expect("data/fees is embedded and tested")
});

/// Where a fee is paid to.
pub fn account() -> &'static Account {
    &FILE.account
}

/// The rates that hold on a day; `None` where there is no fee.
pub fn rate(by: FeeBy, on: Date) -> Option<&'static Rate> {
    FILE.rate.iter().find(|each| each.by == by && each.holds_on(on))
}

impl Rate {
    fn holds_on(&self, on: Date) -> bool {
        let instrument =
            instrument(&self.instrument).expect("data/fees names instruments of data/law; tested");
        let until = self.until.or(instrument.until);
        self.from.unwrap_or(instrument.from) <= on && until.is_none_or(|until| on <= until)
    }

    /// Where it stands: 《…》第四条.
    pub fn citation(&self) -> String {
        let instrument =
            instrument(&self.instrument).expect("data/fees names instruments of data/law; tested");
        instrument.reference(&self.article).to_string()
    }

    /// The price of the `n`-th piece or page, in yuan; counted from 1.
    pub fn price(&self, n: u32) -> Decimal {
        let mut below = 0;
        for band in &self.bands {
            if band.upto.is_none_or(|upto| n <= upto) {
                return band.price_at(n.saturating_sub(below));
            }
            below = band.upto.unwrap_or(below);
        }
        Decimal::ZERO
    }

    /// What pieces or pages from the first to the `n`-th cost together, in yuan.
    pub fn total(&self, n: u32) -> Decimal {
        let mut below = 0;
        let mut total = Decimal::ZERO;
        for band in &self.bands {
            let last = band.upto.map_or(n, |upto| upto.min(n));
            if below < last {
                total += band.sum(last - below);
            }
            below = band.upto.unwrap_or(last);
        }
        total
    }
}

impl Band {
    /// The price of the `k`-th of the band, from 1.
    fn price_at(&self, k: u32) -> Decimal {
        let (Some(every), Some(more)) = (self.every.filter(|each| 0 < *each), self.more) else {
            return self.price;
        };
        self.price + more * Decimal::from(k.div_ceil(every))
    }

    /// What the first `k` of the band cost together.
    fn sum(&self, k: u32) -> Decimal {
        let flat = self.price * Decimal::from(k);
        let (Some(every), Some(more)) = (self.every.filter(|each| 0 < *each), self.more) else {
            return flat;
        };
        let (whole, rest) = (Decimal::from(k / every), Decimal::from(k % every));
        let steps = Decimal::from(every) * whole * (whole + Decimal::ONE) / Decimal::TWO;
        flat + more * (steps + rest * (whole + Decimal::ONE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn on() -> Date {
        date(2025, 3, 3)
    }

    fn total(by: FeeBy, n: u32) -> String {
        rate(by, on()).expect("a rate").total(n).to_string()
    }

    #[test]
    fn by_piece_as_the_measures_say() {
        let cases = [
            (0, "0"),
            (10, "0"),
            (11, "100"),
            (30, "2000"),
            (31, "2200"),
            (40, "4000"),
            (41, "4300"),
            (50, "7000"),
            (51, "7400"),
        ];
        for (n, expected) in cases {
            assert_eq!(total(FeeBy::Piece, n), expected, "{n}");
        }
    }

    #[test]
    fn by_page_as_the_measures_say() {
        let cases = [
            (30, "0"),
            (31, "10"),
            (68, "380"),
            (100, "700"),
            (101, "720"),
            (200, "2700"),
            (201, "2740"),
            (300, "6700"),
        ];
        for (n, expected) in cases {
            assert_eq!(total(FeeBy::Page, n), expected, "{n}");
        }
    }

    #[test]
    fn the_total_is_the_sum_of_the_prices() {
        for by in FeeBy::ALL {
            let rate = rate(by, on()).expect("a rate");
            let mut sum = Decimal::ZERO;
            for n in 1..=400 {
                sum += rate.price(n);
                assert_eq!(rate.total(n), sum, "{by:?} {n}");
            }
        }
    }

    #[test]
    fn the_price_of_a_piece_grows_every_ten() {
        let rate = rate(FeeBy::Piece, on()).expect("a rate");
        let prices: Vec<_> = [10, 11, 30, 31, 40, 41].map(|n| rate.price(n).to_string()).into();
        assert_eq!(prices, ["0", "100", "100", "200", "200", "300"]);
    }

    #[test]
    fn there_is_no_fee_before_the_measures() {
        assert_eq!(rate(FeeBy::Piece, date(2020, 12, 31)), None);
        assert!(rate(FeeBy::Page, date(2021, 1, 1)).is_some());
        assert!(rate(FeeBy::Page, on()).expect("a rate").citation().ends_with("第五条"));
        assert!(!account().code.is_empty());
    }
}
