//! Where a link may lead and what a picture may be.

use ammonia::Url;

/// Longer addresses are no addresses.
const MAX_BYTES: usize = 2048;

/// Schemes a link may have.
pub(super) const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// An address that may be linked to, as it is written; `None` when it may not.
pub(super) fn target(address: &str) -> Option<String> {
    let address = as_browsers_read(address)?;
    let address = match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address,
    };
    // A place in the pasted page is not there any more, and a backslash is a slash to browsers.
    if address.starts_with('#') || address.contains('\\') {
        return None;
    }
    match Url::parse(&address) {
        Ok(url) => SCHEMES.contains(&url.scheme()).then_some(address),
        Err(error) => is_relative(&address, error).then_some(address),
    }
}

fn is_relative(address: &str, error: impl ToString) -> bool {
    let has_no_base = error.to_string() == "relative URL without a base";
    let before_path = address.split(['/', '?', '#']).next().unwrap_or_default();
    has_no_base && !before_path.contains(':')
}

/// The address of a picture that is an attachment; `None` when it is none.
pub(super) fn picture(address: &str, prefixes: &[&str]) -> Option<String> {
    let address = as_browsers_read(address)?;
    let is_plain = !address.contains('\\') && !address.split('/').any(|part| part == "..");
    let is_allowed = prefixes.iter().any(|prefix| {
        !prefix.is_empty() && address.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty())
    });
    (is_plain && is_allowed).then_some(address)
}

/// Browsers leave out tabs and line ends, and blanks at both ends; so do we, to judge what they see.
fn as_browsers_read(address: &str) -> Option<String> {
    let is_blank = |c: char| c <= ' ';
    let shown = address.trim_matches(is_blank).replace(['\t', '\n', '\r'], "");
    let is_odd = |c: char| c < ' ' || c == '\u{7F}' || (c != ' ' && c.is_whitespace());
    if shown.is_empty() || MAX_BYTES < shown.len() || shown.contains(is_odd) {
        return None;
    }
    let encoded = [(' ', "%20"), ('<', "%3C"), ('>', "%3E"), ('"', "%22")];
    Some(encoded.iter().fold(shown, |text, (from, to)| text.replace(*from, to)))
}
