//! The shapes of the answer: text, JSON, JSON Lines, CSV, help; and the exit codes.

use crate::program::{Folder, REPORT};
use std::io::Read;

fn two() -> Folder {
    Folder::with(&[("甲.txt", REPORT.as_bytes()), ("乙.txt", REPORT.as_bytes())])
}

#[test]
fn json_is_an_object_for_one_file_and_a_list_for_several_and_for_a_folder() {
    let folder = two();
    for command in ["read", "check"] {
        let one = folder.run(&["report", command, "--json", "甲.txt"]).json();
        assert_eq!(one["source"], "甲.txt");
        for key in ["agency", "year", "form", "forms", "figures", "readings", "sections"] {
            assert!(one.get(key).is_some(), "{key}");
        }
        assert!(one["claims"].is_array() && one["findings"].is_array());
        let several = folder.run(&["report", command, "--json", "甲.txt", "乙.txt"]).json();
        assert_eq!(
            (several[0]["source"].as_str(), several[1]["source"].as_str()),
            (Some("甲.txt"), Some("乙.txt"))
        );
        assert_eq!(
            folder.run(&["report", command, "--json", "."]).json().as_array().unwrap().len(),
            2
        );
    }
}

#[test]
fn a_json_list_keeps_unreadable_files_in_their_place() {
    let folder = two();
    for command in ["read", "check"] {
        let run = folder.run(&["report", command, "--json", "甲.txt", "无.txt", "乙.txt"]);
        assert_eq!((run.code, run.json()[1]["source"].as_str()), (2, Some("无.txt")));
        assert_eq!(run.json()[2]["source"], "乙.txt");
    }
}

#[test]
fn json_lines_hold_one_report_each() {
    let lines = two().run(&["report", "read", "--jsonl", "甲.txt", "乙.txt"]).lines();
    assert_eq!(lines.len(), 2);
}

#[test]
fn csv_has_one_head_and_nothing_for_unreadable_files() {
    let run = two().run(&["report", "read", "--csv", "甲.txt", "无.txt", "乙.txt"]);
    let mut rows = csv::Reader::from_reader(run.out.as_bytes());
    let head = rows.headers().unwrap().clone();
    assert_eq!(&head[0], "source");
    assert!(rows.records().all(|row| ["甲.txt", "乙.txt"].contains(&&row.unwrap()[0])));
    let run = two().run(&["report", "check", "--csv", "甲.txt"]);
    assert!(run.out.starts_with("source,agency,year,check,kind,verdict,severity,"), "{}", run.out);
}

#[test]
fn check_for_people_ends_with_a_summary_line() {
    let one = two().run(&["report", "check", "甲.txt"]);
    assert!(one.out.contains("甲.txt"), "{}", one.out);
    let both = two().run(&["report", "check", "甲.txt", "乙.txt"]);
    let last = both.out.lines().last().unwrap();
    assert!(last.starts_with("共 2 份报告："), "{}", both.out);
}

#[test]
fn the_exit_code_says_whether_something_is_wrong() {
    let folder = two();
    assert_eq!(folder.run(&["report", "read", "甲.txt"]).code, 0);
    let checked = folder.run(&["report", "check", "--json", "甲.txt"]);
    let is_fault = |finding: &serde_json::Value| {
        let verdict = finding["verdict"].as_str().unwrap();
        ["fails", "uncertain"].contains(&verdict) && finding["severity"] != "note"
    };
    let has_fault = checked.json()["findings"].as_array().unwrap().iter().any(is_fault);
    assert_eq!(checked.code, i32::from(has_fault));
    assert_eq!(folder.run(&["report", "check", "甲.txt", "无.txt"]).code, 2);
}

#[test]
fn wrong_arguments_are_told_in_chinese_with_a_hint() {
    let folder = two();
    for (arguments, words) in [
        (vec!["report", "read"], "没有写明文件"),
        (vec!["report", "read", "--jsonn", "甲.txt"], "没有选项 --jsonn"),
        (vec!["report", "reed"], "没有命令 reed"),
        (vec!["report", "read", "--json", "--csv", "甲.txt"], "不能与"),
        (vec!["report", "read", "--limit-pages", "多", "甲.txt"], "应是数字"),
        (vec!["report", "read", "--color", "red", "甲.txt"], "可用：auto、always、never"),
    ] {
        let run = folder.run(&arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains(words) && run.err.contains("\n提示："), "{}", run.err);
    }
}

#[test]
fn help_and_version_go_to_stdout() {
    let folder = two();
    let version = folder.run(&["--version"]);
    assert_eq!(
        (version.code, version.out),
        (0, format!("gongkai {}\n", env!("CARGO_PKG_VERSION")))
    );
    for arguments in [vec!["--help"], vec!["report", "--help"], vec!["report", "check", "--help"]] {
        let help = folder.run(&arguments);
        assert_eq!(help.code, 0);
        assert!(help.out.contains("用法：gongkai"), "{}", help.out);
        for english in ["Usage", "Options", "Print", "Commands", "Arguments", "possible"] {
            assert!(!help.out.contains(english), "{english}: {}", help.out);
        }
    }
}

#[test]
fn colours_come_only_when_asked_for_or_on_a_terminal() {
    let folder = two();
    for command in ["read", "check"] {
        assert!(!folder.run(&["report", command, "甲.txt"]).out.contains('\u{1b}'));
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_enough_ends_it_quietly() {
    let names: Vec<String> = (0..300).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), REPORT.as_bytes())).collect();
    let folder = Folder::with(&files);
    let mut child = folder.command(&["report", "read", "."]).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut first = [0; 10];
    out.read_exact(&mut first).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn the_picture_in_the_readme_shows_what_the_program_prints() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let arguments = ["report", "check", "data/examples/annual-report-2023.txt"];
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .current_dir(root)
        .args(arguments)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let picture = std::fs::read_to_string(format!("{root}/docs/images/check.svg")).unwrap();
    let runs = picture.lines().filter_map(|line| line.strip_suffix("</text>")?.split_once("\">"));
    let drawn =
        runs.map(|(_, shown)| shown).collect::<String>().replace("&lt;", "<").replace("&amp;", "&");
    let expected = format!("$ gongkai {} {printed}", arguments.join(" "));
    let expected: String = expected.split_whitespace().collect();
    assert!(drawn == expected, "run `cargo xtask generate`");
}
