//! `gongkai request verify-package`: what it answers, and how it refuses.

use crate::program::Folder;
use gongkai_papers::archive_package::{Case, Paper, build};

fn package() -> Vec<u8> {
    let paper = Paper {
        title: "答复书".to_owned(),
        extension: "pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes: b"%PDF-1".to_vec(),
    };
    let case = Case {
        number: "示公开1号".to_owned(),
        title: "某事项".to_owned(),
        agency: "示例局".to_owned(),
        closed_on: jiff::civil::date(2000, 1, 2),
        papers: vec![paper],
        events: Vec::new(),
    };
    build(&case).expect("as prepared")
}

#[test]
fn a_whole_package_is_said_to_be_whole_without_an_installation() {
    let folder = Folder::with(&[("a.zip", &package())]);
    let run = folder.run(&["request", "verify-package", "a.zip"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("归档包完整：示公开1号《某事项》，文书 1 份，记录 0 条\n"));
    let told = folder.run(&["request", "verify-package", "a.zip", "--json"]).json();
    assert_eq!((told["holds"].as_bool(), told["n_papers"].as_u64()), (Some(true), Some(1)));
    let sum = told["sha256"].as_str().expect("as prepared").to_uppercase();
    let same = folder.run(&["request", "verify-package", "--sha256", &sum, "a.zip"]);
    assert_eq!(same.code, 0);
    assert!(same.out.ends_with("与登记的校验值相同\n"));
    let other = folder.run(&["request", "verify-package", "--sha256", "00", "a.zip"]);
    assert_eq!(other.code, 1);
    assert!(other.out.ends_with("不是当初归档的那一份\n"));
}

#[test]
fn a_changed_package_and_a_missing_one_end_with_their_codes() {
    let mut touched = package();
    let at = touched.windows(4).position(|window| window == b"%PDF").expect("as prepared");
    touched[at] = b'x';
    let folder = Folder::with(&[("a.zip", &touched)]);
    let run = folder.run(&["request", "verify-package", "a.zip"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("papers/001-答复书.pdf"), "{}", run.out);
    let run = folder.run_with_input(&["request", "verify-package", "-"], &package());
    assert_eq!(run.code, 0);
    let run = folder.run(&["request", "verify-package", "nothing.zip"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("文件不存在"), "{}", run.err);
}

#[test]
fn what_is_due_to_go_is_listed_beside_a_running_program_and_goes_when_it_is_told_to() {
    let folder = Folder::with(&[]);
    assert_eq!(folder.run(&["seed", "--data", "a"]).code, 0);
    let lock = std::fs::File::options().write(true).open(folder.path().join("a/lock")).unwrap();
    lock.lock().unwrap();
    let listed = folder.run(&["request", "expire", "--dry-run", "--data", "a"]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    assert!(listed.out.contains("将删除：申请人信息 0 件"), "{}", listed.out);
    let json = folder.run(&["request", "expire", "--dry-run", "--data", "a", "--json"]).json();
    assert_eq!(json["n_loose_files"], 0);
    let refused = folder.run(&["request", "expire", "--data", "a"]);
    assert!(refused.code == 2 && refused.err.contains("正被另一个"), "{}", refused.err);
    lock.unlock().unwrap();
    let done = folder.run(&["request", "expire", "--data", "a"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("已删除：申请人信息 0 件"), "{}", done.out);
    let nowhere = folder.run(&["request", "expire", "--dry-run", "--data", "b"]);
    assert!(nowhere.code == 2 && nowhere.err.contains("没有数据库"), "{}", nowhere.err);
}
