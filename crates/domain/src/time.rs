//! Where an instant becomes a civil date: China's time, in one place.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

const CHINA: Offset = Offset::constant(8);

/// The clock on the wall in China at this instant.
pub fn china(instant: Timestamp) -> DateTime {
    CHINA.to_datetime(instant)
}

/// The date in China at this instant.
pub fn china_date(instant: Timestamp) -> Date {
    china(instant).date()
}

/// The instant at which a clock in China shows this; `None` past the ends of time.
pub fn instant(shown: DateTime) -> Option<Timestamp> {
    TimeZone::fixed(CHINA).to_timestamp(shown).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_midnight_in_china() {
        let before: Timestamp = "2025-12-31T15:59:59Z".parse().expect("an instant");
        let after: Timestamp = "2025-12-31T16:00:00Z".parse().expect("an instant");
        assert_eq!(china_date(before).to_string(), "2025-12-31");
        assert_eq!(china_date(after).to_string(), "2026-01-01");
        assert_eq!(instant(china(after)), Some(after));
    }
}
