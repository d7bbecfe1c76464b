//! Tells whether a number is said to be of an organ other than the report's own.

use super::noun;
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// Verbs before which the organ stands that did it, and words that say it did not.
const VERBS: &[&str] = &[
    "收到", "接到", "接收", "受理", "新收", "办理", "办结", "答复", "回复", "处理", "制发", "制定",
    "印发", "出台", "作出", "做出", "发生", "产生", "公开", "实施", "制作",
];

static FIRST_VERB: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(VERBS)
        .expect("a few short words make an automaton")
});

/// How the names of organs end, and of what stands for several of them.
const ORGANS: &[&str] = &[
    "局",
    "委",
    "厅",
    "办",
    "办公室",
    "委员会",
    "政府",
    "中心",
    "部门",
    "单位",
    "乡镇",
    "街道",
    "镇",
    "乡",
    "科室",
    "科",
    "股",
    "处",
    "所",
    "大队",
    "支队",
    "总队",
    "公司",
    "医院",
    "学校",
    "法院",
    "级",
    "村",
    "社区",
    "窗口",
    "县",
    "市",
    "区",
    "办事处",
    "园区",
    "开发区",
];

/// Words between an organ and what it did.
const BETWEEN: &[&str] = &[
    "全年度",
    "全年",
    "今年",
    "本年度",
    "本年",
    "一年来",
    "累计",
    "共计",
    "合计",
    "总共",
    "新",
    "共",
    "已",
    "均",
    "暂",
    "也",
    "尚",
    "都",
    "依法",
    "分别",
    "直接",
    "实际",
    "按时",
    "年度",
    "度",
    "，",
    "、",
];

/// Beginnings of the names that organs give themselves.
const OWN: &[&str] = &["我", "本", "某", "该", "全"];

/// Offices inside the organ that speak for it.
const OWN_OFFICES: &[&str] = &[
    "办公室",
    "局办公室",
    "委办公室",
    "厅办公室",
    "局办",
    "党政办",
    "党政办公室",
    "党政综合办公室",
    "综合办公室",
    "综合科",
    "政务公开办公室",
    "政务公开办",
    "政务公开科",
    "局机关",
    "镇机关",
    "机关",
];

/// Longest name taken for an organ's, in characters.
const LONGEST: usize = 16;

/// Whose a number is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Owner<'a> {
    /// No organ is named.
    Unsaid,
    /// The report's organ, by this name.
    Own(&'a str),
    /// Another organ.
    Foreign,
}

/// Whose a number is by the words before it, or before 未 or 无.
pub(super) fn owner<'a>(agency: Option<&str>, words: &'a str) -> Owner<'a> {
    let subject = subject(words);
    let is_organ = ORGANS.iter().any(|end| subject.ends_with(end));
    let length = subject.chars().count();
    match agency {
        Some(agency) if is_organ && (2..=LONGEST).contains(&length) => {
            if is_own(agency, subject) {
                Owner::Own(subject)
            } else {
                Owner::Foreign
            }
        }
        _ => Owner::Unsaid,
    }
}

/// The words before the first verb, without what says when and how.
fn subject(words: &str) -> &str {
    let verb = FIRST_VERB.find(words).map(|verb| verb.start());
    let mut subject = noun::plain(&words[..verb.unwrap_or(words.len())]);
    loop {
        let before = subject;
        for word in BETWEEN {
            subject = subject.strip_suffix(word).unwrap_or(subject);
        }
        subject = noun::plain(subject);
        if subject == before {
            return subject;
        }
    }
}

/// 县工信局 is 某县工业和信息化局: its characters stand in the name in their order.
fn is_own(agency: &str, subject: &str) -> bool {
    let mut rest = agency.chars();
    OWN.iter().any(|word| subject.starts_with(word))
        || OWN_OFFICES.contains(&subject)
        || subject.contains(agency)
        || subject.chars().all(|wanted| rest.any(|character| character == wanted))
}
