//! The addresses of the API.

#![expect(unused_qualifications, reason = "written by the macro for parameters of addresses")]

use crate::api::failure::ApiFailure;
use crate::api::model::{
    CatalogueData, FigureData, FiguresData, FileData, ItemLine, ItemWhole, Labelled, OrganData,
    Paged, TermData, Trouble, item_line, organ_data,
};
use crate::public::item::box_rows;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use gongkai_app::items::{Filter, Page};
use gongkai_app::site::figures::{self, Figure};
use gongkai_app::site::item::{Shown, shown};
use gongkai_app::site::lists;
use gongkai_app::{App, AppError};
use gongkai_domain::catalogue::{Catalogue, Validity};
use gongkai_domain::item::{Attachment, Content, Standing};
use gongkai_domain::item_kind::{PlatformColumn, kind, kinds};
use serde::Deserialize;
use utoipa::IntoParams;

/// What a list of items is narrowed by.
#[derive(Deserialize, IntoParams, Default)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The id of an organ.
    organ: Option<String>,
    /// The key of a kind.
    kind: Option<String>,
    /// The key of a subject class; its subclasses count.
    subject: Option<String>,
    /// A year of publication.
    year: Option<i16>,
    /// The key of a validity, as of today.
    validity: Option<String>,
    /// Part of a document number.
    number: Option<String>,
    /// Which page, from one.
    page: Option<i64>,
    /// How many on a page, at most 100.
    per_page: Option<i64>,
}

const MOST_PER_PAGE: i64 = 100;
const LAST_PAGE: i64 = 1_000_000;

impl Asked {
    /// Names the first value that means nothing: programs are told, not guessed at.
    fn filter(&self, app: &App) -> Result<Filter, AppError> {
        let wrong =
            |field, what: &str| AppError::invalid(field, format!("参数 {field} 有误：{what}"));
        let organ = self.organ.as_deref().map(str::parse).transpose();
        let validity = match self.validity.as_deref() {
            None => None,
            Some(key) => {
                let found = Validity::ALL.into_iter().find(|each| each.key() == key);
                Some(
                    found
                        .ok_or_else(|| wrong("validity", "没有这种有效性，见 /api/v1/catalogue"))?,
                )
            }
        };
        if let Some(key) = &self.kind
            && kind(key).is_none()
        {
            return Err(wrong("kind", "没有这种类别，见 /api/v1/catalogue"));
        }
        Ok(Filter {
            organs: organ.map_err(|_| wrong("organ", "不是机关的标识"))?.into_iter().collect(),
            kinds: self.kind.clone().into_iter().collect(),
            subjects: match &self.subject {
                None => Vec::new(),
                Some(key) => Catalogue::official().subjects_within(key),
            },
            year: self.year,
            validity: validity.map(|validity| (validity, app.clock.today())),
            number: self.number.clone(),
            ..Filter::default()
        })
    }
}

/// Every organ.
#[utoipa::path(get, path = "/api/v1/organs", responses((status = 200, body = Vec<OrganData>)))]
pub async fn organs(State(app): State<App>) -> Result<Json<Vec<OrganData>>, ApiFailure> {
    Ok(Json(app.organs().await?.into_iter().map(organ_data).collect()))
}

/// Public items, the newest first.
#[utoipa::path(get, path = "/api/v1/items", params(Asked), responses(
    (status = 200, body = Paged<ItemLine>),
    (status = 422, description = "a parameter means nothing", body = Trouble),
))]
pub async fn items(
    State(app): State<App>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Paged<ItemLine>>, ApiFailure> {
    let Query(asked) = asked?;
    let per_page = asked.per_page.unwrap_or(20).clamp(1, MOST_PER_PAGE);
    let page = asked.page.unwrap_or(1).clamp(1, LAST_PAGE);
    let part = Page { skip: (page - 1) * per_page, limit: per_page };
    let organs = app.organs().await?;
    let (lines, total) = lists::lines(&app, &asked.filter(&app)?, part).await?;
    let entries = lines.into_iter().map(|line| item_line(&app, line, &organs)).collect();
    Ok(Json(Paged { total, page, per_page, entries }))
}

/// One item with its text; a withdrawn one says why and has none.
#[utoipa::path(get, path = "/api/v1/items/{id}", params(("id" = String, Path)), responses(
    (status = 200, body = ItemWhole),
    (status = 404, description = "no such public item", body = Trouble),
))]
pub async fn item(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<ItemWhole>, ApiFailure> {
    let id = id.parse().map_err(|_| AppError::NotFound("这条信息，请核对标识"))?;
    Ok(Json(whole(&app, shown(&app, &id).await?)))
}

fn whole(app: &App, shown: Shown) -> ItemWhole {
    let item = &shown.loaded.item;
    let site = app.config.site.address.trim_end_matches('/');
    let address = format!("{site}/items/{}", item.id);
    let content = item.public.as_ref().map(|public| &public.content);
    let rows = content.map(|each| box_rows(&shown, each, app.clock.today())).unwrap_or_default();
    let labelled = |(label, value)| Labelled { label, value };
    ItemWhole {
        id: item.id.to_string(),
        organ: item.organ.to_string(),
        kind: item.kind.clone(),
        standing: item.standing.key().to_owned(),
        withdrawn_because: match &item.standing {
            Standing::Withdrawn { reason, .. } => Some(reason.clone()),
            _ => None,
        },
        metadata: rows.into_iter().map(labelled).collect(),
        html: content.map(|content| content.html.clone()).unwrap_or_default(),
        text: content.map(|content| content.text.clone()).unwrap_or_default(),
        files: content.map(|content| files(&address, content)).unwrap_or_default(),
        interprets: shown.policy.as_ref().map(|policy| policy.id.to_string()),
        interpretations: shown.interpretations.iter().map(|each| each.id.to_string()).collect(),
        address,
    }
}

fn files(address: &str, content: &Content) -> Vec<FileData> {
    let file = |(number, each): (usize, &Attachment)| FileData {
        name: each.name.clone(),
        media_type: each.media_type.clone(),
        n_bytes: each.n_bytes,
        address: format!("{address}/files/{}", number + 1),
    };
    content.attachments.iter().enumerate().map(file).collect()
}

/// The vocabularies that items are filed by.
#[utoipa::path(get, path = "/api/v1/catalogue", responses((status = 200, body = CatalogueData)))]
pub async fn catalogue() -> Json<CatalogueData> {
    let term = |key: &str, title: &str, under: Option<&str>| TermData {
        key: key.to_owned(),
        title: title.to_owned(),
        under: under.map(str::to_owned),
    };
    let official = Catalogue::official();
    let columns = PlatformColumn::ALL.iter().map(|each| term(each.key(), each.title(), None));
    let kinds = kinds().iter().map(|each| term(&each.key, &each.title, Some(each.column.key())));
    let legal = official.items().iter().map(|each| term(&each.key, &each.words, None));
    let subjects = official.subjects().iter();
    let subjects = subjects.map(|each| term(&each.key, &each.title, each.under.as_deref()));
    let validities = Validity::ALL.iter().map(|each| term(each.key(), each.title(), None));
    Json(CatalogueData {
        columns: columns.collect(),
        kinds: kinds.collect(),
        legal_items: legal.collect(),
        subjects: subjects.collect(),
        validities: validities.collect(),
    })
}

/// Which figures.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AskedFigures {
    /// Which year; the current one where it is not named.
    year: Option<i16>,
    /// The id of an organ.
    organ: Option<String>,
}

/// The figures of publication of a year.
#[utoipa::path(get, path = "/api/v1/statistics", params(AskedFigures), responses(
    (status = 200, body = FiguresData),
    (status = 422, description = "a parameter means nothing", body = Trouble),
))]
pub async fn statistics(
    State(app): State<App>,
    asked: Result<Query<AskedFigures>, QueryRejection>,
) -> Result<Json<FiguresData>, ApiFailure> {
    let Query(asked) = asked?;
    let year = asked.year.unwrap_or_else(|| app.clock.today().year());
    let organ = asked.organ.as_deref().map(str::parse).transpose();
    let organ = organ.map_err(|_| AppError::invalid("organ", "参数 organ 有误：不是机关的标识"))?;
    let figures = figures::figures(&app, year, organ).await?;
    let each = |figure: Figure| FigureData {
        key: figure.key,
        title: figure.title,
        n_items: figure.n_items,
    };
    Ok(Json(FiguresData {
        year: figures.year,
        total: figures.total,
        months: figures.months.into_iter().map(each).collect(),
        organs: figures.organs.into_iter().map(each).collect(),
        kinds: figures.kinds.into_iter().map(each).collect(),
        channels: figures.channels.into_iter().map(each).collect(),
    }))
}
