//! Outlines of small invented reports and of the five samples.

use super::*;
use gongkai_domain::figure::Place;

/// Lines of a text; those that begin with `|` stand in a table.
pub(in crate::annual_report) fn lines(text: &str) -> Vec<Line> {
    text.lines()
        .enumerate()
        .map(|(at, text)| Line {
            text: text.trim_start_matches('|').to_owned(),
            place: Place { line: Some(at as u32 + 1), column: Some(1), ..Place::default() },
            columns: Vec::new(),
            heading: None,
            tabular: text.starts_with('|'),
        })
        .collect()
}

fn shape(text: &str) -> Vec<(Option<u8>, String, String)> {
    let sections = read(&lines(text)).sections;
    sections.iter().map(|each| (each.number, each.title.clone(), each.text())).collect()
}

fn numbers(text: &str) -> Vec<Option<u8>> {
    shape(text).into_iter().map(|(number, _, _)| number).collect()
}

const WHOLE: &str = "首页 > 年报\n甲山市商务局2020年度\n政府信息公开工作年度报告\n发布日期：2021-01-20\n\
    本报告由总体情况，主动公开政府信息情况，其他需要报告的事项组成。\n一、总体情况\n2020年公开信息3条。\n\
    2020年公开信息3条。\n（一）主动公开情况\n好。\n（二）依申请公开情况\n二、主动公开政府信息情况\n|规章\n\
    三、收到和处理政府信息公开申请情况\n|一、本年新收政府信息公开申请数量\n三、本年度办理结果\n四、结转下年度继续办理\n\
    四、政府信息公开行政复议、行政诉讼情况\n|0\n五、存在的主要问题及改进情况\n一、存在问题\n少。\n二、改进\n\
    六、其他需要报告的事项\n无\n甲山市商务局\n2021年1月18日\n打印\n关闭";

#[test]
fn a_report_falls_into_title_front_sections_and_signature() {
    let outline = read(&lines(WHOLE));
    let title = outline.title.expect("the title is there");
    assert_eq!(title.text, "甲山市商务局2020年度政府信息公开工作年度报告");
    assert_eq!(title.place.line, Some(2));
    assert_eq!(outline.front.len(), 1);
    let found: Vec<Option<u8>> = outline.sections.iter().map(|section| section.number).collect();
    assert_eq!(found, (1..=6).map(Some).collect::<Vec<_>>());
    assert_eq!(
        outline.sections[0].text(),
        "2020年公开信息3条。\n（一）主动公开情况\n好。\n（二）依申请公开情况"
    );
    assert_eq!(outline.sections[4].text(), "一、存在问题\n少。\n二、改进");
    assert_eq!(outline.sections[5].text(), "无");
    assert_eq!(outline.signature.len(), 2);
    assert_eq!(outline.published.len(), 1);
    assert!(outline.findings.is_empty());
}

#[test]
fn a_table_of_contents_is_no_report() {
    let contents = "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n";
    let text = format!(
        "{contents}前言很短。\n一、总体情况\n甲\n二、主动公开政府信息情况\n乙\n三、收到和处理政府信息公开申请情况\n丙"
    );
    let texts: Vec<String> = shape(&text).into_iter().map(|(_, _, text)| text).collect();
    assert_eq!(texts, ["甲", "乙", "丙"]);
}

#[test]
fn headings_bear_text_typing_errors_and_missing_numbers() {
    let text = "一、总体情况：2020年，我局公开信息3条。\n主动公开政府信息情况\n|0\n三、收到和处理政府信息公开申情况\n\
        四、政府信息公开行政复议、行政\n诉讼情况\n|0\n（五）存在的主要问题及改进情况\n少。\n6、其他需要报告的事项\n无";
    let found = shape(text);
    let expected = [
        (Some(1), "总体情况", "2020年，我局公开信息3条。"),
        (Some(2), "主动公开政府信息情况", ""),
        (Some(3), "收到和处理政府信息公开申情况", ""),
        (Some(4), "政府信息公开行政复议、行政诉讼情况", ""),
        (Some(5), "存在的主要问题及改进情况", "少。"),
        (Some(6), "其他需要报告的事项", "无"),
    ];
    let found: Vec<(Option<u8>, &str, &str)> = found
        .iter()
        .map(|(number, title, text)| (*number, title.as_str(), text.as_str()))
        .collect();
    assert_eq!(found, expected);
    let place = read(&lines(text)).sections[0].paragraphs[0].place;
    assert_eq!((place.line, place.column), (Some(1), Some(8)));
}

#[test]
fn mixed_numbers_are_said_with_their_places() {
    let findings = read(&lines(
        "1、 总体情况\n甲\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况",
    ))
    .findings;
    assert_eq!(findings.len(), 1);
    assert!(findings[0].message.contains("“1、”"), "{}", findings[0].message);
    assert_eq!(findings[0].places[0].place.line, Some(1));
}

#[test]
fn older_reports_keep_their_own_sections() {
    let text = "一、概述\n甲\n二、主动公开政府信息情况\n乙\n三、依申请公开政府信息情况\n丙\n四、政府信息公开的收费及减免情况\n丁\n\
        五、行政复议、行政诉讼情况\n戊\n六、存在的问题及改进措施\n己\n七、附表\n|统计指标";
    assert_eq!(numbers(text), [Some(1), Some(2), Some(3), None, Some(4), Some(5), None]);
}

#[test]
fn one_other_title_among_official_ones_stands_for_the_missing_section() {
    let text = "一、全年工作回顾\n甲\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n\
        四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n少";
    assert_eq!(numbers(text), [1, 2, 3, 4, 5].map(Some));
}

#[test]
fn a_text_without_sections_stays_whole() {
    let outline = read(&lines("今年工作很好。\n公开信息3条。\n\n丙县教育局\n2021年1月5日"));
    assert_eq!((outline.front.len(), outline.signature.len()), (2, 2));
    assert!(outline.sections.is_empty() && outline.title.is_none());
    assert!(read(&[]).front.is_empty());
}

/// Simplified characters without the pinyin behind them.
fn simplified(text: &str) -> String {
    let pinyin = regex::Regex::new(r"\([a-zü\u{e0}-\u{1dc}]+\)").expect("a fixed pattern");
    opencc_fmmseg::OpenCC::new().t2s(&pinyin.replace_all(text, ""), false)
}

/// A sample's lines; the rows of its tables are told by rough rules.
pub(in crate::annual_report) fn sample(name: &str) -> Option<Vec<Line>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/samples");
    let Ok(text) = std::fs::read_to_string(format!("{folder}/{name}.txt")) else {
        eprintln!("skipped: the folder shared/samples beside the repository is not there");
        return None;
    };
    let mut lines = lines(&simplified(&text.replace("[bookmark: _GoBack]", "")));
    let mut section = 0;
    for line in &mut lines {
        let is_heading = heading::numbered(line.text.trim())
            .is_some_and(|number| heading::titled(number.rest).is_some());
        section +=
            usize::from(is_heading && line.text.chars().count() < 40 && !line.text.contains('（'));
        let is_row = line.text.contains(['|', '\t']) || line.text.chars().count() < 50;
        line.tabular = !is_heading && is_row && (2..=4).contains(&section);
    }
    Some(lines)
}

#[test]
fn the_samples_fall_into_their_sections() {
    for (name, n_sections, n_signature, n_findings) in [
        ("lixin_commerce_2020", 5, 0, 0),
        ("mouding_government_services_2020", 6, 2, 0),
        ("fushun_commerce_2020", 6, 0, 1),
        ("county_industry_2022", 6, 0, 0),
        ("luohe_commerce_2021", 6, 0, 0),
    ] {
        let Some(lines) = sample(name) else { return };
        let outline = read(&lines);
        let found: Vec<Option<u8>> =
            outline.sections.iter().map(|section| section.number).collect();
        assert_eq!(found, (1..=n_sections).map(Some).collect::<Vec<_>>(), "{name}");
        assert_eq!(outline.signature.len(), n_signature, "{name}");
        assert_eq!(outline.findings.len(), n_findings, "{name}");
        assert_eq!(outline.title.is_some(), name != "mouding_government_services_2020");
        let last = outline.sections.last().expect("there are sections").text();
        assert!(!last.contains("收起") && !last.contains("政务微信"), "{last}");
    }
}
