//! Views of public pages, counted: a robot does not count, and a reader counts once in half an hour.
//!
//! They are counted in memory and written down every few seconds and at the end, so that reading a
//! page never writes; a crash loses the last seconds of counting, and nothing else. Who read is not
//! kept: readers are told apart by a digest whose key is drawn anew at every start, in memory only.

use crate::{App, AppError};
use gongkai_domain::id::ItemId;
use gongkai_store::views;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

/// The same reader counts again after this long.
const AGAIN: SignedDuration = SignedDuration::from_mins(30);
/// So many readers are told apart at a time; past that the earliest are forgotten.
const MOST_READERS: usize = 200_000;

/// Words in the name of a program that say nobody reads.
static ROBOTS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/robots/user-agents.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// Views that are counted and not yet written down; cheap to clone.
#[derive(Clone, Debug)]
pub struct Views(Arc<Mutex<Counted>>);

#[derive(Debug)]
struct Counted {
    keys: RandomState,
    readers: HashMap<(u64, u64), Timestamp>,
    views: HashMap<ItemId, i64>,
}

impl Default for Views {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Counted {
            keys: RandomState::new(),
            readers: HashMap::new(),
            views: HashMap::new(),
        })))
    }
}

impl Views {
    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a program that gives itself this name reads for nobody.
pub fn is_robot(user_agent: &str) -> bool {
    let name = user_agent.to_lowercase();
    name.trim().is_empty() || ROBOTS.iter().any(|word| name.contains(word))
}

/// Counts that the page of an item was read, unless by a robot or by the same reader just before.
/// `client` is the address of the reader.
pub fn record(app: &App, item: &ItemId, client: &str, user_agent: &str) {
    if is_robot(user_agent) {
        return;
    }
    let now = app.clock.now();
    let mut counted = app.views.lock();
    let Counted { keys, readers, views } = &mut *counted;
    let reader = keys.hash_one((client, user_agent));
    let key = (reader, keys.hash_one(item));
    let is_again = readers.get(&key).is_some_and(|before| now.duration_since(*before) < AGAIN);
    if is_again {
        return;
    }
    if MOST_READERS <= readers.len() {
        forget(readers, now);
    }
    readers.insert(key, now);
    *views.entry(item.clone()).or_default() += 1;
}

/// Forgets who read long ago; where that is not enough, the earlier half of all.
fn forget(readers: &mut HashMap<(u64, u64), Timestamp>, now: Timestamp) {
    readers.retain(|_, before| now.duration_since(*before) < AGAIN);
    if MOST_READERS <= readers.len() {
        let mut times: Vec<_> = readers.values().copied().collect();
        let middle = times.len() / 2;
        let (_, middle, _) = times.select_nth_unstable(middle);
        let middle = *middle;
        readers.retain(|_, before| middle < *before);
    }
}

/// Writes down what was counted. What could not be written is kept for the next time.
///
/// # Errors
/// When the store fails.
pub async fn flush(app: &App) -> Result<(), AppError> {
    let mut counted: Vec<_> = {
        let mut counted = app.views.lock();
        let now = app.clock.now();
        counted.readers.retain(|_, before| now.duration_since(*before) < AGAIN);
        counted.views.drain().collect()
    };
    if counted.is_empty() {
        return Ok(());
    }
    // Always in the same order, so that two processes never wait for each other.
    counted.sort();
    let written = write(app, &counted).await;
    if written.is_err() {
        let mut kept = app.views.lock();
        for (id, n_views) in counted {
            *kept.views.entry(id).or_default() += n_views;
        }
    }
    written
}

async fn write(app: &App, counted: &[(ItemId, i64)]) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    views::add(&mut transaction, counted).await?;
    Ok(transaction.commit().await?)
}
