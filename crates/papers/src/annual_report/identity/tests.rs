//! Identities of small invented reports and of the five samples.

use super::*;
use crate::annual_report::outline::{self, tests as outlines};

fn identity(text: &str, document_title: Option<&str>, source: &str) -> Identity {
    read(&outline::read(&outlines::lines(text)), document_title, source)
}

fn check(text: &str, agency: Option<&str>, year: Option<i16>, checks: &[&str]) {
    let found = identity(text, None, "report.txt");
    let ids: Vec<&str> = found.findings.iter().map(|finding| finding.check).collect();
    assert_eq!(
        (found.agency.as_deref(), found.year, ids.as_slice()),
        (agency, year, checks),
        "{text}"
    );
}

#[test]
fn organ_and_year_are_told_from_the_title() {
    let known = Some("丙县教育局");
    check("丙县教育局2022年政府信息公开工作年度报告\n一、总体情况\n好。", known, Some(2022), &[]);
    check("关于丙县教育局2022年政府信息公开工作年度报告", known, Some(2022), &[]);
    check("2022年丙县教育局政府信息公开工作年度报告", known, Some(2022), &[]);
    check("丙县教育局\n2022年政府信息公开工作年度报告", known, Some(2022), &[]);
    check("丙县教育局2022年\n政府信息公开工作年度报告", known, Some(2022), &[]);
    check("丙县教育局政府信息公开工作年度报告（2022年度）", known, Some(2022), &[]);
    check(
        "政府信息公开工作年度报告（2022年度）\n一、总体情况\n好。\n丙县教育局\n2023年1月5日",
        known,
        Some(2022),
        &[],
    );
    check("丙县教育局二〇二〇年政府信息公开工作年度报告", known, Some(2020), &[]);
}

#[test]
fn a_year_below_the_title_and_titles_within_other_words_tell() {
    let known = Some("丙县教育局");
    let rest = "\n一、总体情况\n丙县教育局认真工作。\n六、其他需要报告的事项\n无。\n丙县教育局\n2023年1月5日";
    for (head, year) in [
        ("政府信息公开年度报告\n（2022年度）\n丙县教育局", Some(2022)),
        ("政府信息公开工作年度报告\n(2022)", Some(2022)),
        ("政府信息公开工作年度报告（2022）", Some(2022)),
        ("索引号：000000\n生成日期：2023-01-18\n名称：2022年政府信息公开工作年度报告", Some(2022)),
        ("丙县教育局2022年政务公开工作总结及2023年工作打算", Some(2022)),
        ("丙县教育局关于2022年政府信息公开工作年度报告的公告", Some(2022)),
        ("关于报送《丙县教育局2022年政府信息公开工作年度报告》的函", Some(2022)),
        ("【年度报告】丙县教育局2022年政府信息公开工作年度报告-丙县人民政府", Some(2022)),
    ] {
        let text = format!("{head}{rest}");
        check(&text, known, year, &[]);
        assert!(outline::read(&outlines::lines(&text)).title.is_some(), "{text}");
    }
}

#[test]
fn a_title_that_stands_for_itself_beats_one_within_other_words() {
    let text = "名称：2021年政府信息公开工作年度报告\n丙县教育局2022年政府信息公开工作年度报告\n一、总体情况\n好。";
    check(text, Some("丙县教育局"), Some(2022), &[]);
}

#[test]
fn damaged_years_are_known_as_far_as_they_are() {
    let known = Some("丙县教育局");
    check("丙县教育局202020年政府信息公开工作报告", known, Some(2020), &["R-date"]);
    check("丙县教育局2O20年政府信息公开工作报告", known, Some(2020), &["R-date"]);
    check("丙县教育局20212年政府信息公开工作报告", known, None, &["R-date", "R-identity"]);
    let text =
        "丙县教育局2021年政府信息公开工作报告\n一、总体情况\n2021, 我局认真工作。\n20211月开会。";
    check(text, known, Some(2021), &["R-date", "R-date"]);
}

#[test]
fn without_a_title_the_text_tells_or_nothing_does() {
    let text = "一、总体情况\n2020年,丙县政务服务管理局在县委领导下工作。\n六、其他需要报告的事项\n无。\n丙县政务服务管理局\n2021年1月25日";
    check(text, Some("丙县政务服务管理局"), Some(2020), &[]);
    check("一、总体情况\n我局工作认真。", None, None, &["R-identity", "R-identity"]);
    let signed = identity(text, None, "").signed_on.expect("a date is there");
    assert_eq!((signed.0, signed.1.line), (jiff::civil::date(2021, 1, 25), Some(6)));
}

#[test]
fn a_short_name_stays_short_and_is_said() {
    check("县工信局2022年政府信息公开工作年度报告", Some("县工信局"), Some(2022), &["R-identity"]);
    let text =
        "市商务局2022年政府信息公开工作年度报告\n一、总体情况\n好。\n甲山市商务局\n2023年1月5日";
    check(text, Some("甲山市商务局"), Some(2022), &[]);
    check(
        "丙县2022年政府信息公开工作年度报告\n一、总体情况\n好。\n丙县人民政府",
        Some("丙县人民政府"),
        Some(2022),
        &[],
    );
    check("丙县2022年政府信息公开工作年度报告", Some("丙县"), Some(2022), &["R-identity"]);
}

#[test]
fn the_period_of_the_data_is_held_against_the_title() {
    let text = "丙县教育局2021年政府信息公开工作年度报告\n本报告所列数据的统计期限自2020年1月1日至2020年12月31日。\n一、总体情况\n好。";
    check(text, Some("丙县教育局"), Some(2021), &["R-identity"]);
}

#[test]
fn page_title_and_file_name_are_asked_last() {
    let page = Some("丙县教育局2022年政府信息公开工作年度报告_某某网");
    let found = identity("一、总体情况\n好。", page, "x.html");
    assert_eq!((found.agency.as_deref(), found.year), (Some("丙县教育局"), Some(2022)));
    let found = identity("一、总体情况\n好。", None, "folder/industry_2022.txt");
    assert_eq!((found.agency, found.year), (None, Some(2022)));
    assert!(found.findings.iter().any(|finding| finding.verdict == Verdict::Uncertain));
    let found =
        identity("一、总体情况\n好。", None, "丙县教育局2022年政府信息公开工作年度报告.docx");
    assert_eq!((found.agency.as_deref(), found.year), (Some("丙县教育局"), Some(2022)));
}

#[test]
fn the_samples_are_known() {
    for (name, agency, year, checks) in [
        ("lixin_commerce_2020", "利辛县商务局", 2020, &[][..]),
        ("mouding_government_services_2020", "牟定县政务服务管理局", 2020, &[]),
        ("fushun_commerce_2020", "抚顺市商务局", 2020, &["F-numbering"]),
        ("county_industry_2022", "县工信局", 2022, &["R-identity"]),
        ("luohe_commerce_2021", "漯河市商务局", 2021, &["R-date"]),
    ] {
        let Some(lines) = outlines::sample(name) else { return };
        let found = read(&outline::read(&lines), None, &format!("{name}.txt"));
        let ids: Vec<&str> = found.findings.iter().map(|finding| finding.check).collect();
        assert_eq!((found.agency.as_deref(), found.year), (Some(agency), Some(year)), "{name}");
        assert_eq!(ids, checks, "{name}");
    }
}

#[test]
fn nothing_that_people_write_makes_it_stop() {
    let pieces = [
        "一",
        "、",
        "总体情况",
        "（",
        "）",
        "2",
        "0",
        "20",
        "2020",
        "年",
        "月",
        "日",
        "\n",
        "\n",
        "|",
        " ",
        "\u{3000}",
        "二〇",
        "十",
        "O",
        "报告",
        "政府信息公开",
        "甲山市",
        "局",
        "关于",
        "。",
        "：",
        "第",
        "部分",
        "1",
        ".",
        "-",
        "丙县商务局",
        "上一篇",
        "发布日期",
        "12月31日",
        "1月1日",
        "五",
        "存在的主要问题及改进情况",
        ">",
        "é",
        "😀",
    ];
    let mut state = 1u32;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..24 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
        }
        let found = identity(&text, Some(&text), &text);
        assert!(found.year.is_none_or(|year| (2007..=2099).contains(&year)), "{text}");
    }
}
