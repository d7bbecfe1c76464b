//! What happened in an organ, and a recount of a figure from it: slow, one question after the other, and
//! written without a look at how the program counts.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Happened {
    /// A request came, and ended so on that day.
    Request {
        /// Column of table three.
        applicant: &'static str,
        /// The day it came.
        received: Date,
        /// The day and the row of its end.
        closed: Option<(Date, &'static str)>,
    },
    /// An act stands in a register.
    Record {
        /// Row of table two.
        line: &'static str,
        /// The day.
        on: Date,
        /// In 元.
        amount: Decimal,
    },
    /// A remedy was sought.
    Remedy {
        /// Row of table four.
        block: &'static str,
        /// The day.
        filed: Date,
        /// The day and column of its last result.
        last: Option<(Date, &'static str)>,
    },
}

/// A figure of a year, counted by hand.
pub fn recount(happened: &[Happened], key: &str, year: i16) -> Decimal {
    happened.iter().map(|each| counts(each, key, year)).sum()
}

/// What one thing adds to a figure.
fn counts(happened: &Happened, key: &str, year: i16) -> Decimal {
    let one = |counts: bool| if counts { Decimal::ONE } else { Decimal::ZERO };
    match happened {
        Happened::Request { applicant, received, closed } => {
            let Some(rest) = key.strip_prefix("requests.") else { return Decimal::ZERO };
            let Some((row, column)) = rest.rsplit_once('.') else { return Decimal::ZERO };
            if column != "total" && column != *applicant {
                return Decimal::ZERO;
            }
            let ended = closed.map(|(day, _)| day.year());
            one(match row {
                "received" => received.year() == year,
                "brought_forward" => received.year() < year && ended.is_none_or(|end| year <= end),
                "closed_total" => ended == Some(year),
                "carried_forward" => received.year() <= year && ended.is_none_or(|end| year < end),
                row => ended == Some(year) && closed.is_some_and(|(_, outcome)| outcome == row),
            })
        }
        Happened::Record { line, on, amount } => match key {
            _ if on.year() != year => Decimal::ZERO,
            "proactive.fee.amount" if *line == "fee" => *amount / Decimal::from(10_000),
            key => one(key == format!("proactive.{line}.decided")),
        },
        Happened::Remedy { block, filed, last } => {
            let Some(column) = key.strip_prefix(&format!("remedies.{block}.")) else {
                return Decimal::ZERO;
            };
            let ended = last.map(|(day, _)| day.year());
            let is_open = filed.year() <= year && ended.is_none_or(|end| year < end);
            one(match column {
                "pending" => is_open,
                "total" => is_open || ended == Some(year),
                column => ended == Some(year) && last.is_some_and(|(_, result)| result == column),
            })
        }
    }
}
