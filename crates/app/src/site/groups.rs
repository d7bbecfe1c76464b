//! The groups of 法定主动公开内容: by items of articles 20 and 21 and by subject; empty ones are left out.

use super::counted::kept;
use crate::{App, AppError};
use gongkai_domain::catalogue::Catalogue;
use gongkai_domain::item_kind::{ItemKind, PlatformColumn, kinds};
use gongkai_store::items::statistics::by_subject;
use gongkai_store::items::{By, Filter, counts};

/// A group with how many public items stand in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// The key of the legal item, the kind or the subject class.
    pub key: String,
    /// Its name on the platform.
    pub title: String,
    /// How many.
    pub n_items: i64,
    /// The groups below.
    pub below: Vec<Group>,
}

/// The groups of one organ or of all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Groups {
    /// By legal item, with the kinds below.
    pub legal: Vec<Group>,
    /// By subject class, with the subclasses below.
    pub subjects: Vec<Group>,
    /// How many in each column of the platform.
    pub columns: Vec<(PlatformColumn, i64)>,
}

/// The kinds whose usual legal item is this.
pub fn kinds_of_item(key: &str) -> Vec<String> {
    let usual = |kind: &&ItemKind| {
        kind.column == PlatformColumn::Statutory
            && kind.items.first().is_some_and(|item| item == key)
    };
    kinds().iter().filter(usual).map(|kind| kind.key.clone()).collect()
}

/// The kinds that stand in a column.
pub fn kinds_of_column(column: PlatformColumn) -> Vec<String> {
    kinds().iter().filter(|kind| kind.column == column).map(|kind| kind.key.clone()).collect()
}

/// The groups that are not empty.
///
/// # Errors
/// When the store fails.
pub async fn groups(app: &App, filter: &Filter) -> Result<Groups, AppError> {
    let filter = Filter { readable: true, ..filter.clone() };
    kept(app, &app.counted.groups, &filter, count(app, &filter)).await
}

async fn count(app: &App, filter: &Filter) -> Result<Groups, AppError> {
    let mut reader = app.store.reader().await?;
    let by_kind = counts(&mut reader, filter, By::Kind).await?;
    let statutory = Filter { kinds: kinds_of_column(PlatformColumn::Statutory), ..filter.clone() };
    let by_subject = by_subject(&mut reader, &statutory).await?;
    Ok(Groups {
        legal: legal(&by_kind),
        subjects: subjects(&by_subject),
        columns: columns(&by_kind),
    })
}

fn number(counted: &[(String, i64)], key: &str) -> i64 {
    counted.iter().find(|(each, _)| each == key).map_or(0, |(_, n)| *n)
}

fn columns(by_kind: &[(String, i64)]) -> Vec<(PlatformColumn, i64)> {
    let of = |column: PlatformColumn| {
        let held = kinds().iter().filter(|kind| kind.column == column);
        (column, held.map(|kind| number(by_kind, &kind.key)).sum())
    };
    PlatformColumn::ALL.into_iter().map(of).filter(|(_, n)| 0 < *n).collect()
}

fn legal(by_kind: &[(String, i64)]) -> Vec<Group> {
    let of_kind = |key: &String| {
        let kind = kinds().iter().find(|kind| kind.key == *key)?;
        Group::over(key, &kind.title, number(by_kind, key), Vec::new())
    };
    let group = |key: &str, title: &str| {
        Group::over(key, title, 0, kinds_of_item(key).iter().filter_map(of_kind).collect())
    };
    let items = Catalogue::official().items().iter();
    items.filter_map(|item| group(&item.key, &item.short)).collect()
}

fn subjects(by_subject: &[(String, i64)]) -> Vec<Group> {
    let all = Catalogue::official().subjects();
    let below = |class: &str| {
        let under = all.iter().filter(|each| each.under.as_deref() == Some(class));
        let group = |each: &gongkai_domain::catalogue::Subject| {
            Group::over(&each.key, &each.title, number(by_subject, &each.key), Vec::new())
        };
        under.filter_map(group).collect::<Vec<_>>()
    };
    let classes = all.iter().filter(|each| each.under.is_none());
    let class = |each: &gongkai_domain::catalogue::Subject| {
        Group::over(&each.key, &each.title, number(by_subject, &each.key), below(&each.key))
    };
    classes.filter_map(class).collect()
}

impl Group {
    /// A group of its own items and those below; `None` when there are none.
    fn over(key: &str, title: &str, own: i64, below: Vec<Self>) -> Option<Self> {
        let n_items = own + below.iter().map(|group| group.n_items).sum::<i64>();
        let group = || Self { key: key.to_owned(), title: title.to_owned(), n_items, below };
        (0 < n_items).then(group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_groups_are_left_out_and_the_others_add_up() {
        let counted = [("normative_document".to_owned(), 3), ("rule".to_owned(), 2)];
        let groups = legal(&counted);
        let shown: Vec<_> =
            groups.iter().map(|group| (group.key.as_str(), group.n_items)).collect();
        assert_eq!(shown, [("20.1", 5)]);
        assert_eq!(groups[0].below.len(), 2);
        assert_eq!(columns(&counted), [(PlatformColumn::Statutory, 5)]);
    }

    #[test]
    fn a_class_counts_its_subclasses() {
        let counted =
            [("general_affairs".to_owned(), 1), ("general_affairs.open_government".to_owned(), 4)];
        let groups = subjects(&counted);
        assert_eq!((groups.len(), groups[0].n_items, groups[0].below[0].n_items), (1, 5, 4));
    }

    #[test]
    fn every_statutory_kind_stands_in_one_group() {
        let items = Catalogue::official().items();
        let grouped: usize = items.iter().map(|item| kinds_of_item(&item.key).len()).sum();
        assert_eq!(grouped, kinds_of_column(PlatformColumn::Statutory).len());
    }
}
