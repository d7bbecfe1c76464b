//! 图表: what the charts of a report show, with the years before it: in the workplace by what is in work,
//! for the public by what is published and what was read from papers of earlier years.

use super::act::{ground, load};
use super::{Draft, board, paper};
use crate::caller::Caller;
use crate::{App, AppError, items};
use gongkai_domain::figure::Figures;
use gongkai_domain::id::{ItemId, OrganId};
use gongkai_domain::item::Item;
use gongkai_domain::report::AnnualReport;
use gongkai_papers::annual_report::charts::plans;
pub use gongkai_papers::annual_report::charts::{Chart, Plan};
use gongkai_papers::annual_report::keyed;
use gongkai_store::items::{Filter, Page};
use gongkai_store::reports::{earlier, find};

/// So many years before a report can stand in a chart beside it.
const YEARS: i16 = 4;

/// Most published reports of one organ that are looked into for their years.
const MOST: i64 = 12;

/// The charts of a report as the caller works on it.
///
/// # Errors
/// When no form is laid down for the year, or the caller may not see it.
pub async fn of_report(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<Vec<Plan>, AppError> {
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, organ).await?;
    let filing = load(&mut reader, &ground, year).await?.filing;
    if filing.figures.is_empty() {
        return Ok(Vec::new());
    }
    let (draft, _) = paper::draft(&filing, None)?;
    let mut before: Vec<(i16, Figures)> = Vec::new();
    for year in (year - YEARS)..year {
        let kept = find(&mut reader, organ, year).await?.map(|loaded| loaded.filing.figures);
        let figures = match kept.filter(|figures| !figures.is_empty()) {
            Some(figures) => Some(figures),
            None => earlier::find(&mut reader, organ, year).await?.map(|read| read.report.figures),
        };
        before.extend(figures.map(|figures| (year, figures)));
    }
    Ok(planned(&draft, &before))
}

/// The charts of a published report; none of another item.
///
/// # Errors
/// When the item is not there, was never public, or the store fails.
pub async fn of_item(app: &App, id: &ItemId) -> Result<Vec<Plan>, AppError> {
    let item = items::read::public(app, id).await?.item;
    let Some(report) = published(app, &item).await? else { return Ok(Vec::new()) };
    let Ok(draft) = Draft::of(&report) else { return Ok(Vec::new()) };
    let mut reader = app.store.reader().await?;
    let filter = Filter {
        readable: true,
        organs: vec![item.organ.clone()],
        kinds: vec![board::KIND.to_owned()],
        ..Filter::default()
    };
    let lines =
        gongkai_store::items::lines(&mut reader, &filter, Page { skip: 0, limit: MOST }).await?;
    let mut before: Vec<(i16, Figures)> = Vec::new();
    for line in lines.into_iter().filter(|line| line.id != *id) {
        let other = items::read::public(app, &line.id).await?.item;
        let other = published(app, &other).await?;
        before.extend(other.and_then(|report| Some((report.year?, report.figures))));
    }
    for read in earlier::of_organ(&mut reader, &item.organ).await? {
        before.push((read.report.year, read.report.figures));
    }
    Ok(planned(&draft, &before))
}

/// What is published of a report: the figures of its public edition.
async fn published(app: &App, item: &Item) -> Result<Option<AnnualReport>, AppError> {
    let public = item.public.as_ref().filter(|_| item.kind == board::KIND);
    let files = public.into_iter().flat_map(|edition| &edition.content.attachments);
    let Some(file) = files.into_iter().find(|file| file.media_type == "application/json") else {
        return Ok(None);
    };
    let Some(bytes) = app.files.read(&file.digest).await? else { return Ok(None) };
    let reports = keyed::read(&bytes, &file.name);
    Ok(reports.and_then(|reports| reports.into_iter().next()))
}

/// Of two reports on a year the first counts.
fn planned(draft: &Draft, before: &[(i16, Figures)]) -> Vec<Plan> {
    let before: Vec<(i16, &Figures)> =
        before.iter().map(|(year, figures)| (*year, figures)).collect();
    plans(draft, &before)
}
