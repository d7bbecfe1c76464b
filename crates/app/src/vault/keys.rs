//! The key file: several keys that seal, the newest last, and one for keyed hashes.
//!
//! A line holds a purpose (`seal` or `index`), an algorithm, the id made of the key, and the key.

use super::cipher::{Algorithm, SealingKey, id_of, random};
use super::error::VaultError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sm3::Sm3;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use zeroize::Zeroizing;

const HEAD: &str = "\
# gongkai 的密钥文件：没有它，数据库里加密的内容再也打不开。
# 请与数据库分开备份，不要改动，不要删除旧的密钥。
";
const INDEX_KEY_BYTES: usize = 32;

/// The hash under the key of blind indexes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha256,
    Sm3,
}

impl Hash {
    fn key(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sm3 => "sm3",
        }
    }
}

#[derive(Clone)]
struct IndexKey {
    hash: Hash,
    id: String,
    bytes: Zeroizing<Vec<u8>>,
}

/// All keys; there is always at least one that seals.
#[derive(Clone)]
pub(super) struct Keys {
    first: SealingKey,
    later: Vec<SealingKey>,
    index: IndexKey,
}

fn index_key(hash: Hash, bytes: Zeroizing<Vec<u8>>) -> IndexKey {
    IndexKey { hash, id: id_of(&bytes), bytes }
}

fn fresh_index_key(algorithm: Algorithm) -> IndexKey {
    let hash = match algorithm {
        Algorithm::Aes256Gcm => Hash::Sha256,
        Algorithm::Sm4Gcm => Hash::Sm3,
    };
    index_key(hash, random(INDEX_KEY_BYTES))
}

impl Keys {
    /// New ones.
    pub fn fresh(algorithm: Algorithm) -> Self {
        Self {
            first: SealingKey::fresh(algorithm),
            later: Vec::new(),
            index: fresh_index_key(algorithm),
        }
    }

    fn all(&self) -> impl DoubleEndedIterator<Item = &SealingKey> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// The one that seals.
    pub fn newest(&self) -> &SealingKey {
        self.later.last().unwrap_or(&self.first)
    }

    /// The one with this id.
    pub fn find(&self, id: &str) -> Option<&SealingKey> {
        self.all().find(|key| key.id() == id)
    }

    /// Whether a key of any purpose has this id.
    pub fn holds(&self, id: &str) -> bool {
        self.find(id).is_some() || self.index.id == id
    }

    /// The ids of every purpose, that of the newest sealing key last.
    pub fn ids(&self) -> Vec<String> {
        let index = std::iter::once(self.index.id.clone());
        index.chain(self.all().map(|key| key.id().to_owned())).collect()
    }

    /// Adds a new key behind the others; answers its id.
    pub fn add(&mut self, algorithm: Algorithm) -> String {
        let key = SealingKey::fresh(algorithm);
        let id = key.id().to_owned();
        self.later.push(key);
        id
    }

    /// Opens what was sealed before keys had ids, bound to the row alone.
    pub fn unseal_old(&self, row: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let old = self.all().filter(|key| key.algorithm() == Algorithm::Aes256Gcm);
        old.into_iter().find_map(|key| key.unseal(row, sealed))
    }

    /// The keyed hash of these parts, in hexadecimal.
    pub fn blind(&self, parts: &[&[u8]]) -> String {
        let key = &self.index.bytes;
        match self.index.hash {
            Hash::Sha256 => keyed(Hmac::<Sha256>::new_from_slice(key), parts),
            Hash::Sm3 => keyed(Hmac::<Sm3>::new_from_slice(key), parts),
        }
    }

    /// Reads the file; `None` when there is none.
    pub fn read(path: &Path) -> Result<Option<Self>, VaultError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(VaultError::unreadable(path, error)),
        };
        let wrong = |reason: String| VaultError::Wrong(path.display().to_string(), reason);
        parse(&text).map(Some).map_err(wrong)
    }

    /// Reads the key of channels beside the place of `path`, as it was before all secrets had one
    /// file; `None` when there is none.
    pub fn read_old(path: &Path) -> Result<Option<Self>, VaultError> {
        let old = path.with_file_name("channels.key");
        let text = match std::fs::read_to_string(&old) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(VaultError::unreadable(&old, error)),
        };
        let wrong = || VaultError::Wrong(old.display().to_string(), "内容不是密钥".to_owned());
        let bytes = Zeroizing::new(STANDARD.decode(text.trim()).map_err(|_| wrong())?);
        let first = SealingKey::of(Algorithm::Aes256Gcm, bytes).ok_or_else(wrong)?;
        let index = fresh_index_key(Algorithm::Aes256Gcm);
        Ok(Some(Self { first, later: Vec::new(), index }))
    }

    fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(HEAD.to_owned());
        let mut line = |purpose: &str, algorithm: &str, id: &str, bytes: &[u8]| {
            let key = Zeroizing::new(STANDARD.encode(bytes));
            let _ = writeln!(text, "{purpose} {algorithm} {id} {}", *key);
        };
        line("index", self.index.hash.key(), &self.index.id, &self.index.bytes);
        for key in self.all() {
            line("seal", key.algorithm().key(), key.id(), key.bytes());
        }
        text
    }

    /// Writes the file beside its place and moves it there, for the owner's eyes only: a crash leaves
    /// no half file. One that says the same already is left alone.
    pub fn write(&self, path: &Path) -> Result<(), VaultError> {
        let text = self.text();
        if std::fs::read_to_string(path).is_ok_and(|there| there == *text) {
            return Ok(());
        }
        write(path, text.as_bytes()).map_err(|error| VaultError::unreadable(path, error))
    }
}

fn keyed<M: Mac>(mac: Result<M, hmac::digest::InvalidLength>, parts: &[&[u8]]) -> String {
    let mut mac = mac.expect("any length will do");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn parse(text: &str) -> Result<Keys, String> {
    let mut index = None;
    let mut sealing = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = || format!("第 {number} 行不是密钥，或者密钥与编号不符");
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [purpose, algorithm, id, key] = fields[..] else { return Err(wrong()) };
        let bytes = Zeroizing::new(STANDARD.decode(key).map_err(|_| wrong())?);
        if id_of(&bytes) != id {
            return Err(wrong());
        }
        match purpose {
            "seal" => {
                let algorithm = Algorithm::of_key(algorithm).ok_or_else(wrong)?;
                sealing.push(SealingKey::of(algorithm, bytes).ok_or_else(wrong)?);
            }
            "index" if index.is_none() => {
                let hashes = [Hash::Sha256, Hash::Sm3];
                let hash = hashes.into_iter().find(|each| each.key() == algorithm);
                index = Some(index_key(hash.ok_or_else(wrong)?, bytes));
            }
            _ => return Err(wrong()),
        }
    }
    let mut sealing = sealing.into_iter();
    match (sealing.next(), index) {
        (Some(first), Some(index)) => Ok(Keys { first, later: sealing.collect(), index }),
        (None, _) => Err("没有 seal 行".to_owned()),
        (_, None) => Err("没有 index 行".to_owned()),
    }
}

/// Writes a key file whole or not at all, for the owner's eyes only.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let half = path.with_extension("new");
    // A half file of a crash may be there with other rights.
    let _ = std::fs::remove_file(&half);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&half)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&half, path)?;
    // The new name must outlive a power cut as well.
    match path.parent() {
        Some(folder) => std::fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
