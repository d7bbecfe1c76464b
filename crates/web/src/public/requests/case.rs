//! 办理进度: what the requester may know of the request, and what can be done now.

use super::reply::{Told, told};
use super::visit::{Visiting, with_visit};
use crate::answer::{Answer, html};
use crate::page::Frame;
use crate::public::guide::contact_rows;
use crate::public::site::Site;
use crate::work::files::size;
use askama::Template;
use axum::extract::Query;
use gongkai_app::requests::track::{self, Tracked};
use gongkai_app::requests::{Rating, served_papers, visit};
use gongkai_domain::request::{FeeCourse, Reasons, RequestFile, StateKey, Supplement};
use serde::Deserialize;

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// What was typed into a form of the page and not taken, with what is wrong.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Typed {
    /// The form.
    pub form: &'static str,
    /// What was typed.
    pub text: String,
    /// What is wrong.
    pub problem: String,
}

#[derive(Template)]
#[template(path = "public/requests/case.html")]
pub(super) struct Case {
    pub frame: Frame,
    pub form_token: String,
    pub title: String,
    pub state: &'static str,
    pub due: String,
    pub rows: Vec<(&'static str, String)>,
    pub events: Vec<(String, &'static str)>,
    pub supplement: Option<Supplement>,
    pub reasons: Option<Reasons>,
    pub fee: Option<String>,
    pub may_withdraw: bool,
    pub told: Option<Told>,
    pub files: Vec<(String, String, String)>,
    pub remedies: Vec<String>,
    pub may_rate: bool,
    pub rating: Option<Rating>,
    pub contact: Vec<(&'static str, String)>,
    pub notice: Option<&'static str>,
    pub typed: Typed,
}

/// Shows the page.
pub async fn show(site: Site, visiting: Visiting, Query(asked): Query<Asked>) -> Answer {
    let notice = match asked.done.as_str() {
        "supplement" => Some("补正已经收到，答复期限自今天起重新计算。"),
        "reasons" => Some("说明的理由已经收到，将一并办理。"),
        "withdrawal" => Some("申请已经撤回。"),
        "rating" => Some("评价已经收到，谢谢。"),
        _ => None,
    };
    page(site, &visiting, notice, Typed::default()).await
}

/// The page with a notice, or with a form that was not taken.
pub(super) async fn page(
    Site { app, frame }: Site,
    visiting: &Visiting,
    notice: Option<&'static str>,
    typed: Typed,
) -> Answer {
    let (code, contact) = visiting.known();
    let tracked = track::track(&app, code, contact).await?;
    let form_token = visit::form_token(&app, &visiting.0);
    let papers = served_papers::all(&app, &tracked.request).await?;
    let page = view(frame, form_token, (tracked, papers), notice, typed);
    Ok(with_visit(&app, &visiting.0, html(&page)?))
}

pub(super) fn view(
    frame: Frame,
    form_token: String,
    (tracked, papers): (Tracked, Vec<RequestFile>),
    notice: Option<&'static str>,
    typed: Typed,
) -> Case {
    let request = &tracked.request;
    let asked = request.round.supplement.clone().filter(|_| tracked.may_supplement);
    let told = told(request);
    let events = tracked.events.iter().map(|event| (event.on.to_string(), event.act.name()));
    Case {
        title: request.wanted.title(),
        state: state(request.state_key()),
        due: due(&tracked),
        rows: super::receipt::rows(&tracked),
        events: events.collect(),
        supplement: asked,
        reasons: request.round.reasons.clone().filter(|_| tracked.may_give_reasons),
        fee: fee(&tracked),
        may_withdraw: tracked.may_withdraw,
        files: papers.iter().chain(&tracked.files).map(file).collect(),
        remedies: tracked.remedies.clone(),
        may_rate: !request.is_open() && tracked.rating.is_none(),
        rating: tracked.rating.clone(),
        contact: contact_rows(&tracked.contact),
        told,
        frame,
        form_token,
        notice,
        typed,
    }
}

/// The state in words for the requester: who inside has it is nobody's business.
fn state(key: StateKey) -> &'static str {
    match key {
        StateKey::Unconfirmed => "已提交，待确认收到",
        StateKey::Handling | StateKey::InReview | StateKey::Approved => "办理中",
        StateKey::Consulting => "办理中（正在征求意见，所需时间不计入答复期限）",
        StateKey::AwaitingSupplement => "等待您补正",
        StateKey::AwaitingFee => "等待您缴费",
        StateKey::Closed | StateKey::Archived => "已办结",
    }
}

fn due(tracked: &Tracked) -> String {
    if !tracked.request.is_open() {
        return String::new();
    }
    let Some(deadline) = tracked.deadline else {
        return "机关与您确认收到以后，开始计算 20 个工作日的答复期限。".to_owned();
    };
    match deadline.due {
        None => "答复期限暂不计算，补正、缴费或者征求意见之后继续。".to_owned(),
        Some(due) if deadline.is_overdue => format!(
            "应当在 {due} 以前答复，现在已经超过期限。您可以联系受理机构，也可以依法申请行政复议。"
        ),
        Some(due) if deadline.provisional => {
            format!("最迟 {due} 答复（暂定，次年放假安排公布后可能调整）。")
        }
        Some(due) => format!("最迟 {due} 答复。"),
    }
}

fn fee(tracked: &Tracked) -> Option<String> {
    let fee = tracked.request.round.fee.as_ref()?;
    match &fee.course {
        FeeCourse::Notified { until, .. } => Some(format!(
            "信息处理费 {} 元，请按收费通知在 {until} 以前缴纳；逾期未缴纳的，视为放弃申请。",
            fee.amount
        )),
        _ => None,
    }
}

fn file(file: &RequestFile) -> (String, String, String) {
    let address = format!("/on-request/case/files/{}", file.digest);
    let size = if file.size_bytes == 0 { String::new() } else { size(file.size_bytes) };
    (address, file.name.clone(), size)
}
