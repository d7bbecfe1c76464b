//! The public page of an item: metadata box, text, attachments, what belongs to it; a withdrawn one says so.

use crate::answer::{Answer, Failure, html};
use crate::figures::{Figured, figured, picture};
use crate::page::{Frame, minute};
use crate::public::links::marked;
use crate::public::site::Site;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use gongkai_app::reports::charts;
use gongkai_app::site::item::{Linked, Shown, shown};
use gongkai_app::{App, AppError};
use gongkai_domain::catalogue::{Catalogue, DisclosureKind};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Attachment, Content, Item, LapseKind, Standing};
use gongkai_domain::item_kind::kind;
use gongkai_domain::metadata::MetadataField as Field;
use jiff::civil::Date;

/// A file beside the text.
pub(super) struct File {
    pub address: String,
    pub name: String,
    pub size: String,
}

/// What is said of the state of the item before its text.
#[derive(Default)]
pub(super) struct Marks {
    /// 废止、失效、已修改, with the day and by what.
    pub lapsed: Option<String>,
    /// 已归档, with the day.
    pub archived: Option<String>,
}

#[derive(Template)]
#[template(path = "public/item.html")]
pub(super) struct ItemPage {
    pub frame: Frame,
    pub id: String,
    pub title: String,
    pub organ_id: String,
    pub organ: String,
    pub kind: String,
    pub source: String,
    pub published: String,
    pub address: String,
    pub description: String,
    pub box_rows: Vec<(&'static str, String)>,
    pub marks: Marks,
    pub text: String,
    pub files: Vec<File>,
    pub policy: Option<Linked>,
    pub interpretations: Vec<Linked>,
    pub related: Vec<Linked>,
    pub charts: Vec<Figured>,
    pub n_views: i64,
}

#[derive(Template)]
#[template(path = "public/withdrawn.html")]
pub(super) struct WithdrawnPage {
    pub frame: Frame,
    pub reason: String,
    pub at: String,
}

/// The id in an address; one that is no id names nothing.
pub fn id(text: &str) -> Result<ItemId, Failure> {
    text.parse().map_err(|_| Failure(AppError::NotFound("这条信息，请核对地址")))
}

/// Shows the item.
pub async fn show(Site { app, frame }: Site, Path(text): Path<String>) -> Answer {
    let shown = shown(&app, &id(&text)?).await?;
    let item = &shown.loaded.item;
    if let Standing::Withdrawn { at, reason, .. } = &item.standing {
        let page = WithdrawnPage { frame, reason: reason.clone(), at: minute(*at) };
        return Ok((StatusCode::GONE, html(&page)?).into_response());
    }
    let public = item.public.as_ref().ok_or(AppError::NotFound("这条信息"))?;
    let content = &public.content;
    let plans = charts::of_item(&app, &item.id).await?;
    let today = app.clock.today();
    let site = app.config.site.address.trim_end_matches('/');
    let organ = shown.organ.as_ref();
    html(&ItemPage {
        address: format!("{site}/items/{}", item.id),
        id: item.id.to_string(),
        title: content.title.clone(),
        organ_id: item.organ.to_string(),
        organ: organ.map(|organ| organ.name_on(content.formed_on).to_owned()).unwrap_or_default(),
        kind: kind(&item.kind).map(|kind| kind.title.clone()).unwrap_or_default(),
        source: source(&shown, content),
        published: published(item),
        description: content.text.chars().take(120).collect::<String>().replace('\n', " "),
        box_rows: box_rows(&shown, content, today),
        marks: marks(item, today),
        text: marked(&content.html, app.config.site.domain()),
        files: files(&item.id, &content.attachments),
        charts: figured(&plans, &format!("/items/{}", item.id)),
        n_views: shown.loaded.n_views,
        policy: shown.policy,
        interpretations: shown.interpretations,
        related: shown.related,
        frame,
    })
}

/// One of the charts of a published report, as SVG.
pub async fn chart(State(app): State<App>, Path((text, key)): Path<(String, String)>) -> Answer {
    picture(&charts::of_item(&app, &id(&text)?).await?, &key)
}

/// Where it comes from: named for a reprint, else the organ itself.
fn source(shown: &Shown, content: &Content) -> String {
    let own = || shown.organ.as_ref().map(|organ| organ.name.clone()).unwrap_or_default();
    content.source.clone().filter(|source| !source.trim().is_empty()).unwrap_or_else(own)
}

fn published(item: &Item) -> String {
    item.standing.since().map(minute).unwrap_or_default()
}

/// The metadata box in its order, with the labels of the data; what is not known is left out.
pub fn box_rows(shown: &Shown, content: &Content, today: Date) -> Vec<(&'static str, String)> {
    let item = &shown.loaded.item;
    let subject = content.subject.as_deref();
    let subject = subject.and_then(|key| Catalogue::official().subject_path(key));
    let organ = shown.organ.as_ref();
    let lasting = kind(&item.kind).is_some_and(|kind| kind.repealable);
    let ended = item.lapses.iter().find(|lapse| lapse.kind != LapseKind::Amended);
    let rows = [
        (Field::IndexNumber, item.index_number.clone()),
        (Field::Subject, subject),
        (Field::IssuingOrgans, organ.map(|each| each.name_on(content.formed_on).to_owned())),
        (Field::FormationDate, Some(content.formed_on.to_string())),
        (Field::PublicationDate, Some(published(item))),
        (Field::Title, Some(content.title.clone())),
        (Field::DocumentNumber, content.document_number.clone()),
        (Field::Disclosure, Some(DisclosureKind::Proactive.title().to_owned())),
        (Field::EffectiveDate, content.effective_on.map(|day| day.to_string())),
        (Field::Validity, item.validity_on(today).filter(|_| lasting).map(str::to_owned)),
        (Field::RepealDate, ended.map(|lapse| lapse.on.to_string())),
        (Field::Source, content.source.clone()),
    ];
    let filled = |(field, value): (Field, Option<String>)| {
        Some((field.label(), value.filter(|value| !value.trim().is_empty())?))
    };
    rows.into_iter().filter_map(filled).collect()
}

fn marks(item: &Item, today: Date) -> Marks {
    let lapse = item.lapses.iter().rev().find(|lapse| lapse.on <= today);
    Marks {
        lapsed: lapse.map(|lapse| {
            format!("本文件已于{}{}。依据：{}", lapse.on, lapse.kind.name(), lapse.basis)
                .replace("已修改", "修改")
        }),
        archived: match &item.standing {
            Standing::Archived { on, .. } => Some(on.to_string()),
            _ => None,
        },
    }
}

fn files(id: &ItemId, attachments: &[Attachment]) -> Vec<File> {
    let file = |(number, each): (usize, &Attachment)| File {
        address: format!("/items/{id}/files/{}", number + 1),
        name: each.name.clone(),
        size: size(each.n_bytes),
    };
    attachments.iter().enumerate().map(file).collect()
}

/// A size as people read it.
fn size(n_bytes: u64) -> String {
    match n_bytes {
        0..1_024 => format!("{n_bytes} 字节"),
        1_024..1_048_576 => format!("{} KB", n_bytes.div_ceil(1_024)),
        _ => format!("{}.{} MB", n_bytes / 1_048_576, n_bytes % 1_048_576 * 10 / 1_048_576),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_at_a_glance() {
        let cases = [(0, "0 字节"), (1_023, "1023 字节"), (1_025, "2 KB"), (1_572_864, "1.5 MB")];
        for (n_bytes, expected) in cases {
            assert_eq!(size(n_bytes), expected);
        }
    }
}
