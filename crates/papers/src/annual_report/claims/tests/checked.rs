//! Tests of the narrative checks from the words on: prose beside figures, through to findings.

use super::{extract, report, sample};
use gongkai_domain::check;
use gongkai_domain::figure::{CellKey, Certainty, Reading};
use gongkai_domain::finding::{Finding, Severity, Verdict};
use gongkai_domain::report::AnnualReport;
use rust_decimal::Decimal;

/// Fills a report with zeros and the figures given.
fn fill(report: &mut AnnualReport, figures: &[(&str, i64)]) {
    let cells: Vec<CellKey> = report.figures.iter().map(|(cell, _)| cell).collect();
    for cell in cells {
        let value = figures.iter().find(|(key, _)| *key == cell.as_str()).map_or(0, |(_, v)| *v);
        report.figures.set(cell, Some(Decimal::from(value)));
    }
    for (key, _) in figures {
        assert!(report.figures.iter().any(|(cell, _)| cell.as_str() == *key), "{key}");
    }
}

fn narrative(mut report: AnnualReport) -> Vec<Finding> {
    report.claims = extract(&report);
    let mine = ["X-1", "X-2", "X-6", "X-7", "X-8", "X-9", "X-10", "X-11"];
    check::inside(&report).into_iter().filter(|found| mine.contains(&found.check)).collect()
}

pub(super) fn findings(form: usize, figures: &[(&str, i64)], text: &str) -> Vec<Finding> {
    let mut report = report(form, text);
    fill(&mut report, figures);
    narrative(report)
}

/// `X-1 fails` of every finding; a `!` when it is an error.
fn verdicts(findings: &[Finding]) -> Vec<String> {
    let short = |found: &Finding| {
        let verdict = match found.verdict {
            Verdict::Holds => "holds",
            Verdict::Fails => "fails",
            Verdict::Uncertain => "uncertain",
            Verdict::NotAssessable => "not assessable",
        };
        let error = if found.severity == Severity::Error { "!" } else { "" };
        format!("{} {verdict}{error}", found.check)
    };
    findings.iter().map(short).collect()
}

fn check(form: usize, figures: &[(&str, i64)], text: &str, expected: &[&str]) {
    let found = findings(form, figures, text);
    let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(verdicts(&found), expected, "{text}\n{messages:#?}");
}

const RECEIVED: &str = "requests.received.total";
const BROUGHT_FORWARD: &str = "requests.brought_forward.total";
const CLOSED: &str = "requests.closed_total.total";

#[test]
fn a_request_in_the_text_against_none_in_the_table_is_an_error() {
    let found = findings(1, &[], "处理依法申请公开1起，");
    assert_eq!(verdicts(&found), ["X-1 fails!"]);
    assert_eq!(
        found[0].message,
        "文字称“处理依法申请公开1起”，表三“本年新收政府信息公开申请数量·总计”为 0"
    );
    assert_eq!(found[0].difference, Some(Decimal::ONE));
    assert_eq!(found[0].places.len(), 2);
}

#[test]
fn numbers_that_agree_hold() {
    let figures = &[(RECEIVED, 74), (BROUGHT_FORWARD, 1), (CLOSED, 70)];
    for text in [
        "收到政府信息公开申请74件。",
        "收到政府信息公开申请75件。",
        "收到政府信息公开申请75件（含上年结转），",
        "办理依申请公开70件。",
        "收到政府信息公开申请约70件。",
        "收到政府信息公开申请70余件。",
        "办结政府信息公开申请70件。",
    ] {
        check(1, figures, text, &["X-1 holds"]);
    }
}

#[test]
fn numbers_of_a_wider_circle_or_of_a_part_are_silent() {
    let figures = &[(RECEIVED, 95)];
    for text in [
        "全市收到政府信息公开申请195件。",
        "局机关收到政府信息公开申请17件。",
        "2021年收到政府信息公开申请17件。",
        "通过网站收到政府信息公开申请60件。",
        "收到来信30件，办理热线20余起，公开信息600余条。",
        "每月收到政府信息公开申请3件。",
    ] {
        check(1, figures, text, &[]);
    }
}

#[test]
fn numbers_that_contradict_the_table_fail() {
    let figures = &[(RECEIVED, 5), ("proactive.permit.decided", 39)];
    for text in [
        "收到政府信息公开申请6件。",
        "未收到政府信息公开申请。",
        "收到政府信息公开申请约60件。",
        "收到政府信息公开申请60余件。",
        "收到政府信息公开申请不足3件。",
        "全年办理行政许可40件。",
    ] {
        check(1, figures, text, &["X-1 fails!"]);
    }
}

#[test]
fn a_lost_figure_cannot_be_judged() {
    let mut report = report(1, "我局未接到申请公开的请求。");
    report.agency = None;
    assert_eq!(verdicts(&narrative(report)), ["X-1 not assessable"]);
}

#[test]
fn sums_are_worked_out() {
    let figures = &[
        ("proactive.permit.decided", 230),
        ("proactive.other_service.decided", 449),
        ("proactive.permit.items_before", 3),
        ("proactive.other_service.items_before", 10),
        ("proactive.penalty.items_before", 12),
    ];
    let text = "公开办理行政许可、行政处罚和其他对外管理服务事项依据、条件、程序以及结果信息23项；全年共办理679件。";
    let found = findings(0, figures, text);
    assert_eq!(verdicts(&found), ["X-1 holds", "X-1 uncertain"]);
    assert_eq!(found[0].expression.as_deref(), Some("230 + 449 = 679"));
    assert_eq!(found[1].right, Some(Decimal::from(25)));
}

#[test]
fn the_same_digits_in_another_unit_are_a_matter_of_units() {
    let text = "政府集中采购项目45个,实现交易金额13713.89万元。";
    let mut report = report(0, text);
    fill(&mut report, &[("proactive.procurement.projects", 45)]);
    let cell = report.figures.iter().map(|(cell, _)| cell);
    let cell =
        cell.into_iter().find(|cell| cell.as_str() == "proactive.procurement.amount").unwrap();
    let value: Decimal = "1.371389".parse().unwrap();
    report.figures.set(cell, Some(value));
    report.readings.push(Reading {
        cell,
        text: "13713.89元".to_owned(),
        value: Some(value),
        place: Default::default(),
        certainty: Certainty::Uncertain,
        reason: None,
    });
    let found = narrative(report);
    assert_eq!(verdicts(&found), ["X-1 holds", "X-6 fails"]);
    assert!(found[1].message.contains("13713.89 万元") && found[1].message.contains("13713.89元"));
}

#[test]
fn parts_are_added_up() {
    for (text, expected) in [
        ("公开政府信息907条，其中：规范性文件3条，其他信息904条。", vec!["X-7 holds"]),
        ("公开政府信息907条，其中：规范性文件3条，其他信息900条。", vec!["X-7 fails"]),
        ("公开政府信息907条，其中规范性文件3条，政策解读20条。", vec![]),
        ("公开政府信息907条，其中动态900条、公告30条。", vec!["X-7 fails"]),
        ("公开政府信息907条，其中规范性文件约3条，其他信息900条。", vec![]),
        ("召开会议12次，其中培训3次，印发文件20份。", vec![]),
        ("网站发布信息100条，微信发布信息50条，共计150条。", vec!["X-7 holds"]),
        ("网站发布信息100条，微信发布信息50条，共计160条。", vec!["X-7 uncertain"]),
    ] {
        check(1, &[], text, &expected);
    }
}

#[test]
fn further_breakdowns_of_a_total_are_no_fault() {
    let figures = &[
        (RECEIVED, 5),
        ("requests.received.natural", 3),
        ("requests.received.business", 2),
        ("requests.disclosed.total", 4),
    ];
    let text = "收到政府信息公开申请5件，其中自然人3件、法人或其他组织2件，予以公开4件。";
    check(1, figures, text, &["X-1 holds", "X-1 holds", "X-1 holds", "X-1 holds", "X-7 holds"]);
}

#[test]
fn channels_that_overlap_are_a_question() {
    let text = "主动公开政府信息907条。\n一是通过政府网站公开信息294条。二是通过微博、微信公开政府信息613条。三是通过新闻媒体发布政府信息76条。";
    let found = findings(0, &[], text);
    assert_eq!(verdicts(&found), ["X-7 uncertain"]);
    for words in ["294 + 613 + 76 = 983", "907", "294 + 613 = 907", "76条”是否另计"] {
        assert!(found[0].message.contains(words), "{}", found[0].message);
    }
    let text = "主动公开政府信息907条。通过政府网站公开信息294条，通过微信公开信息500条。";
    check(0, &[], text, &[]);
}

#[test]
fn shares_and_growth_are_worked_out() {
    for (text, expected) in [
        ("收到咨询100件，其中网上咨询42件，占42%。", "X-8 holds"),
        ("收到咨询90件，其中网上咨询42件，占46.7%。", "X-8 holds"),
        ("收到咨询90件，其中网上咨询42件，占46.6%。", "X-8 uncertain"),
        ("收到咨询90件，其中网上咨询42件，占42%。", "X-8 fails"),
        ("发布信息60条，上年50条，增长20%。", "X-8 holds"),
        ("发布信息60条，比上年增加10条，增长20%。", "X-8 holds"),
        ("发布信息40条，比上年减少10条，下降20%。", "X-8 holds"),
        ("发布信息60条，上年50条，增长25%。", "X-8 fails"),
    ] {
        check(1, &[], text, &[expected]);
    }
    check(1, &[], "发布信息60条，比上年增长20%。满意率98%，办结率100%。", &[]);
}

#[test]
fn a_number_left_out_is_found() {
    let found = findings(0, &[], "主动公开招标采购信息条、政府采购。");
    assert_eq!(verdicts(&found), ["X-9 fails"]);
    assert_eq!(found[0].places[0].place.column, Some(11));
    check(0, &[], "全年发布信息  条，召开会议__次。", &["X-9 fails", "X-9 fails"]);
    for text in [
        "信息公开条例、条件、项目、次数、个人隐私，份额。",
        "依据《政府信息公开条例》，公开办事条件，公开项目。",
        "各类申请件、建议件、公共项目，培训期间，",
        "发布信息5条、召开会议3次，金额5万元。",
    ] {
        check(0, &[], text, &[]);
    }
}

#[test]
fn the_same_thing_twice_with_different_numbers_is_a_question() {
    let text = "某局主动公开政府信息907条。\n加强管理，某局主动公开政府信息903条。";
    check(1, &[], text, &["X-11 uncertain"]);
    check(1, &[], &text.replace("903", "907"), &[]);
    check(1, &[], "上半年召开会议3次。下半年召开会议5次。发布信息3条。发布信息5条。", &[]);
}

#[test]
fn processing_fees_must_stand_in_section_six() {
    let silent = "没有收取信息处理费。";
    let none = "X-2 uncertain";
    for (text, expected) in [
        ("收取信息处理费300元。\n## 6\n无", vec!["X-2 fails"]),
        ("加强管理。\n## 6\n无", vec![none]),
        ("收取信息处理费300元。\n## 6\n收取信息处理费300元。", vec![]),
        ("加强管理。", vec![]),
    ] {
        check(1, &[], text, &expected);
    }
    let unsaid = findings(1, &[], "加强管理。\n## 6\n无其他需要报告的事项。");
    assert_eq!(unsaid[0].severity, Severity::Note);
    check(1, &[], &format!("## 6\n{silent}"), &[]);
    check(0, &[], "加强管理。\n## 6\n无", &[]);
}

#[test]
fn an_organ_calls_itself_what_it_is() {
    check(1, &[], "我局高度重视，专项负责我镇的政务公开具体事项。", &["X-10 fails"]);
    check(1, &[], "由我任组长，我局我县自我镇定。", &["X-10 fails"]);
    let unnamed = |text: &str| {
        let mut report = report(1, text);
        report.agency = None;
        verdicts(&narrative(report))
    };
    assert_eq!(unnamed("我局重视。我局认真。我镇负责。"), ["X-10 fails"]);
    assert_eq!(unnamed("我局重视。我镇负责。"), Vec::<String>::new());
    let mut town = report(1, "我镇高度重视。");
    town.agency = Some("某镇人民政府".to_owned());
    assert_eq!(verdicts(&narrative(town)), Vec::<String>::new());
}

#[test]
fn the_samples_are_found_at_fault_where_they_are() {
    let fushun = &[
        ("proactive.permit.decided", 230),
        ("proactive.other_service.decided", 449),
        ("proactive.permit.items_before", 3),
        ("proactive.other_service.items_before", 10),
        ("proactive.penalty.items_before", 12),
    ];
    for (name, form, year, figures, expected) in [
        ("county_industry_2022.txt", 1, 2022, &[][..], vec![]),
        (
            "luohe_commerce_2021.txt",
            1,
            2021,
            &[],
            vec!["X-1 fails!", "X-2 uncertain", "X-10 fails"],
        ),
        ("fushun_commerce_2020.txt", 0, 2020, fushun, vec!["X-1 uncertain", "X-7 uncertain"]),
        ("lixin_commerce_2020.txt", 0, 2020, &[], vec!["X-10 fails"]),
    ] {
        let Some(mut report) = sample(name, form, year) else { continue };
        fill(&mut report, figures);
        let found = narrative(report);
        let doubts: Vec<Finding> =
            found.into_iter().filter(|found| found.verdict != Verdict::Holds).collect();
        assert_eq!(verdicts(&doubts), expected, "{name}: {doubts:#?}");
    }
}
