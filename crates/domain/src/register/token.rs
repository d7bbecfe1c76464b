//! The leave of a program to send records: for one organ, for some registers, until a day. The secret
//! itself is shown once and stands nowhere.

use super::line_of;
use crate::id::OrganId;
use jiff::Timestamp;
use jiff::civil::Date;

/// The longest name, in characters.
const LONGEST_NAME: usize = 40;

/// The longest life, in days: a year and its leap day, so that each is looked at again once a year. Our
/// own choice.
pub const LONGEST_DAYS: i64 = 366;

/// The leave of a program to send records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegisterToken {
    /// Its name in addresses and in the log.
    pub id: String,
    /// For which organ.
    pub organ: OrganId,
    /// What people call the program.
    pub name: String,
    /// The registers it may send to: keys of rows of table two.
    pub registers: Vec<String>,
    /// Who gave it.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// Its last day.
    pub expires_on: Date,
    /// Who took it back, and when.
    pub revoked: Option<(String, Timestamp)>,
    /// When it last brought something.
    pub used_at: Option<Timestamp>,
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenAsked {
    /// For which organ.
    pub organ: OrganId,
    /// What people call the program.
    pub name: String,
    /// Keys of registers.
    pub registers: Vec<String>,
    /// Its last day.
    pub expires_on: Date,
}

/// Why a token cannot be given.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TokenFault {
    /// No name.
    #[error("请填写使用令牌的系统名称，最多 {LONGEST_NAME} 个字")]
    Name,
    /// No register, or one that is none.
    #[error("请选择令牌可以写入的台账，至少一种")]
    Registers,
    /// Over before it begins, or too long.
    #[error("有效期最后一天应当在今天之后、{LONGEST_DAYS} 天之内")]
    Expiry,
}

impl TokenFault {
    /// The field of the form.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Registers => "registers",
            Self::Expiry => "expires_on",
        }
    }
}

impl RegisterToken {
    /// A new one.
    ///
    /// # Errors
    /// When it has no name or register, or its life is none or too long.
    pub fn new(
        id: String,
        asked: TokenAsked,
        (made_by, made_at): (String, Timestamp),
        today: Date,
    ) -> Result<Self, TokenFault> {
        let name = asked.name.trim().to_owned();
        let is_name = (1..=LONGEST_NAME).contains(&name.chars().count());
        if !is_name || name.chars().any(char::is_control) {
            return Err(TokenFault::Name);
        }
        let is_register = |key: &String| line_of(key).is_some_and(|line| line.key == key);
        if asked.registers.is_empty() || !asked.registers.iter().all(is_register) {
            return Err(TokenFault::Registers);
        }
        let days = i64::from((asked.expires_on - today).get_days());
        if !(1..=LONGEST_DAYS).contains(&days) {
            return Err(TokenFault::Expiry);
        }
        let mut registers = asked.registers;
        registers.sort_unstable();
        registers.dedup();
        Ok(Self {
            id,
            organ: asked.organ,
            name,
            registers,
            made_by,
            made_at,
            expires_on: asked.expires_on,
            revoked: None,
            used_at: None,
        })
    }

    /// Whether it opens anything on a day.
    pub fn is_good_on(&self, today: Date) -> bool {
        self.revoked.is_none() && today <= self.expires_on
    }

    /// Whether it may send to this register.
    pub fn reaches(&self, register: &str) -> bool {
        self.registers.iter().any(|each| each == register)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2025, 3, 10);

    fn token(
        name: &str,
        registers: &[&str],
        expires_on: Date,
    ) -> Result<RegisterToken, TokenFault> {
        let asked = TokenAsked {
            organ: "bureau".parse().unwrap(),
            name: name.to_owned(),
            registers: registers.iter().map(|each| (*each).to_owned()).collect(),
            expires_on,
        };
        let made = ("王某".to_owned(), Timestamp::UNIX_EPOCH);
        RegisterToken::new("t1".to_owned(), asked, made, TODAY)
    }

    #[test]
    fn a_token_lives_until_its_day_and_reaches_its_registers_only() {
        let last = Date::constant(2025, 3, 31);
        let token = token("许可系统", &["permit", "permit"], last).unwrap();
        assert_eq!(token.registers, ["permit"]);
        assert!(token.reaches("permit") && !token.reaches("penalty"));
        assert!(token.is_good_on(last) && !token.is_good_on(last.tomorrow().unwrap()));
        let revoked = Some(("李某".to_owned(), Timestamp::UNIX_EPOCH));
        assert!(!RegisterToken { revoked, ..token }.is_good_on(TODAY));
    }

    #[test]
    fn what_can_be_no_token_is_refused() {
        let day = Date::constant(2025, 4, 1);
        assert_eq!(token(" ", &["permit"], day), Err(TokenFault::Name));
        assert_eq!(token(&"名".repeat(41), &["permit"], day), Err(TokenFault::Name));
        assert_eq!(token("系统", &[], day), Err(TokenFault::Registers));
        assert_eq!(token("系统", &["rule"], day), Err(TokenFault::Registers));
        assert_eq!(token("系统", &["permit"], TODAY), Err(TokenFault::Expiry));
        let late = Date::constant(2026, 3, 12);
        assert_eq!(token("系统", &["permit"], late), Err(TokenFault::Expiry));
    }
}
