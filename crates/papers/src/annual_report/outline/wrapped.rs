//! Titles with something around them: a label, a letter that sends the report, a site's name.

use super::title::is_title;
use gongkai_domain::agency;

/// Labels of the line of a page's metadata that names the document.
const LABELS: [&str; 5] = ["名称", "信息名称", "文件名称", "标题", "信息标题"];

/// What a letter is that sends or publishes a report.
const LETTERS: [&str; 6] = ["的公告", "的通告", "的通知", "的公示", "的函", "的请示"];

/// What a letter does with a report.
const SENDINGS: [&str; 5] = ["印发", "发布", "公布", "公开", "公示"];

/// What a letter asks others to do: it is no report.
const ORDERS: [&str; 8] = ["编制", "做好", "开展", "报送", "上报", "填报", "征求", "征集"];

/// What a year's report may announce for the next one.
const PLANS: [&str; 6] = ["打算", "计划", "安排", "要点", "思路", "重点"];

/// The title that follows a label in words without spaces: 名称：2022年…年度报告.
pub(super) fn labelled(words: &str) -> Option<&str> {
    let (label, title) = words.split_once(['：', ':'])?;
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    (LABELS.contains(&label) && is_title(title)).then_some(title)
}

/// The title within words without spaces that are more than a title.
pub(super) fn within(words: &str) -> Option<String> {
    let bare = without_site(without_tag(words));
    let found = quoted(bare).map(str::to_owned).or_else(|| sent(bare)).or_else(|| {
        let report = without_plan(bare).unwrap_or(bare);
        (report != words).then(|| report.to_owned())
    })?;
    is_title(&found).then_some(found)
}

/// 【年度报告】甲局2022年…: words without the tag before them.
fn without_tag(words: &str) -> &str {
    let close = match words.chars().next() {
        Some('【') => '】',
        Some('[') => ']',
        _ => return words,
    };
    match words.split_once(close) {
        Some((tag, rest)) if tag.chars().count() <= 12 => rest,
        _ => words,
    }
}

/// …年度报告-丙县人民政府: words without the site's name behind them.
fn without_site(words: &str) -> &str {
    let Some((title, site)) = words.rsplit_once(['_', '|', '｜', '-', '－', '—', '–', '·'])
    else {
        return words;
    };
    let is_site = agency::looks_like_organ(site) || site.ends_with('网') || site.ends_with("平台");
    if is_site { title.trim_end_matches(|c: char| !c.is_alphanumeric()) } else { words }
}

/// 关于报送《甲局2022年…年度报告》的函: the report that a letter names.
fn quoted(words: &str) -> Option<&str> {
    let (before, rest) = words.split_once('《')?;
    let (title, after) = rest.split_once('》')?;
    let is_letter = before.contains("关于") && LETTERS.contains(&after);
    is_letter.then_some(title)
}

/// 甲局关于印发2022年…年度报告的通知: the report of a letter, the organ before it kept.
fn sent(words: &str) -> Option<String> {
    let report = LETTERS.iter().find_map(|letter| words.strip_suffix(letter))?;
    let (before, after) = report.split_once("关于")?;
    let after = SENDINGS.iter().find_map(|sending| after.strip_prefix(sending)).unwrap_or(after);
    let is_order = ORDERS.iter().any(|order| after.starts_with(order));
    (!is_order).then(|| format!("{before}关于{after}"))
}

/// …工作总结及2023年工作打算: the part that looks back.
fn without_plan(words: &str) -> Option<&str> {
    let (report, plan) = words.rsplit_once(['及', '和', '暨', '与'])?;
    let is_plan = plan.contains('年') || plan.starts_with("下一步") || plan.starts_with("今后");
    (is_plan && PLANS.iter().any(|end| plan.ends_with(end))).then_some(report)
}

/// A line that is nothing but a year: （2022年度）, (2022), 二〇二二年.
pub(super) fn is_year(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let inner =
        bare.trim_start_matches(['（', '(', '【', '[']).trim_end_matches(['）', ')', '】', ']']);
    let digits = inner.trim_end_matches('度').trim_end_matches('年');
    let is_digit = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九".contains(c);
    let is_apart = digits.len() < bare.len();
    is_apart
        && digits.chars().count() == 4
        && digits.chars().all(is_digit)
        && ["20", "二〇", "二○", "二零"].iter().any(|century| digits.starts_with(century))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_within_letters_labels_and_names_of_sites() {
        let title = "丙县教育局2022年政府信息公开工作年度报告";
        for words in [
            "关于报送《丙县教育局2022年政府信息公开工作年度报告》的函",
            "【年度报告】丙县教育局2022年政府信息公开工作年度报告-丙县人民政府",
            "丙县教育局2022年政府信息公开工作年度报告_丙县政务公开网",
        ] {
            assert_eq!(within(words).as_deref(), Some(title), "{words}");
        }
        assert_eq!(
            labelled("名称：2022年政府信息公开工作年度报告"),
            Some("2022年政府信息公开工作年度报告")
        );
        assert_eq!(
            within("丙县教育局关于印发2022年政府信息公开工作年度报告的通知").as_deref(),
            Some("丙县教育局关于2022年政府信息公开工作年度报告")
        );
        assert_eq!(
            within("丙县教育局2022年政务公开工作总结及2023年工作打算").as_deref(),
            Some("丙县教育局2022年政务公开工作总结")
        );
    }

    #[test]
    fn other_words_hold_no_title() {
        for words in [
            "丙县教育局2022年政府信息公开工作年度报告",
            "丙县关于报送2022年政府信息公开工作年度报告的通知",
            "关于做好2022年政府信息公开工作年度报告编制工作的通知",
            "根据《丙县教育局2022年政府信息公开工作年度报告》的要求",
            "丙县教育局2023年政务公开工作要点",
            "丙县教育局2022年政府信息公开工作年度报告的解读",
        ] {
            assert_eq!(within(words), None, "{words}");
            assert_eq!(labelled(words), None, "{words}");
        }
        assert_eq!(labelled("上一篇：2022年政府信息公开工作年度报告"), None);
    }

    #[test]
    fn a_line_of_a_year_is_nothing_else() {
        assert!(
            ["（2022年度）", "(2022)", "二〇二二年", "2022 年度"].iter().all(|year| is_year(year))
        );
        assert!(
            !["2022", "2022年1月", "（二）", "(1998)", "202年"].iter().any(|year| is_year(year))
        );
    }
}
