//! Digits above and below the line: a mark of a footnote must never join a number.

use std::borrow::Cow;

/// How text stands to the line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Script {
    /// Above it: 16 with a small 1 for a footnote.
    Superscript,
    /// Below it.
    Subscript,
}

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
const SUBSCRIPTS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];

impl Script {
    /// The other side of the line.
    pub(crate) fn opposite(self) -> Self {
        match self {
            Self::Superscript => Self::Subscript,
            Self::Subscript => Self::Superscript,
        }
    }

    /// Text with its digits as the characters that stand so by themselves.
    pub(crate) fn write(script: Option<Self>, text: &str) -> Cow<'_, str> {
        let digits = match script {
            None => return Cow::Borrowed(text),
            Some(Self::Superscript) => SUPERSCRIPTS,
            Some(Self::Subscript) => SUBSCRIPTS,
        };
        let shift = |c: char| match c {
            '0'..='9' => digits[c as usize - '0' as usize],
            '０'..='９' => digits[c as usize - '０' as usize],
            _ => c,
        };
        Cow::Owned(text.chars().map(shift).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_raised_and_lowered_and_nothing_else() {
        assert_eq!(Script::write(None, "1"), "1");
        assert_eq!(Script::write(Some(Script::Superscript), "[1２0]注"), "[¹²⁰]注");
        assert_eq!(Script::write(Some(Script::Subscript), "2"), "₂");
    }
}
