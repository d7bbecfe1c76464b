//! Fields that are worked out, and those that cannot be.

use super::*;
use crate::check;
use crate::form::Form;
use proptest::prelude::*;

fn figures(year: i16, given: &[(&str, Option<i64>)]) -> Figures {
    let form = Form::for_year(year).unwrap();
    let cells = form.tables.iter().flat_map(|table| table.cells.iter().flatten());
    let value = |key: &str| match given.iter().find(|(each, _)| *each == key) {
        Some((_, value)) => value.map(Decimal::from),
        None => Some(Decimal::ZERO),
    };
    cells.map(|cell| (*cell, value(cell.as_str()))).collect()
}

const RECEIVED: &str = "requests.received.total";

fn told(text: &str) -> Result<String, Vec<String>> {
    let now = figures(
        2023,
        &[
            (RECEIVED, Some(12)),
            ("requests.received.natural", Some(7)),
            ("requests.disclosed.other", None),
        ],
    );
    let before = figures(2022, &[(RECEIVED, Some(10)), ("requests.received.natural", Some(7))]);
    let context = Context { year: 2023, figures: &now, previous: Some(&before) };
    let rendered = render(text, &context).map(|rendered| rendered.text);
    rendered.map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

#[test]
fn fields_become_numbers_shares_and_words() {
    for (text, expected) in [
        ("新收 {requests.received.total} 件", "新收 12 件"),
        ("{requests.received.total + 1}", "13"),
        ("占{requests.received.natural / requests.received.total | 百分比}", "占58.33%"),
        ("上年{requests.received.total|上年}件", "上年10件"),
        ("比上年{requests.received.total｜增幅}", "比上年增长20%"),
        ("比上年{requests.received.total | 增减}件", "比上年增加2件"),
        ("{requests.received.natural | 增幅}", "持平"),
        ("{requests.received.total | 数字}", "12"),
        ("集合{{甲}}", "集合{甲}"),
        ("", ""),
    ] {
        assert_eq!(told(text), Ok(expected.to_owned()), "{text}");
    }
}

#[test]
fn every_fault_is_told_with_its_place() {
    let faults = told("好的\n新收 {nobody} 件，{requests.disclosed.other}，{\n{1/0}}").unwrap_err();
    assert_eq!(
        faults,
        [
            "第 2 行第 4 个字的“{nobody}”：第 1 个字：没有指标 nobody",
            "第 2 行第 15 个字的“{requests.disclosed.other}”：指标 requests.disclosed.other 没有数字",
            "第 2 行第 42 个字的“{”：缺右花括号",
            "第 3 行第 1 个字的“{1/0}”：除数是 0",
            "第 3 行第 6 个字的“}”：多了一个右花括号；要写花括号本身，请写两个",
        ]
    );
    assert!(told("{1 | 翻番}").unwrap_err()[0].contains("没有“翻番”"));
    assert!(told("{requests.brought_forward.total + 1 | 增幅}").is_ok());
    assert!(told("{requests.received.business | 增幅}").is_ok(), "0 and 0 are level");
}

#[test]
fn growth_from_nothing_and_over_a_break_is_refused() {
    let (before, now) = (
        figures(2020, &[]),
        figures(2021, &[(RECEIVED, Some(3)), ("proactive.permit.decided", Some(1))]),
    );
    let context = Context { year: 2021, figures: &now, previous: Some(&before) };
    let fault = |text: &str| render(text, &context).unwrap_err()[0].what.clone();
    assert!(fault("{requests.received.total | 增幅}").contains("上年是 0"));
    assert!(fault("{proactive.permit.decided | 增减}").contains("不可比"));
    let alone = Context { previous: None, ..context };
    assert_eq!(render("{1 | 上年}", &alone).unwrap_err()[0].what, "没有上一年度的报告");
}

#[test]
fn a_field_says_where_it_stands_and_what_it_rests_on() {
    let now = figures(2023, &[(RECEIVED, Some(12))]);
    let context = Context { year: 2023, figures: &now, previous: None };
    let rendered = render("新收{requests.received.total}件", &context).unwrap();
    let field = &rendered.fields[0];
    assert_eq!(
        (&rendered.text[field.at..field.at + field.words.len()], field.cells.len()),
        ("12", 1)
    );
    assert_eq!(cells("{requests.received.*} {nobody} {").len(), 7);
}

#[test]
fn alike_texts_are_warned_of() {
    let text: String = (0..300).filter_map(|at| char::from_u32(0x4e00 + at * 7)).collect();
    let other: String = (0..300).filter_map(|at| char::from_u32(0x6e00 + at * 5)).collect();
    let found =
        check::across::alike_text("第五部分", &text, &[("去年的报告", &text), ("别的", &other)]);
    assert!(found.unwrap().message.contains("“去年的报告”（相似度 100%）"));
    assert!(check::across::alike_text("第五部分", &text, &[("别的", &other)]).is_none());
    assert!(
        check::across::alike_text("第五部分", "无。", &[("别的", "无。")]).is_none(),
        "too short to tell"
    );
}

proptest! {
    #[test]
    fn any_text_is_rendered_or_faulted_and_never_fails(text in "[{}|a-z.*+/()0-9年\\n ]{0,60}") {
        let now = figures(2023, &[]);
        let context = Context { year: 2023, figures: &now, previous: Some(&now) };
        if let Err(faults) = render(&text, &context) {
            prop_assert!(!faults.is_empty());
        }
        let plain: String = text.chars().filter(|c| !matches!(c, '{' | '}')).collect();
        prop_assert_eq!(render(&plain, &context).unwrap().text, plain);
    }
}
