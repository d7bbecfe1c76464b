//! 雷同: how like the text of a report is to last year's and to those of the organs beside it. A warning,
//! shown while writing; it holds nothing up.

use super::act::{Ground, ground, load};
use super::{board, text};
use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::check::across::{Passage, likeness, passages};
use gongkai_domain::filing::{Filing, FilingKey};
use gongkai_domain::id::OrganId;
use gongkai_domain::report::field::{Context, render};
use gongkai_store::Db;
use gongkai_store::reports::find;

/// At most so many organs beside it are held against a report.
const MOST_ORGANS: usize = 300;

/// A page shows at most so many likenesses, and so many passages of each.
const MOST: usize = 5;
const MOST_PASSAGES: usize = 20;

/// A text that another is like.
#[derive(Clone, PartialEq, Debug)]
pub struct Likeness {
    /// What people know the other by.
    pub name: String,
    /// Which section, from 1; `None` of the whole text.
    pub section: Option<usize>,
    /// How alike, in percent.
    pub percent: u8,
    /// The like passages beside each other; none where the caller may not read the other yet.
    pub passages: Vec<Passage>,
    /// Whether the caller may read the other.
    pub is_open: bool,
}

/// Another text with what people know it by.
struct Other {
    name: String,
    texts: Vec<String>,
    is_open: bool,
}

/// The texts that a report is like, the most like first.
///
/// # Errors
/// When the caller may not see the report.
pub async fn of_report(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<Vec<Likeness>, AppError> {
    let last = text::last_texts(app, organ, year - 1).await?;
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, organ).await?;
    let filing = load(&mut reader, &ground, year).await?.filing;
    let own = rendered(&filing);
    let mut others =
        vec![Other { name: "本机关上一年度报告".to_owned(), texts: last, is_open: true }];
    others.extend(beside(&mut reader, caller, &ground, year).await?);
    let mut found: Vec<Likeness> = others.iter().flat_map(|other| like(&own, other)).collect();
    found.sort_by_key(|each| std::cmp::Reverse(each.percent));
    found.truncate(MOST);
    Ok(found)
}

/// The texts of the organs under the same government, as far as they were handed in.
async fn beside(
    db: &mut Db,
    caller: &Caller,
    ground: &Ground,
    year: i16,
) -> Result<Vec<Other>, AppError> {
    let is_beside = |each: &&gongkai_domain::organ::Organ| {
        let is_other = each.id != ground.organ.id && each.parent == ground.organ.parent;
        is_other && board::reports(each, year)
    };
    let mut others = Vec::new();
    for organ in ground.organs.iter().filter(is_beside).take(MOST_ORGANS) {
        let Some(loaded) = find(db, &organ.id, year).await? else { continue };
        let filing = loaded.filing;
        if !filing.is_locked() {
            continue;
        }
        let is_seen = caller.actor.sees(&lineage(&ground.organs, &organ.id));
        others.push(Other {
            name: format!("{}{year} 年度报告", filing.agency),
            is_open: is_seen || filing.state.key() == FilingKey::Published,
            texts: rendered(&filing),
        });
    }
    Ok(others)
}

/// The texts with their fields worked out; as typed where that cannot be.
fn rendered(filing: &Filing) -> Vec<String> {
    let context = Context { year: filing.year, figures: &filing.figures, previous: None };
    let said =
        |text: &String| render(text, &context).map_or_else(|_| text.clone(), |done| done.text);
    filing.texts.iter().map(said).collect()
}

/// The whole text where that is alike, else the sections that are.
fn like(own: &[String], other: &Other) -> Vec<Likeness> {
    let found = |section, own: &str, theirs: &str| {
        let percent = percent(likeness(own, theirs)?);
        let mut all = if other.is_open { passages(own, theirs) } else { Vec::new() };
        all.truncate(MOST_PASSAGES);
        let name = other.name.clone();
        Some(Likeness { name, section, percent, passages: all, is_open: other.is_open })
    };
    if let Some(whole) = found(None, &own.join("\n"), &other.texts.join("\n")) {
        return vec![whole];
    }
    let sections = own.iter().zip(&other.texts).enumerate();
    sections.filter_map(|(at, (own, theirs))| found(Some(at + 1), own, theirs)).collect()
}

/// A share in whole percent.
fn percent(share: f64) -> u8 {
    (0..=100).rev().find(|percent| f64::from(*percent) <= share * 100.0).unwrap_or_default()
}
