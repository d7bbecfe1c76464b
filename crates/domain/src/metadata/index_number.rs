//! The index number of an item (索引号): made once, accepted in the forms in use, never changed.

use super::code::{CreditCode, OrganisationCode};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt;
use thiserror::Error;

/// Whose code stands before the slash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum IssuerCode {
    /// An organisation code of 9 characters, as the norm has it.
    Organisation(OrganisationCode),
    /// A unified social credit code of 18 characters, as most do by now.
    Credit(CreditCode),
}

impl fmt::Display for IssuerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organisation(code) => code.fmt(f),
            Self::Credit(code) => code.fmt(f),
        }
    }
}

/// The form of an index number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexPattern {
    /// `organisation code/YYYY-NNNNN`.
    Organisation,
    /// `credit code/YYYY-NNNNN`.
    Credit,
    /// Either code, with the month: `…/YYYYMM-NNNNN`.
    Monthly,
    /// `region-department-class-…`, as some places had it.
    Segments,
}

/// Why an index number cannot be made or taken.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum IndexNumberFault {
    /// The serial does not fit five digits.
    #[error("流水号 {0} 超出范围：每年从 1 编到 99999")]
    Serial(u32),
    /// The year is none of ours.
    #[error("年份 {0} 超出范围：应在 1900 至 2099 之间")]
    Year(i16),
    /// None of the forms in use.
    #[error(
        "索引号“{0}”不合格式：应为“机构代码/年份-流水号”，代码 9 位或者 18 位，年份 4 位（可加 2 位月份），流水号 5 位"
    )]
    Shape(String),
    /// One of the forms in use once blanks and wide characters are mended.
    #[error("索引号“{found}”含有空格或者全角字符；请改为“{correction}”")]
    Wide {
        /// As it was given.
        found: String,
        /// As it should be.
        correction: String,
    },
}

/// An index number. Once given it never changes, even if the organ does (国办秘函〔2009〕6号).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct IndexNumber(String);

impl IndexNumber {
    /// Makes the number of the `serial`-th item (from 1) that an organ publishes in a year.
    ///
    /// # Errors
    /// When the serial is 0 or over 99999, or the year has no four digits of our time.
    pub fn generate(
        issuer: &IssuerCode,
        published: Date,
        serial: u32,
    ) -> Result<Self, IndexNumberFault> {
        let year = published.year();
        if !(1900..=2099).contains(&year) {
            return Err(IndexNumberFault::Year(year));
        }
        if !(1..=99_999).contains(&serial) {
            return Err(IndexNumberFault::Serial(serial));
        }
        Ok(Self(format!("{issuer}/{year}-{serial:05}")))
    }

    /// Takes an existing number in as it stands; check digits are not asked for, since a number
    /// once given stays (see [`Self::code_holds`]).
    ///
    /// # Errors
    /// When it has none of the forms in use; with a correction where only width and blanks differ.
    pub fn parse(text: &str) -> Result<Self, IndexNumberFault> {
        if pattern(text).is_some() {
            return Ok(Self(text.to_owned()));
        }
        let found = text.to_owned();
        let correction: String =
            text.chars().filter(|each| !each.is_whitespace()).map(super::half_width).collect();
        if pattern(&correction).is_some() {
            return Err(IndexNumberFault::Wide { found, correction });
        }
        Err(IndexNumberFault::Shape(found))
    }

    /// The whole number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its form.
    pub fn pattern(&self) -> IndexPattern {
        pattern(&self.0).expect("only numbers of a known form are built")
    }

    /// The second half, which lists may show alone; the whole where there are no halves.
    pub fn short(&self) -> &str {
        self.0.split_once('/').map_or(self.as_str(), |(_, short)| short)
    }

    /// The serial within the year or month; `None` where the form has none.
    pub fn serial(&self) -> Option<u32> {
        let (_, short) = self.0.split_once('/')?;
        short.split_once('-')?.1.parse().ok()
    }

    /// Whether the check digit of its code holds; `None` where the form has no code.
    pub fn code_holds(&self) -> Option<bool> {
        let (code, _) = self.0.split_once('/')?;
        Some(match code.len() {
            9 => OrganisationCode::parse(code).is_ok(),
            _ => CreditCode::parse(code).is_ok(),
        })
    }
}

impl fmt::Display for IndexNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn pattern(text: &str) -> Option<IndexPattern> {
    let code_letters =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let Some((code, rest)) = text.split_once('/') else {
        let segments: Vec<&str> = text.split('-').collect();
        let known = (4..=8).contains(&segments.len())
            && text.len() <= 60
            && segments.iter().all(|each| !each.is_empty() && code_letters(each));
        return known.then_some(IndexPattern::Segments);
    };
    let (period, serial) = rest.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let century = period.starts_with("19") || period.starts_with("20");
    if !code_letters(code) || !digits(period) || !digits(serial) || serial.len() != 5 || !century {
        return None;
    }
    match (code.len(), period.len()) {
        (9, 4) => Some(IndexPattern::Organisation),
        (18, 4) => Some(IndexPattern::Credit),
        (9 | 18, 6) if ("01"..="12").contains(&&period[4..]) => Some(IndexPattern::Monthly),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn the_forms_in_use_are_accepted_as_they_stand() {
        let cases = [
            ("000014349/2017-00110", IndexPattern::Organisation, "2017-00110", Some(110)),
            ("11370900004341590P/2017-00150", IndexPattern::Credit, "2017-00150", Some(150)),
            ("11441700007280420Y/2021-00050", IndexPattern::Credit, "2021-00050", Some(50)),
            ("11341702486344515H/202110-00013", IndexPattern::Monthly, "202110-00013", Some(13)),
            (
                "330200-B02-A0-03-20091012-7",
                IndexPattern::Segments,
                "330200-B02-A0-03-20091012-7",
                None,
            ),
        ];
        for (text, pattern, short, serial) in cases {
            let number = IndexNumber::parse(text).unwrap();
            assert_eq!((number.as_str(), number.pattern()), (text, pattern));
            assert_eq!((number.short(), number.serial()), (short, serial));
            assert_ne!(number.code_holds(), Some(false), "{text}");
        }
    }

    #[test]
    fn a_wrong_number_is_refused_and_a_wide_one_corrected() {
        let wrong = [
            "",
            "2017-00110",
            "00001434/2017-00110",
            "000014349/2017-110",
            "000014349/1817-00110",
            "000014349/201713-00110",
            "000014349/2017-0011O",
            "索引号",
            "a-b-c-d",
            "1--2-3",
        ];
        for text in wrong {
            let fault = IndexNumber::parse(text).unwrap_err();
            assert!(matches!(fault, IndexNumberFault::Shape(_)), "{text}: {fault}");
        }
        let fault = IndexNumber::parse("０００014349／2017—00110 ").unwrap_err();
        assert!(fault.to_string().contains("改为“000014349/2017-00110”"), "{fault}");
        let kept = IndexNumber::parse("000014340/2017-00110").unwrap();
        assert_eq!(kept.code_holds(), Some(false));
    }

    proptest! {
        #[test]
        fn what_is_made_is_read_back(year in 1900_i16..2100, serial in 1_u32..100_000, credit: bool) {
            let issuer = if credit {
                IssuerCode::Credit(CreditCode::parse("11370900004341590P").unwrap())
            } else {
                IssuerCode::Organisation(OrganisationCode::parse("000014349").unwrap())
            };
            let number = IndexNumber::generate(&issuer, date(year, 6, 1), serial).unwrap();
            prop_assert_eq!(number.as_str().len(), if credit { 29 } else { 20 });
            prop_assert_eq!(IndexNumber::parse(number.as_str()), Ok(number.clone()));
            prop_assert_eq!((number.serial(), number.code_holds()), (Some(serial), Some(true)));
            let pattern = if credit { IndexPattern::Credit } else { IndexPattern::Organisation };
            prop_assert_eq!(number.pattern(), pattern);
        }

        #[test]
        fn a_serial_outside_the_year_is_refused(serial in 100_000_u32..) {
            let issuer = IssuerCode::Organisation(OrganisationCode::parse("000014349").unwrap());
            let made = |serial| IndexNumber::generate(&issuer, date(2024, 1, 1), serial);
            prop_assert_eq!(made(serial), Err(IndexNumberFault::Serial(serial)));
            prop_assert_eq!(made(0), Err(IndexNumberFault::Serial(0)));
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".*") {
            if let Ok(number) = IndexNumber::parse(&text) {
                prop_assert_eq!(number.as_str(), text.as_str());
                let _ = (number.pattern(), number.short(), number.serial(), number.code_holds());
            }
        }
    }
}
