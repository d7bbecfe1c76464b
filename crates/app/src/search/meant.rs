//! 您要找的是不是: another query that is one slip away and finds what was asked exactly.

use super::{Asked, follow, parse};
use crate::{App, AppError};
use gongkai_papers::searchable::searchable;
use gongkai_store::search::{Query, Sort, near};

/// What somebody may have meant whose query finds nothing exactly; the one that finds most.
///
/// # Errors
/// When the index is not ready yet, or the store fails.
pub async fn meant(app: &App, asked: &Asked) -> Result<Option<String>, AppError> {
    let organs = app.organs().await?;
    let filter = super::filter(asked, &organs);
    let mut queries = Vec::new();
    for text in near(&searchable(&asked.words).text) {
        if let Ok(parsed) = parse::parse(&text, &organs) {
            let (parts, is_open) = (parsed.parts, parsed.is_open);
            let (filter, today) = (filter.clone(), app.clock.today());
            let query =
                Query { parts, is_open, filter, sort: Sort::Relevance, today, skip: 0, limit: 1 };
            queries.push((text, query));
        }
    }
    if queries.is_empty() {
        return Ok(None);
    }
    let counted = move |index: &gongkai_store::search::Index| {
        let mut best: Option<(u64, String)> = None;
        for (text, query) in queries {
            let n_exact = index.search(&query)?.n_exact;
            if best.as_ref().map_or(0, |(most, _)| *most) < n_exact {
                best = Some((n_exact, text));
            }
        }
        Ok(best.map(|(_, text)| text))
    };
    follow::ask(app, counted).await
}
