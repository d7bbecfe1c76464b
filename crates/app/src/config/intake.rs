//! Settings of the public request form: how long drafts stay, and what holds floods off. Nothing here
//! touches what comes over the counter or by post: no organ may refuse that.

use serde::{Deserialize, Serialize};

/// The public request form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Intake {
    /// How long a draft stays, in days.
    pub draft_days: u16,
    /// The most drafts that stay at a time.
    pub most_drafts: u32,
    /// After so many submissions of one address within an hour each further one answers a question.
    pub question_after: u32,
    /// The most submissions of one address within an hour; as many drafts it may keep.
    pub most_an_hour: u32,
    /// After so many submissions of all together within an hour everybody answers a question.
    pub question_for_all_after: u32,
    /// After so many tries of one address to follow a request within an hour, a question.
    pub tries_before_question: u32,
    /// The most tries of one address to follow a request within an hour.
    pub most_tries_an_hour: u32,
    /// The most searches and reckonings of one address within a minute.
    pub most_a_minute: u32,
    /// The header in which an own proxy in front of the program names the client's address, such as
    /// `x-forwarded-for`, whose last entry counts; empty where there is no proxy.
    pub client_header: String,
}

impl Default for Intake {
    /// Our own choice: an office that asks for its clients stays below the question, whoever sends by
    /// machine does not.
    fn default() -> Self {
        Self {
            draft_days: 14,
            most_drafts: 10_000,
            question_after: 3,
            most_an_hour: 30,
            question_for_all_after: 300,
            tries_before_question: 5,
            most_tries_an_hour: 60,
            most_a_minute: 60,
            client_header: String::new(),
        }
    }
}

impl Intake {
    /// Names the first field whose value cannot be used.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        let positive = [
            ("draft_days", u32::from(self.draft_days)),
            ("most_drafts", self.most_drafts),
            ("most_an_hour", self.most_an_hour),
            ("most_tries_an_hour", self.most_tries_an_hour),
            ("most_a_minute", self.most_a_minute),
        ];
        if let Some((field, _)) = positive.iter().find(|(_, value)| *value == 0) {
            return Err(format!("intake.{field} 应大于 0"));
        }
        let is_sign =
            |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
        if !self.client_header.chars().all(is_sign) {
            return Err("intake.client_header 应是小写的标头名称，如 x-forwarded-for".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_of_nothing_and_a_strange_header_are_named() {
        assert_eq!(Intake::default().validate(), Ok(()));
        let none = Intake { most_an_hour: 0, ..Intake::default() };
        assert!(none.validate().is_err_and(|reason| reason.contains("most_an_hour")));
        let strange = Intake { client_header: "X: y".to_owned(), ..Intake::default() };
        assert!(strange.validate().is_err_and(|reason| reason.contains("client_header")));
    }
}
