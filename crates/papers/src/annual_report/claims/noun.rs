//! Cuts out the words around a number: its sentence, its clause, and what is counted.

use std::ops::Range;

/// Longest words kept as the text of a claim, in characters before the end.
const LONGEST_TEXT: usize = 80;

/// Longest words behind a number taken as its noun, in bytes (three a character).
const LONGEST_BEHIND: usize = 90;

/// Words that say nothing about what is counted, at the beginning of a clause.
const LEADING: &[&str] = &[
    "全年度",
    "全年",
    "今年",
    "本年度",
    "本年",
    "年度内",
    "一年来",
    "我局",
    "我委",
    "我办",
    "我厅",
    "本机关",
    "本单位",
    "其中",
    "累计",
    "共计",
    "合计",
    "总计",
    "共",
    "已",
    "并",
    "含",
    "和",
    "及",
    "与",
    "以及",
    "另",
    "分别",
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
    "均",
];

/// Words that say nothing about what is counted, right before the number.
const TRAILING: &[&str] = &[
    "累计",
    "共计",
    "合计",
    "总计",
    "总共",
    "分别为",
    "分别",
    "达到",
    "约",
    "近",
    "大约",
    "超过",
    "不少于",
    "不足",
    "逾",
    "达",
    "共",
    "为",
    "了",
    "各",
    "计",
    "仅",
    "有",
    "是",
    "均",
];

/// Verbs whose object follows the number: 制定了3项重大决策.
const VERBS: &[&str] = &[
    "收到", "受理", "办理", "召开", "举办", "制定", "出台", "开展", "发布", "公开", "设", "配备",
    "组织", "处理", "印发", "实现", "完成", "解决", "新增", "接到", "新收", "办结", "答复", "回复",
    "编发", "录制", "开通", "建立", "推出", "刊发", "修订", "废止",
];

pub(super) fn sentence_start(text: &str, at: usize) -> usize {
    text[..at].rfind(ends_sentence).map_or(0, |end| end + width(text, end))
}

fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '!' | '?' | '\n')
}

fn ends_clause(character: char) -> bool {
    matches!(character, '，' | ',' | '；' | ';' | '：' | ':')
}

fn is_joint(character: char) -> bool {
    matches!(character, '、' | '（' | '）' | '(' | ')' | '和' | '及' | '与')
}

fn width(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Where the words begin that belong to the number at `at`, not before `floor`. A clause of mere
/// filling (共, 其中) is joined with the one before it; brackets are passed over.
pub(super) fn clause_start(text: &str, floor: usize, at: usize) -> usize {
    let mut start = boundary(text, floor, at);
    let mut tries = 0;
    while floor < start && plain(&text[start..at]).is_empty() && tries < 2 {
        let sign = text[floor..start].char_indices().next_back().map_or(floor, |(i, _)| floor + i);
        start = boundary(text, floor, sign);
        tries += 1;
    }
    let words = &text[start..at];
    // 含上年结转3件: the 3 are those brought forward.
    let carried = ["结转", "结转的", "结转申请"].iter().any(|end| words.trim_end().ends_with(end));
    let prefix = ["包含", "包括", "含"].iter().find(|prefix| words.starts_with(**prefix));
    match prefix {
        Some(prefix) if carried => start + prefix.len(),
        _ => start,
    }
}

fn boundary(text: &str, floor: usize, at: usize) -> usize {
    let mut depth = 0_u32;
    for (offset, character) in text[floor..at].char_indices().rev() {
        let here = floor + offset;
        match character {
            '）' | ')' => depth += 1,
            '（' | '(' if depth == 0 => return here + character.len_utf8(),
            '（' | '(' => depth -= 1,
            _ if depth == 0 && ends_clause(character) => return here + character.len_utf8(),
            _ => {}
        }
    }
    floor
}

/// The words behind a number that may name what is counted.
pub(super) fn behind(text: &str, end: usize, next: Option<usize>) -> Range<usize> {
    let rest = &text[end..next.unwrap_or(text.len())];
    let stop = rest
        .find(|c: char| ends_clause(c) || ends_sentence(c) || is_joint(c))
        .unwrap_or(rest.len());
    if LONGEST_BEHIND < stop { end..end } else { end..end + stop }
}

/// Whether the words behind a number begin with how a case ended (2件维持).
pub(super) fn is_result(behind: &str) -> bool {
    let behind =
        behind.trim_start().trim_start_matches(['被', '为', '均', '已', '的', '获', '结', '果']);
    [
        "维持",
        "纠正",
        "纠错",
        "撤销",
        "败诉",
        "胜诉",
        "驳回",
        "审结",
        "尚未审结",
        "未审结",
        "撤回",
        "终止",
    ]
    .iter()
    .any(|word| behind.starts_with(word))
}

/// What a number counts.
pub(super) fn of_count(before: &str, behind: &str) -> String {
    let before = plain(before);
    let behind = behind.trim().trim_start_matches('的');
    let verb_before = before.is_empty() || VERBS.iter().any(|verb| before.ends_with(verb));
    let noun = if verb_before && !behind.is_empty() { behind } else { before };
    noun.to_owned()
}

/// What there was none of.
pub(super) fn of_absence(noun: &str) -> String {
    let noun = noun.trim().trim_end_matches("情况").trim_end_matches('的');
    noun.trim_start_matches("任何").trim_start_matches('过').to_owned()
}

/// Words without what says nothing about what is counted, at either end.
pub(super) fn plain(words: &str) -> &str {
    let is_sign = |c: char| {
        let is_mark = matches!(c, '、' | '“' | '”' | '"' | '（' | '）' | '(' | ')');
        is_mark || ends_clause(c) || c.is_whitespace()
    };
    let mut words = words.trim_matches(is_sign);
    loop {
        let before = words;
        for word in LEADING {
            words = words.strip_prefix(word).unwrap_or(words).trim_start_matches(is_sign);
        }
        for word in TRAILING {
            words = words.strip_suffix(word).unwrap_or(words).trim_end_matches(is_sign);
        }
        if words == before {
            return without_year(words, is_sign);
        }
    }
}

fn without_year(words: &str, is_sign: impl Fn(char) -> bool) -> &str {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')) {
        Some(rest) if rest.len() < words.len() => rest.trim_start_matches(is_sign),
        _ => words,
    }
}

/// The words that hold a number, as they stand, shortened before what counts.
pub(super) fn words(text: &str, span: Range<usize>, end: usize) -> String {
    let is_sign = |c: char| c.is_whitespace() || "，,；;：:、）)".contains(c);
    let held = &text[span.start..span.end.max(end)];
    let held = held.trim_start_matches(is_sign).trim_end();
    let length = held.chars().count();
    held.chars().skip(length.saturating_sub(LONGEST_TEXT)).collect()
}
