//! What the elements around a text make of it: struck out, invisible, without size or colour of
//! its own, raised.

use super::style::{Size, Style};
use super::tree::Id;
use crate::script::Script;

/// How text is shown in the elements that are open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Shade {
    pub(super) is_struck: bool,
    pub(super) is_invisible: bool,
    pub(super) is_sizeless: bool,
    pub(super) is_blended: bool,
    pub(super) script: Option<Script>,
    pub(super) shift: Option<Script>,
    /// In hundredths of a point, where it is known.
    pub(super) size: Option<u32>,
}

/// The size of text of which no element says one, in hundredths of a point.
pub(super) const USUAL_SIZE: u32 = 1050;

/// The shades of the open elements that have a say, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Shades(Vec<(Id, Shade)>);

impl Shade {
    /// Whether text so shown cannot be seen.
    pub(super) fn is_unseen(&self) -> bool {
        self.is_invisible || self.is_sizeless || self.is_blended
    }
}

impl Shades {
    /// How text is shown here.
    pub(super) fn current(&self) -> Shade {
        self.0.last().map_or_else(Shade::default, |(_, shade)| *shade)
    }

    /// An element begins.
    pub(super) fn enter(&mut self, id: Id, style: &Style) {
        if *style == Style::default() {
            return;
        }
        let around = self.current();
        let shade = Shade {
            is_struck: around.is_struck || style.is_struck,
            is_invisible: style.is_visible.map_or(around.is_invisible, |is_visible| !is_visible),
            is_sizeless: style.has_size.map_or(around.is_sizeless, |has_size| !has_size),
            is_blended: style.is_blended.unwrap_or(around.is_blended),
            script: style.script.or(around.script),
            shift: style.shift.or(around.shift),
            size: match style.size {
                None => around.size,
                Some(Size::Fixed(size)) => Some(size),
                Some(Size::Relative(part)) => {
                    let whole = u64::from(around.size.unwrap_or(USUAL_SIZE));
                    u32::try_from(whole * u64::from(part) / 100).ok()
                }
            },
        };
        self.0.push((id, shade));
    }

    /// An element ends.
    pub(super) fn leave(&mut self, id: Id) {
        self.0.pop_if(|(open, _)| *open == id);
    }
}
