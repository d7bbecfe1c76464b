//! What of an item goes into the index: its public edition, and nothing else.

use super::numbers;
use gongkai_domain::catalogue::Validity;
use gongkai_domain::item::{EditionState, Item};
use gongkai_domain::time::china_date;
use gongkai_papers::searchable::searchable;
use gongkai_store::search::Entry;
use jiff::civil::Date;

/// The entry of an item that the public may read; `None` for any other. `attached` is the text of
/// its attachments.
pub fn entry(item: &Item, attached: &str) -> Option<Entry> {
    let public = item.public.as_ref().filter(|_| item.standing.is_readable())?;
    let content = &public.content;
    let published_at = match &public.state {
        EditionState::Published { at, .. } => *at,
        _ => item.standing.since()?,
    };
    let names: Vec<_> = content.attachments.iter().map(|file| file.name.as_str()).collect();
    let title = searchable(&content.title).text;
    let text = searchable(&content.text).text;
    let number = content.document_number.as_deref().unwrap_or_default();
    Some(Entry {
        id: item.id.clone(),
        organ: item.organ.clone(),
        kind: item.kind.clone(),
        subject: content.subject.clone().unwrap_or_default(),
        standing: item.standing.key().to_owned(),
        validity: validity(item),
        year: china_date(published_at).year(),
        published_at,
        attachments: searchable(&format!("{}\n{attached}", names.join("\n")))
            .text
            .trim()
            .to_owned(),
        numbers: numbers::own_keys(&searchable(number).text),
        cited: numbers::cited_keys(&format!("{title}\n{text}")),
        index_number: searchable(item.index_number.as_deref().unwrap_or_default()).text,
        title,
        text,
    })
}

/// The key of the validity on a day.
pub fn validity_key(item: &Item, day: Date) -> &'static str {
    item.validity_on(day).and_then(Validity::called).map_or("", Validity::key)
}

/// The validity from day to day: it changes by itself, without anybody touching the item.
fn validity(item: &Item) -> Vec<(Date, String)> {
    let effective = item.public.as_ref().and_then(|public| public.content.effective_on);
    let mut days: Vec<Date> = item.lapses.iter().map(|lapse| lapse.on).chain(effective).collect();
    days.push(Date::constant(1, 1, 1));
    days.sort_unstable();
    days.dedup();
    days.into_iter().map(|day| (day, validity_key(item, day).to_owned())).collect()
}
