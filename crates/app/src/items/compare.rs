//! What changed between two editions of an item: metadata by field, text word by word.

use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::catalogue::Catalogue;
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Content, Edition};
use gongkai_papers::item_text::differences;
use gongkai_store::items;

pub use gongkai_papers::item_text::{Change, ChangeKind, Mark};

/// A field that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldChange {
    /// Its label.
    pub label: &'static str,
    /// What stood there.
    pub old: String,
    /// What stands there.
    pub new: String,
}

/// Two editions side by side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// The numbers of all editions that can be compared.
    pub numbers: Vec<u32>,
    /// The older one.
    pub from: u32,
    /// The newer one.
    pub to: u32,
    /// The fields that differ.
    pub fields: Vec<FieldChange>,
    /// The paragraphs, changed or not.
    pub changes: Vec<Change>,
}

/// Compares two editions; without numbers, the last one with the one before.
///
/// # Errors
/// When the caller may not see the item, it has one edition only, or the store fails.
pub async fn compare(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    asked: (Option<u32>, Option<u32>),
) -> Result<Comparison, AppError> {
    let item = super::read::own(app, caller, id).await?.item;
    let mut editions = items::editions(&mut *app.store.reader().await?, id).await?;
    if let Some(working) = item.working {
        editions.retain(|edition| edition.number != working.number);
        editions.push(working);
    }
    let numbers: Vec<u32> = editions.iter().map(|edition| edition.number).collect();
    let (Some(last), Some(before)) = (numbers.last(), numbers.iter().rev().nth(1)) else {
        return Err(AppError::NotFound("可以比较的另一版，这条信息只有一版"));
    };
    let (from, to) = (asked.0.unwrap_or(*before), asked.1.unwrap_or(*last));
    let content = |number: u32| {
        let found = editions.iter().find(|edition: &&Edition| edition.number == number);
        found.map(|edition| edition.content.clone()).ok_or(AppError::NotFound("这一版"))
    };
    let (old, new) = (content(from)?, content(to)?);
    let fields = fields(&old, &new);
    let compared = tokio::task::spawn_blocking(move || differences(&old.html, &new.html)).await;
    let changes = compared
        .map_err(|error| AppError::Broken(error.to_string()))?
        .map_err(|error| AppError::invalid("text", error.to_string()))?;
    Ok(Comparison { numbers, from, to, fields, changes })
}

/// What changed from one text to another, for two that were typed at once.
///
/// # Errors
/// When one of them is larger than a text may be.
pub fn texts(old: &Content, new: &Content) -> Result<Vec<Change>, AppError> {
    differences(&old.html, &new.html).map_err(|error| AppError::invalid("text", error.to_string()))
}

fn fields(old: &Content, new: &Content) -> Vec<FieldChange> {
    let words = |content: &Content| described(content).map(|(_, value)| value);
    let labels = described(old).map(|(label, _)| label);
    let values = words(old).into_iter().zip(words(new));
    let pairs = labels.into_iter().zip(values);
    let changed = pairs.filter(|(_, (old, new))| old != new);
    changed.map(|(label, (old, new))| FieldChange { label, old, new }).collect()
}

fn described(content: &Content) -> [(&'static str, String); 9] {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let subject = |key: &String| Catalogue::official().subject_path(key).unwrap_or(key.clone());
    let subjects: Vec<String> =
        content.subject.iter().chain(&content.other_subjects).map(subject).collect();
    let names: Vec<&str> = content.attachments.iter().map(|file| file.name.as_str()).collect();
    [
        ("标题", content.title.clone()),
        ("发文字号", content.document_number.clone().unwrap_or_default()),
        ("成文日期", content.formed_on.to_string()),
        ("生效日期", day(content.effective_on)),
        ("有效期至", day(content.valid_until)),
        ("主题分类", subjects.join("、")),
        ("发文机关", content.issuing_organs.join("、")),
        ("内容概述", content.description.clone()),
        ("附件", names.join("、")),
    ]
}
