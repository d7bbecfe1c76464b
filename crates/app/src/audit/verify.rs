//! Proving the chain of the audit log offline: walked in pieces, compared with its head.

use gongkai_domain::audit::Link;
use gongkai_store::{Store, StoreError, Transaction, events};
use serde::Serialize;
use std::path::Path;

/// How many links are held at once. Our own choice: a megabyte or so of usual events.
const PIECE: i64 = 500;

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Verdict {
    /// Whether the whole chain holds.
    pub holds: bool,
    /// How many links hold, from the first.
    pub n_links: i64,
    /// The hash of the last link that holds: whoever noted it can tell later that the log was not
    /// made anew.
    pub hash: String,
    /// The first break, in a sentence.
    pub broken: Option<String>,
}

/// Why the log could not be read.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// There is no database.
    #[error("{0} 中没有数据库（gongkai.db），请核对 --data")]
    NoDatabase(String),
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Proves the log in a data directory, or in the database at an address. Nothing is changed; the
/// program may go on running.
///
/// # Errors
/// When the log cannot be read.
pub async fn verify(data: &Path, database: Option<&str>) -> Result<Verdict, VerifyError> {
    let address = match database {
        Some(address) => address.to_owned(),
        None => {
            let file = data.join("gongkai.db");
            if !file.is_file() {
                return Err(VerifyError::NoDatabase(data.display().to_string()));
            }
            format!("sqlite://{}?mode=ro", file.display())
        }
    };
    let store = Store::open_to_read(&address).await?;
    // One transaction: what is appended meanwhile is not seen.
    let mut transaction = store.begin().await?;
    let verdict = walk(&mut transaction).await;
    drop(transaction);
    store.close().await;
    Ok(verdict?)
}

async fn walk(transaction: &mut Transaction) -> Result<Verdict, StoreError> {
    let mut last: Option<Link> = None;
    let broken = loop {
        let sequence = last.as_ref().map_or(0, |link| link.sequence);
        let piece = match piece(transaction, sequence).await? {
            Ok(piece) => piece,
            Err(unreadable) => break Some(unreadable),
        };
        if piece.is_empty() {
            break None;
        }
        if let Some(broken) = first_break(&mut last, piece) {
            break Some(broken);
        }
    };
    let broken = match broken {
        Some(broken) => Some(broken),
        None => beyond(transaction, last.as_ref()).await?,
    };
    Ok(Verdict {
        holds: broken.is_none(),
        n_links: last.as_ref().map_or(0, |link| link.sequence),
        hash: last.map(|link| link.hash).unwrap_or_default(),
        broken,
    })
}

/// The next links; or a sentence when the very next cannot be read as what the program writes.
async fn piece(
    transaction: &mut Transaction,
    sequence: i64,
) -> Result<Result<Vec<Link>, String>, StoreError> {
    match events::after(transaction, sequence, PIECE).await {
        Ok(piece) => return Ok(Ok(piece)),
        Err(StoreError::Broken { .. }) => {}
        Err(error) => return Err(error),
    }
    // One of them cannot be read: the ones before it are looked at singly.
    match events::after(transaction, sequence, 1).await {
        Ok(one) => Ok(Ok(one)),
        Err(StoreError::Broken { row, column, reason, .. }) => {
            Ok(Err(format!("第 {row} 条的 {column} 被改动，无法读取：{reason}")))
        }
        Err(error) => Err(error),
    }
}

/// Moves `last` along the piece up to the first break.
fn first_break(last: &mut Option<Link>, piece: Vec<Link>) -> Option<String> {
    for link in piece {
        if let Err(broken) = link.verify(last.as_ref()) {
            return Some(broken.to_string());
        }
        *last = Some(link);
    }
    None
}

/// Compares the end of the log with the head of the chain, and looks for numbers below one.
async fn beyond(
    transaction: &mut Transaction,
    last: Option<&Link>,
) -> Result<Option<String>, StoreError> {
    let before_first = events::latest(transaction, 1, 1).await;
    if !matches!(&before_first, Ok(links) if links.is_empty()) {
        return Ok(Some("第 1 条之前还有记录：有记录是后来插入的".to_owned()));
    }
    let (sequence, hash) = match events::head(transaction).await {
        Ok(head) => head,
        Err(StoreError::Broken { .. }) => {
            return Ok(Some("链首记录（chain_head）被删除".to_owned()));
        }
        Err(error) => return Err(error),
    };
    let (last_sequence, last_hash) =
        last.map_or((0, ""), |link| (link.sequence, link.hash.as_str()));
    if (sequence, hash.as_str()) == (last_sequence, last_hash) {
        return Ok(None);
    }
    if last_sequence < sequence {
        let first = last_sequence + 1;
        return Ok(Some(format!("第 {first} 条起缺失：链首记到第 {sequence} 条，末尾被删去")));
    }
    Ok(Some(format!("第 {last_sequence} 条与链首不符：链首记到第 {sequence} 条")))
}

#[cfg(test)]
mod tests;
