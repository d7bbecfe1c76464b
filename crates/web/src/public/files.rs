//! The files beside a public item, sent as downloads with their true type; and its share code.

use crate::answer::{Answer, Failure};
use crate::public::item::id;
use crate::public::query::encoded;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use fast_qr::QRBuilder;
use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use gongkai_app::items::read;
use gongkai_app::{App, AppError};

const NOT_THERE: AppError = AppError::NotFound("这个附件，请核对地址");

/// Sends one attachment of the public edition; a browser may not run anything in it.
pub async fn attachment(
    State(app): State<App>,
    Path((item, number)): Path<(String, usize)>,
) -> Answer {
    let loaded = read::public(&app, &id(&item)?).await?;
    let public = loaded.item.public.ok_or(NOT_THERE)?;
    let wanted = number.checked_sub(1).and_then(|place| public.content.attachments.get(place));
    let wanted = wanted.ok_or(NOT_THERE)?;
    let content = app.files.read(&wanted.digest).await.map_err(AppError::from)?.ok_or(NOT_THERE)?;
    let headers = [
        (header::CONTENT_TYPE, wanted.media_type.clone()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename*=UTF-8''{}", encoded(&wanted.name)),
        ),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    Ok((headers, content).into_response())
}

/// The share code of an item: its address as a QR code.
pub async fn share_code(State(app): State<App>, Path(item): Path<String>) -> Answer {
    let loaded = read::public(&app, &id(&item)?).await?;
    let site = app.config.site.address.trim_end_matches('/');
    let address = format!("{site}/items/{}", loaded.item.id);
    let code = QRBuilder::new(address)
        .build()
        .map_err(|error| Failure(AppError::Broken(format!("没有画出分享码：{error:?}"))))?;
    let picture = SvgBuilder::default().margin(2).to_str(&code);
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response())
}
