//! The running program: its store, files, clock and settings.

use crate::AppError;
use crate::channels::Outlets;
use crate::clock::Clock;
use crate::config::Config;
use crate::oidc::Provider;
use crate::remind::Secrets;
use crate::requests::flood::Flood;
use crate::search::Search;
use crate::site::counted::Counted;
use crate::vault::Vault;
use crate::views::Views;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_papers::official::Fonts;
use gongkai_store::files::Files;
use gongkai_store::{Store, organs};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// The running program; cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The files.
    pub files: Files,
    /// The clock.
    pub clock: Clock,
    /// The settings.
    pub config: Arc<Config>,
    /// Seals and opens what must not stand open in the database.
    pub vault: Arc<Vault>,
    /// What channels are sent with: folder, connections.
    pub outlets: Arc<Outlets>,
    /// The full-text index of what is public.
    pub search: Search,
    /// The identity service, where people sign in through one.
    pub oidc: Arc<Provider>,
    /// Views that are counted and not yet written down.
    pub views: Views,
    /// What was counted of public lists.
    pub counted: Counted,
    /// What holds floods off the public forms.
    pub flood: Flood,
    /// What reminders are sent with.
    pub reminder_secrets: Arc<Secrets>,
    fonts: Arc<OnceLock<Fonts>>,
    generation: Arc<AtomicU64>,
    demo: Arc<AtomicBool>,
}

impl App {
    /// Puts the program together; what it seals without [`App::with_vault`] opens until it ends.
    pub fn new(store: Store, files: Files, clock: Clock, config: Config) -> Self {
        let (vault, outlets) = (Arc::default(), Arc::default());
        let (search, views) = (Search::default(), Views::default());
        let (config, generation, demo) = (Arc::new(config), Arc::default(), Arc::default());
        let (counted, flood) = (Counted::default(), Flood::default());
        Self {
            store,
            files,
            clock,
            config,
            vault,
            outlets,
            search,
            oidc: Arc::default(),
            views,
            counted,
            flood,
            reminder_secrets: Arc::new(Secrets::of_environment()),
            fonts: Arc::default(),
            generation,
            demo,
        }
    }

    /// The fonts of official papers, looked for once; the first call reads folders and takes a while.
    pub fn fonts(&self) -> &Fonts {
        self.fonts.get_or_init(|| Fonts::find(&self.config.papers.font_folders))
    }

    /// The same with the keys of the installation.
    pub fn with_vault(mut self, vault: Vault) -> Self {
        self.vault = Arc::new(vault);
        self
    }

    /// The same with what channels are sent with.
    pub fn with_outlets(mut self, outlets: Outlets) -> Self {
        self.outlets = Arc::new(outlets);
        self
    }

    /// The same, with the index in a place of its own; without, it is in memory.
    pub fn with_search(self, search: Search) -> Self {
        Self { search, ..self }
    }

    /// Grows with every act that changes what the public sees; what was made of an older one is stale.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Says that what the public sees has changed.
    pub fn public_changed(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        self.search.wake(self);
    }

    /// Whether what it holds is a demonstration: every page says so.
    pub fn is_demo(&self) -> bool {
        self.demo.load(Ordering::Acquire)
    }

    /// Says from now on that it is a demonstration.
    pub(crate) fn call_demo(&self) {
        self.demo.store(true, Ordering::Release);
        self.public_changed();
    }

    /// Every organ, in the order of lists.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn organs(&self) -> Result<Vec<Organ>, AppError> {
        Ok(organs::all(&mut *self.store.reader().await?).await?)
    }
}

/// The organ and the organs above it, the nearest first. A ring in the tree ends it.
pub fn lineage(organs: &[Organ], of: &OrganId) -> Vec<OrganId> {
    let mut line: Vec<OrganId> = Vec::new();
    let mut next = Some(of.clone());
    while let Some(id) = next.take_if(|id| !line.contains(id)) {
        next = organs.iter().find(|organ| organ.id == id).and_then(|organ| organ.parent.clone());
        line.push(id);
    }
    line
}
