//! ZIP archives: what they hold, counted while it is inflated to nowhere.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Finding, name};
use crate::limits::at_most;
use crate::{Deadline, Limits, ReadError, encoding};

/// An entry of an archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its name as it stands, tricks and all.
    pub name: String,
    /// Its size, inflated, as counted; of an encrypted entry as declared.
    pub size_bytes: u64,
    /// Whether it needs a password.
    pub is_encrypted: bool,
}

/// Extensions that no archive of published documents holds without a reason.
const PROGRAMS: [&str; 18] = [
    "bat", "cmd", "com", "dll", "exe", "hta", "htm", "html", "jar", "js", "lnk", "msi", "php",
    "ps1", "scr", "sh", "svg", "vbs",
];

/// Lists an archive.
///
/// # Errors
/// When it is broken, or a bound of entries, expansion or time is passed.
pub(super) fn list(
    bytes: &[u8],
    limits: &Limits,
    clock: &Deadline,
) -> Result<Vec<Entry>, ReadError> {
    // Counts what the directory declares before it is parsed.
    crate::container::open(bytes, limits, "ZIP ")?;
    let broken = |reason: String| ReadError::Broken { format: "ZIP ", reason };
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    at_most("zip-entries", "压缩包内的文件个数", limits.zip_entries, archive.len() as u64)?;
    let mut entries = Vec::new();
    let mut expanded = 0;
    for index in 0..archive.len() {
        clock.check()?;
        let raw = archive.by_index_raw(index).map_err(|error| broken(error.to_string()))?;
        let name = encoding::decode(raw.name_raw()).text.into_owned();
        let (is_encrypted, declared_bytes) = (raw.encrypted(), raw.size());
        drop(raw);
        let size_bytes = if is_encrypted {
            declared_bytes
        } else {
            let mut entry = archive.by_index(index).map_err(|error| broken(error.to_string()))?;
            let before = expanded;
            inflate(&mut entry, &mut expanded, limits, clock)?;
            expanded - before
        };
        entries.push(Entry { name, size_bytes, is_encrypted });
    }
    Ok(entries)
}

fn inflate(
    entry: &mut impl Read,
    expanded: &mut u64,
    limits: &Limits,
    clock: &Deadline,
) -> Result<(), ReadError> {
    let mut buffer = vec![0; 64 << 10];
    loop {
        clock.check()?;
        match entry.read(&mut buffer) {
            Ok(0) | Err(_) => return Ok(()),
            Ok(n_read) => *expanded += n_read as u64,
        }
        at_most("expanded-bytes", "解压后的大小（字节）", limits.expanded_bytes, *expanded)?;
    }
}

/// Looks at the entries of an archive that is an attachment itself.
pub(super) fn look(entries: &[Entry], findings: &mut Vec<Finding>) {
    let mut find = |key, what: &str, hint, is_such: &dyn Fn(&Entry) -> bool| {
        let named: Vec<String> = entries.iter().filter(|each| is_such(each)).map(shown).collect();
        if let Some(first) = named.first() {
            let message = format!("压缩包里有 {} 个{what}，如“{first}”", named.len());
            findings.push(Finding::new(key, message, hint));
        }
    };
    let has_extension =
        |entry: &Entry, list: &[&str]| list.contains(&name::extension(&entry.name).as_str());
    find("encrypted", "加密的文件", "请去掉密码后再上传", &|entry| {
        entry.is_encrypted
    });
    find("zip-path", "带目录跳转的文件名", "请重新打包", &|entry| {
        let is_drive = entry.name.get(1..2) == Some(":");
        let has_up = entry.name.split(['/', '\\']).any(|part| part == "..");
        has_up || is_drive || entry.name.starts_with(['/', '\\'])
    });
    find("zip-program", "程序或网页文件", "请去掉后重新打包", &|entry| {
        has_extension(entry, &PROGRAMS)
    });
    find(
        "zip-nested",
        "压缩包",
        "请解开后重新打包，里面的文件才能检查",
        &|entry| has_extension(entry, &["zip", "rar", "7z", "gz", "tar"]),
    );
    let message = "压缩包里的文件没有逐个检查";
    let hint = "请把文件逐个作为附件上传，或由人逐个看过";
    findings.push(Finding::new("not-inspected", message, hint));
}

/// A name as it may be shown.
fn shown(entry: &Entry) -> String {
    let is_seen = |c: &char| {
        !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
    };
    entry.name.chars().filter(is_seen).take(60).collect()
}
