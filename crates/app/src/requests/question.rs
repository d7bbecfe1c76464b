//! A question against machines: words without a picture, readable aloud, answered without scripts. It
//! stands in a token that only this installation can have made, for a short time and for one answer.

use crate::App;
use gongkai_store::sealed::REQUEST_DRAFT;

/// How long a question may be answered, in seconds: our own choice, enough to choose files meanwhile.
const LIFETIME: i64 = 20 * 60;
/// Clocks of several nodes differ by less, in seconds.
const SKEW: i64 = 60;

const NUMERALS: [&str; 21] = [
    "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三",
    "十四", "十五", "十六", "十七", "十八", "十九", "二十",
];

/// Words of which a sign is asked for.
const WORDS: [&str; 4] = ["政府信息公开", "依法申请查阅", "保障知情权利", "便民高效服务"];

/// A question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// What is asked.
    pub text: String,
    /// What the form carries.
    pub token: String,
}

/// Why an answer does not count; a new question is to be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Wrong {
    /// Nothing was answered: the page was made before the question was due.
    #[error("请先回答验证题")]
    Missing,
    /// The token was not made here, or changed.
    #[error("验证题不是本系统给出的，请回答新的一题")]
    Forged,
    /// It is too old.
    #[error("验证题已经过期，请回答新的一题")]
    Expired,
    /// It was answered once.
    #[error("这道验证题已经用过，请回答新的一题")]
    Used,
    /// The answer is another.
    #[error("验证题的答案不对，请回答新的一题")]
    Answer,
}

/// A new question.
pub fn ask(app: &App) -> Question {
    let nonce = &crate::secret::token()[..32];
    let name = format!("{}.{nonce}", app.clock.now().as_second());
    let (text, _) = riddle(app, &name);
    Question { text, token: format!("{name}.{}", mark(app, &name)) }
}

/// Whether this answers the question of the token. Whatever is answered, the question is used up.
///
/// # Errors
/// Why it does not count.
pub fn check(app: &App, token: &str, answer: &str) -> Result<(), Wrong> {
    if token.is_empty() {
        return Err(Wrong::Missing);
    }
    let (name, given) = token.rsplit_once('.').ok_or(Wrong::Forged)?;
    let (issued, _) = name.split_once('.').ok_or(Wrong::Forged)?;
    let issued: i64 = issued.parse().map_err(|_| Wrong::Forged)?;
    if !is_same(given, &mark(app, name)) {
        return Err(Wrong::Forged);
    }
    let age = app.clock.now().as_second() - issued;
    if !(-SKEW..LIFETIME).contains(&age) {
        return Err(Wrong::Expired);
    }
    if !app.flood.answered.entry(name.to_owned()).or_insert(()).is_fresh() {
        return Err(Wrong::Used);
    }
    let (_, right) = riddle(app, name);
    if plain(answer) == right { Ok(()) } else { Err(Wrong::Answer) }
}

fn mark(app: &App, name: &str) -> String {
    app.vault.blind(&REQUEST_DRAFT, &format!("question\n{name}"))
}

/// Compares without telling by the time it takes how much is right.
fn is_same(one: &str, other: &str) -> bool {
    use subtle::ConstantTimeEq;
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// What is asked under a name, and the answer in one form: the token alone tells neither.
fn riddle(app: &App, name: &str) -> (String, String) {
    let seed = app.vault.blind(&REQUEST_DRAFT, &format!("riddle\n{name}"));
    let mut digits = seed.bytes().filter_map(|sign| char::from(sign).to_digit(16));
    let mut next = |below: u32| {
        let digit = digits.next().unwrap_or_default() * 16 + digits.next().unwrap_or_default();
        usize::try_from(digit % below).unwrap_or_default()
    };
    let (kind, a, b) = (next(3), next(9) + 1, next(9) + 1);
    match kind {
        0 => {
            let text = format!("{}加{}等于几？", NUMERALS[a], NUMERALS[b]);
            (text, (a + b).to_string())
        }
        1 => {
            let text = format!("{}减{}等于几？", NUMERALS[a + b], NUMERALS[b]);
            (text, a.to_string())
        }
        _ => {
            let (word, place) = (WORDS[a % WORDS.len()], b % 6);
            let sign = word.chars().nth(place).map(String::from).unwrap_or_default();
            (format!("“{word}”的第{}个字是什么？", NUMERALS[place + 1]), sign)
        }
    }
}

/// An answer in one form: numbers in digits, however they were typed.
fn plain(answer: &str) -> String {
    let narrow = |sign: char| match sign {
        '０'..='９' => char::from_u32(u32::from(sign) - u32::from('０') + u32::from('0')),
        _ => Some(sign),
    };
    let is_kept = |sign: &char| !sign.is_whitespace() && !"“”\"。？".contains(*sign);
    let text: String = answer.chars().take(20).filter(is_kept).filter_map(narrow).collect();
    let numeral = NUMERALS.iter().position(|numeral| *numeral == text);
    let digits = text.parse::<u32>().ok().map(|number| number.to_string());
    numeral.map(|number| number.to_string()).or(digits).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestApp;
    use jiff::SignedDuration;

    fn right(app: &App, question: &Question) -> String {
        let name = question.token.rsplit_once('.').map(|(name, _)| name).unwrap_or_default();
        riddle(app, name).1
    }

    #[tokio::test]
    async fn a_question_counts_once() {
        let app = TestApp::empty().await.app;
        let question = ask(&app);
        let answer = right(&app, &question);
        assert_eq!(check(&app, &question.token, &answer), Ok(()));
        assert_eq!(check(&app, &question.token, &answer), Err(Wrong::Used));
    }

    #[tokio::test]
    async fn a_wrong_answer_uses_the_question_up() {
        let app = TestApp::empty().await.app;
        let question = ask(&app);
        assert_eq!(check(&app, &question.token, "不知道"), Err(Wrong::Answer));
        let answer = right(&app, &question);
        assert_eq!(check(&app, &question.token, &answer), Err(Wrong::Used));
    }

    #[tokio::test]
    async fn an_old_or_forged_question_does_not_count() {
        let app = TestApp::empty().await.app;
        let question = ask(&app);
        let answer = right(&app, &question);
        app.clock.forward(SignedDuration::from_mins(20));
        assert_eq!(check(&app, &question.token, &answer), Err(Wrong::Expired));
        let (name, mark) = question.token.rsplit_once('.').unwrap();
        let younger = format!("{}.{mark}", name.replacen(['1', '2'], "3", 1));
        assert_eq!(check(&app, "", &answer), Err(Wrong::Missing));
        for forged in [".", "a.b.c", "1.2", younger.as_str(), "9999999999.x."] {
            assert_eq!(check(&app, forged, &answer), Err(Wrong::Forged), "{forged}");
        }
        let elsewhere = TestApp::empty().await.app;
        let foreign = ask(&elsewhere);
        let answer = right(&elsewhere, &foreign);
        assert_eq!(check(&app, &foreign.token, &answer), Err(Wrong::Forged));
    }

    #[tokio::test]
    async fn every_kind_of_question_can_be_answered_in_words_and_in_digits() {
        let app = TestApp::empty().await.app;
        let mut kinds = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let question = ask(&app);
            let answer = right(&app, &question);
            assert!(!answer.is_empty());
            let kind = ["加", "减", "第"].into_iter().find(|sign| question.text.contains(sign));
            kinds.insert(kind);
            let numeral = answer.parse::<usize>().ok().map(|number| NUMERALS[number].to_owned());
            let said = numeral.map_or(format!("“{answer}”"), |numeral| format!(" {numeral} "));
            assert_eq!(check(&app, &question.token, &said), Ok(()), "{}", question.text);
        }
        assert_eq!(kinds.len(), 3);
        assert_eq!(plain("１２"), "12");
        assert_eq!(plain("012"), "12");
    }
}
