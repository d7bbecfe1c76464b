//! The buttons of an item's page: each a form that calls one action and comes back to the page.

use crate::answer::{Answer, go};
use crate::current::Checked;
use crate::public::item::id;
use axum::extract::{Path, State};
use gongkai_app::items::{
    archive, emergency, lapse, mask, publish, review, revise, schedule, submit, withdraw,
};
use gongkai_app::{App, AppError};
use gongkai_domain::item::{Lapse, LapseKind, Opinion};
use gongkai_domain::review::SecrecyResult;
use gongkai_domain::time::instant;
use jiff::civil::DateTime;
use serde::Deserialize;

/// Nothing is filled in.
#[derive(Deserialize)]
pub struct Nothing {}

/// A reason.
#[derive(Deserialize)]
pub struct Reason {
    #[serde(default)]
    reason: String,
}

/// What a reviewer fills in.
#[derive(Deserialize)]
pub struct Signing {
    #[serde(default)]
    opinion: String,
    #[serde(default)]
    secrecy: String,
    digest: String,
}

/// A time in China, as the browser's field writes it: `2025-03-04T09:30`.
#[derive(Deserialize)]
pub struct At {
    at: String,
}

fn back(text: &str) -> Answer {
    go(&format!("/work/items/{text}"))
}

/// 送审.
pub async fn submit(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    submit::submit(&app, &current.caller, &id(&text)?).await?;
    back(&text)
}

/// 撤回送审.
pub async fn recall(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    submit::recall(&app, &current.caller, &id(&text)?).await?;
    back(&text)
}

/// 审核通过.
pub async fn sign(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Signing>,
) -> Answer {
    let secrecy = match form.secrecy.as_str() {
        "open" => Some(SecrecyResult::Open),
        "open_after_treatment" => Some(SecrecyResult::OpenAfterTreatment),
        _ => None,
    };
    let opinion = Opinion { text: form.opinion, secrecy, digest: form.digest };
    review::sign(&app, &current.caller, &id(&text)?, opinion).await?;
    back(&text)
}

/// 退回.
pub async fn send_back(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Reason>,
) -> Answer {
    review::send_back(&app, &current.caller, &id(&text)?, &form.reason).await?;
    back(&text)
}

/// 发布.
pub async fn publish(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    publish::publish(&app, &current.caller, &id(&text)?).await?;
    back(&text)
}

/// 定时发布.
pub async fn schedule(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<At>,
) -> Answer {
    let shown: Option<DateTime> = form.at.parse().ok();
    let at = shown
        .and_then(instant)
        .ok_or_else(|| AppError::invalid("at", "发布时间请写成 2025-03-04T09:30 这样的形式"))?;
    schedule::schedule(&app, &current.caller, &id(&text)?, at).await?;
    back(&text)
}

/// 撤下.
pub async fn withdraw(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Reason>,
) -> Answer {
    withdraw::withdraw(&app, &current.caller, &id(&text)?, &form.reason).await?;
    back(&text)
}

/// 修订.
pub async fn reopen(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    revise::reopen(&app, &current.caller, &id(&text)?).await?;
    back(&text)
}

/// 归档.
pub async fn archive(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    archive::archive(&app, &current.caller, &id(&text)?).await?;
    back(&text)
}

/// 删除草稿.
pub async fn discard(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Reason>,
) -> Answer {
    let item = revise::discard(&app, &current.caller, &id(&text)?, &form.reason).await?;
    if item.is_discarded() { go("/work/items") } else { back(&text) }
}

/// 应急发布.
pub async fn emergency(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Reason>,
) -> Answer {
    emergency::publish(&app, &current.caller, &id(&text)?, &form.reason).await?;
    back(&text)
}

/// 补办审核.
pub async fn confirm(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    emergency::confirm(&app, &current.caller, &id(&text)?).await?;
    back(&text)
}

/// 取消定时发布.
pub async fn unschedule(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    schedule::unschedule(&app, &current.caller, &id(&text)?).await?;
    back(&text)
}

/// A change of validity.
#[derive(Deserialize)]
pub struct Lapsing {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    basis: String,
}

/// 修改, 失效, 废止.
pub async fn lapse(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Lapsing>,
) -> Answer {
    let kind = match form.kind.as_str() {
        "amended" => LapseKind::Amended,
        "expired" => LapseKind::Expired,
        "repealed" => LapseKind::Repealed,
        _ => return Err(AppError::invalid("kind", "请选择有效性怎样变更").into()),
    };
    let on = form.on.trim().parse();
    let on = on.map_err(|_| AppError::invalid("on", "起始日期请写成 2025-03-04 这样的形式"))?;
    let lapse = Lapse { kind, on, basis: form.basis };
    lapse::lapse(&app, &current.caller, &id(&text)?, lapse).await?;
    back(&text)
}

/// An answer to a finding.
#[derive(Deserialize)]
pub struct Answering {
    #[serde(default)]
    finding: String,
    #[serde(default)]
    reason: String,
}

/// Why a finding may stand.
pub async fn answer(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Answering>,
) -> Answer {
    revise::answer(&app, &current.caller, &id(&text)?, form.finding, form.reason).await?;
    go(&format!("/work/items/{text}#findings"))
}

/// Corrects a finding as it proposes.
pub async fn mask(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Answering>,
) -> Answer {
    mask::mask(&app, &current.caller, &id(&text)?, &form.finding).await?;
    go(&format!("/work/items/{text}#findings"))
}
