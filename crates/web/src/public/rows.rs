//! Lines of public lists as they are shown.

use crate::page::{day, minute};
use gongkai_app::items::Line;
use gongkai_domain::catalogue::Validity;
use gongkai_domain::id::{ItemId, OrganId};
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
    /// 废止, 失效, 已修改, 尚未施行; empty for what is in force and where nobody asked.
    pub validity: &'static str,
}

/// The short name of an organ.
pub fn organ_name(organs: &[Organ], id: &OrganId) -> String {
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
        validity: "",
        title: line.title,
    };
    lines.into_iter().map(row).collect()
}

/// Lines as they are shown, with the mark of those that are not simply in force.
pub fn marked_rows(
    lines: Vec<Line>,
    organs: &[Organ],
    validities: &[(ItemId, Validity)],
) -> Vec<Row> {
    let mark = |line: &Line| {
        let found = validities.iter().find(|(id, _)| *id == line.id);
        found.map_or("", |(_, validity)| validity.title())
    };
    let marks: Vec<&'static str> = lines.iter().map(mark).collect();
    let rows = rows(lines, organs).into_iter().zip(marks);
    rows.map(|(row, validity)| Row { validity, ..row }).collect()
}
