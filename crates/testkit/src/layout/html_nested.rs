//! HTML whose tables stand inside a table that lays out the page.

use super::{Written, html};
use crate::paper::Paper;

pub(super) fn write(paper: &Paper) -> Written {
    html::page(paper, |sheet| {
        let inner = html::table(sheet);
        format!("<table width=\"100%\"><tr><td width=\"10\"></td><td>\n{inner}</td></tr></table>\n")
    })
}
