//! Finds statements of absence (无依申请公开情况, 未发生行政复议、行政诉讼), which claim a zero.

use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// A statement of absence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Absence {
    /// The words, from 无 or 未 to the end of the clause.
    pub span: Range<usize>,
    /// What there was none of.
    pub noun: Range<usize>,
    /// The whole statement, which may name several things.
    pub whole: Range<usize>,
}

/// Words that begin such a statement, and whether they say by themselves that something was
/// (not) met with.
const TRIGGERS: &[(&str, bool)] = &[
    ("未收到", true),
    ("未接到", true),
    ("未接收到", true),
    ("未受理", true),
    ("未收取", true),
    ("未产生", true),
    ("未发生", true),
    ("未出现", true),
    ("未有", true),
    ("未因", false),
    ("没有收到", true),
    ("没有接到", true),
    ("没有受理", true),
    ("没有收取", true),
    ("没有产生", true),
    ("没有发生", true),
    ("没有出现", true),
    ("没有", false),
    ("没收到", true),
    ("零", true),
    ("无", false),
];

/// What is worth a claim, wherever it is said to be absent.
const OBJECTS: &[&str] =
    &["申请", "复议", "诉讼", "处理费", "收费", "投诉", "举报", "请求", "依申请公开"];

/// How a statement of absence ends that names something else.
const ENDS: &[&str] = &["情况", "现象", "事件", "事故", "案件", "差错"];

/// 无 as a part of another word, and absence that is no news.
const OTHER_WORDS: &[&str] = &[
    "无正当理由",
    "无法",
    "无需",
    "无论",
    "无效",
    "无偿",
    "无障碍",
    "无条件",
    "无关",
    "无人",
    "无疑",
    "无私",
    "无形",
    "无纸",
    "无限",
    "无缝",
    "无损",
    "无锡",
    "无线",
    "无证",
    "无主",
    "没有现成",
    "没有法律",
    "没有正当",
    "零距离",
    "零跑",
    "零件",
    "零售",
    "零星",
    "零散",
    "没有明显",
];

static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(TRIGGERS.iter().map(|(word, _)| word))
        .expect("a few short words make an automaton")
});

/// Every statement of absence of a paragraph, in order.
pub(super) fn absences(text: &str) -> Vec<Absence> {
    let mut found: Vec<Absence> = Vec::new();
    for hit in WORDS.find_iter(text) {
        if found.last().is_some_and(|last| hit.start() < last.span.end) {
            continue;
        }
        let (trigger, surely) = TRIGGERS[hit.pattern().as_usize()];
        let rest = &text[hit.start()..];
        let end = hit.start() + rest.find(is_break).unwrap_or(rest.len());
        let noun = text[hit.end()..end].trim_end();
        let noun = hit.end()..hit.end() + noun.len();
        if is_statement(&text[..hit.start()], &text[hit.start()..end], trigger, surely) {
            found.extend(split(text, hit.start()..end, noun));
        }
    }
    found
}

fn is_break(character: char) -> bool {
    "，,。；;：:！？!?（）()\n".contains(character)
}

fn is_statement(before: &str, clause: &str, trigger: &str, surely: bool) -> bool {
    let conditional = ["如", "若", "对", "凡", "因", "有", "并非", "从", "毫", "把", "将"];
    if conditional.iter().any(|word| before.ends_with(word))
        || OTHER_WORDS.iter().any(|word| clause.starts_with(word))
        || clause.contains("需要报告")
        || clause.contains(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let clause = clause.trim_end();
    let named = OBJECTS.iter().any(|word| clause.contains(word));
    let what = &clause[trigger.len()..];
    match trigger {
        "零" => OBJECTS.iter().any(|word| what.starts_with(word)),
        "无" => named && !what.starts_with("公开") && says_what(what),
        "没有" => named && (says_what(what) || what.contains("收到") || what.contains("提出")),
        _ if surely => named || ENDS.iter().any(|word| clause.ends_with(word)),
        _ => named && says_what(what),
    }
}

/// Whether it names requests for disclosure, remedies or fees, and not just any application.
fn says_what(what: &str) -> bool {
    ["依申请公开", "公开申请", "申请公开", "复议", "诉讼", "处理费", "收费"]
        .iter()
        .any(|word| what.contains(word))
}

/// 未发生行政复议、行政诉讼 states two zeros.
fn split(text: &str, span: Range<usize>, noun: Range<usize>) -> Vec<Absence> {
    let what = &text[noun.clone()];
    let Some((first, second)) = what.find("复议").zip(what.find("诉讼")).filter(|(a, b)| a < b)
    else {
        let whole = span.clone();
        return vec![Absence { span, noun, whole }];
    };
    let joint = what[first..second]
        .find(['、', '和', '及', '与', '或'])
        .map_or(first + "复议".len(), |at| first + at);
    let sign = what[joint..].chars().next().filter(|c| "、和及与或".contains(*c));
    let second = noun.start + joint + sign.map_or(0, char::len_utf8);
    vec![
        Absence {
            span: span.start..noun.start + joint,
            noun: noun.start..noun.start + joint,
            whole: span.clone(),
        },
        Absence { span: second..span.end, noun: second..noun.end, whole: span },
    ]
}
