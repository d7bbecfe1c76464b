//! Links in the text of an item that lead out of the site: marked, and led over the notice page.

use crate::public::query::encoded;

/// The text with every link out of `own_host` led over `/leaving`. The text is the clean HTML that
/// the editor makes: attributes in double quotes, no scripts.
pub fn marked(html: &str, own_host: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<a ") {
        out.push_str(&rest[..at]);
        let tag_end = rest[at..].find('>').map_or(rest.len(), |length| at + length);
        out.push_str(&anchor(&rest[at..tag_end], own_host));
        rest = &rest[tag_end..];
    }
    out + rest
}

/// One opening tag, without its `>`.
fn anchor(tag: &str, own_host: &str) -> String {
    let Some((before, value)) = tag.split_once("href=\"") else { return tag.to_owned() };
    let Some((address, after)) = value.split_once('"') else { return tag.to_owned() };
    let address = address.replace("&amp;", "&");
    match outside(&address, own_host) {
        false => tag.to_owned(),
        true => format!(
            "{before}href=\"/leaving?to={}\" class=\"external\" rel=\"external nofollow\"{after}",
            encoded(&address)
        ),
    }
}

fn outside(address: &str, own_host: &str) -> bool {
    host(address).is_some_and(|host| !host.eq_ignore_ascii_case(own_host))
}

/// The host of an http or https address, without a port; `None` for anything else, and for an
/// address that hides its host behind a user name.
pub fn host(address: &str) -> Option<&str> {
    let lower = address.get(..8).or(address.get(..7))?.to_ascii_lowercase();
    let skip = if lower.starts_with("https://") {
        8
    } else if lower.starts_with("http://") {
        7
    } else {
        return None;
    };
    let authority = address[skip..].split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let plain = !host.is_empty()
        && !authority.contains('@')
        && !address.contains(|each: char| each.is_control() || each.is_whitespace());
    plain.then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_out_of_the_site_goes_over_the_notice_page() {
        let text = "<p>见<a href=\"https://www.example.org/a?b=1&amp;c=2\">原文</a>。</p>";
        let expected = "<p>见<a href=\"/leaving?to=https%3A%2F%2Fwww.example.org%2Fa%3Fb%3D1%26c%3D2\" \
            class=\"external\" rel=\"external nofollow\">原文</a>。</p>";
        assert_eq!(marked(text, "www.example.gov.cn"), expected);
    }

    #[test]
    fn links_inside_and_words_like_links_stay_as_they_are() {
        for same in [
            "<a href=\"/items/1\">a</a>",
            "<a href=\"http://Www.example.gov.cn/x\">a</a>",
            "<p>href=\"http://elsewhere.example/\"</p>",
            "<a name=\"x\">a</a> <a href=\"mailto:a@b.example\">b</a> <a ",
        ] {
            assert_eq!(marked(same, "www.example.gov.cn"), same);
        }
    }

    #[test]
    fn only_plain_web_addresses_have_a_host() {
        assert_eq!(host("HTTPS://a.example:8443/x"), Some("a.example"));
        let wrong = [
            "javascript:alert(1)",
            "//a.example",
            "http://",
            "https://good@evil.example/",
            "http://a b",
        ];
        for wrong in wrong {
            assert_eq!(host(wrong), None, "{wrong}");
        }
    }
}
