//! Figures of publication: by month, organ, kind and channel; made of counts, never of loaded items.

use crate::{App, AppError};
use gongkai_domain::channel::title;
use gongkai_domain::id::OrganId;
use gongkai_domain::item_kind::kinds;
use gongkai_store::channels::out_in_year;
use gongkai_store::items::statistics::{by_month, count};
use gongkai_store::items::{By, Filter, counts};
use gongkai_store::organs;
use jiff::civil::Date;

/// One line of a table of figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figure {
    /// The month `YYYY-MM`, the id of the organ, or the key of the kind or the channel.
    pub key: String,
    /// As people read it.
    pub title: String,
    /// How many items.
    pub n_items: i64,
}

/// The figures of a year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figures {
    /// Which year, in China's time.
    pub year: i16,
    /// How many items were published in it and are still public.
    pub total: i64,
    /// Month by month, up to the current one.
    pub months: Vec<Figure>,
    /// By organ, in the order of lists; organs without any stay in, for a zero says something.
    pub organs: Vec<Figure>,
    /// By kind; empty ones are left out.
    pub kinds: Vec<Figure>,
    /// By channel beside the site: how many editions went out there, whatever became of the items since.
    pub channels: Vec<Figure>,
}

/// The figures of a year, of one organ or of all.
///
/// # Errors
/// When the year is no year or the store fails.
pub async fn figures(app: &App, year: i16, organ: Option<OrganId>) -> Result<Figures, AppError> {
    let first = Date::new(year, 1, 1)
        .map_err(|_| AppError::invalid("year", "年份有误，请填写四位数字的年份"))?;
    let one = organ.clone();
    let filter = Filter {
        readable: true,
        organs: organ.into_iter().collect(),
        year: Some(year),
        ..Filter::default()
    };
    let today = app.clock.today();
    let n_months = if today.year() == year { today.month() } else { 12 };
    let mut reader = app.store.reader().await?;
    let channels = out_in_year(&mut reader, &filter.organs, year).await?;
    let n_months = u16::try_from(n_months).unwrap_or(12);
    let months = by_month(&mut reader, &filter, first, n_months).await?;
    let by_organ = counts(&mut reader, &filter, By::Organ).await?;
    let by_kind = counts(&mut reader, &filter, By::Kind).await?;
    let all = organs::all(&mut reader).await?;
    let shown = all.into_iter().filter(|organ| one.as_ref().is_none_or(|one| *one == organ.id));
    let organ = |organ: gongkai_domain::organ::Organ| Figure {
        n_items: number(&by_organ, organ.id.as_str()),
        key: organ.id.to_string(),
        title: organ.short_name,
    };
    let kind = |kind: &gongkai_domain::item_kind::ItemKind| Figure {
        n_items: number(&by_kind, &kind.key),
        key: kind.key.clone(),
        title: kind.title.clone(),
    };
    Ok(Figures {
        year,
        total: count(&mut reader, &filter).await?,
        months: months.into_iter().map(month).collect(),
        organs: shown.map(organ).collect(),
        kinds: kinds().iter().map(kind).filter(|figure| 0 < figure.n_items).collect(),
        channels: channels.into_iter().map(channel).collect(),
    })
}

fn channel((key, n_items): (String, i64)) -> Figure {
    Figure { title: title(&key).to_owned(), key, n_items }
}

fn month((month, n_items): (Date, i64)) -> Figure {
    let key = format!("{:04}-{:02}", month.year(), month.month());
    Figure { key, title: format!("{}月", month.month()), n_items }
}

fn number(counted: &[(String, i64)], key: &str) -> i64 {
    counted.iter().find(|(each, _)| each == key).map_or(0, |(_, n)| *n)
}
