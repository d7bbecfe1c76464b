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
    /// Whether its text has the colour of its own ground; another colour inside shows again.
    pub(super) is_blended: Option<bool>,
    /// Above or below the line.
    pub(super) script: Option<Script>,
    /// Raised or lowered by hand: above or below the line if it is also smaller than what is beside.
    pub(super) shift: Option<Script>,
    /// How large its text is.
    pub(super) size: Option<Size>,
}

/// The size of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Size {
    /// In hundredths of a point.
    Fixed(u32),
    /// In hundredths of the size around.
    Relative(u32),
}

/// Reads a `style` attribute.
pub(super) fn read(text: &str) -> Style {
    let mut style = Style::default();
    let mut colours = Colours::default();
    let mut is_relative = false;
    let mut top = None;
    for (name, value) in text.split(';').filter_map(|declaration| declaration.split_once(':')) {
        let value = value.split('!').next().unwrap_or_default().trim().to_ascii_lowercase();
        let name = name.trim().to_ascii_lowercase();
        declare(&mut style, &name, &value);
        colours.declare(&name, &value);
        match name.as_str() {
            "position" => is_relative = value == "relative",
            "top" => top = shift(&value).map(Script::opposite),
            _ => {}
        }
    }
    style.shift = style.shift.or(top.filter(|_| is_relative));
    style.is_blended = colours.is_blended();
    style
}

/// The colours that one element says itself.
#[derive(Default)]
struct Colours {
    text: Option<[u8; 3]>,
    ground: Option<[u8; 3]>,
    /// Whether it says anything of a colour, known or not.
    is_told: bool,
    /// Whether a picture may stand behind the text.
    has_picture: bool,
}

impl Colours {
    fn declare(&mut self, name: &str, value: &str) {
        match name {
            "color" => self.text = colour(value),
            "background-color" => self.ground = colour(value),
            "background" => {
                self.has_picture = value.contains("url(") || value.contains("gradient");
                self.ground = colour(value).or_else(|| value.split_whitespace().find_map(colour));
            }
            "background-image" => self.has_picture = value != "none",
            _ => return,
        }
        self.is_told = true;
    }

    fn is_blended(&self) -> Option<bool> {
        let is_same = self.text.is_some() && self.text == self.ground;
        self.is_told.then_some(is_same && !self.has_picture)
    }
}

/// A colour without transparency: `#fff`, `#ffffff`, `rgb(255, 255, 255)` or a usual name.
fn colour(value: &str) -> Option<[u8; 3]> {
    const NAMES: [(&str, [u8; 3]); 8] = [
        ("white", [255; 3]),
        ("black", [0; 3]),
        ("red", [255, 0, 0]),
        ("yellow", [255, 255, 0]),
        ("blue", [0, 0, 255]),
        ("silver", [192; 3]),
        ("gray", [128; 3]),
        ("windowtext", [0; 3]),
    ];
    if let Some(digits) = value.strip_prefix('#') {
        let digits: Vec<u8> =
            digits.chars().map(|c| u8::try_from(c.to_digit(16)?).ok()).collect::<Option<_>>()?;
        return match digits[..] {
            [r, g, b] => Some([r * 17, g * 17, b * 17]),
            [r, s, g, h, b, c] => Some([r * 16 + s, g * 16 + h, b * 16 + c]),
            _ => None,
        };
    }
    if let Some(parts) = value.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
        let is_parting = |c: char| c == ',' || c.is_whitespace();
        let parts = parts.split(is_parting).filter(|part| !part.is_empty());
        let parts: Vec<u8> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
        return parts.try_into().ok();
    }
    NAMES.iter().find(|(name, _)| *name == value).map(|(_, colour)| *colour)
}

fn declare(style: &mut Style, name: &str, value: &str) {
    match (name, value) {
        ("display", "none") | ("mso-hide", "all") => style.is_hidden = true,
        ("text-decoration" | "text-decoration-line", _) => {
            style.is_struck = value.split_whitespace().any(|word| word == "line-through");
        }
        ("visibility", "hidden" | "collapse") => style.is_visible = Some(false),
        ("visibility", "visible" | "initial") => style.is_visible = Some(true),
        ("font-size", _) => {
            style.has_size = has_size(value).or(style.has_size);
            style.size = size(value);
        }
        ("vertical-align", "super") => style.script = Some(Script::Superscript),
        ("vertical-align", "sub") => style.script = Some(Script::Subscript),
        ("vertical-align" | "mso-text-raise", _) => style.shift = shift(value).or(style.shift),
        _ => {}
    }
}

/// Whether a font's size is more than nothing; `None` where it hangs on the size around.
fn has_size(value: &str) -> Option<bool> {
    let (number, unit) = measure(value);
    match number.parse::<f32>() {
        Ok(0.0) => Some(false),
        Ok(number) if number < 0.0 => None,
        Ok(_) => (!matches!(unit.trim(), "em" | "ex" | "ch" | "%")).then_some(true),
        Err(_) => {
            let is_relative = matches!(value, "inherit" | "unset" | "smaller" | "larger" | "");
            (!is_relative && !value.starts_with('-')).then_some(true)
        }
    }
}

/// The number at the beginning of a value, and the unit after it.
fn measure(value: &str) -> (&str, &str) {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    value.split_at(value.find(|c| !is_part(c)).unwrap_or(value.len()))
}

/// How large text is, where a unit says it.
fn size(value: &str) -> Option<Size> {
    let (number, unit) = measure(value);
    let hundredths = |points: f32| Some((number.parse::<f32>().ok()? * points * 100.0) as u32);
    match unit.trim() {
        "pt" => hundredths(1.0).map(Size::Fixed),
        "px" => hundredths(0.75).map(Size::Fixed),
        "em" | "rem" => hundredths(1.0).map(Size::Relative),
        "%" => hundredths(0.01).map(Size::Relative),
        _ => None,
    }
}

/// Which way a length that is not nothing moves text.
fn shift(value: &str) -> Option<Script> {
    let length: f32 = measure(value).0.parse().ok()?;
    match length {
        0.0 => None,
        _ if length < 0.0 => Some(Script::Subscript),
        _ => Some(Script::Superscript),
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
    fn text_of_the_colour_of_its_ground_is_told_however_it_is_written() {
        let (same, other) = (Some(true), Some(false));
        let styles = [
            ("color:#FFF;background:white", same),
            ("background-color: rgb(255, 255, 255) !important; color: #ffffff", same),
            ("color:white;background:#fff none repeat scroll 0 0", same),
            ("color:white;background:#fff url(a.png)", other),
            ("color:white;background:#fff;background-image:url(a.png)", other),
            ("color:white;background:black", other),
            ("color:white", other),
            ("background:white", other),
            ("color:red;color:white;background:white", same),
            ("color:nosuch;background:nosuch", other),
            ("color:#ffff;background:#ffff", other),
            ("border:1px", None),
        ];
        for (text, wanted) in styles {
            assert_eq!(read(text).is_blended, wanted, "{text}");
        }
    }

    #[test]
    fn lines_through_are_found_among_other_decorations() {
        assert!(read("text-decoration: underline Line-Through red").is_struck);
        assert!(read("text-decoration-line:line-through").is_struck);
        assert!(!read("text-decoration:underline").is_struck);
    }
}
