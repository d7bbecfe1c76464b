//! The second sieve: a well-kept sanitizer that knows nothing of the first.

use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};

use super::link::SCHEMES;

/// Goes over clean HTML; of what the first sieve let through nothing should be lost.
pub(super) fn sieve(html: &str, picture_prefixes: &[&str]) -> String {
    let tags = [
        "h2", "h3", "h4", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a",
        "b", "sup", "sub", "br", "img",
    ];
    let spans = || HashSet::from(["colspan", "rowspan"]);
    let attributes = HashMap::from([
        ("a", HashSet::from(["href"])),
        ("img", HashSet::from(["src", "alt"])),
        ("ol", HashSet::from(["start"])),
        ("td", spans()),
        ("th", spans()),
    ]);
    let schemes = picture_prefixes.iter().filter_map(|prefix| Some(prefix.split_once(':')?.0));
    Builder::empty()
        .tags(HashSet::from(tags))
        .tag_attributes(attributes)
        .generic_attributes(HashSet::new())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .url_schemes(SCHEMES.into_iter().chain(schemes).collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener"))
        .clean(html)
        .to_string()
}
