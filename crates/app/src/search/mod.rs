//! Search: what is public, found by words; the index follows the database by itself.

mod attached;
mod entry;
mod follow;
mod highlight;
mod meant;
mod numbers;
mod parse;
mod suggest;
#[cfg(test)]
mod tests;

pub use follow::{Search, catch_up, keep_up, look, rebuild};
pub use gongkai_store::search::{Counts, Filter, Sort};
pub use highlight::Piece;
pub use meant::meant;
pub use parse::LONGEST;
pub use suggest::suggest;

use crate::app::lineage;
use crate::{App, AppError};
use gongkai_domain::id::OrganId;
use gongkai_domain::item::Item;
use gongkai_domain::organ::Organ;
use gongkai_store::items;
use gongkai_store::search::{Found, Query};

/// How many hits stand on one page.
pub const LINES: usize = 10;
/// The last page that is shown; whoever wants more narrows the search.
pub const LAST_PAGE: usize = 200;

/// What somebody searches for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// The words as typed.
    pub words: String,
    /// Only this organ and those below it.
    pub organ: Option<OrganId>,
    /// Only this kind.
    pub kind: Option<String>,
    /// Only published in this year.
    pub year: Option<i16>,
    /// Only of this validity.
    pub validity: Option<String>,
    /// Only of this subject class, or of those within it.
    pub subject: Option<String>,
    /// In which order.
    pub sort: Sort,
    /// Which page, from 1.
    pub page: usize,
}

/// One hit, as the database has it now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The item; only its public edition is there.
    pub item: Item,
    /// The title in pieces.
    pub title: Vec<Piece>,
    /// What of the text shows why it was found, in pieces.
    pub snippet: Vec<Piece>,
    /// The key of its validity today.
    pub validity: &'static str,
}

/// The answer to a search.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answered {
    /// The hits of the page.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub n_hits: u64,
    /// How many of them are exactly what was asked; the others nearly so.
    pub n_exact: u64,
    /// For every filter, how many hits each value would have. An organ counts those below it.
    pub counts: Counts,
    /// Which page this is.
    pub page: usize,
    /// The last page.
    pub n_pages: usize,
}

/// Searches what is public.
///
/// # Errors
/// When the words cannot be searched for, the index is not ready yet, or the store fails.
pub async fn search(app: &App, asked: &Asked) -> Result<Answered, AppError> {
    let organs = app.organs().await?;
    let parsed = parse::parse(&asked.words, &organs)?;
    let page = asked.page.clamp(1, LAST_PAGE);
    let query = Query {
        parts: parsed.parts,
        is_open: parsed.is_open,
        filter: filter(asked, &organs),
        sort: asked.sort,
        today: app.clock.today(),
        skip: (page - 1) * LINES,
        limit: LINES,
    };
    let found = follow::ask(app, move |index| index.search(&query)).await?;
    let hits = hits(app, &found, &parsed.numbers).await?;
    let n_pages = usize::try_from(found.n_hits).unwrap_or(usize::MAX).div_ceil(LINES);
    let mut counts = found.counts;
    counts.organs = with_those_above(&counts.organs, &organs);
    Ok(Answered {
        hits,
        n_hits: found.n_hits,
        n_exact: found.n_exact,
        counts,
        page,
        n_pages: n_pages.clamp(1, LAST_PAGE),
    })
}

fn filter(asked: &Asked, organs: &[Organ]) -> Filter {
    let below = |wanted: &OrganId| {
        let is_below = |organ: &&Organ| lineage(organs, &organ.id).contains(wanted);
        let mut ids: Vec<_> = organs.iter().filter(is_below).map(|o| o.id.to_string()).collect();
        // An organ that does not exist has no items; the filter still narrows.
        if ids.is_empty() {
            ids.push(wanted.to_string());
        }
        ids
    };
    Filter {
        organs: asked.organ.as_ref().map(below).unwrap_or_default(),
        kind: asked.kind.clone(),
        year: asked.year,
        validity: asked.validity.clone(),
        subject: asked.subject.clone(),
    }
}

fn with_those_above(
    counts: &std::collections::BTreeMap<String, u64>,
    organs: &[Organ],
) -> std::collections::BTreeMap<String, u64> {
    let mut all = std::collections::BTreeMap::new();
    for organ in organs {
        let Some(count) = counts.get(organ.id.as_str()) else { continue };
        for above in lineage(organs, &organ.id) {
            *all.entry(above.to_string()).or_default() += count;
        }
    }
    all
}

/// The hits as the database has them: what may not be read any more is left out, whatever the index
/// says, and nothing is shown that does not come from the public edition.
async fn hits(app: &App, found: &Found, numbers: &[String]) -> Result<Vec<Hit>, AppError> {
    let mut reader = app.store.reader().await?;
    let today = app.clock.today();
    let mut hits = Vec::with_capacity(found.ids.len());
    for id in &found.ids {
        let loaded = items::find(&mut reader, id).await?;
        let Some(mut item) = loaded.map(|loaded| loaded.item) else { continue };
        item.working = None;
        if !item.standing.is_readable() {
            continue;
        }
        let Some(content) = item.public.as_ref().map(|public| &public.content) else { continue };
        let title = highlight::whole(&content.title, &found.marks, numbers);
        let snippet = highlight::snippet(&content.text, &found.marks, numbers);
        let validity = entry::validity_key(&item, today);
        hits.push(Hit { title, snippet, validity, item });
    }
    Ok(hits)
}
