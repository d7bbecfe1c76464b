//! The commands beside `serve`: seed, back up, restore, prove, look after, show settings, change keys.

use crate::program::Folder;

#[test]
fn an_installation_goes_from_seed_to_backup_to_another_directory_and_proves_whole() {
    let folder = Folder::with(&[]);
    let seeded = folder.run(&["seed", "--data", "a"]);
    assert_eq!(seeded.code, 0, "{}", seeded.err);
    assert!(seeded.out.contains("演示数据已填入"), "{}", seeded.out);

    let without_keys = folder.run(&["backup", "first", "--data", "a"]);
    assert_eq!(without_keys.code, 0, "{}", without_keys.err);
    assert!(without_keys.err.contains("密钥文件没有备份"), "{}", without_keys.err);
    let again = folder.run(&["backup", "first", "--data", "a"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("不是空的"), "{}", again.err);

    let rotated = folder.run(&["config", "rotate-key", "--data", "a"]);
    assert_eq!(rotated.code, 0, "{}", rotated.err);
    let backed_up = folder.run(&["backup", "second", "--data", "a", "--keys", "keys"]);
    assert_eq!((backed_up.code, backed_up.err.as_str()), (0, ""));

    let restored = folder.run(&["restore", "second", "--keys", "keys", "--data", "b"]);
    assert_eq!((restored.code, restored.err.as_str()), (0, ""));
    let verified = folder.run(&["verify", "--data", "b", "--json"]);
    assert_eq!(verified.code, 0, "{}", verified.out);
    let findings = verified.json();
    let looked_at: Vec<_> =
        findings.as_array().unwrap().iter().map(|each| each["what"].as_str().unwrap()).collect();
    assert_eq!(looked_at, ["数据库", "文件", "审计日志", "检索索引"]);

    std::fs::write(folder.path().join("first/gongkai.db"), "x").unwrap();
    let damaged = folder.run(&["restore", "first", "--data", "c"]);
    assert_eq!(damaged.code, 2);
    assert!(damaged.err.contains("gongkai.db"), "{}", damaged.err);
}

#[test]
fn a_running_installation_is_searched_and_backed_up_and_not_opened_twice() {
    let folder = Folder::with(&[]);
    assert_eq!(folder.run(&["seed", "--data", "a"]).code, 0);
    let alone = folder.run(&["search", "通知", "--data", "a", "--json"]);
    let lock = std::fs::File::options().write(true).open(folder.path().join("a/lock")).unwrap();
    lock.lock().unwrap();
    let beside = folder.run(&["search", "通知", "--data", "a", "--json"]);
    assert_eq!(beside.code, 0, "{}", beside.err);
    assert!(0 < beside.json()["n_hits"].as_u64().unwrap());
    assert_eq!(beside.json(), alone.json());
    assert_eq!(folder.run(&["backup", "x", "--data", "a"]).code, 0);
    let rotated = folder.run(&["config", "rotate-key", "--data", "a"]);
    assert_eq!(rotated.code, 2);
    assert!(rotated.err.contains("正被另一个"), "{}", rotated.err);
}

#[test]
fn the_doctor_and_the_settings_speak_where_there_is_no_installation() {
    let folder = Folder::with(&[("a/gongkai.toml", "[site]\nname = \"甲县\"\n".as_bytes())]);
    let looked = folder.run(&["doctor", "--data", "a"]);
    assert_eq!(looked.code, 1);
    assert!(looked.out.contains("没有数据库"), "{}", looked.out);
    let shown = folder.run(&["config", "show", "--data", "a"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("site.name = \"甲县\"  # gongkai.toml"), "{}", shown.out);
    for command in ["verify", "backup"] {
        let mut arguments = vec![command, "--data", "none"];
        arguments.extend((command == "backup").then_some("into"));
        let refused = folder.run(&arguments);
        assert_eq!(refused.code, 2, "{command}");
        assert!(refused.err.contains("没有数据库"), "{}", refused.err);
    }
}
