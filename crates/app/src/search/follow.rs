//! Keeps the index behind the database: it follows the events, and is built anew where it cannot.
//!
//! What the index holds and how far it has come stand in one commit of its own files, with the hash
//! of the last event followed. After a crash it goes on from there; beside another database, or
//! damaged, it is built anew.

use super::entry::entry;
use crate::{App, AppError};
use gongkai_domain::id::ItemId;
use gongkai_store::events;
use gongkai_store::items::{self, Loaded};
use gongkai_store::search::{Batch, Index, Mark, SearchError, changes};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// How long a search waits for an index that is behind or not there yet.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long after an act the index follows, so that many acts are followed at once.
const BREATH: Duration = Duration::from_millis(100);
/// How many items are loaded at a time.
const PORTION: i64 = 200;

/// The index of an installation; opened when it is first needed.
#[derive(Clone, Debug, Default)]
pub struct Search(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    directory: Option<PathBuf>,
    serving: RwLock<Option<Arc<Index>>>,
    turn: tokio::sync::Mutex<()>,
    followed: AtomicU64,
    is_woken: AtomicBool,
}

impl Search {
    /// An index in a directory; the default is one in memory.
    pub fn in_directory(directory: PathBuf) -> Self {
        Self(Arc::new(Inner { directory: Some(directory), ..Inner::default() }))
    }

    fn serving(&self) -> Option<Arc<Index>> {
        self.0.serving.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn serve(&self, index: Option<Arc<Index>>) {
        *self.0.serving.write().unwrap_or_else(PoisonError::into_inner) = index;
    }

    /// Follows soon, where anybody searches at all.
    pub(crate) fn wake(&self, app: &App) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        if self.serving().is_none() || self.0.is_woken.swap(true, Ordering::AcqRel) {
            return;
        }
        let app = app.clone();
        runtime.spawn(async move {
            tokio::time::sleep(BREATH).await;
            app.search.0.is_woken.store(false, Ordering::Release);
            if let Err(error) = catch_up(&app).await {
                tracing::error!("检索索引没有跟上，稍后再试：{error}");
            }
        });
    }
}

impl From<SearchError> for AppError {
    fn from(error: SearchError) -> Self {
        Self::Broken(error.to_string())
    }
}

/// Runs what would hold up other work on a thread of its own.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, AppError> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|error| AppError::Broken(error.to_string()))??)
}

/// Asks the index, once it holds every act of this process that is done.
pub(super) async fn ask<T: Send + 'static>(
    app: &App,
    question: impl FnOnce(&Index) -> Result<T, SearchError> + Send + 'static,
) -> Result<T, AppError> {
    let is_behind = app.search.0.followed.load(Ordering::Acquire) < app.generation();
    if is_behind || app.search.serving().is_none() {
        let app = app.clone();
        // On its own: whoever asked may go away, the index goes on.
        let following = tokio::spawn(async move { catch_up(&app).await });
        if let Ok(done) = tokio::time::timeout(PATIENCE, following).await {
            done.map_err(|error| AppError::Broken(error.to_string()))??;
        }
    }
    let Some(index) = app.search.serving() else {
        return Err(AppError::Conflict("检索索引正在建立，请过一会儿再查".to_owned()));
    };
    let answer = aside(move || question(&index)).await;
    if answer.is_err() {
        // Files that cannot be read any more: the next round looks at them again and builds anew.
        app.search.serve(None);
    }
    answer
}

/// Brings the index to where the database is; opens it first, and builds it anew where it is
/// missing, damaged, or of another database. One at a time.
///
/// # Errors
/// When the store or the disk fails; the index then stands where it stood.
pub async fn catch_up(app: &App) -> Result<(), AppError> {
    let _turn = app.search.0.turn.lock().await;
    let generation = app.generation();
    let index = match app.search.serving() {
        Some(index) => index,
        None => opened(app).await?,
    };
    let (sequence, hash) = events::head(&mut *app.store.reader().await?).await?;
    let head = Mark { sequence, hash };
    match index.mark() {
        Some(mark) if mark == head => app.search.serve(Some(index)),
        Some(mark) if is_of_this_database(app, &mark, &head).await? => {
            app.search.serve(Some(Arc::clone(&index)));
            follow(app, &index, &mark, &head).await?;
        }
        known => {
            if known.is_some() {
                tracing::warn!("检索索引与数据库不是同一套，正在重新建立");
            }
            fill(app, &index, &head).await?;
            app.search.serve(Some(index));
        }
    }
    app.search.0.followed.fetch_max(generation, Ordering::AcqRel);
    Ok(())
}

/// Brings the index to where the database is, without holding up whoever calls: an index that has to be
/// opened or built first is built on its own, and one that is being built is left to it.
///
/// # Errors
/// When the store or the disk fails; the index then stands where it stood.
pub async fn keep_up(app: &App) -> Result<(), AppError> {
    if app.search.0.turn.try_lock().is_err() {
        return Ok(());
    }
    if app.search.serving().is_some() {
        return catch_up(app).await;
    }
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = catch_up(&app).await {
            tracing::error!("检索索引没有建成，稍后再试：{error}");
        }
    });
    Ok(())
}

/// Opens the index that another process keeps, to read it: nothing is built and nothing is changed.
/// Answers how many events it is behind.
///
/// # Errors
/// When there is none yet, it is damaged, or of another database.
pub async fn look(app: &App) -> Result<i64, AppError> {
    let none =
        || AppError::Conflict("检索索引还没有建立，请先运行 serve 或 search rebuild".to_owned());
    let directory = app.search.0.directory.clone().ok_or_else(none)?;
    if !directory.join("meta.json").exists() {
        return Err(none());
    }
    let index = Arc::new(aside(move || Index::open(&directory)).await?);
    let (sequence, hash) = events::head(&mut *app.store.reader().await?).await?;
    let mark = index.mark().ok_or_else(none)?;
    if !is_of_this_database(app, &mark, &Mark { sequence, hash }).await? {
        return Err(AppError::Conflict(
            "检索索引与数据库不是同一套，请运行 search rebuild".to_owned(),
        ));
    }
    app.search.serve(Some(index));
    app.search.0.followed.store(u64::MAX, Ordering::Release);
    Ok(sequence - mark.sequence)
}

/// Builds the index anew from the database; answers how many items it holds.
///
/// # Errors
/// When the store or the disk fails.
pub async fn rebuild(app: &App) -> Result<u64, AppError> {
    let _turn = app.search.0.turn.lock().await;
    app.search.serve(None);
    if let Some(directory) = app.search.0.directory.clone() {
        aside(move || Ok(wipe(&directory)?)).await?;
    }
    let index = opened(app).await?;
    let (sequence, hash) = events::head(&mut *app.store.reader().await?).await?;
    fill(app, &index, &Mark { sequence, hash }).await?;
    let n_items = index.n_items();
    app.search.serve(Some(index));
    Ok(n_items)
}

fn wipe(directory: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(directory) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

async fn opened(app: &App) -> Result<Arc<Index>, AppError> {
    let directory = app.search.0.directory.clone();
    let open = move || match directory {
        None => Index::in_memory(),
        Some(directory) => Index::open(&directory).or_else(|error| {
            tracing::warn!("{error}；正在重新建立");
            wipe(&directory)?;
            Index::open(&directory)
        }),
    };
    Ok(Arc::new(aside(open).await?))
}

async fn is_of_this_database(app: &App, mark: &Mark, head: &Mark) -> Result<bool, AppError> {
    if mark.sequence == 0 || head.sequence < mark.sequence {
        return Ok(mark.sequence == 0 && mark.hash.is_empty());
    }
    let hash = changes::hash_at(&mut *app.store.reader().await?, mark.sequence).await?;
    Ok(hash.as_ref() == Some(&mark.hash))
}

async fn follow(app: &App, index: &Arc<Index>, mark: &Mark, head: &Mark) -> Result<(), AppError> {
    let mut reader = app.store.reader().await?;
    let ids = changes::changed(&mut reader, mark.sequence, head.sequence).await?;
    let mut batch = begun(index).await?;
    for portion in ids.chunks(usize::try_from(PORTION).unwrap_or(usize::MAX)) {
        let mut found = Vec::with_capacity(portion.len());
        for id in portion {
            found.push((id.clone(), items::find(&mut reader, id).await?));
        }
        batch = changed(app, batch, found).await?;
    }
    finished(index, batch, head).await
}

async fn fill(app: &App, index: &Arc<Index>, head: &Mark) -> Result<(), AppError> {
    let mut reader = app.store.reader().await?;
    let mut batch = begun(index).await?;
    batch.clear()?;
    let mut last = String::new();
    loop {
        let portion = changes::readable_after(&mut reader, &last, PORTION).await?;
        let Some(loaded) = portion.last() else { break };
        last = loaded.item.id.to_string();
        let found = portion.into_iter().map(|loaded| (loaded.item.id.clone(), Some(loaded)));
        batch = changed(app, batch, found.collect()).await?;
    }
    finished(index, batch, head).await
}

async fn begun(index: &Arc<Index>) -> Result<Batch, AppError> {
    let index = Arc::clone(index);
    aside(move || index.begin()).await
}

async fn finished(index: &Arc<Index>, batch: Batch, head: &Mark) -> Result<(), AppError> {
    let (index, head) = (Arc::clone(index), head.clone());
    aside(move || index.finish(batch, &head)).await
}

/// Puts in what the public may read, and takes out everything else.
async fn changed(
    app: &App,
    mut batch: Batch,
    found: Vec<(ItemId, Option<Loaded>)>,
) -> Result<Batch, AppError> {
    let mut texts = Vec::with_capacity(found.len());
    for (_, loaded) in &found {
        texts.push(match loaded {
            Some(loaded) => super::attached::texts(app, &loaded.item).await,
            None => String::new(),
        });
    }
    aside(move || {
        for ((id, loaded), attached) in found.into_iter().zip(texts) {
            match loaded.and_then(|loaded| entry(&loaded.item, &attached)) {
                Some(entry) => batch.put(&entry)?,
                None => batch.remove(&id),
            }
        }
        Ok(batch)
    })
    .await
}
