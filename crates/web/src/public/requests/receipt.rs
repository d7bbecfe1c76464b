//! 回执: number, code and dates of a request, to print or to keep, with a code for a telephone to scan.

use super::visit::{Visiting, with_visit};
use crate::answer::{Answer, Failure, html};
use crate::page::Frame;
use crate::public::query::encoded;
use crate::public::site::Site;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use fast_qr::QRBuilder;
use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use gongkai_app::requests::track::{self, Tracked};
use gongkai_app::{App, AppError};

#[derive(Template)]
#[template(path = "public/requests/receipt.html")]
pub(super) struct Receipt {
    pub frame: Frame,
    pub code: String,
    pub rows: Vec<(&'static str, String)>,
    pub address: String,
    pub is_confirmed: bool,
}

/// Where a request is followed, with its code.
fn address(app: &App, code: &str) -> String {
    let site = app.config.site.address.trim_end_matches('/');
    format!("{site}/on-request/track?code={}", encoded(code))
}

pub(super) fn rows(tracked: &Tracked) -> Vec<(&'static str, String)> {
    let request = &tracked.request;
    let day = |day: Option<jiff::civil::Date>, or: &str| {
        day.map_or_else(|| or.to_owned(), |day| day.to_string())
    };
    let due = tracked.deadline.and_then(|deadline| deadline.due);
    let note = tracked.deadline.is_some_and(|deadline| deadline.provisional && due.is_some());
    let note = if note { "（暂定，次年放假安排公布后可能调整）" } else { "" };
    let no_due = match request.received_on {
        None => "收到申请之日确认后起算",
        Some(_) => "暂不计算，补正、缴费或者征求意见之后继续",
    };
    let rows = vec![
        ("受理机关", tracked.organ.clone()),
        ("登记编号", request.number.clone()),
        ("申请内容", request.wanted.title()),
        ("提交日期", request.arrived_on.to_string()),
        ("收到申请之日", day(request.received_on, "待机关与您确认")),
        ("最迟答复日", day(due, no_due) + note),
        ("附件", format!("{} 个", request.files.len())),
        ("受理机构电话", tracked.contact.telephone.clone()),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// Shows the receipt of the request that was just made.
pub async fn show(Site { app, frame }: Site, visiting: Visiting) -> Answer {
    let (code, contact) = visiting.known();
    let tracked = track::track(&app, code, contact).await?;
    let page = Receipt {
        frame,
        rows: rows(&tracked),
        address: address(&app, &tracked.request.code),
        is_confirmed: tracked.request.received_on.is_some(),
        code: tracked.request.code,
    };
    Ok(with_visit(&app, &visiting.0, html(&page)?))
}

/// The address with the code as a picture; the contact is not in it.
pub async fn picture(State(app): State<App>, visiting: Visiting) -> Answer {
    let (code, contact) = visiting.known();
    let tracked = track::track(&app, code, contact).await?;
    let built = QRBuilder::new(address(&app, &tracked.request.code)).build();
    let built = built
        .map_err(|error| Failure(AppError::Broken(format!("没有画出查询二维码：{error:?}"))))?;
    let picture = SvgBuilder::default().margin(2).to_str(&built);
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response())
}
