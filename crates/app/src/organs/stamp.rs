//! 印章: the picture of an organ's seal, how large and where it is printed, and on which papers. A paper
//! that was issued keeps what it had: the setting is looked at when one is issued, and never later.

mod placing;

pub use placing::{Placing, USUAL_MM, papers, usual};

use super::{ROLE, load};
use crate::accounts::{administers, ask};
use crate::caller::Caller;
use crate::requests::paper::pdf;
use crate::requests::word::{self, Series};
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_papers::notice::{self, Template};
use gongkai_papers::official::{OfficialPaper, Seal, check_seal};
use gongkai_store::seals::{self, KeptSeal};
use gongkai_store::{Db, Transaction, events, organs};
use placing::ask_placing;
use serde::{Deserialize, Serialize};

/// The seal of an organ.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Stamp {
    /// The digest of the picture.
    pub digest: String,
    /// Whether its ground is transparent.
    pub is_transparent: bool,
    /// How it is printed.
    pub placing: Placing,
}

/// What is set for the papers of an organ.
#[derive(Clone, PartialEq, Debug)]
pub struct Setting {
    /// The organ.
    pub organ: Organ,
    /// The heads of its numbers.
    pub words: Vec<(Series, String)>,
    /// Its seal.
    pub stamp: Option<Stamp>,
    /// Whether the caller may set the seal.
    pub may_stamp: bool,
}

async fn stored(db: &mut Db, organ: &OrganId) -> Result<Option<Stamp>, AppError> {
    let kept = seals::find(db, organ).await?;
    let broken =
        |error: serde_json::Error| AppError::Broken(format!("印章的设置无法读取：{error}"));
    kept.map(|kept| serde_json::from_str(&kept.body).map_err(broken)).transpose()
}

async fn picture_of(app: &App, stamp: &Stamp) -> Result<Bytes, AppError> {
    let picture = app.files.read(&stamp.digest).await?;
    let lost = || {
        let message =
            "本机关印章图片的文件不见了，不能加盖；请系统管理员重新上传印章，或者先移除印章";
        AppError::Conflict(message.to_owned())
    };
    picture.ok_or_else(lost)
}

/// The seal to be printed on a paper of an organ; none where none is set for it.
pub(crate) async fn of(
    app: &App,
    db: &mut Db,
    organ: &OrganId,
    notice: &str,
) -> Result<Option<Seal>, AppError> {
    let stamp = stored(db, organ).await?.filter(|stamp| stamp.placing.papers.contains(notice));
    let Some(stamp) = stamp else { return Ok(None) };
    let picture = picture_of(app, &stamp).await?;
    Ok(Some(printed(&stamp.placing, &picture)))
}

fn printed(placing: &Placing, picture: &[u8]) -> Seal {
    Seal {
        bytes: picture.to_vec(),
        diameter_mm: Some(placing.diameter_mm),
        right_mm: placing.right_mm,
        down_mm: placing.down_mm,
    }
}

/// What is set for the papers of an organ, for whoever sets the heads of its numbers or its seal.
///
/// # Errors
/// When the organ is not there, the caller may set neither, or the store fails.
pub async fn setting(app: &App, caller: &Caller, id: &OrganId) -> Result<Setting, AppError> {
    let mut reader = app.store.reader().await?;
    let all = organs::all(&mut reader).await?;
    if !word::may_set(caller, &all, id) {
        let message = "文书的代字由办理申请的人员或者系统管理员设置，印章由系统管理员设置，\
            您没有这个权限";
        return Err(AppError::Forbidden(message.to_owned()));
    }
    let may_stamp = administers(caller, ROLE, &all, id);
    let organ = all.into_iter().find(|organ| organ.id == *id);
    let organ = organ.ok_or(AppError::NotFound("这个机关"))?;
    let mut words = Vec::new();
    for series in Series::ALL {
        words.push((series, word::word(&mut reader, &organ, series).await?));
    }
    Ok(Setting { words, stamp: stored(&mut reader, id).await?, may_stamp, organ })
}

/// The picture of the seal, for whoever may set it.
///
/// # Errors
/// When the caller may not, or there is none.
pub async fn picture(app: &App, caller: &Caller, id: &OrganId) -> Result<Bytes, AppError> {
    let mut reader = app.store.reader().await?;
    ask(caller, ROLE, &organs::all(&mut reader).await?, id)?;
    let stamp = stored(&mut reader, id).await?.ok_or(AppError::NotFound("这个机关的印章"))?;
    picture_of(app, &stamp).await
}

/// The picture that is to be printed: the one that comes, or else the one that stands.
async fn chosen(
    app: &App,
    db: &mut Db,
    id: &OrganId,
    new: Option<Bytes>,
) -> Result<Bytes, AppError> {
    if let Some(new) = new {
        return Ok(new);
    }
    match stored(db, id).await? {
        Some(stamp) => picture_of(app, &stamp).await,
        None => Err(AppError::invalid("file", "请选择印章图片（PNG）")),
    }
}

/// A specimen with the seal: a notice filled with its examples, which says that it is none.
fn specimen(
    app: &App,
    organ: &Organ,
    placing: &Placing,
    picture: &[u8],
) -> Result<OfficialPaper, AppError> {
    let today = app.clock.today();
    let fits = |each: &&Template| {
        each.is_signed() && !each.is_reply() && notice::find(&each.key, today).is_some()
    };
    let is_chosen = |each: &&Template| placing.papers.contains(&each.key);
    let all = || notice::all().iter().filter(fits);
    let template = all().find(is_chosen).or_else(|| all().next());
    let template = template.ok_or(AppError::NotFound("可以用作样张的文书"))?;
    let values = notice::example(template).text("organ", &organ.name).text("number", "样张");
    let filled = notice::fill(&template.key, &values);
    let mut paper = filled.map_err(|problem| AppError::Broken(problem.to_string()))?;
    paper.note = Some("这是检查印章位置的样张，不是正式文书".to_owned());
    if let Some(signature) = &mut paper.signature {
        signature.seal = Some(printed(placing, picture));
    }
    Ok(paper)
}

/// A specimen as PDF with a seal that is not set yet; nothing is kept.
///
/// # Errors
/// When the caller may not, the picture cannot be printed, its place is none, or a font is missing.
pub async fn preview(
    app: &App,
    caller: &Caller,
    id: &OrganId,
    new: Option<Bytes>,
    placing: &Placing,
) -> Result<Vec<u8>, AppError> {
    let mut reader = app.store.reader().await?;
    let all = organs::all(&mut reader).await?;
    ask(caller, ROLE, &all, id)?;
    let organ = all.into_iter().find(|organ| organ.id == *id);
    let organ = organ.ok_or(AppError::NotFound("这个机关"))?;
    ask_placing(placing)?;
    let picture = chosen(app, &mut reader, id, new).await?;
    drop(reader);
    checked(&picture)?;
    let paper = specimen(app, &organ, placing, &picture)?;
    let known = app.clone();
    let made = tokio::task::spawn_blocking(move || pdf(&known, &paper)).await;
    let made = made.map_err(|error| AppError::Broken(error.to_string()))?;
    made.map(|pdf| pdf.bytes).map_err(|problem| AppError::invalid("file", problem.to_string()))
}

fn checked(picture: &[u8]) -> Result<bool, AppError> {
    check_seal(picture).map_err(|problem| AppError::invalid("file", problem.to_string()))
}

/// Sets the seal of an organ, or only how it is printed. It is tried on a specimen first: what does not
/// print is not kept.
///
/// # Errors
/// As [`preview`]; and when the organ was merged or the store fails.
pub async fn set(
    app: &App,
    caller: &Caller,
    id: &OrganId,
    new: Option<Bytes>,
    placing: Placing,
) -> Result<(), AppError> {
    preview(app, caller, id, new.clone(), &placing).await?;
    let kept = match new {
        Some(picture) => Some((checked(&picture)?, app.files.keep(picture).await?)),
        None => None,
    };
    let mut transaction = app.store.begin().await?;
    let (_, organ) = load(&mut transaction, caller, id).await?;
    super::refuse_merged("设置印章", &organ)?;
    let before = stored(&mut transaction, id).await?;
    let (is_transparent, digest) = match (kept, &before) {
        (Some(kept), _) => kept,
        (None, Some(stands)) => (stands.is_transparent, stands.digest.clone()),
        (None, None) => return Err(AppError::invalid("file", "请选择印章图片（PNG）")),
    };
    let stamp = Stamp { digest, is_transparent, placing };
    if before.as_ref() == Some(&stamp) {
        return Ok(());
    }
    let kept = KeptSeal { picture: stamp.digest.clone(), body: text(&stamp) };
    seals::set(&mut transaction, id, &kept).await?;
    note(app, caller, transaction, id, ("seal.set", before.as_ref(), Some(&stamp))).await
}

/// Takes the seal of an organ away; papers are issued without one from now on. Doing it twice is
/// harmless.
///
/// # Errors
/// When the caller may not, or the store fails.
pub async fn remove(app: &App, caller: &Caller, id: &OrganId) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    load(&mut transaction, caller, id).await?;
    let before = stored(&mut transaction, id).await?;
    if !seals::remove(&mut transaction, id).await? {
        return Ok(());
    }
    note(app, caller, transaction, id, ("seal.remove", before.as_ref(), None)).await
}

fn text(stamp: &Stamp) -> String {
    serde_json::to_string(stamp).expect("a seal has text keys and finite numbers")
}

async fn note(
    app: &App,
    caller: &Caller,
    mut transaction: Transaction,
    id: &OrganId,
    (act, before, after): (&str, Option<&Stamp>, Option<&Stamp>),
) -> Result<(), AppError> {
    let mut event = caller.event(act, format!("organ/{id}"), id.as_str(), app.clock.now());
    event.before = before.map(text).unwrap_or_default();
    event.after = after.map(text).unwrap_or_default();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}
