//! Lines of public lists as they are shown.

use crate::page::{day, minute};
use gongkai_app::items::Line;
use gongkai_domain::item_kind::kind;
use gongkai_domain::organ::Organ;

/// One line as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Where the item's page is.
    pub address: String,
    /// The title.
    pub title: String,
    /// The organ's short name.
    pub organ: String,
    /// The name of the kind.
    pub kind: String,
    /// 发文字号, or nothing.
    pub document_number: String,
    /// The day of publication.
    pub published: String,
    /// The minute of publication.
    pub published_at: String,
    /// Whether it is archived.
    pub archived: bool,
}

/// The short name of an organ.
pub fn organ_name(organs: &[Organ], id: &gongkai_domain::id::OrganId) -> String {
    let organ = organs.iter().find(|organ| organ.id == *id);
    organ.map(|organ| organ.short_name.clone()).unwrap_or_default()
}

/// Lines as they are shown.
pub fn rows(lines: Vec<Line>, organs: &[Organ]) -> Vec<Row> {
    let row = |line: Line| Row {
        address: format!("/items/{}", line.id),
        organ: organ_name(organs, &line.organ),
        kind: kind(&line.kind).map(|kind| kind.title.clone()).unwrap_or_default(),
        document_number: line.document_number.unwrap_or_default(),
        published: line.published_at.map(day).unwrap_or_default(),
        published_at: line.published_at.map(minute).unwrap_or_default(),
        archived: line.standing == "archived",
        title: line.title,
    };
    lines.into_iter().map(row).collect()
}
