//! `report write`, `compare` and `rollup`: files in, files out, endings.

use crate::program::{Folder, Run};

/// A report of keys with some figures; all others are zero.
fn keys(agency: &str, year: i16, figures: &[(&str, &str)]) -> String {
    let mut report = serde_json::json!({ "agency": agency, "year": year, "figures": {} });
    let folder = Folder::with(&[("空.json", report.to_string().as_bytes())]);
    let blank = folder.run(&["report", "read", "--json", "空.json"]).json();
    for key in blank["figures"].as_object().expect("as prepared").keys() {
        let value = figures.iter().find(|(each, _)| each == key).map_or("0", |(_, value)| value);
        report["figures"][key] = value.into();
    }
    report.to_string()
}

const RECEIVED: &str = "requests.received.total";

fn assert_ends(run: &Run, code: i32) {
    assert_eq!(run.code, code, "{}{}", run.out, run.err);
}

#[test]
fn what_is_written_is_read_back_by_the_command() {
    let report = keys("某县甲局", 2022, &[(RECEIVED, "3"), ("proactive.fee.amount", "1.3714")]);
    let folder = Folder::with(&[("甲.json", report.as_bytes())]);
    let expected = folder.run(&["report", "read", "--json", "甲.json"]).json();
    assert_eq!(expected["figures"]["proactive.fee.amount"], "1.3714");
    for ending in ["html", "docx", "xlsx", "csv", "json"] {
        let name = format!("写.{ending}");
        let run = folder.run(&["report", "write", "甲.json", "--to", &name, "--json"]);
        assert_ends(&run, 0);
        assert_eq!(run.json()["format"], ending);
        let read = folder.run(&["report", "read", "--json", &name]).json();
        assert_eq!(read["figures"], expected["figures"], "{ending}");
        assert_eq!((&read["agency"], &read["year"]), (&expected["agency"], &expected["year"]));
    }
    let names: Vec<_> = std::fs::read_dir(folder.path()).expect("as prepared").collect();
    assert_eq!(names.len(), 6, "nothing half written is left: {names:?}");
}

#[test]
fn blanks_end_with_one_and_are_told() {
    let report = keys("某县甲局", 2022, &[(RECEIVED, "不详")]);
    let folder = Folder::with(&[("甲.json", report.as_bytes())]);
    let run = folder.run(&["report", "write", "甲.json", "--to", "写.csv", "--json"]);
    assert_ends(&run, 1);
    assert_eq!(run.json()["blanks"], serde_json::json!([RECEIVED]));
    assert!(run.err.contains("有 1 格没有数字，空着：requests.received.total"), "{}", run.err);
}

#[test]
fn what_cannot_be_written_says_why_and_what_to_do() {
    let nameless = r#"{"year":2022,"figures":{}}"#;
    let folder = Folder::with(&[("甲.json", nameless.as_bytes()), ("乙.txt", "".as_bytes())]);
    let err = |arguments: &[&str]| {
        let run = folder.run(arguments);
        assert_ends(&run, 2);
        assert!(run.err.contains("提示："), "{}", run.err);
        run.err
    };
    assert!(err(&["report", "write", "甲.json", "--to", "写.docx"]).contains("不知道机关名称"));
    let to = ["report", "write", "甲.json", "--agency", "某局", "--to", "写.doc"];
    assert!(err(&to).contains("不能写成“doc”格式"));
    assert!(err(&["report", "write", "乙.txt", "--to", "写.html"]).contains("文件是空的"));
    let to = ["report", "write", "甲.json", "--agency", "某局", "--to", "没有/写.html"];
    assert!(err(&to).contains("写不了"));
    let signed =
        ["report", "write", "甲.json", "--agency", "某局", "--signed", "明天", "--to", "写.html"];
    assert!(err(&signed).contains("“明天”不是日期"));
}

#[test]
fn years_and_organs_are_compared() {
    let one = keys("某县甲局", 2022, &[(RECEIVED, "10")]);
    let two = keys("某县甲局", 2023, &[(RECEIVED, "12")]);
    let three = keys("某县乙局", 2023, &[(RECEIVED, "4")]);
    let folder = Folder::with(&[
        ("1.json", one.as_bytes()),
        ("2.jsonl", format!("{two}\n{three}\n").as_bytes()),
    ]);
    let run = folder.run(&["report", "compare", "--json", "1.json", "2.jsonl"]);
    assert_ends(&run, 0);
    let compared = run.json();
    let years = &compared["years"][0];
    assert_eq!(years["agency"], "某县甲局");
    let point = &years["lines"][0]["points"][1];
    assert_eq!((&point["difference"], &point["growth"]), (&"2".into(), &"20".into()));
    let organs = &compared["organs"][0]["lines"][0]["points"];
    assert_eq!((&organs[0]["rank"], &organs[1]["share"]), (&1.into(), &"25".into()));
    let text = folder.run(&["report", "compare", "1.json", "2.jsonl"]);
    assert!(
        text.out.contains("某县甲局 逐年比较") && text.out.contains("12（+2，+20%）"),
        "{}",
        text.out
    );
    let rows = folder.run(&["report", "compare", "--csv", "1.json", "2.jsonl"]);
    assert!(rows.out.starts_with("key,title,unit,agency,year,value"), "{}", rows.out);
    let alone = folder.run(&["report", "compare", "1.json"]);
    assert_ends(&alone, 2);
    assert!(alone.err.contains("没有可以互相比较的报告"), "{}", alone.err);
}

#[test]
fn children_are_added_up_and_the_missing_are_named() {
    let child = |name: &str, received: &str| keys(name, 2022, &[(RECEIVED, received)]);
    let folder = Folder::with(&[
        ("县.json", child("某县人民政府", "1").as_bytes()),
        ("年报/甲.json", child("某县甲局", "2").as_bytes()),
        ("年报/乙.json", child("某县乙局", "3").as_bytes()),
        ("名单.txt", "某县甲局\n某县乙局\n\n某县丙局\n".as_bytes()),
        ("别年.json", keys("某县丁局", 2023, &[]).as_bytes()),
    ]);
    let run =
        folder.run(&["report", "rollup", "--own", "县.json", "--to", "县.docx", "--json", "年报"]);
    assert_ends(&run, 0);
    let sum = run.json();
    assert_eq!((&sum["figures"][RECEIVED], &sum["agency"]), (&"6".into(), &"某县人民政府".into()));
    assert_eq!(sum["parts"].as_array().map(Vec::len), Some(3));
    let written = folder.run(&["report", "read", "--json", "县.docx"]).json();
    assert_eq!(written["figures"][RECEIVED], "6");
    let missing = folder.run(&["report", "rollup", "--expect", "名单.txt", "年报"]);
    assert_ends(&missing, 1);
    assert!(missing.err.contains("“某县丙局”没有报送"), "{}", missing.err);
    let mixed = folder.run(&["report", "rollup", "年报", "别年.json"]);
    assert_ends(&mixed, 2);
    assert!(mixed.err.contains("一次只能汇总一个年度"), "{}", mixed.err);
    let twice = folder.run(&["report", "rollup", "年报", "--own", "县.json", "年报/甲.json"]);
    assert_ends(&twice, 0);
}
