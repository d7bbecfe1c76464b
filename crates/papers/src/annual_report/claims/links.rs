//! Says what the claims of a paragraph have to do with each other: parts, shares, growth, channels.

use super::Mention;
use gongkai_domain::claim::{Claim, Link, Scope};

/// Words between two numbers after which the second is no part of the total before.
const NO_PART: &[&str] = &[
    "办结", "答复", "结转", "占", "同比", "增长", "增加", "减少", "全部", "已", "均", "去年",
    "上年", "较", "比", "共计", "合计", "总计", "全年", "人次", "点击", "阅读", "浏览", "此外",
    "另",
];

/// Words that name a channel of publication.
const CHANNELS: &[&str] = &[
    "网站",
    "微博",
    "微信",
    "公众号",
    "新媒体",
    "媒体",
    "报纸",
    "报刊",
    "电视",
    "广播",
    "客户端",
    "公告栏",
    "公开栏",
    "抖音",
    "平台",
    "头条",
];

/// Links the new claims, which stand at `mentions` of `text` and follow the `earlier` ones.
pub(super) fn link(text: &str, mentions: &[Mention], new: &mut [Claim], earlier: &[Claim]) {
    let mut linker =
        Linker { text, mentions, base: earlier.len(), links: vec![Link::None; new.len()] };
    linker.parts(new);
    linker.totals_behind(new);
    linker.shares(new);
    linker.growth(new);
    linker.channels(new, earlier);
    let links = linker.links;
    for at in 0..new.len() {
        new[at].link = links[at];
        if let Link::Part { of, .. } | Link::PartBefore { of } = links[at]
            && new
                .get(of.wrapping_sub(earlier.len()))
                .is_some_and(|total| total.means == new[at].means)
        {
            new[at].means.clear(); // 收到5件，其中甲平台收到3件: the part is not the whole
        }
    }
}

struct Linker<'a> {
    text: &'a str,
    mentions: &'a [Mention],
    base: usize,
    links: Vec<Link>,
}

impl Linker<'_> {
    /// The words between a claim and the one before it.
    fn gap(&self, at: usize) -> &str {
        let from = at.checked_sub(1).map_or(0, |previous| self.mentions[previous].end);
        let to = self.mentions[at].start;
        &self.text[from.max(self.mentions[at].sentence).min(to)..to]
    }

    fn same_sentence(&self, left: usize, right: usize) -> bool {
        self.mentions[left].sentence == self.mentions[right].sentence
    }

    /// 907条，其中：规范性文件3条，其他信息904条.
    fn parts(&mut self, claims: &[Claim]) {
        let mut at = 1;
        while at < claims.len() {
            let total = at - 1;
            if !self.gap(at).contains("其中") || !self.same_sentence(total, at) {
                at += 1;
                continue;
            }
            let unit = &claims[total].unit;
            let mut end = at;
            while end < claims.len()
                && self.same_sentence(total, end)
                && claims[end].unit == *unit
                && !unit.is_empty()
                && *unit != "%"
                && !NO_PART.iter().any(|word| self.gap(end).contains(word))
                && (end == at || !self.gap(end).contains("其中"))
                && (end <= at + 1 || self.joined(end) == self.joined(at + 1))
            {
                end += 1;
            }
            let words: Vec<&str> = (at..end).map(|part| self.gap(part)).collect();
            let all = ["其他", "其它", "其余", "分别"]
                .iter()
                .any(|word| words.iter().any(|gap| gap.contains(word)));
            for part in at..end {
                self.links[part] = Link::Part { of: self.base + total, all };
            }
            at = end.max(at + 1);
        }
    }

    /// Whether a semicolon stands before a part.
    fn joined(&self, at: usize) -> bool {
        self.gap(at).contains(['；', ';'])
    }

    /// 网站100条，微信50条，共计150条.
    fn totals_behind(&mut self, claims: &[Claim]) {
        for total in 2..claims.len() {
            let words = self.gap(total).trim_matches(|c: char| "，,、；; ".contains(c));
            if !["共", "共计", "合计", "总计", "总共"].contains(&words) {
                continue;
            }
            let mut first = total;
            while 0 < first
                && self.same_sentence(first - 1, total)
                && claims[first - 1].unit == claims[total].unit
                && self.links[first - 1] == Link::None
            {
                first -= 1;
            }
            if 2 <= total - first {
                for part in first..total {
                    self.links[part] = Link::PartBefore { of: self.base + total };
                }
            }
        }
    }

    /// 其中网上申请42件，占42%.
    fn shares(&mut self, claims: &[Claim]) {
        for (at, claim) in claims.iter().enumerate().skip(1) {
            let words = self.gap(at);
            let of = words.rsplit_once('占').map(|(_, of)| of.trim());
            let of_total = of.is_some_and(|of| {
                of.is_empty() || ((of.starts_with('比') || of.contains('总')) && !of.contains("全"))
            });
            let part = at - 1;
            if claim.unit != "%" || !of_total || !self.same_sentence(part, at) {
                continue;
            }
            let whole = match self.links[part] {
                Link::Part { of, .. } => Some(of),
                _ => None,
            };
            if let Some(whole) = whole {
                self.links[at] = Link::Share { part: self.base + part, whole };
            }
        }
    }

    /// 收到60件，上年50件，增长20%; 收到60件，比上年增加10件，增长20%.
    fn growth(&mut self, claims: &[Claim]) {
        for at in 2..claims.len() {
            let words = self.gap(at);
            let up = ["增长", "增加", "上升"].iter().any(|word| words.contains(word));
            let down = ["下降", "减少", "降低"].iter().any(|word| words.contains(word));
            let (current, other) = (at - 2, at - 1);
            if claims[at].unit != "%"
                || up == down
                || !self.same_sentence(current, at)
                || claims[current].unit != claims[other].unit
                || claims[current].unit == "%"
                || !self.plainly_compares(words)
            {
                continue;
            }
            let said = self.gap(other);
            let changed =
                ["增加", "增长", "减少", "下降", "多", "少"].iter().any(|w| said.contains(w));
            let (current, other) = (self.base + current, self.base + other);
            if changed {
                self.links[at] = Link::GrowthBy { change: other, current, down };
            } else if claims[at - 1].scope == Scope::OtherPeriod
                && claims[at - 2].scope != Scope::OtherPeriod
            {
                self.links[at] = Link::GrowthFrom { previous: other, current, down };
            }
        }
    }

    /// Whether nothing but the comparison stands before the percentage.
    fn plainly_compares(&self, words: &str) -> bool {
        let words = words.trim_matches(|c: char| "，,、；;（( ".contains(c));
        words.chars().count() <= 10 && !words.contains(['，', ','])
    }

    /// 通过网站294条, 通过微博、微信613条, 通过新闻媒体76条, beside a total said before.
    fn channels(&mut self, claims: &[Claim], earlier: &[Claim]) {
        let named: Vec<usize> = (0..claims.len())
            .filter(|at| self.links[*at] == Link::None && self.is_channel(*at))
            .collect();
        let Some(&first) = named.first() else { return };
        let same: Vec<usize> =
            named.into_iter().filter(|at| claims[*at].unit == claims[first].unit).collect();
        if same.len() < 2 || claims[first].unit.is_empty() {
            return;
        }
        let is_total = |claim: &Claim| {
            claim.unit == claims[first].unit
                && claim.scope == Scope::Own
                && claim.link == Link::None
                && ["公开", "发布"].iter().any(|word| claim.text.contains(word))
                && claim.text.contains("信息")
                && !CHANNELS.iter().any(|word| claim.text.contains(word))
        };
        let here = claims[..first].iter().rposition(is_total).map(|at| self.base + at);
        let total = here.or_else(|| earlier.iter().rposition(is_total));
        if let Some(of) = total {
            for at in same {
                self.links[at] = Link::Channel { of };
            }
        }
    }

    fn is_channel(&self, at: usize) -> bool {
        let words = self.gap(at);
        let through = ["通过", "利用", "依托"].iter().find_map(|word| words.find(word));
        through.is_some_and(|from| CHANNELS.iter().any(|word| words[from..].contains(word)))
    }
}
