//! Attachments: brought, looked into, cleaned, ordered, removed, and read again.

use super::act::act_with;
use super::read;
use super::screen::of_file_text;
use crate::caller::Caller;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::audit::digest;
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Attachment, Content, FileFinding, Item};
use gongkai_papers::item_text::{
    Refusal, ScrubOptions, document_blocks, inspect_attachment, scrubbed,
};

/// Most attachments of one item: a budget with all its tables has some dozens.
const MOST: usize = 60;

/// Where an attachment goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Move {
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// Away.
    Out,
}

fn refused(refusal: &Refusal) -> AppError {
    AppError::invalid("file", refusal.to_string())
}

/// Looks into a file and keeps it, with its text for search and what was found in it.
async fn kept(app: &App, name: String, content: Bytes) -> Result<Attachment, AppError> {
    let bytes = content.clone();
    let shown = name.clone();
    let looked = tokio::task::spawn_blocking(move || inspect_attachment(&shown, &bytes)).await;
    let inspection = looked
        .map_err(|error| AppError::Broken(error.to_string()))?
        .map_err(|refusal| refused(&refusal))?;
    let file = digest(&content);
    let mut findings: Vec<FileFinding> = inspection
        .findings
        .iter()
        .enumerate()
        .map(|(n, each)| FileFinding {
            key: format!("file-{}-{}-{n}", each.key, file.get(..16).unwrap_or_default()),
            message: each.message.clone(),
            hint: each.hint.to_owned(),
        })
        .collect();
    let mut text = None;
    if let Some(document) = &inspection.text {
        let blocks = document_blocks(document);
        let blocks: Vec<String> = blocks.into_iter().map(|block| block.text).collect();
        findings.extend(of_file_text(&file, &blocks));
        text = Some(app.files.keep(Bytes::from(blocks.join("\n"))).await?);
    }
    let n_bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
    let digest = app.files.keep(content).await?;
    Ok(Attachment {
        name: inspection.safe_name,
        media_type: inspection.media_type.to_owned(),
        n_bytes,
        digest,
        text,
        findings,
    })
}

/// Changes the attachments of the edition in work.
async fn change(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    change: impl FnOnce(&mut Vec<Attachment>) -> Result<(), AppError>,
) -> Result<Item, AppError> {
    let now = app.clock.now();
    act_with(app, caller, id, |item| {
        let working = item.working.as_ref().ok_or(AppError::NotFound("正在办理的稿件"))?;
        let mut content: Content = working.content.clone();
        change(&mut content.attachments)?;
        Ok(item.revise(content, &caller.actor, now)?)
    })
    .await
}

/// Adds a file.
///
/// # Errors
/// When it may not be attached, is there already, or the rules do not allow a change.
pub async fn add(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    name: String,
    content: Bytes,
) -> Result<Item, AppError> {
    if content.is_empty() {
        return Err(AppError::invalid("file", "请选择文件；空文件不能上传"));
    }
    read::may_edit(app, caller, id).await?;
    let mut file = kept(app, name, content).await?;
    change(app, caller, id, |files| {
        if files.iter().any(|each| each.digest == file.digest) {
            return Err(AppError::invalid("file", format!("“{}”已经上传过", file.name)));
        }
        if MOST <= files.len() {
            return Err(AppError::invalid("file", format!("附件最多 {MOST} 个，请合并或打包")));
        }
        file.name = free_name(files, &file.name);
        files.push(file);
        Ok(())
    })
    .await
}

/// The name, with a number where another file has it.
fn free_name(files: &[Attachment], name: &str) -> String {
    let taken = |wanted: &str| files.iter().any(|each| each.name == wanted);
    if !taken(name) {
        return name.to_owned();
    }
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let numbered = |n: usize| match ending {
        "" => format!("{stem}({n})"),
        ending => format!("{stem}({n}).{ending}"),
    };
    (2..).map(numbered).find(|wanted| !taken(wanted)).unwrap_or_else(|| name.to_owned())
}

/// Moves an attachment, or takes it away.
///
/// # Errors
/// When it is not there or the rules do not allow a change.
pub async fn shift(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    digest: &str,
    to: Move,
) -> Result<Item, AppError> {
    change(app, caller, id, |files| {
        let at = position(files, digest)?;
        match to {
            Move::Up if 0 < at => files.swap(at - 1, at),
            Move::Down if at + 1 < files.len() => files.swap(at, at + 1),
            Move::Up | Move::Down => {}
            Move::Out => drop(files.remove(at)),
        }
        Ok(())
    })
    .await
}

fn position(files: &[Attachment], digest: &str) -> Result<usize, AppError> {
    let at = files.iter().position(|file| file.digest == digest);
    at.ok_or(AppError::NotFound("这个附件，可能已被移除"))
}

/// Puts a cleaned copy in the place of an attachment.
///
/// # Errors
/// When its kind cannot be cleaned here, there is nothing to clean, or the rules do not allow it.
pub async fn clean(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    digest: &str,
) -> Result<Item, AppError> {
    let loaded = read::may_edit(app, caller, id).await?;
    let working = loaded.item.working.ok_or(AppError::NotFound("正在办理的稿件"))?;
    let files = working.content.attachments;
    let old = files.get(position(&files, digest)?).ok_or(AppError::NotFound("这个附件"))?.clone();
    let bytes = app.files.read(digest).await?.ok_or(AppError::NotFound("这个附件的内容"))?;
    let name = old.name.clone();
    let options = ScrubOptions { remove_hidden_sheets: true };
    let done = tokio::task::spawn_blocking(move || scrubbed(&name, &bytes, options)).await;
    let done = done
        .map_err(|error| AppError::Broken(error.to_string()))?
        .map_err(|refusal| refused(&refusal))?;
    let Some(copy) = done.filter(|copy| !copy.removed.is_empty()) else {
        let message = "这个附件没有可以自动清理的内容，请在原软件中处理后重新上传";
        return Err(AppError::invalid("file", message));
    };
    let file = kept(app, old.name, Bytes::from(copy.bytes)).await?;
    change(app, caller, id, |files| {
        let at = position(files, digest)?;
        if let Some(place) = files.get_mut(at) {
            *place = file;
        }
        Ok(())
    })
    .await
}

/// An attachment with its bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its name, type and size.
    pub attachment: Attachment,
    /// Its content.
    pub bytes: Bytes,
}

/// An attachment of the public edition of an item that the public may read.
///
/// # Errors
/// When the public may not read it, or the store fails.
pub async fn public(app: &App, id: &ItemId, digest: &str) -> Result<File, AppError> {
    let loaded = read::public(app, id).await?;
    let content = loaded.item.public.map(|edition| edition.content);
    of(app, content.into_iter().collect(), digest).await
}

/// An attachment of the edition in work or of the public one, for whoever may see the item's work.
///
/// # Errors
/// When the caller may not see it, or the store fails.
pub async fn own(app: &App, caller: &Caller, id: &ItemId, digest: &str) -> Result<File, AppError> {
    let item = read::own(app, caller, id).await?.item;
    let editions = [item.working, item.public];
    of(app, editions.into_iter().flatten().map(|edition| edition.content).collect(), digest).await
}

async fn of(app: &App, contents: Vec<Content>, digest: &str) -> Result<File, AppError> {
    let mut files = contents.into_iter().flat_map(|content| content.attachments);
    let attachment = files.find(|file| file.digest == digest);
    let attachment = attachment.ok_or(AppError::NotFound("这个附件"))?;
    let bytes = app.files.read(digest).await?.ok_or(AppError::NotFound("这个附件的内容"))?;
    Ok(File { attachment, bytes })
}
