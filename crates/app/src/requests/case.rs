//! 一件申请: all that a case page shows, without personal data.

use super::act::{load, occasion};
use super::signing::{SigningStep, signing};
use super::thing;
use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::audit::Link;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::clock::Reckoning;
use gongkai_domain::id::RequestId;
use gongkai_domain::organ::Organ;
use gongkai_domain::outcome::{Names, reviewing_body};
use gongkai_domain::request::{
    Deadline, DeliveryWay, DisclosureRequest, Duty, Possible, RequestState, ServiceWay,
};
use gongkai_store::requests::{self, Rating};
use gongkai_store::{events, organs};
use jiff::civil::Date;

/// A case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// The request; its events are the timeline.
    pub request: DisclosureRequest,
    /// The name of the organ on the day it came.
    pub organ: String,
    /// The day by which it must be answered; none until receipt is confirmed.
    pub deadline: Option<Deadline>,
    /// The clock, day by day; none until receipt is confirmed.
    pub reckoning: Option<Reckoning>,
    /// Every act, possible for the caller now or with the reason why not.
    pub possible: Vec<Possible>,
    /// What is to be done, the most pressing first.
    pub duties: Vec<Duty>,
    /// What can be done against the reply, in words; empty while there is none.
    pub remedies: Vec<String>,
    /// How content the requester was.
    pub rating: Option<Rating>,
    /// Whether the caller may look at the personal data; each look is logged.
    pub may_reveal: bool,
    /// Whether the caller may read the files that its reply gives.
    pub may_read_reply: bool,
    /// Where its reply stands in its chain; none while none was proposed.
    pub signing: Vec<SigningStep>,
    /// The day on which the personal data, the papers and the files were erased.
    pub erased_on: Option<Date>,
}

/// A case that the caller may see.
///
/// # Errors
/// When it is not there, the caller may not see it, or the store fails.
pub async fn case(app: &App, caller: &Caller, id: &RequestId) -> Result<Case, AppError> {
    let mut reader = app.store.reader().await?;
    let request = load(&mut reader, caller, id).await?.request;
    let organs = organs::all(&mut reader).await?;
    let rating = super::track::rating(app, &mut reader, id).await?;
    let erased_on = requests::retention::erased_on(&mut reader, id).await?;
    let (calendar, today) = (Calendar::embedded(), app.clock.today());
    let here = occasion(app, caller);
    let found = organs.iter().find(|organ| organ.id == request.organ);
    let organ = found.map(|organ| organ.name_on(request.arrived_on).to_owned());
    let last = request.reckoning(calendar, Some(today)).and_then(Result::ok);
    Ok(Case {
        organ: organ.unwrap_or_default(),
        deadline: request.deadline(calendar, today),
        reckoning: last,
        possible: request.possible(&here),
        duties: request.duties(&here),
        remedies: remedies(app, &organs, &request, today),
        rating,
        may_reveal: super::reveal::may(caller, &request),
        may_read_reply: super::reveal::may_read_reply(caller, &request),
        signing: signing(app, &mut reader, &request).await?,
        erased_on,
        request,
    })
}

/// What can be done against the reply of a request, with the names filled in; empty while there is none.
pub fn remedies(
    app: &App,
    organs: &[Organ],
    request: &DisclosureRequest,
    today: Date,
) -> Vec<String> {
    let Some(reply) = request.reply() else { return Vec::new() };
    let decided = request.closings.last().and_then(|closing| closing.decision.as_ref());
    let on = match &request.state {
        RequestState::Approved(decision) => decision.on,
        RequestState::Closed | RequestState::Archived { .. } => {
            decided.map_or(today, |decision| decision.on)
        }
        _ => today,
    };
    let line = lineage(organs, &request.organ);
    let line: Vec<&Organ> =
        line.iter().filter_map(|id| organs.iter().find(|organ| organ.id == *id)).collect();
    let settings = &app.config.requests;
    let set = |text: &String, or: &str| if text.is_empty() { or.to_owned() } else { text.clone() };
    let body = reviewing_body(&line, on)
        .unwrap_or_else(|| set(&settings.reviewing_body, "有管辖权的行政复议机关"));
    let court = set(&settings.court, "有管辖权的人民法院");
    let service = request.closings.last().and_then(|closing| closing.service.as_ref());
    let is_net = matches!(service, Some(ServiceWay::Net { .. }))
        || matches!(request.way, DeliveryWay::Online | DeliveryWay::Email);
    let channel = Some(settings.review_channel.as_str()).filter(|_| is_net);
    let internet = channel.filter(|address| !address.is_empty());
    let names = Names { body: &body, court: &court, internet };
    reply.remedies(on).iter().map(|remedy| remedy.text(&names)).collect()
}

/// What happened to a request in the audit log, oldest first.
///
/// # Errors
/// When the caller may not see the request, or the store fails.
pub async fn history(app: &App, caller: &Caller, id: &RequestId) -> Result<Vec<Link>, AppError> {
    let mut reader = app.store.reader().await?;
    let request = load(&mut reader, caller, id).await?.request;
    Ok(events::of(&mut reader, &thing(&request)).await?)
}
