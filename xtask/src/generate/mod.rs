//! The documents that are written from the forms, so that they cannot part from them.

mod checks;
mod figures;

/// Path and text of every generated document.
pub fn documents() -> Vec<(&'static str, String)> {
    vec![("docs/checks.md", checks::document()), ("docs/figures.md", figures::document())]
}

const NOTE: &str = "<!-- 由 `cargo xtask generate` 根据 data/forms 生成，请勿手改。 -->";

/// A line of a Markdown table.
fn table_line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The head of a Markdown table.
fn table_head(titles: &[&str]) -> String {
    let rule = "|---".repeat(titles.len());
    format!("{}{rule}|\n", table_line(titles.iter().copied()))
}
