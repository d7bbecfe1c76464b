//! Finds the name of the reporting organ in titles and in prose.

use super::date;
use gongkai_domain::agency;

/// The words of a title before the matter it reports on, without year and little words.
pub(super) fn in_title(words: &str) -> Option<String> {
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let matter = ["政府信息公开", "政务信息公开", "信息公开", "政务公开", "主动公开"]
        .iter()
        .filter_map(|matter| words.find(matter))
        .min()?;
    let before = &words[..matter];
    let mut name = String::new();
    let mut from = 0;
    for year in date::years(before) {
        name.push_str(&before[from..year.start]);
        from = year.end;
    }
    name.push_str(&before[from..]);
    let name = trim(&name);
    believable(name)
}

/// A name without the little words around it.
fn trim(name: &str) -> &str {
    let mut name = name;
    loop {
        let before = name;
        name = name
            .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '（' | '）' | '(' | ')'));
        for word in ["关于", "印发", "公布", "现将", "根据"] {
            name = name.strip_prefix(word).unwrap_or(name);
        }
        for word in ["关于", "年度", "本级", "的", "开展", "年"] {
            name = name.strip_suffix(word).unwrap_or(name);
        }
        for pair in ["（）", "()"] {
            name = name.strip_prefix(pair).unwrap_or(name);
            name = name.strip_suffix(pair).unwrap_or(name);
        }
        if name.len() == before.len() {
            return name;
        }
    }
}

/// A name that can be an organ's, or that of a place whose government reports.
fn believable(name: &str) -> Option<String> {
    let is_place = agency::place(name) == Some(name);
    (agency::looks_like_organ(name) || is_place).then(|| name.to_owned())
}

/// A signature's organ: the line without its date.
pub(super) fn in_signature(line: &str) -> Option<String> {
    let bare: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let name = match date::first(&bare) {
        Some(found) => &bare[..found.start],
        None => bare.as_str(),
    };
    believable(trim(name))
}

/// How names end that prose is trusted with.
const ENDS: [&str; 12] = [
    "委员会",
    "管委会",
    "街道办事处",
    "人民政府",
    "办公室",
    "监管局",
    "局",
    "厅",
    "总队",
    "支队",
    "大队",
    "中心",
];

/// Words that a name is not said to hold: they show that prose went on.
const NOT_IN_NAMES: [char; 8] = ['在', '以', '将', '对', '按', '把', '向', '我'];

/// Every full name that begins a clause of a paragraph: place first, an organ's ending last.
pub(super) fn in_prose(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() || c.is_ascii_alphanumeric())
        .map(|clause| clause.trim_start_matches(['年', '度']))
        .map(|clause| clause.strip_prefix("现将").unwrap_or(clause))
        .filter_map(name_at)
}

fn name_at(clause: &str) -> Option<&str> {
    let place = agency::place(clause)?;
    let rest = &clause[place.len()..];
    let (at, end) = ENDS
        .iter()
        .filter_map(|end| rest.find(end).map(|at| (at, at + end.len())))
        .min_by_key(|(at, end)| (*end, *at))?;
    let stem = &rest[..at];
    let is_long_enough = !stem.is_empty() || 6 < end - at;
    let end = match &rest[end..] {
        more if more.starts_with("办公室") => end + "办公室".len(),
        _ => end,
    };
    let is_name = is_long_enough && stem.chars().count() <= 20 && !stem.contains(NOT_IN_NAMES);
    is_name.then(|| &clause[..place.len() + end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, expected: Option<&str>) {
        assert_eq!(in_title(title).as_deref(), expected, "{title}");
    }

    #[test]
    fn titles_name_the_organ_in_many_orders() {
        check("甲山市商务局2020年度                政府信息公开工作报告", Some("甲山市商务局"));
        check("关于丙县教育局2022年政府信息公开工作年度报告", Some("丙县教育局"));
        check("丙县教育局关于2022年政府信息公开工作年度报告", Some("丙县教育局"));
        check("2022年丙县教育局政府信息公开工作年度报告", Some("丙县教育局"));
        check("甲山市人民政府2023年政府信息公开工作年度报告", Some("甲山市人民政府"));
        check("丙县戊关镇人民政府2023年政务公开工作年度报告", Some("丙县戊关镇人民政府"));
        check("县工信局2022年政府信息公开工作年度报告", Some("县工信局"));
        check("丙县教育局政府信息公开工作年度报告（2022年度）", Some("丙县教育局"));
        check("甲山市商务局202020年政府信息公开工作报告", Some("甲山市商务局"));
        check("丙县2022年政府信息公开工作年度报告", Some("丙县"));
        check("政府信息公开工作年度报告（2022年度）", None);
        check("2022年度政府信息公开工作年度报告", None);
    }

    #[test]
    fn prose_names_the_organ_at_the_beginning_of_a_clause() {
        let names = |text| in_prose(text).collect::<Vec<_>>();
        assert_eq!(
            names("2020年,丙县政务服务管理局在县委、县政府的领导下,丙县卫生健康委员会认真落实"),
            ["丙县政务服务管理局", "丙县卫生健康委员会"]
        );
        assert_eq!(names("甲山市商务局政府信息公开工作年度报告如下"), ["甲山市商务局"]);
        assert_eq!(names("我局在县委领导下，市商务局高度重视"), Vec::<&str>::new());
    }
}
