//! What a `style` attribute says of whether and how text is shown.

use crate::script::Script;

/// What a style says; `None` where it says nothing and what is around counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Style {
    /// Neither it nor its place is shown.
    pub(super) is_hidden: bool,
    /// Its text is struck out; nothing in it can undo that.
    pub(super) is_struck: bool,
    /// Whether its text is shown where its place is.
    pub(super) is_visible: Option<bool>,
    /// Whether its text has a size at all.
    pub(super) has_size: Option<bool>,
    /// Above or below the line.
    pub(super) script: Option<Script>,
}

/// Reads a `style` attribute.
pub(super) fn read(text: &str) -> Style {
    let mut style = Style::default();
    for (name, value) in text.split(';').filter_map(|declaration| declaration.split_once(':')) {
        let value = value.split('!').next().unwrap_or_default().trim().to_ascii_lowercase();
        declare(&mut style, name.trim().to_ascii_lowercase().as_str(), &value);
    }
    style
}

fn declare(style: &mut Style, name: &str, value: &str) {
    match (name, value) {
        ("display", "none") | ("mso-hide", "all") => style.is_hidden = true,
        ("text-decoration" | "text-decoration-line", _) => {
            style.is_struck = value.split_whitespace().any(|word| word == "line-through");
        }
        ("visibility", "hidden" | "collapse") => style.is_visible = Some(false),
        ("visibility", "visible" | "initial") => style.is_visible = Some(true),
        ("font-size", _) => style.has_size = size(value).or(style.has_size),
        ("vertical-align", "super") => style.script = Some(Script::Superscript),
        ("vertical-align", "sub") => style.script = Some(Script::Subscript),
        _ => {}
    }
}

/// Whether a font's size is more than nothing; `None` where it hangs on the size around.
fn size(value: &str) -> Option<bool> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    match number.parse::<f32>() {
        Ok(0.0) => Some(false),
        Ok(_) => (!matches!(unit.trim(), "em" | "ex" | "ch" | "%")).then_some(true),
        Err(_) => {
            let is_relative = matches!(value, "inherit" | "unset" | "smaller" | "larger" | "");
            (!is_relative && !value.starts_with('-')).then_some(true)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_styles_that_hide_hide() {
        assert!(read("color:red; DISPLAY : None").is_hidden);
        assert!(read("display:none !important").is_hidden);
        assert!(read("mso-hide:all").is_hidden);
        assert_eq!(read("display:block;content:none"), Style::default());
    }

    #[test]
    fn a_size_of_nothing_is_told_from_one_that_hangs_on_others() {
        let sizes = ["0", "0px", ".0em", "0.00%", "12pt", "small", "1.2em", "80%", "inherit"];
        let read = sizes.map(|value| read(&format!("font-size:{value}")).has_size);
        let (none, some) = (Some(false), Some(true));
        assert_eq!(read, [none, none, none, none, some, some, None, None, None]);
    }

    #[test]
    fn lines_through_are_found_among_other_decorations() {
        assert!(read("text-decoration: underline Line-Through red").is_struck);
        assert!(read("text-decoration-line:line-through").is_struck);
        assert!(!read("text-decoration:underline").is_struck);
    }
}
