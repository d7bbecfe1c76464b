//! What the invented organs publish and when, from `data/demo/items.toml`; makes nothing itself.

use super::county;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::id::OrganId;
use gongkai_domain::item::Content;
use gongkai_domain::metadata::Disclosure;
use gongkai_domain::organ::Organ;
use jiff::Span;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

/// What becomes of an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It was reviewed and published.
    #[default]
    Published,
    /// It is a draft with something to correct.
    Draft,
    /// It is a draft that should have been published long ago.
    Late,
    /// It waits for the first step of the review.
    Review1,
    /// It waits for the second.
    Review2,
    /// It was sent back.
    Returned,
    /// It waits to be published.
    Approved,
    /// It will be published at a set time.
    Scheduled,
    /// It was taken off the site.
    Withdrawn,
    /// It was repealed.
    Repealed,
    /// It was changed by a later document.
    Amended,
    /// It was archived.
    Archived,
    /// It was published in an emergency, its approval is not finished.
    Emergency,
    /// The same, approved since.
    EmergencyDone,
    /// A new edition is being written.
    Reopened,
}

/// An entry of the data.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    key: Option<String>,
    kind: String,
    title: String,
    subject: String,
    genre: Option<String>,
    #[serde(default)]
    number: bool,
    legal: Option<String>,
    field: Option<String>,
    valid_years: Option<i16>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    description: String,
    interprets: Option<String>,
    source: Option<String>,
    #[serde(default = "once")]
    times: usize,
    #[serde(default)]
    fate: Fate,
    season: Option<String>,
    organs: Vec<OrganId>,
    text: String,
}

fn once() -> usize {
    1
}

#[derive(Deserialize)]
struct ItemFile {
    item: Vec<Entry>,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/demo/items.toml");
    let file: ItemFile = toml::from_str(text).expect("data/demo/items.toml is embedded and tested");
    file.item
});

/// One item to be made.
pub struct Plan {
    /// Whose.
    pub organ: OrganId,
    /// Its kind.
    pub kind: String,
    /// Its content; the policy it interprets is put in when that is there.
    pub content: Content,
    /// What becomes of it.
    pub fate: Fate,
    /// The day it is drafted.
    pub day: Date,
    /// By which name others mean it.
    pub key: Option<String>,
    /// The name of the policy that it interprets.
    pub interprets: Option<String>,
}

/// Everything to be made, until `today`.
pub fn plans(today: Date) -> Vec<Plan> {
    let organs = county::organs();
    let mut plans: Vec<Plan> = Vec::new();
    for entry in ENTRIES.iter() {
        for id in &entry.organs {
            let Some(organ) = organs.iter().find(|organ| organ.id == *id) else { continue };
            for nth in 0..entry.times {
                let policy = entry.interprets.as_deref();
                let policy = policy.and_then(|key| {
                    plans.iter().find(|plan| plan.key.as_deref() == Some(key)).map(|plan| plan.day)
                });
                let day = match policy {
                    // A policy is published two working days after its draft, explained the day after.
                    Some(drafted) => working(drafted, 3),
                    None => drafted_on(today, entry, plans.len()),
                };
                plans.push(plan(entry, organ, day, nth, plans.len()));
            }
        }
    }
    plans
}

/// The `n`-th working day after a day.
pub fn working(day: Date, n: u16) -> Date {
    Calendar::embedded().add_working_days(day, n).date
}

/// Spread over two years; what is in work is of the last days, what is late of two months ago.
fn drafted_on(today: Date, entry: &Entry, n: usize) -> Date {
    let back = |days: i64| today.saturating_sub(Span::new().days(days));
    let n = i64::try_from(n).unwrap_or_default();
    let days = match entry.fate {
        Fate::Published if entry.season.is_some() => {
            let report = Date::new(today.year(), 1, 15).unwrap_or(today);
            let n_days = i64::from((today - report).get_days());
            if n_days < 20 { 370 } else { n_days }
        }
        Fate::Published | Fate::Amended | Fate::Repealed | Fate::Withdrawn => 20 + n * 47 % 690,
        Fate::Reopened | Fate::EmergencyDone => 90 + n % 30,
        Fate::Archived => 650,
        Fate::Late => 50 + n % 20,
        Fate::Emergency => 6,
        Fate::Draft => 3 + n % 20,
        _ => 7 + n % 12,
    };
    let day = back(days);
    if Calendar::embedded().is_worked(day) {
        day
    } else {
        // The working day before: nothing of the demonstration lies in the future.
        let mut before = day;
        while !Calendar::embedded().is_worked(before) {
            before = before.yesterday().unwrap_or(Date::MIN);
        }
        before
    }
}

fn plan(entry: &Entry, organ: &Organ, day: Date, nth: usize, n: usize) -> Plan {
    const LEVELS: [&str; 3] = ["县人民政府工作部门", "县人民政府办事机构", "乡镇人民政府"];
    let level = match organ.kind {
        gongkai_domain::organ::OrganKind::Government => LEVELS[1],
        gongkai_domain::organ::OrganKind::Township => LEVELS[2],
        _ => LEVELS[0],
    };
    let filled = |text: &str| {
        text.replace("{name}", &organ.name)
            .replace("{short}", &organ.short_name)
            .replace("{lastyear}", &(day.year() - 1).to_string())
            .replace("{year}", &day.year().to_string())
            .replace("{n}", &(nth + 1).to_string())
            .replace("{level}", level)
    };
    let text = filled(entry.text.trim());
    let number = || format!("{}〔{}〕{}号", county::word(&organ.id), day.year(), 3 + n % 80);
    let valid_until = entry
        .valid_years
        .and_then(|years| day.checked_add(Span::new().years(years)).ok()?.yesterday().ok());
    let content = Content {
        title: filled(&entry.title),
        html: html(&text),
        text,
        formed_on: day,
        document_number: entry.number.then(number),
        subject: Some(entry.subject.clone()),
        genre: entry.genre.clone(),
        valid_until,
        issuing_organs: vec![organ.name.clone()],
        disclosure: Some(Disclosure::Proactive),
        legal_item: entry.legal.clone(),
        field: entry.field.clone(),
        keywords: entry.keywords.clone(),
        description: entry.description.clone(),
        source: entry.source.as_ref().map(|_| organ.name.clone()),
        ..Content::default()
    };
    Plan {
        organ: organ.id.clone(),
        kind: entry.kind.clone(),
        content,
        fate: entry.fate,
        day,
        key: entry.key.clone(),
        interprets: entry.interprets.clone(),
    }
}

/// A heading for `一、总则` alone in its line, a paragraph for the rest.
fn html(text: &str) -> String {
    let line = |line: &str| {
        let is_heading = line.chars().nth(1) == Some('、') && line.chars().count() < 12;
        if is_heading { format!("<h2>{line}</h2>") } else { format!("<p>{line}</p>") }
    };
    text.lines().map(line).collect()
}
