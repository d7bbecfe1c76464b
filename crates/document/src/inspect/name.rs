//! File names: tricks found, and a name proposed that has none.

use super::{Finding, Kind};

/// Longer names are cut, in characters; file systems stop at 255 bytes.
const MAX_CHARACTERS: usize = 80;

/// Extensions that a computer may run or render, and that hide behind another one.
const ACTIVE: [&str; 26] = [
    "asp", "aspx", "bat", "cmd", "com", "exe", "hta", "htm", "html", "jar", "js", "jse", "jsp",
    "lnk", "mht", "msi", "php", "ps1", "scr", "sh", "svg", "vbe", "vbs", "wsf", "xhtml", "xml",
];

/// The extension of a name in small letters, invisible characters left out.
pub(super) fn extension(name: &str) -> String {
    let name: String = name.chars().filter(|c| !is_invisible(*c)).collect();
    let name = name.trim_end_matches(['.', ' ']);
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

/// Checks a name against the kind that the content is.
pub(super) fn check(name: &str, kind: Kind) -> (String, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut find = |key, message: &str| {
        findings.push(Finding::new(key, message, "请用建议的文件名，或改名后再上传"));
    };
    let seen: String = name.chars().filter(|c| !is_invisible(*c)).collect();
    if seen != name {
        find("name-invisible", "文件名里有看不见或颠倒顺序的字符，显示的可能不是真名");
    }
    let base = seen.rsplit(['/', '\\']).next().unwrap_or_default();
    if base != seen {
        find("name-path", "文件名里带有目录");
    }
    let is_reserved = |c: char| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*');
    if base.contains(is_reserved) {
        find("name-characters", "文件名里有不能用的字符");
    }
    let base: String = base.chars().map(|c| if is_reserved(c) { '_' } else { c }).collect();
    let base = base.trim().trim_end_matches(['.', ' ']);
    let extension = extension(base);
    let agrees = kind.extensions().contains(&extension.as_str());
    if !agrees {
        find("name-extension", "扩展名与文件内容不符");
    }
    let is_known = ACTIVE.contains(&extension.as_str())
        || Kind::ALL.iter().any(|kind| kind.extensions().contains(&extension.as_str()));
    let stem = match base.rsplit_once('.') {
        Some((stem, _)) if agrees || is_known => stem,
        _ => base,
    };
    let stem = check_stem(stem, kind, &mut find);
    let ending = if agrees { extension } else { kind.extensions()[0].to_owned() };
    (format!("{stem}.{ending}"), findings)
}

/// The name before its extension.
fn check_stem(stem: &str, kind: Kind, find: &mut impl FnMut(&'static str, &str)) -> String {
    let mut parts: Vec<&str> = stem.split('.').collect();
    let disagrees = |part: &&str| {
        let part = part.trim().to_ascii_lowercase();
        let other = |other: &Kind| *other != kind && other.extensions().contains(&part.as_str());
        ACTIVE.contains(&part.as_str()) || Kind::ALL.iter().any(other)
    };
    if 1 < parts.len() && parts.last().is_some_and(disagrees) {
        find("name-double", "文件名有两个扩展名，前一个与文件内容不符");
        while 1 < parts.len() && parts.last().is_some_and(disagrees) {
            parts.pop();
        }
    }
    let mut stem = parts.join(".").trim_matches(|c: char| c == '.' || c.is_whitespace()).to_owned();
    if MAX_CHARACTERS < stem.chars().count() {
        find("name-long", "文件名太长");
        stem = stem.chars().take(MAX_CHARACTERS).collect();
    }
    let first = stem.split('.').next().unwrap_or_default().trim().to_ascii_uppercase();
    let is_device = matches!(&*first, "CON" | "PRN" | "AUX" | "NUL")
        || ["COM", "LPT"].iter().any(|device| {
            let number = first.strip_prefix(device);
            number.is_some_and(|number| {
                number.len() == 1 && number != "0" && number.parse::<u8>().is_ok()
            })
        });
    match () {
        () if stem.is_empty() => "附件".to_owned(),
        () if is_device => format!("_{stem}"),
        () => stem,
    }
}

fn is_invisible(c: char) -> bool {
    let is_mark =
        matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}');
    c.is_control() || is_mark || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
}
