//! 文件交换目录: one directory a release, with text, metadata and attachments, there whole or not at all.

use super::{Advance, Outlet, Parcel, Reached};
use futures::future::BoxFuture;
use std::io;
use std::path::{Path, PathBuf};

/// Writes into a folder.
pub struct Folder {
    /// The folder.
    pub root: PathBuf,
}

/// A name that stands in a directory and never leaves it: the number, then what is harmless.
fn safe_name(number: usize, name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let allowed = |each: char| each.is_alphanumeric() || matches!(each, '.' | '-' | '_');
    let clean: String = base.chars().map(|each| if allowed(each) { each } else { '_' }).collect();
    let tail: String = {
        let n_over = clean.chars().count().saturating_sub(60);
        clean.chars().skip(n_over).collect()
    };
    format!("{number:02}-{tail}")
}

fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    use io::Write;
    let mut file = std::fs::File::create(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Writes beside, then moves: who watches the folder sees whole directories only.
fn export(root: &Path, parcel: &Parcel) -> io::Result<String> {
    let name = format!("{}-{}", parcel.item, parcel.edition);
    let (place, half) = (root.join(&name), root.join(format!(".{name}.{}.part", parcel.id)));
    if place.is_dir() {
        return Ok(name);
    }
    if half.exists() {
        std::fs::remove_dir_all(&half)?;
    }
    std::fs::create_dir_all(half.join("attachments"))?;
    write(&half.join("text.txt"), parcel.text.as_bytes())?;
    write(&half.join("text.html"), parcel.html.as_bytes())?;
    let metadata = serde_json::to_vec_pretty(parcel).map_err(io::Error::other)?;
    write(&half.join("metadata.json"), &metadata)?;
    for (position, each) in parcel.attachments.iter().enumerate() {
        let name = safe_name(position + 1, &each.name);
        write(&half.join("attachments").join(name), &each.content)?;
    }
    std::fs::rename(&half, &place)?;
    Ok(name)
}

impl Outlet for Folder {
    fn advance<'a>(&'a self, parcel: &'a Parcel, _: Option<&'a Reached>) -> BoxFuture<'a, Advance> {
        let (root, parcel) = (self.root.clone(), parcel.clone());
        Box::pin(async move {
            let written = tokio::task::spawn_blocking(move || export(&root, &parcel)).await;
            match written.map_err(io::Error::other).flatten() {
                Ok(name) => Advance::Sent { outside_id: name, address: String::new() },
                Err(error) => Advance::later(format!("写不进文件交换目录：{error}")),
            }
        })
    }

    fn unsure_step(&self) -> Option<&'static str> {
        None // A directory that stands is left as it is.
    }
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn a_name_never_leaves_its_directory() {
        assert_eq!(safe_name(1, "../../etc/passwd"), "01-passwd");
        assert_eq!(safe_name(2, "附件 1.docx"), "02-附件_1.docx");
        assert_eq!(safe_name(3, ".."), "03-..");
        assert_eq!(safe_name(4, "a\\b\0c"), "04-b_c");
        assert!(safe_name(5, &"长".repeat(300)).chars().count() < 70);
    }
}
