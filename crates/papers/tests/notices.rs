//! Every notice: filled with its examples, its words compared; refused where a blank is empty.

use gongkai_papers::notice::{self, Decision, NotFilled, Value, Values};
use gongkai_papers::official::OfficialPaper;
use jiff::civil::date;

fn filled(key: &str, values: &Values) -> OfficialPaper {
    notice::fill(key, values).unwrap_or_else(|problem| panic!("{key}: {problem}"))
}

#[test]
fn every_notice_is_filled_with_its_examples_and_no_blank_is_left() {
    assert!(notice::all().len() > 35);
    for template in notice::all() {
        let text = filled(&template.key, &notice::example(template)).text();
        let left = text.find(['{', '}', '[']);
        assert_eq!(left, None, "{}: {text}", template.key);
        assert!(!text.contains("。。") && !text.contains("，。"), "{}: {text}", template.key);
        insta::assert_snapshot!(template.key.replace('.', "-"), text);
    }
}

#[test]
fn every_blank_that_must_be_filled_is_named_when_it_is_empty() {
    for template in notice::all() {
        for (blank, optional) in template.blanks() {
            let mut values = notice::example(template);
            values.set(&blank.name, Value::Text(String::from(" \u{3000}\n")));
            let outcome = notice::fill(&template.key, &values);
            let single = template.one_of.contains(&blank.name);
            match outcome {
                Ok(_) => assert!(optional || single, "{}: {}", template.key, blank.name),
                Err(NotFilled::Empty { blanks, .. }) => {
                    let named = blanks.iter().any(|each| each.starts_with(&blank.label));
                    assert!(named && !optional, "{}: {} {blanks:?}", template.key, blank.name);
                }
                // A day cannot be blank space.
                Err(NotFilled::WrongKind { blank: named, .. }) => assert_eq!(named, blank.label),
                Err(other) => panic!("{}: {other}", template.key),
            }
        }
    }
}

#[test]
fn a_notice_names_all_its_empty_blanks_at_once() {
    let values = Values::new().date("issued_on", date(2025, 3, 10)).text("organ", "某某县商务局");
    let problem = notice::fill("extension_notice", &values).unwrap_err().to_string();
    assert!(problem.starts_with("“延期答复告知书”还有空白没有填写："), "{problem}");
    for label in ["申请人", "发文字号", "延长答复期限的理由", "延长后的答复期限"]
    {
        assert!(problem.contains(label), "{label}: {problem}");
    }
}

#[test]
fn an_answer_says_where_or_what_and_is_refused_when_it_says_neither() {
    let template = notice::find("disclosed", date(2025, 3, 10)).unwrap();
    let mut values = notice::example(template);
    values.set("way", Value::Text(String::new()));
    let text = filled("disclosed", &values).text();
    assert!(text.contains("第三十六条第二项") && !text.contains("第三十六条第一项"), "{text}");
    values.set("content", Value::Text(String::new()));
    let problem = notice::fill("disclosed", &values).unwrap_err().to_string();
    assert!(problem.contains("获取的方式、途径和时间或者提供的内容（至少填写一项）"), "{problem}");
}

#[test]
fn sentences_about_what_did_not_happen_are_left_out() {
    let template = notice::find("withheld.internal_affairs", date(2025, 3, 10)).unwrap();
    let mut values = notice::example(template);
    for blank in ["supplement_asked_on", "extended_until"] {
        values.set(blank, Value::Text(String::new()));
    }
    // A day that is no day is refused; a blank that is not there is left out.
    assert!(matches!(
        notice::fill("withheld.internal_affairs", &values),
        Err(NotFilled::WrongKind { .. })
    ));
    let mut without = Values::new();
    for (blank, _) in template.blanks() {
        let skipped =
            ["supplement_asked_on", "supplement_received_on", "extended_until", "finding"];
        if let Some(value) = notice::example(template).get(&blank.name)
            && !skipped.contains(&blank.name.as_str())
        {
            without.set(&blank.name, value.clone());
        }
    }
    let text = filled("withheld.internal_affairs", &without).text();
    assert!(!text.contains("补正") && !text.contains("延长"), "{text}");
}

#[test]
fn several_decisions_stand_in_one_answer_under_headings() {
    let on = date(2025, 3, 10);
    let all = notice::example(notice::find("disclosed", on).unwrap());
    let decision = |key: &str, item: &str| {
        let own = notice::example(notice::find(key, on).unwrap());
        let mut values = Values::new().text("item", item);
        for blank in ["reason", "kind", "search", "content"] {
            if let Some(value) = own.get(blank) {
                values.set(blank, value.clone());
            }
        }
        Decision { key: key.to_owned(), values }
    };
    let decisions = [
        decision("disclosed", "验收意见"),
        decision("withheld.process_information", "请示"),
        decision("unavailable.not_held", "会议纪要"),
    ];
    let text = notice::reply(&decisions, &all).unwrap().text();
    for line in ["一、关于“验收意见”", "二、关于“请示”", "三、关于“会议纪要”"]
    {
        assert!(text.contains(line), "{text}");
    }
    assert_eq!(text.matches("如不服").count(), 1, "{text}");
    let unnamed =
        [decisions[0].clone(), Decision { values: Values::new(), ..decisions[1].clone() }];
    let problem = notice::reply(&unnamed, &all).unwrap_err().to_string();
    assert!(problem.contains("所答复的那一项内容"), "{problem}");
}

#[test]
fn what_is_no_answer_cannot_stand_in_one_and_an_answer_needs_a_decision() {
    let on = date(2025, 3, 10);
    let values = notice::example(notice::find("disclosed", on).unwrap());
    let decision = Decision { key: "fee_notice".to_owned(), values: Values::new() };
    assert_eq!(
        notice::reply(&[decision], &values),
        Err(NotFilled::NotAReply("收费通知书".to_owned()))
    );
    assert_eq!(notice::reply(&[], &values), Err(NotFilled::NoDecision));
    let unknown = notice::fill("nothing", &values).unwrap_err();
    assert_eq!(unknown.to_string(), "没有“nothing”这种文书");
}

#[test]
fn a_notice_is_not_issued_before_its_law() {
    let template = notice::find("fee_notice", date(2025, 3, 10)).unwrap();
    let values = notice::example(template).date("issued_on", date(2020, 12, 31));
    let problem = notice::fill("fee_notice", &values).unwrap_err().to_string();
    assert_eq!(problem, "“收费通知书”在2020年12月31日不能使用：自2021年1月1日起才可以使用");
}

#[test]
fn what_people_fill_in_cannot_become_a_blank_or_a_sign() {
    let template = notice::find("extension_notice", date(2025, 3, 10)).unwrap();
    let values =
        notice::example(template).text("extension_reason", "{remedy}[[{organ}]]\n# 不是标题");
    let text = filled("extension_notice", &values).text();
    assert!(text.contains("{remedy}[[{organ}]]") && text.contains("# 不是标题"), "{text}");
}

#[test]
fn every_row_of_the_report_that_closes_a_request_has_its_notice() {
    let form = include_str!("../../../data/forms/requests.toml");
    let form: toml::Table = form.parse().unwrap();
    let mut rows = Vec::new();
    collect_keys(&toml::Value::Table(form), &mut rows);
    let wanted = [
        "disclosed",
        "partly_disclosed",
        "withheld.",
        "unavailable.",
        "not_processed.",
        "otherwise_closed.",
    ];
    let closing: Vec<_> = rows
        .iter()
        .filter(|key| {
            wanted.iter().any(|each| *key == each || (each.ends_with('.') && key.starts_with(each)))
        })
        .collect();
    assert!(closing.len() >= 20, "{closing:?}");
    for key in closing {
        let found = notice::find(key, date(2025, 3, 10));
        assert!(found.is_some_and(notice::Template::is_reply), "{key}");
    }
}

fn collect_keys(value: &toml::Value, keys: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            if let Some(key) = table.get("key").and_then(toml::Value::as_str) {
                keys.push(key.to_owned());
            }
            table.values().for_each(|each| collect_keys(each, keys));
        }
        toml::Value::Array(all) => all.iter().for_each(|each| collect_keys(each, keys)),
        _ => {}
    }
}
