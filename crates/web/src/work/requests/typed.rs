//! What was typed into a form whose fields are known by name; texts become days and numbers here.

use gongkai_app::AppError;
use jiff::civil::Date;
use serde::Deserialize;

/// The fields of a form as they were typed, in their order.
#[derive(Deserialize, Clone, PartialEq, Eq, Debug, Default)]
#[serde(transparent)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// What stands in a field; empty where it is not there.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map(|(_, text)| text.as_str()).unwrap_or_default()
    }

    /// The same as a text of its own.
    pub fn text(&self, name: &str) -> String {
        self.get(name).trim().to_owned()
    }

    /// Every value of a field that stands several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(field, _)| field == name);
        named.map(|(_, text)| text.as_str())
    }

    /// The lines of a field that say something.
    pub fn lines(&self, name: &str) -> Vec<String> {
        let lines = self.get(name).lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    }

    /// A day; `None` where nothing is filled in.
    ///
    /// # Errors
    /// When it is none.
    pub fn day_if_any(&self, name: &'static str) -> Result<Option<Date>, AppError> {
        let text = self.get(name).trim();
        if text.is_empty() {
            return Ok(None);
        }
        let message = format!("日期“{text}”无法识别，请写成 2025-03-04 这样的形式");
        text.parse().map(Some).map_err(|_| AppError::invalid(name, message))
    }

    /// A day.
    ///
    /// # Errors
    /// When it is none, or nothing is filled in.
    pub fn day(&self, name: &'static str) -> Result<Date, AppError> {
        self.day_if_any(name)?.ok_or_else(|| AppError::invalid(name, "请填写日期"))
    }

    /// A count.
    ///
    /// # Errors
    /// When it is none.
    pub fn count(&self, name: &'static str) -> Result<u32, AppError> {
        let text = self.get(name).trim();
        text.parse().map_err(|_| AppError::invalid(name, "请用阿拉伯数字填写数量"))
    }

    /// One of a list, by its key.
    ///
    /// # Errors
    /// When nothing of the list is chosen.
    pub fn one<T>(
        &self,
        name: &'static str,
        what: &str,
        of: impl Fn(&str) -> Option<T>,
    ) -> Result<T, AppError> {
        of(self.get(name)).ok_or_else(|| AppError::invalid(name, format!("请选择{what}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_day_and_a_wrong_count_are_told_and_nothing_is_nothing() {
        let field = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let typed =
            Typed(vec![field("on", " 2025-3 "), field("n", "二"), field("many", "a\n\n b ")]);
        assert!(typed.day("on").expect_err("no day").to_string().contains("2025-3"));
        assert!(typed.count("n").is_err());
        assert_eq!(typed.day_if_any("until").expect("nothing"), None);
        assert_eq!(typed.lines("many"), ["a", "b"]);
        assert!(typed.one("way", "方式", |key| (key == "x").then_some(1)).is_err());
    }
}
