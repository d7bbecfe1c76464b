//! Tells page furniture (share bars, breadcrumbs, counters, footers) from the report itself.

use crate::annual_report::plain::kept;
use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Patterns {
    whole: HashSet<String>,
    begins: Vec<String>,
    contains: Vec<String>,
}

struct Furniture {
    whole: HashSet<String>,
    begins: AhoCorasick,
    contains: AhoCorasick,
}

/// Longer lines are prose, whatever they begin with.
const LONGEST_CHARACTERS: usize = 60;

static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    let patterns: Patterns =
        toml::from_str(include_str!("../../../../../data/forms/furniture.toml"))
            .expect("data/forms/furniture.toml is embedded and tested");
    let build = |words: &[String], start| {
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .start_kind(start)
            .build(words)
            .expect("a few hundred short patterns")
    };
    Furniture {
        begins: build(&patterns.begins, StartKind::Anchored),
        contains: build(&patterns.contains, StartKind::Unanchored),
        whole: patterns.whole,
    }
});

/// Whether a line is furniture wherever it stands.
pub(super) fn anywhere(text: &str) -> bool {
    if 60 < text.len() {
        return false;
    }
    let bare = bare(text);
    FURNITURE.whole.contains(bare.trim_matches(is_edge))
}

/// Whether a line is furniture when it stands before the first section or after the last.
pub(super) fn around(text: &str) -> bool {
    if LONGEST_CHARACTERS * 4 < text.len() {
        return false;
    }
    let bare = bare(text);
    let held = || FURNITURE.contains.is_match(&bare);
    let n_characters = bare.chars().count();
    if LONGEST_CHARACTERS * 2 < n_characters || (LONGEST_CHARACTERS < n_characters && !held()) {
        return false;
    }
    let begins =
        || FURNITURE.begins.find(Input::new(bare.as_str()).anchored(Anchored::Yes)).is_some();
    let is_trail = || bare.contains(['>', '＞', '»']) && !bare.contains('。');
    let no_words = !bare.chars().any(char::is_alphanumeric);
    no_words
        || FURNITURE.whole.contains(bare.trim_matches(is_edge))
        || begins()
        || is_trail()
        || held()
}

fn bare(text: &str) -> String {
    kept(text, |c| !c.is_whitespace())
}

fn is_edge(c: char) -> bool {
    !c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_bars_trails_and_footers_are_furniture() {
        for text in [
            "用微信扫描二维码分享至好友和朋友圈",
            "当前位置：首页 > 政务公开 > 年报",
            "索引号：000000000/2021-00001",
            "发布日期：2021-01-25 10:00",
            "打印 关闭",
            "【字体：大 中 小】",
            "版权所有：某某网",
            "某ICP备00000000号",
            "————————",
        ] {
            assert!(around(text), "{text}");
        }
        assert!(anywhere("收起") && anywhere("【打印】") && anywhere("政务微信"));
    }

    #[test]
    fn prose_is_no_furniture() {
        for text in [
            "无。",
            "一是来源广泛，通过网站公开政府信息294条。",
            "本报告根据条例编制。",
            "丙县商务局",
            "2021年1月25日",
        ] {
            assert!(!around(text) && !anywhere(text), "{text}");
        }
    }
}
