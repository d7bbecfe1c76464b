//! 双因素认证: set up with a picture, confirmed with a code; recovery codes shown once.

use crate::answer::{Answer, Failure, go, html};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use crate::work::acts::Nothing;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use gongkai_app::accounts::{read, second_factor};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "work/admin/second_factor.html")]
struct SecondFactor {
    frame: Frame,
    in_use: bool,
    recovery_codes: i64,
    secret: Option<String>,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "work/admin/recovery_codes.html")]
struct RecoveryCodes {
    frame: Frame,
    codes: Vec<String>,
}

/// What is filled in.
#[derive(Deserialize)]
pub struct Filled {
    code: String,
}

async fn page(app: &App, current: &Current, problem: Option<String>) -> Answer {
    let own = read::own(app, &current.caller).await?.person;
    let pending = second_factor::pending(app, &current.caller).await?;
    html(&SecondFactor {
        frame: Frame::work(app, current),
        in_use: own.second_factor,
        recovery_codes: own.recovery_codes,
        secret: pending.map(|pending| pending.secret),
        problem,
    })
}

/// Shows how it stands.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    page(&app, &current, None).await
}

/// Begins to set it up.
pub async fn begin(State(app): State<App>, Checked { current, .. }: Checked<Nothing>) -> Answer {
    second_factor::begin(&app, &current.caller).await?;
    go("/work/account/second-factor")
}

/// The picture that the telephone reads; nobody keeps it.
pub async fn picture(State(app): State<App>, Signed(current): Signed) -> Answer {
    let pending = second_factor::pending(&app, &current.caller).await?;
    let pending = pending.ok_or(AppError::NotFound("正在设置的双因素认证"))?;
    let code = QRBuilder::new(pending.address)
        .build()
        .map_err(|error| Failure(AppError::Broken(error.to_string())))?;
    let picture = SvgBuilder::default().to_str(&code);
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, picture).into_response())
}

/// Confirms it with a code and shows the recovery codes.
pub async fn confirm(State(app): State<App>, Checked { current, form }: Checked<Filled>) -> Answer {
    match second_factor::confirm(&app, &current.caller, &form.code).await {
        Ok(codes) => {
            let page = html(&RecoveryCodes { frame: Frame::work(&app, &current), codes })?;
            Ok(([(header::CACHE_CONTROL, "no-store")], page).into_response())
        }
        Err(error @ (AppError::Invalid(_) | AppError::Forbidden(_))) => {
            page(&app, &current, Some(error.to_string())).await
        }
        Err(error) => Err(error.into()),
    }
}
