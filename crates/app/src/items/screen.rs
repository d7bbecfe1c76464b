//! The helps before review: what is found in title, text and attachments, each with its place and a
//! stable key, so that an answer stays with what it answers; decides nothing.

use gongkai_domain::audit::digest;
use gongkai_domain::finding::Severity;
use gongkai_domain::item::{Answer, Content, Edition, FileFinding, Item};
use gongkai_domain::screening::{Alarm, AlarmKind, Screener};
use std::collections::HashMap;

/// Most findings kept of one attachment: more nobody answers one by one.
const MOST_OF_A_FILE: usize = 50;

/// Something found, as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// The stable key.
    pub key: String,
    /// Where: 标题, 正文第 3 段, 附件“…”.
    pub place: String,
    /// What was found.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// How heavy.
    pub severity: Severity,
    /// What can be put in its place by one button.
    pub replacement: Option<String>,
    /// The answer given, where there is one.
    pub answer: Option<Answer>,
}

impl Found {
    /// How heavy it is, as a word.
    pub fn weight(&self) -> &'static str {
        match self.severity {
            Severity::Error => "必须处理",
            Severity::Warning => "请核对",
            Severity::Note => "提醒",
        }
    }
}

/// A part of what is screened.
pub(super) struct Part {
    /// What people call it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Title, summary and the paragraphs of the text; the text begins at the third.
pub(super) fn parts(content: &Content) -> Vec<Part> {
    let part = |name: &str, text: &str| Part { name: name.to_owned(), text: text.to_owned() };
    let mut parts = vec![part("标题", &content.title), part("内容概述", &content.description)];
    let paragraphs = content.text.lines().enumerate();
    parts.extend(paragraphs.map(|(n, text)| part(&format!("正文第 {} 段", n + 1), text)));
    parts
}

/// The alarms of the content with their stable keys, in the order of the text.
pub(super) fn alarms(parts: &[Part]) -> Vec<(String, Alarm)> {
    let blocks: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    let mut seen: HashMap<String, u32> = HashMap::new();
    let keyed = |alarm: Alarm| {
        let block = blocks.get(alarm.place.block).copied().unwrap_or_default();
        let key = format!("{}-{}", alarm.key, short(&format!("{block}\n{}", alarm.shown)));
        let nth = seen.entry(key.clone()).or_insert(0);
        *nth += 1;
        (if *nth == 1 { key } else { format!("{key}-{nth}") }, alarm)
    };
    Screener::official().screen(&blocks).into_iter().map(keyed).collect()
}

fn short(text: &str) -> String {
    digest(text.as_bytes()).chars().take(16).collect()
}

/// Everything found in an edition, with the answers given.
pub fn findings(edition: &Edition) -> Vec<Found> {
    let answer = |key: &str| edition.answers.iter().find(|answer| answer.finding == key).cloned();
    let parts = parts(&edition.content);
    let of_text = alarms(&parts).into_iter().map(|(key, alarm)| Found {
        place: parts.get(alarm.place.block).map(|part| part.name.clone()).unwrap_or_default(),
        message: alarm.message,
        hint: alarm.hint,
        severity: alarm.severity,
        replacement: alarm.replacement,
        answer: answer(&key),
        key,
    });
    let of_files = edition.content.attachments.iter().flat_map(|file| {
        file.findings.iter().map(|finding| Found {
            place: format!("附件“{}”", file.name),
            message: finding.message.clone(),
            hint: finding.hint.clone(),
            severity: Severity::Warning,
            replacement: None,
            answer: answer(&finding.key),
            key: finding.key.clone(),
        })
    });
    of_text.chain(of_files).collect()
}

/// The keys of what the helps before review find in the edition in work.
pub fn finding_keys(item: &Item) -> Vec<String> {
    let Some(working) = &item.working else { return Vec::new() };
    let of_text = alarms(&parts(&working.content)).into_iter().map(|(key, _)| key);
    let files = working.content.attachments.iter();
    of_text
        .chain(files.flat_map(|file| file.findings.iter().map(|each| each.key.clone())))
        .collect()
}

/// What stands in the text of an attachment that somebody has to look at: personal numbers and marks
/// of secrecy; its wording is its maker's.
pub(super) fn of_file_text(file: &str, blocks: &[String]) -> Vec<FileFinding> {
    let texts: Vec<&str> = blocks.iter().map(String::as_str).collect();
    let mut alarms = Screener::official().screen(&texts);
    alarms.retain(|alarm| alarm.kind != AlarmKind::Wording);
    let finding = |alarm: Alarm| {
        let block = texts.get(alarm.place.block).copied().unwrap_or_default();
        let key = short(&format!("{file}\n{}\n{block}\n{}", alarm.key, alarm.shown));
        FileFinding {
            key: format!("file-{}-{key}", alarm.key),
            message: format!("第 {} 段{}", alarm.place.block + 1, alarm.message),
            hint: alarm.hint,
        }
    };
    let mut found: Vec<FileFinding> = alarms.into_iter().map(finding).collect();
    found.dedup_by(|a, b| a.key == b.key);
    if MOST_OF_A_FILE < found.len() {
        let n_more = found.len() - MOST_OF_A_FILE;
        found.truncate(MOST_OF_A_FILE);
        found.push(FileFinding {
            key: format!("file-more-{}", short(&format!("{file}{n_more}"))),
            message: format!("另有 {n_more} 处类似内容没有逐条列出。"),
            hint: "请核实这份附件是否应当公开，或处理后重新上传。".to_owned(),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(text: &str) -> Content {
        Content { title: "通知".to_owned(), text: text.to_owned(), ..Content::default() }
    }

    #[test]
    fn a_key_stays_when_other_paragraphs_change_and_goes_with_its_own() {
        let keys = |text: &str| -> Vec<String> {
            alarms(&parts(&content(text))).into_iter().map(|(key, _)| key).collect()
        };
        let before = keys("联系人手机13800138000。");
        assert_eq!(before.len(), 1);
        assert_eq!(keys("新的一段。\n联系人手机13800138000。"), before);
        assert_ne!(keys("联系人的手机13800138000。"), before);
        let twice = keys("联系人手机13800138000。\n联系人手机13800138000。");
        assert_eq!(twice.len(), 2);
        assert_ne!(twice[0], twice[1]);
    }

    #[test]
    fn a_thousand_numbers_in_a_file_are_told_in_fifty_one_lines() {
        let blocks: Vec<String> = (0..1000).map(|n| format!("手机1380013{n:04}")).collect();
        let found = of_file_text("d", &blocks);
        assert_eq!(found.len(), MOST_OF_A_FILE + 1);
        assert!(found.iter().all(|each| !each.message.contains("13800130000")));
    }
}
