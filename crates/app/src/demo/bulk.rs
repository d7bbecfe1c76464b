//! More organs and published items than anybody would type, for trying and measuring at size. They
//! are variations of what the demonstration holds already, each with its event in the log.

use super::county;
use crate::caller::system_event;
use crate::items::act;
use crate::{App, AppError, secret};
use gongkai_domain::item::{EditionState, Item, Standing};
use gongkai_domain::organ::Organ;
use gongkai_domain::time::china_date;
use gongkai_store::items::{self, By, Filter, Page};
use gongkai_store::{events, organs, serials};
use jiff::{SignedDuration, Timestamp};

/// How many items are saved in one transaction.
const BATCH: u64 = 500;

/// How many items are varied at most.
const PATTERNS: i64 = 300;

/// The span over which the items were published, in minutes: three years.
const SPAN_MINUTES: u64 = 3 * 365 * 24 * 60;

/// Adds organs and published items until there are this many; answers how many items were added.
///
/// # Errors
/// When there is nothing to vary, or the store fails.
pub async fn grow(app: &App, n_organs: usize, n_items: u64) -> Result<u64, AppError> {
    let organs = grow_organs(app, n_organs).await?;
    let (patterns, there) = patterns(app).await?;
    if patterns.is_empty() {
        return Err(AppError::Conflict("没有可以仿照的信息，请先填入演示数据".to_owned()));
    }
    let mut made = there;
    while made < n_items {
        let until = n_items.min(made + BATCH);
        batch(app, &organs, &patterns, made..until).await?;
        made = until;
    }
    app.public_changed();
    Ok(made - there)
}

async fn grow_organs(app: &App, n_organs: usize) -> Result<Vec<Organ>, AppError> {
    let mut all = app.organs().await?;
    let mut transaction = app.store.begin().await?;
    for order in all.len()..n_organs {
        let organ = county::another(order);
        organs::save(&mut transaction, &organ).await?;
        all.push(organ);
    }
    transaction.commit().await?;
    Ok(all)
}

/// Public items to vary, and how many there are in all.
async fn patterns(app: &App) -> Result<(Vec<Item>, u64), AppError> {
    let mut reader = app.store.reader().await?;
    let filter = Filter { states: vec!["public".to_owned()], ..Filter::default() };
    let counts = items::counts(&mut reader, &filter, By::State).await?;
    let there = counts.iter().map(|(_, n)| n.unsigned_abs()).sum();
    let lines = items::lines(&mut reader, &filter, Page { skip: 0, limit: PATTERNS }).await?;
    let ids: Vec<_> = lines.iter().map(|line| &line.id).collect();
    let found = items::find_all(&mut reader, &ids).await?;
    Ok((found.into_iter().map(|each| each.item).collect(), there))
}

async fn batch(
    app: &App,
    organs: &[Organ],
    patterns: &[Item],
    numbers: std::ops::Range<u64>,
) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let now = app.clock.now();
    for number in numbers {
        let minutes = number.wrapping_mul(7919) % SPAN_MINUTES;
        let at = now - SignedDuration::from_mins(minutes.cast_signed());
        let organ = &organs[pick(number, organs.len())];
        let serial = serials::next(&mut transaction, &organ.code, china_date(at).year()).await?;
        let pattern = &patterns[pick(number / 3, patterns.len())];
        let item = varied(pattern, organ, serial, at);
        items::add(&mut transaction, &item, None).await?;
        let thing = format!("item/{}", item.id);
        let mut event = system_event("item.publish", thing, organ.id.as_str(), now);
        event.after = act::state(&item);
        events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    }
    Ok(transaction.commit().await?)
}

/// The item as another organ published it at another time.
fn varied(pattern: &Item, organ: &Organ, serial: i64, at: Timestamp) -> Item {
    let mut item = pattern.clone();
    let year = china_date(at).year();
    item.id = secret::id(at).parse().expect("digits and small letters make an id");
    item.organ = organ.id.clone();
    item.index_number = Some(format!("{}/{year:04}-{serial:05}", organ.code));
    item.standing = Standing::Public { since: at };
    item.lapses.clear();
    item.working = None;
    if let Some(public) = item.public.as_mut() {
        let note = format!("{}{year}年第{serial}期", organ.short_name);
        let content = &mut public.content;
        content.title = format!("{}（{note}）", content.title);
        content.html.push_str(&format!("<p>{note}</p>"));
        content.text = format!("{}\n{note}", content.text);
        content.document_number = None;
        content.interprets = None;
        content.attachments.clear();
        content.formed_on = china_date(at);
        public.changed_at = at;
        if let EditionState::Published { at: published_at, .. } = &mut public.state {
            *published_at = at;
        }
    }
    item
}

pub(super) fn pick(number: u64, of: usize) -> usize {
    usize::try_from(number).unwrap_or_default() % of
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::start::{Place, open};

    #[tokio::test]
    async fn it_grows_to_the_number_asked_for_and_not_beyond() {
        let directory = tempfile::tempdir().unwrap();
        let place = Place { data: directory.path().to_owned(), ..Place::default() };
        let opened = open(&place, Clock::Machine).await.unwrap();
        crate::demo::fill(&opened.app).await.unwrap();
        assert!(0 < grow(&opened.app, 20, 700).await.unwrap());
        assert_eq!(grow(&opened.app, 20, 700).await.unwrap(), 0);
        assert_eq!(opened.app.organs().await.unwrap().len(), 20);
        let (_, there) = patterns(&opened.app).await.unwrap();
        assert_eq!(there, 700);
    }
}
