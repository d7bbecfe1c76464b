//! A Rust file taken apart by plain scanning: code without words, string literals, length.
//!
//! Knows comments, strings and characters, and nothing else of the language.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// A Rust file.
#[derive(Debug)]
pub struct Source {
    /// Path from the root of the workspace.
    pub path: PathBuf,
    /// The text as it stands, tests and all.
    pub text: String,
    /// What stands before its unit tests; empty for a file of tests.
    pub body: Body,
}

/// Code without its tests.
#[derive(Debug, Default)]
pub struct Body {
    /// How many lines.
    pub lines: usize,
    /// The code, comments and what stands inside literals blanked.
    pub code: String,
    /// What stands inside string literals, with the line each begins in.
    pub literals: Vec<(usize, String)>,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(root: &Path, path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let path = path.strip_prefix(root).unwrap_or(path).to_path_buf();
        let is_test = path.file_stem().is_some_and(|stem| stem == "tests")
            || path.iter().any(|part| part == "tests" || part == "benches");
        let body = if is_test { Body::default() } else { Body::of(before_tests(&text)) };
        Ok(Self { path, text, body })
    }

    /// Where a literal stands, for people.
    pub fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path.display())
    }

    /// The lines of code, without words, that hold a piece of text.
    pub fn lines_with(&self, piece: &str) -> Vec<String> {
        let numbered = self.body.code.lines().zip(1..);
        numbered
            .filter(|(line, _)| line.contains(piece))
            .map(|(_, number)| format!("{}: {piece}", self.at(number)))
            .collect()
    }
}

/// The text before `#[cfg(test)] mod … {`.
fn before_tests(text: &str) -> &str {
    let mut start = 0;
    while let Some(found) = text[start..].find("#[cfg(test)]") {
        let at = start + found;
        let item = text[at..].lines().skip(1).find(|line| !line.trim_start().starts_with("#["));
        if item.is_some_and(|item| item.starts_with("mod ") && item.ends_with('{')) {
            return &text[..at];
        }
        start = at + 1;
    }
    text
}

impl Body {
    /// Takes code apart.
    pub fn of(text: &str) -> Self {
        let mut scan = Scan { rest: text, line: 1, code: String::new(), literals: Vec::new() };
        while !scan.rest.is_empty() {
            scan.step();
        }
        Self { lines: text.lines().count(), code: scan.code, literals: scan.literals }
    }
}

struct Scan<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    literals: Vec<(usize, String)>,
}

impl Scan<'_> {
    fn step(&mut self) {
        if self.rest.starts_with("//") {
            self.blank(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            self.blank(block_comment(self.rest));
        } else if let Some((open, content, close)) = string(self.rest) {
            let begins = self.line;
            self.keep(open);
            self.literals.push((begins, self.rest[..content].to_owned()));
            self.blank(content);
            self.keep(close);
        } else if let Some(length) = character(self.rest) {
            self.blank(length);
        } else {
            self.keep(word(self.rest));
        }
    }

    fn keep(&mut self, bytes: usize) {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count();
        self.code.push_str(taken);
        self.rest = rest;
    }

    fn blank(&mut self, bytes: usize) {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count();
        self.code.extend(taken.chars().map(|each| if each == '\n' { '\n' } else { ' ' }));
        self.rest = rest;
    }
}

/// Length of a block comment, those nested in it counted.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// Lengths of the opening, the content and the closing of a string literal.
fn string(text: &str) -> Option<(usize, usize, usize)> {
    let raw = text.strip_prefix("br").or_else(|| text.strip_prefix('r'));
    if let Some(after) = raw {
        let hashes = after.len() - after.trim_start_matches('#').len();
        if after[hashes..].starts_with('"') {
            let open = text.len() - after.len() + hashes + 1;
            let close = format!("\"{}", "#".repeat(hashes));
            let content = text[open..].find(&close).unwrap_or(text.len() - open);
            return Some((open, content, close.len().min(text.len() - open - content)));
        }
    }
    let open = if text.starts_with('"') {
        1
    } else if text.starts_with("b\"") || text.starts_with("c\"") {
        2
    } else {
        return None;
    };
    let mut escaped = false;
    for (at, each) in text[open..].char_indices() {
        match each {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some((open, at, 1)),
            _ => {}
        }
    }
    Some((open, text.len() - open, 0))
}

/// Length of a character literal; `None` for a lifetime.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let first = inside.chars().next()?;
    if first == '\\' {
        let escaped = inside.char_indices().nth(1)?;
        let after = escaped.0 + escaped.1.len_utf8();
        return inside[after..].find('\'').map(|end| 1 + after + end + 1);
    }
    inside[first.len_utf8()..].starts_with('\'').then_some(first.len_utf8() + 2)
}

/// Length of a word, so that the `r` of `for` opens no raw string; of one sign otherwise.
fn word(text: &str) -> usize {
    let end = text.find(|each: char| each != '_' && !each.is_alphanumeric()).unwrap_or(text.len());
    if end == 0 { text.chars().next().map_or(0, char::len_utf8) } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_code() {
        let body = Body::of(
            "// \"no\"\nlet a = \"one // \\\" two\"; /* \"no /* \" */ */\nlet b = r#\"th\"ree\"#; let c: &'a str = x('\"', '\\'', b\"four\");",
        );
        let words: Vec<(usize, &str)> =
            body.literals.iter().map(|(line, text)| (*line, text.as_str())).collect();
        assert_eq!(words, [(2, "one // \\\" two"), (3, "th\"ree"), (3, "four")]);
        assert!(!body.code.contains("one") && body.code.contains("let c: &'a str"));
    }

    #[test]
    fn unit_tests_are_no_part_of_the_body() {
        let text = "//! A.\nfn a() {}\n\n#[cfg(test)]\nmod tests {\n    \"no\"\n}\n";
        assert_eq!(before_tests(text), "//! A.\nfn a() {}\n\n");
    }

    #[test]
    fn a_helper_for_tests_does_not_end_the_body() {
        let text = "#[cfg(test)]\nfn helper() {}\nfn b() {}\n#[cfg(test)]\nmod tests;\nfn c() {}\n";
        assert_eq!(before_tests(text), text);
    }
}
