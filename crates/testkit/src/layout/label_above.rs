//! Each label in a line, the figures of its row in the next line with spaces between.

use super::{Written, flat, text};
use crate::paper::Paper;

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, |sheet| {
        let mut lines = Vec::new();
        for row in &sheet.rows {
            let (values, labels): (Vec<_>, Vec<_>) = row.iter().partition(|entry| entry.is_value());
            lines.extend(labels.into_iter().map(flat));
            let values: Vec<String> = values.into_iter().map(flat).collect();
            lines.extend((!values.is_empty()).then(|| values.join(" ")));
        }
        lines
    })
}
