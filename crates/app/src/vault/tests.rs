//! Tests of the vault: what opens where, what a lost or foreign key file says, rotation.

use super::*;
use crate::testing::TestApp;
use gongkai_domain::access::Role;
use gongkai_store::sealed::{after, replace};

const ALGORITHMS: [Algorithm; 2] = [Algorithm::Aes256Gcm, Algorithm::Sm4Gcm];

fn settings(algorithm: Algorithm) -> config::Vault {
    config::Vault { algorithm, folder: String::new() }
}

fn opened(data: &Path, algorithm: Algorithm, known: &[String]) -> Result<Vault, VaultError> {
    Vault::open(data, &settings(algorithm), known)
}

fn said<T>(result: Result<T, VaultError>) -> String {
    match result {
        Ok(_) => panic!("it should be refused"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_secret_opens_in_its_own_place_and_with_its_own_key_only() {
    for algorithm in ALGORITHMS {
        let one = tempfile::tempdir().unwrap();
        let vault = opened(one.path(), algorithm, &[]).unwrap();
        let sealed = vault.seal(&TOTP, "p1", "机密");
        assert!(!sealed.contains("机密"));
        assert_ne!(sealed, vault.seal(&TOTP, "p1", "机密"), "twice the same is not to be seen");
        let again = opened(one.path(), algorithm, &vault.key_ids()).unwrap();
        assert_eq!(*again.unseal(&TOTP, "p1", &sealed).unwrap(), "机密");
        assert!(said(again.unseal(&TOTP, "p2", &sealed)).contains("不是这一处的"));
        assert!(said(again.unseal(&PENDING_TOTP, "p1", &sealed)).contains("不是这一处的"));
        let other = tempfile::tempdir().unwrap();
        let other = opened(other.path(), algorithm, &[]).unwrap();
        assert!(said(other.unseal(&TOTP, "p1", &sealed)).contains("没有编号"));
    }
}

#[test]
fn every_changed_sign_of_a_sealed_text_keeps_it_shut() {
    for algorithm in ALGORITHMS {
        let folder = tempfile::tempdir().unwrap();
        let vault = opened(folder.path(), algorithm, &[]).unwrap();
        let sealed = vault.seal(&TOTP, "p1", "13000000000");
        for position in 0..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[position] = if bytes[position] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(vault.unseal(&TOTP, "p1", &changed).is_err(), "{position}");
        }
        for end in 0..sealed.len() {
            assert!(vault.unseal(&TOTP, "p1", &sealed[..end]).is_err(), "{end}");
        }
    }
}

#[test]
fn another_algorithm_in_the_settings_makes_a_new_key_and_keeps_the_old() {
    let folder = tempfile::tempdir().unwrap();
    let aes = opened(folder.path(), Algorithm::Aes256Gcm, &[]).unwrap();
    let sealed = aes.seal(&TOTP, "p1", "x");
    let sm4 = opened(folder.path(), Algorithm::Sm4Gcm, &aes.key_ids()).unwrap();
    assert_eq!(*sm4.unseal(&TOTP, "p1", &sealed).unwrap(), "x");
    assert!(!sm4.is_newest(&sealed));
    assert!(sm4.is_newest(&sm4.seal(&TOTP, "p1", "x")));
    assert_eq!(aes.blind(&TOTP, "x"), sm4.blind(&TOTP, "x"), "what was indexed is still found");
}

#[test]
fn a_lost_foreign_or_broken_key_file_is_told_and_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let known = opened(folder.path(), Algorithm::Aes256Gcm, &[]).unwrap().key_ids();
    let path = folder.path().join("keys/vault.key");
    let whole = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let lost = said(opened(folder.path(), Algorithm::Aes256Gcm, &known));
    assert!(lost.contains("找不到密钥文件") && lost.contains("vault.key"), "{lost}");
    assert!(!path.exists());
    opened(folder.path(), Algorithm::Aes256Gcm, &[]).unwrap();
    let foreign = said(opened(folder.path(), Algorithm::Aes256Gcm, &known));
    assert!(foreign.contains("不是这个数据库的"), "{foreign}");
    let lines: Vec<&str> = whole.lines().collect();
    let last = lines.len();
    for broken in [
        String::new(),
        "密钥".to_owned(),
        whole.replace("seal aes256gcm", "seal sm4gcm"),
        whole.replace("index sha256", "index md5"),
        whole.replace(known[1].as_str(), known[0].as_str()),
        lines[..last - 1].join("\n"),
    ] {
        std::fs::write(&path, &broken).unwrap();
        let error = said(opened(folder.path(), Algorithm::Aes256Gcm, &known));
        assert!(error.contains("有误"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), broken, "it is left as it is");
    }
}

#[cfg(unix)]
#[test]
fn the_key_file_is_for_the_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let half = folder.path().join("keys/vault.new");
    std::fs::create_dir_all(half.parent().unwrap()).unwrap();
    std::fs::write(&half, "left of a crash").unwrap();
    opened(folder.path(), Algorithm::Aes256Gcm, &[]).unwrap();
    let mode = std::fs::metadata(folder.path().join("keys/vault.key")).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    assert!(!half.exists());
}

#[test]
fn the_key_of_channels_from_before_goes_on_opening() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("keys/channels.key");
    std::fs::create_dir_all(old.parent().unwrap()).unwrap();
    let key = [7_u8; 32];
    std::fs::write(&old, STANDARD.encode(key)).unwrap();
    let bytes = Zeroizing::new(key.to_vec());
    let cipher = cipher::SealingKey::of(Algorithm::Aes256Gcm, bytes).unwrap();
    let sealed = format!("{OLD_PREFIX}{}", STANDARD.encode(cipher.seal(b"a1", "旧".as_bytes())));
    let vault = opened(folder.path(), Algorithm::Aes256Gcm, &[]).unwrap();
    assert_eq!(*vault.unseal(&CHANNEL_ACCOUNT, "a1", &sealed).unwrap(), "旧");
    assert!(vault.unseal(&CHANNEL_ACCOUNT, "a2", &sealed).is_err());
    assert!(!vault.is_newest(&sealed));
}

#[test]
fn a_blind_index_tells_equal_texts_and_nothing_without_its_key() {
    for algorithm in ALGORITHMS {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let vault = opened(one.path(), algorithm, &[]).unwrap();
        let index = vault.blind(&TOTP, "110101");
        assert_eq!(index, vault.blind(&TOTP, "110101"));
        assert_ne!(index, vault.blind(&TOTP, "110102"));
        assert_ne!(index, vault.blind(&PENDING_TOTP, "110101"));
        assert_ne!(index, opened(other.path(), algorithm, &[]).unwrap().blind(&TOTP, "110101"));
    }
}

/// What stands in a column: one row.
async fn kept(test: &TestApp, column: &Column) -> (String, String) {
    let mut reader = test.app.store.reader().await.unwrap();
    let mut rows = after(&mut reader, column, "", 10).await.unwrap();
    assert_eq!(rows.len(), 1);
    let found = rows.remove(0);
    (found.row, found.text)
}

#[tokio::test]
async fn rotation_seals_everything_anew_and_old_texts_still_open() {
    let test = TestApp::set_up().await;
    let clerk = test.hire("clerk", Role::Clerk).await;
    crate::accounts::second_factor::begin(&test.app, &clerk).await.unwrap();
    let (row, old) = kept(&test, &PENDING_TOTP).await;
    let secret = test.app.vault.unseal(&PENDING_TOTP, &row, &old).unwrap();
    let rotated = rotate(&test.app).await.unwrap();
    assert_eq!((rotated.n_sealed, rotated.closed), (1, Vec::new()));
    let (_, new) = kept(&test, &PENDING_TOTP).await;
    assert!(new.contains(&rotated.key) && !old.contains(&rotated.key), "{new}");
    assert_eq!(test.app.vault.unseal(&PENDING_TOTP, &row, &new).unwrap(), secret);
    assert_eq!(test.app.vault.unseal(&PENDING_TOTP, &row, &old).unwrap(), secret);
    let known = test.app.vault.key_ids();
    let again = opened(test.directory.path(), Algorithm::Aes256Gcm, &known).unwrap();
    assert_eq!(again.unseal(&PENDING_TOTP, &row, &new).unwrap(), secret);
}

#[tokio::test]
async fn rotation_names_what_does_not_open_and_seals_what_stands_open() {
    let test = TestApp::set_up().await;
    for (login, text) in [("one", "sealed:000000000000:AAAA"), ("two", "JBSWY3DP")] {
        let caller = test.hire(login, Role::Clerk).await;
        crate::accounts::second_factor::begin(&test.app, &caller).await.unwrap();
        let mut transaction = test.app.store.begin().await.unwrap();
        let person = caller.actor.person.as_str();
        replace(&mut transaction, &PENDING_TOTP, person, text).await.unwrap();
        transaction.commit().await.unwrap();
    }
    let rotated = rotate(&test.app).await.unwrap();
    assert_eq!(rotated.n_sealed, 1);
    assert_eq!(rotated.closed.len(), 1);
    assert!(rotated.closed[0].contains("second_factors.pending_secret"), "{:?}", rotated.closed);
}

fn of_hexadecimal(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(|each| !each.is_whitespace()).collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

#[test]
fn sm4_in_gcm_gives_the_value_of_rfc_8998() {
    let key = Zeroizing::new(of_hexadecimal("0123456789ABCDEFFEDCBA9876543210"));
    let key = cipher::SealingKey::of(Algorithm::Sm4Gcm, key).unwrap();
    let sealed = of_hexadecimal(
        "00001234567800000000ABCD 17F399F08C67D5EE19D0DC9969C4BB7D 5FD46FD3756489069157B282BB200735 \
         D82710CA5C22F0CCFA7CBF93D496AC15 A56834CBCF98C397B4024A2691233B8D \
         83DE3541E4C2B58177E065A9BF7B62EC",
    );
    let place = of_hexadecimal("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
    let text = of_hexadecimal(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD\
         EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA",
    );
    assert_eq!(*key.unseal(&place, &sealed).unwrap(), text);
}
