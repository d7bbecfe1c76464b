//! Organisation codes (GB 11714) and unified social credit codes (GB 32100) with their check digits.

use serde::Serialize;
use std::fmt;
use thiserror::Error;

/// Why a code is none.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum CodeFault {
    /// Too long or too short.
    #[error("“{text}”是{found}位，应为{expected}位；请核对")]
    Length {
        /// As it was given.
        text: String,
        /// How many characters it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A character that codes do not have.
    #[error("“{text}”第{position}位“{found}”不能用于代码；只用数字和大写英文字母（不用 {unused}）")]
    Character {
        /// As it was given.
        text: String,
        /// Which character, from 1.
        position: usize,
        /// What stands there.
        found: char,
        /// Letters that this code does not use.
        unused: &'static str,
    },
    /// The check digit says that something was mistyped.
    #[error("“{text}”校验位不符：末位应为“{expected}”；请逐位核对")]
    CheckDigit {
        /// As it was given.
        text: String,
        /// What the last character should be.
        expected: char,
    },
}

/// An organisation code of 9 characters, check digit last (GB 11714).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct OrganisationCode(String);

impl OrganisationCode {
    /// Takes a code in; a hyphen before the check digit is dropped.
    ///
    /// # Errors
    /// When it has another length, other characters, or a wrong check digit.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let trimmed = text.trim();
        let plain = match trimmed.split_once('-') {
            Some((body, check)) if body.chars().count() == 8 => format!("{body}{check}"),
            _ => trimmed.to_owned(),
        };
        checked(&plain, 9, "", organisation_value, organisation_check).map(Self)
    }

    /// The code without hyphen.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrganisationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A unified social credit code of 18 characters, check digit last (GB 32100).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct CreditCode(String);

impl CreditCode {
    /// Takes a code in.
    ///
    /// # Errors
    /// When it has another length, other characters, or a wrong check digit.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        checked(text.trim(), 18, "I、O、S、V、Z", credit_value, credit_check).map(Self)
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The organisation code inside it (characters 9 to 17), where that is one.
    pub fn organisation_code(&self) -> Option<OrganisationCode> {
        OrganisationCode::parse(&self.0[8..17]).ok()
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Looks at length, characters and check digit, in that order.
fn checked(
    text: &str,
    expected: usize,
    unused: &'static str,
    value: fn(char) -> Option<u32>,
    check: fn(&[u32]) -> char,
) -> Result<String, CodeFault> {
    let found = text.chars().count();
    if found != expected {
        return Err(CodeFault::Length { text: text.to_owned(), found, expected });
    }
    let mut values = Vec::with_capacity(expected);
    for (character, position) in text.chars().zip(1..) {
        // The check digit of an organisation code is `X` for ten, which is a letter as well.
        values.push(value(character).ok_or_else(|| CodeFault::Character {
            text: text.to_owned(),
            position,
            found: character,
            unused,
        })?);
    }
    let expected = check(&values[..expected - 1]);
    if text.ends_with(expected) {
        return Ok(text.to_owned());
    }
    Err(CodeFault::CheckDigit { text: text.to_owned(), expected })
}

fn organisation_value(character: char) -> Option<u32> {
    let upper = character.is_ascii_digit() || character.is_ascii_uppercase();
    if upper { character.to_digit(36) } else { None }
}

/// GB 11714: weights over eight characters, modulo 11; ten is written `X`, eleven `0`.
fn organisation_check(body: &[u32]) -> char {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).expect("below ten"),
    }
}

/// The 31 characters of GB 32100, in the order of their values.
const CREDIT_CHARACTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

fn credit_value(character: char) -> Option<u32> {
    let index = CREDIT_CHARACTERS.chars().position(|known| known == character)?;
    u32::try_from(index).ok()
}

/// GB 32100: weights are the powers of 3 modulo 31.
fn credit_check(body: &[u32]) -> char {
    let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
    let sum: u32 = body.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    let index = (31 - sum % 31) % 31;
    CREDIT_CHARACTERS.chars().nth(index as usize).expect("below 31")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_met_in_official_index_numbers_hold() {
        for code in ["000014349", "004341590", "00001434-9"] {
            assert!(OrganisationCode::parse(code).is_ok(), "{code}");
        }
        for code in ["11370900004341590P", "11441700007280420Y", "11341702486344515H"] {
            let code = CreditCode::parse(code).unwrap();
            assert!(code.organisation_code().is_some(), "{code}");
        }
    }

    #[test]
    fn a_fault_says_where_and_what() {
        let cases = [
            ("1137090000434159P", "是17位，应为18位"),
            ("11370900004341590Q", "末位应为“P”"),
            ("11370900OO4341590P", "第9位“O”不能用于代码"),
            ("11370900004341590p", "第18位“p”不能用于代码"),
            ("", "是0位"),
            ("一二三四五六七八九十一二三四五六七八", "第1位“一”"),
        ];
        for (text, expected) in cases {
            let message = CreditCode::parse(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
        let message = OrganisationCode::parse("000014348").unwrap_err().to_string();
        assert!(message.contains("末位应为“9”"), "{message}");
    }

    proptest! {
        #[test]
        fn every_body_has_one_check_digit_and_one_wrong_character_is_seen(
            body in "[0-9]{8}[0-9A-HJ-NP-RTUWXY]{9}",
            at in 0_usize..17,
            other in "[0-9A-HJ-NP-RTUWXY]",
        ) {
            let holding: Vec<CreditCode> = CREDIT_CHARACTERS
                .chars()
                .filter_map(|check| CreditCode::parse(&format!("{body}{check}")).ok())
                .collect();
            prop_assert_eq!(holding.len(), 1);
            let mut changed = holding[0].as_str().to_owned();
            changed.replace_range(at..=at, &other);
            prop_assert_eq!(CreditCode::parse(&changed).is_ok(), changed == holding[0].as_str());
        }

        #[test]
        fn every_organisation_body_has_one_check_digit(body in "[0-9A-Z]{8}") {
            let checks = "0123456789X".chars();
            let holding = checks
                .filter(|check| OrganisationCode::parse(&format!("{body}-{check}")).is_ok());
            prop_assert_eq!(holding.count(), 1);
        }

        #[test]
        fn no_text_breaks_the_codes(text in ".*") {
            let _ = (CreditCode::parse(&text).is_ok(), OrganisationCode::parse(&text).is_ok());
        }
    }
}
