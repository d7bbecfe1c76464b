//! The picture of the README: what the program prints on the example, as a terminal shows it.
//!
//! Every character is placed by itself. Left to flow, Chinese and Latin letters of whatever fonts
//! the reader has would part from the columns, and the marks would stand under the wrong figures.

use crate::workspace;
use anyhow::{Context, Result, bail};
use std::fmt::Write;
use std::process::Command;
use unicode_width::UnicodeWidthChar;

/// Where the picture stands.
pub const PATH: &str = "docs/images/check.svg";

/// What is shown.
pub const ARGUMENTS: &[&str] = &["report", "check", "data/examples/annual-report-2023.txt"];

const COLUMN_PX: f32 = 8.0;
const LINE_PX: f32 = 20.0;
const MARGIN_PX: f32 = 16.0;

const STYLE: &str = "\
rect { fill: #1b1f24 }
text { fill: #d0d7de; font: 13.3px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, \
'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace; \
white-space: pre }
.wide { font-size: 16px }
.prompt { fill: #8b949e }
.bold { font-weight: bold }
.red { fill: #ff7b72 }
.yellow { fill: #e3b341 }
.green { fill: #7ee787 }
.cyan { fill: #76e3ea }
.blue { fill: #79c0ff }
";

/// Runs the program on the example and draws what it prints.
///
/// # Errors
/// When the program cannot be built, or finds nothing: the example holds faults on purpose.
pub fn picture() -> Result<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(workspace::root())
        .args(["run", "--quiet", "--locked", "--package", "gongkai", "--"])
        .args(ARGUMENTS)
        .args(["--color", "always"])
        .output()
        .context("cannot start cargo")?;
    if output.status.code() != Some(1) {
        bail!("the example was not checked: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(draw(&String::from_utf8(output.stdout).context("the program prints UTF-8")?))
}

/// Draws lines with the colours of a terminal.
fn draw(printed: &str) -> String {
    let mut lines = String::new();
    let mut n_columns = 0;
    let mut n_lines = 1;
    let prompt = format!("$ gongkai {}", ARGUMENTS.join(" "));
    draw_line(&mut lines, 0, &[("prompt".to_owned(), &prompt)]);
    let mut class = String::new();
    for line in printed.trim_end().lines() {
        let pieces = pieces(line, &mut class);
        n_columns = draw_line(&mut lines, n_lines, &pieces).max(n_columns);
        n_lines += 1;
    }
    let width = COLUMN_PX * n_columns as f32 + 2.0 * MARGIN_PX;
    let height = LINE_PX * n_lines as f32 + 2.0 * MARGIN_PX;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\">\n<!-- `cargo xtask generate` draws this. -->\n\
         <style>\n{STYLE}</style>\n<rect width=\"100%\" height=\"100%\" rx=\"8\"/>\n{lines}</svg>\n"
    )
}

/// A line cut where the style changes; the style goes on into the next line.
fn pieces<'a>(line: &'a str, class: &mut String) -> Vec<(String, &'a str)> {
    let mut pieces = Vec::new();
    let mut parts = line.split("\u{1b}[");
    pieces.push((class.clone(), parts.next().unwrap_or_default()));
    for part in parts {
        let (code, text) = part.split_once('m').unwrap_or(("", part));
        change(class, code);
        pieces.push((class.clone(), text));
    }
    pieces.retain(|(_, text)| !text.is_empty());
    pieces
}

fn change(class: &mut String, code: &str) {
    let name = match code {
        "1" => "bold",
        "31" | "91" => "red",
        "32" | "92" => "green",
        "33" | "93" => "yellow",
        "34" | "94" => "blue",
        "36" | "96" => "cyan",
        _ => return class.clear(),
    };
    if !class.is_empty() {
        class.push(' ');
    }
    class.push_str(name);
}

/// Draws one line and says how many columns it takes.
fn draw_line(svg: &mut String, number: usize, pieces: &[(String, &str)]) -> usize {
    let baseline = MARGIN_PX + LINE_PX * (number as f32 + 0.7);
    let mut column = 0;
    for (class, text) in pieces {
        for run in runs(text) {
            let (mut places, mut shown) = (Vec::new(), String::new());
            for character in run.chars() {
                places.push((MARGIN_PX + COLUMN_PX * column as f32).to_string());
                push_escaped(&mut shown, character);
                column += width(character);
            }
            if !run.starts_with(' ') {
                let places = places.join(" ");
                let wide = if run.starts_with(|first| 1 < width(first)) { "wide " } else { "" };
                let _ = writeln!(
                    svg,
                    "<text class=\"{wide}{class}\" y=\"{baseline}\" x=\"{places}\">{shown}</text>"
                );
            }
        }
    }
    column
}

/// Text of one width without gaps, and gaps: a viewer that places only the first character of an
/// element still keeps the columns.
fn runs(text: &str) -> Vec<&str> {
    let kind = |character: char| (character == ' ', width(character));
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|each| kind(each) != kind(first)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        runs.push(run);
        rest = behind;
    }
    runs
}

fn width(character: char) -> usize {
    character.width().unwrap_or_default()
}

fn push_escaped(text: &mut String, character: char) {
    match character {
        '<' => text.push_str("&lt;"),
        '&' => text.push_str("&amp;"),
        _ => text.push(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_stands_in_its_column() {
        let svg = draw("\u{1b}[1m\u{1b}[91m错 <\u{1b}[0ma\n");
        for piece in [
            "class=\"wide bold red\" y=\"50\" x=\"16\">错<",
            "class=\"bold red\" y=\"50\" x=\"40\">&lt;<",
            "class=\"\" y=\"50\" x=\"48\">a<",
        ] {
            assert!(svg.contains(piece), "{piece}: {svg}");
        }
    }
}
