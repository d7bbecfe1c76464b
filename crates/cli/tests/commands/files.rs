//! Which files are read, in which order, and what is said of those that cannot be.

use crate::program::{Folder, REPORT};

fn sources(run: &crate::program::Run) -> Vec<String> {
    run.lines()
        .iter()
        .map(|line| line["source"].as_str().expect("every report has a source").to_owned())
        .collect()
}

#[test]
fn a_missing_file_is_an_error_with_a_hint_and_the_others_are_read() {
    let folder = Folder::with(&[("甲.txt", REPORT.as_bytes())]);
    let run = folder.run(&["report", "read", "--jsonl", "没有.txt", "甲.txt"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("错误：没有.txt：文件不存在\n提示："), "{}", run.err);
    let lines = run.lines();
    assert_eq!(lines[0]["error"], "文件不存在");
    assert_eq!(lines[1]["source"], "甲.txt");
    assert!(lines[1].get("error").is_none());
}

#[test]
fn an_empty_file_is_an_error() {
    let folder = Folder::with(&[("空.txt", b"")]);
    let run = folder.run(&["report", "read", "空.txt"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("错误：空.txt：文件是空的\n提示："), "{}", run.err);
}

#[test]
fn a_folder_is_walked_in_order_and_other_kinds_are_counted() {
    let folder = Folder::with(&[
        ("年报/乙/二.txt", REPORT.as_bytes()),
        ("年报/乙/一.txt", REPORT.as_bytes()),
        ("年报/丙.txt", REPORT.as_bytes()),
        ("年报/照片.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"),
        ("年报/.git/config", b"x"),
    ]);
    let run = folder.run(&["report", "read", "--jsonl", "年报"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(sources(&run), ["年报/丙.txt", "年报/乙/一.txt", "年报/乙/二.txt"]);
    assert_eq!(run.err, "已跳过 1 个不能识别格式的文件\n");
}

#[test]
fn a_file_of_another_kind_that_is_named_is_an_error() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";
    let folder = Folder::with(&[("照片.png", png)]);
    let run = folder.run(&["report", "read", "照片.png"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("不能识别的文件格式"), "{}", run.err);
}

#[test]
fn a_file_given_twice_is_read_once() {
    let folder = Folder::with(&[("甲.txt", REPORT.as_bytes())]);
    let run = folder.run(&["report", "read", "--jsonl", "甲.txt", "./甲.txt", "."]);
    assert_eq!((run.code, sources(&run)), (0, vec!["甲.txt".to_owned()]));
}

#[test]
fn a_dash_is_standard_input() {
    let folder = Folder::with(&[]);
    let run = folder.run_with_input(&["report", "read", "--json", "-", "-"], REPORT.as_bytes());
    assert_eq!((run.code, run.json()["source"].as_str()), (0, Some("-")));
}

#[test]
fn many_files_come_in_the_order_they_were_given() {
    let files: Vec<String> = (0..200).map(|number| format!("{number:03}.txt")).collect();
    let contents: Vec<(&str, &[u8])> =
        files.iter().map(|name| (name.as_str(), REPORT.as_bytes())).collect();
    let folder = Folder::with(&contents);
    let mut arguments = vec!["report", "read", "--jsonl", "--jobs", "3"];
    arguments.extend(files.iter().rev().map(String::as_str));
    let run = folder.run(&arguments);
    let mut expected = files.clone();
    expected.reverse();
    assert_eq!(sources(&run), expected);
}

#[test]
fn a_file_past_a_bound_names_the_bound_and_the_others_are_read() {
    let folder = Folder::with(&[("甲.txt", REPORT.as_bytes()), ("乙.txt", b"\xe4\xb9\x99")]);
    let run = folder.run(&[
        "report",
        "read",
        "--jsonl",
        "--limit-input-bytes",
        "100",
        "甲.txt",
        "乙.txt",
    ]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--limit-input-bytes"), "{}", run.err);
    assert!(run.lines()[1].get("error").is_none(), "{}", run.out);
}
