//! What the page of a public item shows: the item, what interprets it, and what stands near it.

use crate::{App, AppError, items::read};
use gongkai_domain::id::ItemId;
use gongkai_domain::organ::Organ;
use gongkai_store::items::{self, Filter, Line, Loaded, Page};
use gongkai_store::organs;

/// Another item, as a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Linked {
    /// Which.
    pub id: ItemId,
    /// Its title.
    pub title: String,
}

/// A public item with what belongs to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// The item; one that was withdrawn has no text.
    pub loaded: Loaded,
    /// Whose it is.
    pub organ: Option<Organ>,
    /// The policy that it interprets, where that is public.
    pub policy: Option<Linked>,
    /// What interprets it.
    pub interpretations: Vec<Linked>,
    /// Others of the same subject, else of the same organ and kind.
    pub related: Vec<Linked>,
}

const N_RELATED: i64 = 6;

/// The item with what belongs to it.
///
/// # Errors
/// When it is not there, was never public, or the store fails.
pub async fn shown(app: &App, id: &ItemId) -> Result<Shown, AppError> {
    let loaded = read::public(app, id).await?;
    let mut reader = app.store.reader().await?;
    let organ = organs::find(&mut reader, &loaded.item.organ).await?;
    let content = loaded.item.public.as_ref().map(|public| &public.content);
    let mut policy = None;
    if let Some(interprets) = content.and_then(|content| content.interprets.as_ref()) {
        let found = items::find(&mut reader, interprets).await?;
        policy = found.as_ref().and_then(linked);
    }
    let interpreting = items::interpretations(&mut reader, id).await?;
    let interpretations = interpreting.iter().filter_map(linked).collect();
    let filter = beside(&loaded);
    let page = Page { skip: 0, limit: N_RELATED + 1 };
    let lines = items::lines(&mut reader, &filter, page).await?;
    let mut related: Vec<Linked> =
        lines.into_iter().filter(|line| line.id != *id).map(of_line).collect();
    related.truncate(usize::try_from(N_RELATED).unwrap_or(usize::MAX));
    Ok(Shown { loaded, organ, policy, interpretations, related })
}

fn beside(loaded: &Loaded) -> Filter {
    let item = &loaded.item;
    let subject = item.public.as_ref().and_then(|public| public.content.subject.clone());
    let near = Filter { readable: true, ..Filter::default() };
    match subject {
        Some(subject) => Filter { subjects: vec![subject], ..near },
        None => Filter { organs: vec![item.organ.clone()], kinds: vec![item.kind.clone()], ..near },
    }
}

fn of_line(line: Line) -> Linked {
    Linked { id: line.id, title: line.title }
}

fn linked(loaded: &Loaded) -> Option<Linked> {
    let item = &loaded.item;
    let public = item.public.as_ref().filter(|_| item.standing.is_readable())?;
    Some(Linked { id: item.id.clone(), title: public.content.title.clone() })
}
