//! 区分处理: files are brought, words taken out with a proof, and only what was made ready goes out.

use super::act::load;
use super::areas::{PercentArea, placed};
use super::released::{self, Release};
use super::{file, kept, reveal, seal, thing};
use crate::caller::Caller;
use crate::{App, AppError, secret};
use bytes::Bytes;
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{DisclosureRequest, RequestFile};
use gongkai_papers::redaction::{self, Redacted};
pub use gongkai_papers::redaction::{Marks, Proof, Suggestion};
use gongkai_store::requests::Loaded;
use gongkai_store::{Db, Transaction, events};
use serde::{Deserialize, Serialize};

/// Most files of one request on their way out.
const MOST: usize = 50;

/// What came of taking words out.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Report {
    /// How often each word was met.
    pub met: Vec<(String, usize)>,
    /// What else is not in the copy, and what people have to look at.
    pub remarks: Vec<String>,
    /// The proof.
    pub proof: Proof,
    /// The areas that went, as they were marked.
    #[serde(default)]
    pub areas: Vec<PercentArea>,
}

/// What became of a file, where words were taken out.
///
/// # Errors
/// When what is kept cannot be read.
pub fn report(release: &Release) -> Result<Option<Report>, AppError> {
    if release.report.is_empty() {
        return Ok(None);
    }
    let read = serde_json::from_str(&release.report);
    read.map(Some).map_err(|error| AppError::Broken(format!("区分处理的记录：{error}")))
}

/// What there is to say of a copy, as it is kept.
fn reported(copy: Redacted, areas: Vec<PercentArea>) -> String {
    let report = Report { met: copy.met, remarks: copy.remarks, proof: copy.proof, areas };
    serde_json::to_string(&report).expect("a report has text keys and finite numbers")
}

/// A request that the caller handles; files go out by nobody else's hand.
async fn handled(db: &mut Db, caller: &Caller, id: &RequestId) -> Result<Loaded, AppError> {
    let loaded = load(db, caller, id).await?;
    if caller.actor.handles_requests(&loaded.request.organ) {
        return Ok(loaded);
    }
    Err(AppError::Forbidden("由本机关信息员或者信息公开工作机构处理答复的文件".to_owned()))
}

/// The files of a request on their way out, the earliest first.
///
/// # Errors
/// When the caller does not work on it, or the store fails.
pub async fn all(app: &App, caller: &Caller, id: &RequestId) -> Result<Vec<Release>, AppError> {
    let mut reader = app.store.reader().await?;
    let request = load(&mut reader, caller, id).await?.request;
    if !reveal::may(caller, &request) {
        return Err(AppError::Forbidden("由办理、审核这件申请的人员查看答复的文件".to_owned()));
    }
    released::all(app, &mut reader, id).await
}

/// Brings a file. It does not go out before it was looked through.
///
/// # Errors
/// When it cannot be taken, there are too many, the caller does not handle the request, or the store
/// fails.
pub async fn bring(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    name: &str,
    content: Bytes,
) -> Result<Release, AppError> {
    let loaded = handled(&mut *app.store.reader().await?, caller, id).await?;
    let source = file::keep(app, name, content).await?;
    // People name an answer by who asked, and names of files stand open.
    let source = seal::without_names(app, &loaded, vec![source])?.remove(0);
    let now = app.clock.now();
    let release = Release {
        id: secret::id(now),
        source,
        product: None,
        words: Vec::new(),
        reason: String::new(),
        report: String::new(),
        by: caller.actor.name.clone(),
        at: now,
    };
    let mut transaction = app.store.begin().await?;
    let request = handled(&mut transaction, caller, id).await?.request;
    if MOST <= released::all(app, &mut transaction, id).await?.len() {
        let message = format!("一件申请最多处理 {MOST} 个文件，请合并后再上传");
        return Err(AppError::invalid("file", message));
    }
    let act = ("request.bring_file", release.source.name.clone());
    save(app, caller, transaction, &request, &release, act).await?;
    Ok(release)
}

async fn save(
    app: &App,
    caller: &Caller,
    mut transaction: Transaction,
    request: &DisclosureRequest,
    release: &Release,
    (act, reason): (&str, String),
) -> Result<(), AppError> {
    released::keep(app, &mut transaction, &request.id, release).await?;
    let mut event = caller.event(act, thing(request), request.organ.as_str(), app.clock.now());
    event.reason = reason;
    event.after = release.product.as_ref().map(|file| file.digest.clone()).unwrap_or_default();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}

pub(super) fn found(all: Vec<Release>, which: &str) -> Result<Release, AppError> {
    all.into_iter().find(|each| each.id == which).ok_or(AppError::NotFound("这个文件"))
}

pub(super) async fn content(app: &App, file: &RequestFile) -> Result<Bytes, AppError> {
    kept::read(app, &mut *app.store.reader().await?, &file.digest).await
}

/// Words that may have to go: numbers of persons, and the names of those consulted.
///
/// # Errors
/// When the caller does not work on the request, or the store fails.
pub async fn suggest(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    which: &str,
) -> Result<Vec<Suggestion>, AppError> {
    let release = found(all(app, caller, id).await?, which)?;
    let request = load(&mut *app.store.reader().await?, caller, id).await?.request;
    let consulted = request.round.consultations.iter();
    let known: Vec<(String, String)> =
        consulted.map(|each| (each.who.clone(), each.of.word().to_owned())).collect();
    let (name, bytes) = (release.source.name.clone(), content(app, &release.source).await?);
    let looked =
        tokio::task::spawn_blocking(move || redaction::suggestions(&name, &bytes, &known)).await;
    looked.map_err(|error| AppError::Broken(error.to_string()))
}

/// Makes a copy without these words and areas, and proves that they are gone.
///
/// # Errors
/// When there are neither, the file cannot be redacted surely, the caller does not handle the
/// request, or the store fails.
pub async fn redact(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    which: &str,
    marks: Marks,
    areas: Vec<PercentArea>,
) -> Result<Release, AppError> {
    let mut release = found(all(app, caller, id).await?, which)?;
    let bytes = content(app, &release.source).await?;
    let words = marks.words.clone();
    let of_pages = areas.clone();
    let make = move || redaction::redacted(&bytes, &placed(&bytes, marks, &of_pages)?);
    let made = tokio::task::spawn_blocking(make).await;
    let mut copy = made
        .map_err(|error| AppError::Broken(error.to_string()))?
        .map_err(|refusal| AppError::invalid("words", refusal.to_string()))?;
    let bytes = Bytes::from(std::mem::take(&mut copy.bytes));
    let name = name_without(&release.source.name, &words);
    release.product = Some(file::keep(app, &name, bytes).await?);
    (release.words, release.report, release.reason) = (words, reported(copy, areas), String::new());
    finish(app, caller, id, release, "request.redact").await
}

/// The name of a file without the words that went out of it; the ending stays.
fn name_without(name: &str, words: &[String]) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let given = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty());
    format!("{}.{ending}", given.fold(stem.to_owned(), |stem, word| stem.replace(word, "某")))
}

/// Says that a file may go out whole, and why.
///
/// # Errors
/// When no reason is given, the caller does not handle the request, or the store fails.
pub async fn let_out(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    which: &str,
    reason: &str,
) -> Result<Release, AppError> {
    if reason.trim().is_empty() {
        return Err(AppError::invalid("reason", "请写明为什么不需要区分处理"));
    }
    let mut release = found(all(app, caller, id).await?, which)?;
    release.product = Some(release.source.clone());
    (release.words, release.report) = (Vec::new(), String::new());
    release.reason = reason.trim().to_owned();
    finish(app, caller, id, release, "request.let_out").await
}

async fn finish(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    mut release: Release,
    act: &str,
) -> Result<Release, AppError> {
    (release.by, release.at) = (caller.actor.name.clone(), app.clock.now());
    let mut transaction = app.store.begin().await?;
    let request = handled(&mut transaction, caller, id).await?.request;
    let reason = format!("{}：{}", release.source.name, release.reason);
    save(app, caller, transaction, &request, &release, (act, reason)).await?;
    Ok(release)
}

/// Refuses files that were not made ready: nothing else goes out with a reply.
///
/// # Errors
/// When a file is none of the products, or the store fails.
pub(super) async fn ask_ready(
    app: &App,
    id: &RequestId,
    files: &[RequestFile],
) -> Result<(), AppError> {
    if files.is_empty() {
        return Ok(());
    }
    let ready = released::all(app, &mut *app.store.reader().await?, id).await?;
    let is_ready =
        |file: &RequestFile| ready.iter().any(|each| each.product.as_ref() == Some(file));
    match files.iter().find(|file| !is_ready(file)) {
        None => Ok(()),
        Some(file) => {
            let message = format!("“{}”还没有做区分处理，不能随答复提供", file.name);
            Err(AppError::invalid("file", message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_copy_holds_none_of_the_words_that_went_out() {
        let words = vec!["王某甲".to_owned(), " ".to_owned()];
        assert_eq!(name_without("王某甲的处罚决定.pdf", &words), "某的处罚决定.pdf");
        assert_eq!(name_without("决定", &words), "决定.bin");
    }
}
