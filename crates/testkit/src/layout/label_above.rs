//! Each label in a line, the figures of its row in the next line with spaces between.

use super::{Written, flat, text};
use crate::paper::{Entry, Paper, Role};

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, |sheet| {
        let mut lines = Vec::new();
        for row in &sheet.rows {
            // Last year's figures stand where the row has them, beside this year's.
            let figures = |entry: &&Entry| matches!(entry.role, Role::Value(_) | Role::Other);
            let (values, labels): (Vec<_>, Vec<_>) = row.iter().partition(figures);
            lines.extend(labels.into_iter().map(flat));
            let values: Vec<String> = values.into_iter().map(flat).collect();
            lines.extend((!values.is_empty()).then(|| values.join(" ")));
        }
        lines
    })
}
