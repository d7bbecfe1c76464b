//! What can be told of an organ from its name alone: its kind, its rank and its place.

use serde::Deserialize;
use std::sync::LazyLock;

/// What kind of organ a name shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A government of a county or above: 县级以上人民政府.
    Government,
    /// A department of a government: 局, 委, 厅, 办公室.
    Department,
    /// A township, a town or a street office: 乡, 镇, 街道.
    Township,
    /// Anything else: companies, schools, hospitals, zones.
    Other,
}

/// The rank of the place in a name, highest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// 省, 自治区, 直辖市.
    Province,
    /// 市, 自治州, 盟, 地区; a 市 may also be a county-level one.
    City,
    /// 县, 区, 旗.
    County,
    /// 乡, 镇, 街道.
    Township,
}

#[derive(Deserialize)]
struct Words {
    municipalities: Vec<String>,
    suffixes: Vec<String>,
    department_suffixes: Vec<String>,
    not_places: Vec<String>,
    not_stems: Vec<String>,
    national_beginnings: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/forms/organs.toml"))
        .expect("data/forms/organs.toml is embedded and tested")
});

/// The longest name of an organ that is believed, in characters.
const LONGEST_NAME: usize = 40;

/// Whether a text by itself can be the name of an organ.
pub fn looks_like_organ(name: &str) -> bool {
    let n_characters = name.chars().count();
    (2..=LONGEST_NAME).contains(&n_characters)
        && name.chars().all(|c| is_han(c) || matches!(c, '（' | '）' | '(' | ')' | '·' | '、'))
        && WORDS.suffixes.iter().any(|suffix| {
            name.trim_end_matches(['）', ')'])
                .strip_suffix(suffix.as_str())
                .is_some_and(|stem| !stem.is_empty() && stem.chars().next().is_some_and(is_han))
        })
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇')
}

/// The kind of organ that a name shows.
pub fn kind(name: &str) -> Kind {
    let level = level(name);
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
    if ends(&["街道办事处", "街道", "街道办", "镇", "乡"]) {
        return Kind::Township;
    }
    if ends(&["政府"]) || place(name) == Some(name) {
        return if level == Some(Level::Township) { Kind::Township } else { Kind::Government };
    }
    if WORDS.department_suffixes.iter().any(|suffix| name.ends_with(suffix.as_str())) {
        return Kind::Department;
    }
    Kind::Other
}

/// Whether a name stands for one organ of the whole country without naming a place.
pub fn is_national(name: &str) -> bool {
    WORDS.national_beginnings.iter().any(|start| name.starts_with(start.as_str()))
        || (place(name).is_none() && (name.ends_with('部') || name.ends_with("总局")))
}

/// Whether a name begins with a rank only (县, 市, 区 …): which place is not said.
pub fn lacks_place(name: &str) -> bool {
    place(name).is_none()
        && !is_national(name)
        && matches!(kind(name), Kind::Department | Kind::Government | Kind::Township)
}

/// The rank that a name shows: that of its last place, or of the bare rank it begins with.
pub fn level(name: &str) -> Option<Level> {
    match places(name).last() {
        Some((level, _)) => Some(*level),
        None => match name.chars().next()? {
            '省' => Some(Level::Province),
            '市' | '州' => Some(Level::City),
            '县' | '区' | '旗' => Some(Level::County),
            '镇' | '乡' => Some(Level::Township),
            _ => None,
        },
    }
}

/// The place a name begins with, all its levels: 甲市乙区 of 甲市乙区商务局.
pub fn place(name: &str) -> Option<&str> {
    places(name).last().map(|(_, end)| &name[..*end])
}

/// A name as it is compared with others: no spaces, 人民政府 and 政府 alike.
pub fn comparable(name: &str) -> String {
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    match plain.strip_suffix("人民政府") {
        Some(stem) => format!("{stem}政府"),
        None => plain,
    }
}

/// The places a name begins with: rank and the byte at which each ends.
fn places(name: &str) -> Vec<(Level, usize)> {
    let mut found: Vec<(Level, usize)> = Vec::new();
    let mut start = 0;
    for (at, c) in name.char_indices() {
        if matches!(c, '局' | '厅' | '委' | '院' | '办') || LONGEST_NAME * 3 < at {
            break;
        }
        let Some((level, end)) = place_ends(name, start, at, c) else { continue };
        let deeper = found.last().is_none_or(|(above, _)| {
            *above < level || (*above == Level::City && level == Level::City)
        });
        if deeper {
            found.push((level, end));
            start = end;
        }
    }
    found
}

/// Whether the character at `at` ends the name of a place that began at `start`.
fn place_ends(name: &str, start: usize, at: usize, c: char) -> Option<(Level, usize)> {
    if !matches!(c, '省' | '市' | '州' | '盟' | '县' | '区' | '旗' | '镇' | '乡' | '道') {
        return None;
    }
    let stem = name.get(start..at)?;
    let end = at + c.len_utf8();
    let n_stem = stem.chars().count();
    if n_stem == 0 || 16 < n_stem || WORDS.not_stems.iter().any(|word| word == stem) {
        return None;
    }
    if 8 < n_stem && !stem.ends_with("自治") {
        return None;
    }
    let level = match c {
        '省' => Level::Province,
        '区' if stem.ends_with("自治") => Level::Province,
        '市' if WORDS.municipalities.iter().any(|each| each == &name[start..end]) => {
            Level::Province
        }
        '市' => Level::City,
        '州' if stem.ends_with("自治")
            || !name[end..].starts_with(['市', '区', '县']) && 1 < n_stem =>
        {
            Level::City
        }
        '盟' => Level::City,
        '区' if stem.ends_with('地') => Level::City,
        '县' | '区' | '旗' => Level::County,
        '镇' | '乡' => Level::Township,
        '道' if stem.ends_with('街') => Level::Township,
        _ => return None,
    };
    let inside_word = |word: &String| {
        word.char_indices().any(|(offset, each)| {
            each == c
                && at
                    .checked_sub(offset)
                    .is_some_and(|from| start <= from && name[from..].starts_with(word.as_str()))
        })
    };
    (!WORDS.not_places.iter().any(inside_word)).then_some((level, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_place(name: &str, expected: Option<&str>) {
        assert_eq!(place(name), expected, "{name}");
    }

    #[test]
    fn a_name_shows_its_place_with_all_levels() {
        check_place("甲山市商务局", Some("甲山市"));
        check_place("甲山市民政局", Some("甲山市"));
        check_place("甲山市市场监督管理局", Some("甲山市"));
        check_place("甲山市城市管理局", Some("甲山市"));
        check_place("甲山市住房和城乡建设局", Some("甲山市"));
        check_place("丙县乡村振兴局", Some("丙县"));
        check_place("乙省甲山市丁河区人民政府", Some("乙省甲山市丁河区"));
        check_place("甲山市丁河区戊关镇人民政府", Some("甲山市丁河区戊关镇"));
        check_place("己水回族自治县交通运输局", Some("己水回族自治县"));
        check_place("县工信局", None);
        check_place("市商务局", None);
        check_place("我市商务局", None);
        check_place("国家某某局", None);
    }

    #[test]
    fn kinds_and_levels_show_in_the_name() {
        assert_eq!(
            (kind("甲山市商务局"), level("甲山市商务局")),
            (Kind::Department, Some(Level::City))
        );
        assert_eq!(kind("甲山市人民政府"), Kind::Government);
        assert_eq!(kind("甲山市丁河区戊关镇人民政府"), Kind::Township);
        assert_eq!(kind("丁河区庚门街道办事处"), Kind::Township);
        assert_eq!(kind("甲山自来水有限公司"), Kind::Other);
        assert_eq!(level("乙省人民政府"), Some(Level::Province));
        assert_eq!(level("辛族自治区人民政府"), Some(Level::Province));
        assert_eq!(level("县工信局"), Some(Level::County));
        assert!(lacks_place("县工信局") && lacks_place("商务局") && !lacks_place("某某部"));
    }

    #[test]
    fn prose_is_no_name() {
        assert!(looks_like_organ("甲山市商务局") && looks_like_organ("丙县戊关镇"));
        for text in ["无", "暂无其他需要报告的事项", "2020年", "一是加强领导。", "局", "上一篇"]
        {
            assert!(!looks_like_organ(text), "{text}");
        }
    }
}
