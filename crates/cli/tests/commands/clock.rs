//! `gongkai clock`: what it answers, and how it refuses.

use crate::program::{Folder, REPORT, Run};
use serde_json::json;

const CASE: &str = r#"{ "received": "2025-03-03",
  "events": [ {"on": "2025-03-10", "event": "third_party_asked", "reached": "2025-03-12"},
              {"on": "2025-03-28", "event": "third_party_answered"} ] }"#;

fn told(arguments: &[&str], case: &str) -> Run {
    Folder::with(&[]).run_with_input(&[&["clock"], arguments].concat(), case.as_bytes())
}

fn refused(case: &str) -> Run {
    let run = told(&["-"], case);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    run
}

#[test]
fn json_answers_as_the_contract_says() {
    let folder = Folder::with(&[("甲.json", CASE.as_bytes())]);
    let run = folder.run(&["clock", "甲.json", "--json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let answer = run.json();
    assert_eq!(run.lines().len(), 1, "one object on one line");
    assert_eq!(answer["due"], "2025-04-21");
    assert_eq!(answer["state"], "running");
    assert_eq!(answer["provisional"], false);
    assert_eq!(answer["days"][0], json!({"date": "2025-03-04", "kind": "working", "counted": 1}));
    assert_eq!(answer["days"][7], json!({"date": "2025-03-11", "kind": "paused"}));
    assert_eq!(answer["days"].as_array().unwrap().last().unwrap()["counted"], 20);
}

#[test]
fn text_says_the_due_date_first_and_then_a_line_a_day() {
    let run = told(&["-"], CASE);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let lines: Vec<String> =
        run.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(lines[0], "最迟答复日：2025-04-21（周一）");
    assert_eq!(lines[1], "状态：正在计算，截至 2025-03-28");
    assert_eq!(
        lines[3],
        "依据：《中华人民共和国政府信息公开条例》第三十三条第二款、第三十二条、第三十三条第三款"
    );
    for line in [
        "2025-03-03 周一 收到申请",
        "2025-03-08 周六 周末",
        "2025-03-10 周一 工作日 5 征求第三方意见",
        "2025-03-12 周三 暂停 征求意见书送达",
        "2025-03-28 周五 暂停 收到第三方意见",
        "2025-04-04 周五 清明节放假",
        "2025-04-21 周一 工作日 20 最迟答复日",
    ] {
        assert!(lines.iter().any(|each| each == line), "{line} is not in {}", run.out);
    }
}

#[test]
fn waiting_has_no_due_date_and_the_text_says_for_what() {
    let case = r#"{"received": "2025-03-03", "events": [{"on": "2025-03-10", "event": "supplement_asked"}]}"#;
    let answer = told(&["-", "--json"], case).json();
    assert_eq!((&answer["due"], &answer["state"]), (&json!(null), &json!("waiting")));
    let text = told(&["-"], case).out;
    assert!(text.starts_with("最迟答复日：暂无（等待申请人补正，收到后重新起算）\n"), "{text}");
}

#[test]
fn a_sequence_that_the_law_does_not_allow_is_refused_with_the_article() {
    let case = r#"{"received": "2025-03-03", "events": [
        {"on": "2025-03-10", "event": "extended"}, {"on": "2025-03-11", "event": "extended"}]}"#;
    let words = "错误：-：第 2 个事件（2025-03-11 延长答复期限）：答复期限只能延长一次，已于 2025-03-10 延长过\n\
        依据：《中华人民共和国政府信息公开条例》第三十三条第二款\n提示：";
    assert!(refused(case).err.starts_with(words), "{}", refused(case).err);
    let run = told(&["-", "--json"], case);
    assert_eq!(run.code, 2);
    let trouble = run.json();
    assert_eq!(trouble["article"], "《中华人民共和国政府信息公开条例》第三十三条第二款");
    assert_eq!((&trouble["source"], &trouble["event"]), (&json!("-"), &json!(2)));
    assert!(trouble["error"].is_string() && trouble["hint"].is_string());
}

#[test]
fn overdue_is_told() {
    let case = r#"{"received": "2025-03-03", "today": "2025-04-08"}"#;
    let answer = told(&["-", "--json"], case).json();
    assert_eq!((&answer["overdue"], &answer["overdue_working_days"]), (&json!(true), &json!(5)));
    assert!(
        told(&["-"], case).out.contains("状态：正在计算，已逾期 5 个工作日，截至 2025-04-08\n")
    );
}

/// Far past any notice, so that the test holds when years are added.
#[test]
fn past_the_calendar_the_answer_is_provisional_until_a_year_is_added() {
    let case = r#"{"received": "2096-12-04"}"#;
    let notice = |year: i32| {
        format!(
            "year = {year}\nsource = \"试\"\n[[holiday]]\nname = \"元旦\"\noff = [\"{year}-01-01\"]\n"
        )
    };
    let folder = Folder::with(&[
        ("件.json", case.as_bytes()),
        ("2096.toml", notice(2096).as_bytes()),
        ("2097.toml", notice(2097).as_bytes()),
    ]);
    let open = folder.run(&["clock", "件.json"]);
    let years = "暂定：2096、2097 年的放假安排没有载入，暂按周一至周五上班推算；载入后请重算\n";
    assert!(open.out.contains(years), "{}", open.out);
    assert!(open.out.starts_with("最迟答复日：2097-01-01（周二，暂定）"), "{}", open.out);
    let added = ["--calendar", "2096.toml", "--calendar", "2097.toml"];
    let settled = folder.run(&[&["clock", "--json", "件.json"], &added[..]].concat()).json();
    assert_eq!((&settled["due"], &settled["provisional"]), (&json!("2097-01-02"), &json!(false)));
}

#[test]
fn a_notice_that_cannot_be_taken_is_an_error_with_its_file() {
    let folder = Folder::with(&[
        ("件.json", CASE.as_bytes()),
        (
            "坏.toml",
            b"year = 2030\nsource = \"x\"\n[[holiday]]\nname = \"y\"\noff = [\"2003-01-01\"]\n",
        ),
    ]);
    let run = folder.run(&["clock", "件.json", "--calendar", "坏.toml"]);
    assert_eq!(run.code, 2);
    let said = "错误：坏.toml：2003-01-01 不是 2030 年的日期，也不在年末年初\n提示：";
    assert!(run.err.starts_with(said), "{}", run.err);
}

#[test]
fn what_is_no_case_is_an_error_with_a_hint() {
    for (case, said) in [
        ("", "文件是空的"),
        ("{", "不成 JSON"),
        (REPORT, "第 1 行第 1 列起不成 JSON"),
        ("{}", "没有写 received"),
        (r#"{"received": "2025-03-03", "evnts": []}"#, "evnts 不认识"),
        (r#"{"received": "2025-13-03"}"#, "“2025-13-03”不是日期"),
    ] {
        let run = refused(case);
        assert!(run.err.contains(said) && run.err.contains("\n提示："), "{case}: {}", run.err);
    }
    let huge = format!("{{\"received\": \"{}\"}}", "x".repeat(1 << 20));
    assert!(refused(&huge).err.contains("文件太大，最多 1048576 字节"));
}

#[test]
fn a_missing_file_and_a_folder_are_errors_also_in_json() {
    let folder = Folder::with(&[("夹/件.json", CASE.as_bytes())]);
    for (file, said) in [("没有.json", "文件不存在"), ("夹", "这是文件夹，不是文件")]
    {
        let run = folder.run(&["clock", file, "--json"]);
        assert_eq!((run.code, run.json()["error"].as_str()), (2, Some(said)));
    }
}

#[test]
fn nothing_that_a_terminal_would_obey_is_printed() {
    let case = r#"{"received": "2025-03-03", "events": [
        {"on": "2025-03-04", "event": "third_party_asked", "reached": "2025-03-04", "who": "\u001b[31m甲"}]}"#;
    let run = told(&["-"], case);
    assert!(run.out.contains('甲') && !run.out.contains('\u{1b}'), "{}", run.out);
    let run = refused("{\"received\": \"\\u001b[31m\"}");
    assert!(!run.err.contains('\u{1b}'), "{}", run.err);
}
