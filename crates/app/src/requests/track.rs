//! 查询进度: the requester follows a request by code and contact, supplements and withdraws on line.

use super::act::{by, finish, requester_event};
use super::{file, seal, thing};
use crate::caller::system_event;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{
    By, Deadline, DisclosureRequest, GivenReasons, Occasion, RequestAct, RequestEvent, RequestFile,
    RequestState, Step, SupplementReceived, Withdrawal, Withdrawn,
};
use gongkai_store::requests::{self, Loaded, Rating};
use gongkai_store::sealed::RATING_COMMENT;
use gongkai_store::{Db, events, organs};

/// What the requester sees.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tracked {
    /// The request. Pages show of it what is in the other fields, and what the requester wrote.
    pub request: DisclosureRequest,
    /// The name of the organ.
    pub organ: String,
    /// How to reach its office.
    pub contact: gongkai_domain::organ::Contact,
    /// What happened that the requester is told, oldest first.
    pub events: Vec<RequestEvent>,
    /// The day by which it must be answered.
    pub deadline: Option<Deadline>,
    /// Whether a supplement can be sent now.
    pub may_supplement: bool,
    /// Whether reasons for so many requests can be given now (条例 35).
    pub may_give_reasons: bool,
    /// Whether it can be withdrawn now.
    pub may_withdraw: bool,
    /// What was given, once it is served.
    pub files: Vec<RequestFile>,
    /// What can be done against the reply, once it is served.
    pub remedies: Vec<String>,
    /// How content the requester was.
    pub rating: Option<Rating>,
}

/// One sentence for a wrong code and a wrong contact alike: nobody learns which code is one.
const NOT_FOUND: AppError = AppError::NotFound("这件申请，请核对查询码和联系方式");

/// What people copy by hand comes back in many forms.
fn code(typed: &str) -> String {
    let signs: Vec<char> =
        typed.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

async fn find(app: &App, db: &mut Db, typed: &str, contact: &str) -> Result<Loaded, AppError> {
    let loaded = requests::of_code(db, &code(typed)).await?.ok_or(NOT_FOUND)?;
    let personal = seal::unseal(app, &loaded.request.id, &loaded.personal)?;
    if seal::is_contact(&personal, contact) { Ok(loaded) } else { Err(NOT_FOUND) }
}

/// The request of this code, for whoever knows a contact that was given with it.
///
/// # Errors
/// When code and contact do not belong together, or the store fails.
pub async fn track(app: &App, typed: &str, contact: &str) -> Result<Tracked, AppError> {
    let mut reader = app.store.reader().await?;
    let request = find(app, &mut reader, typed, contact).await?.request;
    let all = organs::all(&mut reader).await?;
    let organ = all.iter().find(|organ| organ.id == request.organ);
    let rating = rating(app, &mut reader, &request.id).await?;
    let today = app.clock.today();
    let here = by(app, By::Requester);
    let is_served = matches!(request.state, RequestState::Closed | RequestState::Archived { .. });
    let given = request.reply().filter(|_| is_served).map(|reply| reply.files.clone());
    let remedies = match is_served {
        true => super::case::remedies(app, &all, &request, today),
        false => Vec::new(),
    };
    Ok(Tracked {
        organ: organ.map(|organ| organ.name.clone()).unwrap_or_default(),
        contact: organ.map(|organ| organ.contact.clone()).unwrap_or_default(),
        events: told(&request),
        deadline: request.deadline(Calendar::embedded(), today),
        may_supplement: request.may(RequestAct::ReceiveSupplement, &here).is_ok(),
        may_give_reasons: request.may(RequestAct::HearReasons, &here).is_ok(),
        may_withdraw: request.may(RequestAct::Withdraw, &here).is_ok(),
        files: given.unwrap_or_default(),
        remedies,
        rating,
        request,
    })
}

/// The events that the requester is told, without the notes that are not for the requester.
fn told(request: &DisclosureRequest) -> Vec<RequestEvent> {
    let mut events = request.events.clone();
    events.retain(|event| event.act.is_told());
    for event in &mut events {
        if !event.act.tells_note() {
            event.note.clear();
        }
        event.by.clear();
    }
    events
}

async fn act(
    app: &App,
    (typed, contact): (&str, &str),
    origin: &str,
    verb: impl FnOnce(DisclosureRequest, &Loaded, &Occasion<'_>) -> Result<Step, AppError>,
) -> Result<DisclosureRequest, AppError> {
    let mut transaction = app.store.begin().await?;
    let loaded = find(app, &mut transaction, typed, contact).await?;
    let step = verb(loaded.request.clone(), &loaded, &by(app, By::Requester))?;
    let event = requester_event(app, &step, origin);
    finish(app, transaction, &loaded, step, event).await
}

/// Supplements on line.
///
/// # Errors
/// When code and contact do not belong together, no supplement was asked for, or the store fails.
pub async fn supplement(
    app: &App,
    known: (&str, &str),
    origin: &str,
    text: String,
    files: Vec<RequestFile>,
) -> Result<DisclosureRequest, AppError> {
    if file::MOST < files.len() {
        return Err(AppError::invalid("file", format!("附件最多 {} 个", file::MOST)));
    }
    let on = app.clock.today();
    act(app, known, origin, |request, loaded, here| {
        let files = seal::without_names(app, loaded, files)?;
        Ok(request.receive_supplement(SupplementReceived { on, text, files }, here)?)
    })
    .await
}

/// Gives the reasons that were asked for, on line.
///
/// # Errors
/// When code and contact do not belong together, none were asked for or they came already, or the
/// store fails.
pub async fn give_reasons(
    app: &App,
    known: (&str, &str),
    origin: &str,
    text: String,
) -> Result<DisclosureRequest, AppError> {
    let given = GivenReasons { on: app.clock.today(), text };
    act(app, known, origin, |request, _, here| Ok(request.hear_reasons(given, here)?)).await
}

/// Withdraws on line.
///
/// # Errors
/// When code and contact do not belong together, it is closed, or the store fails.
pub async fn withdraw(
    app: &App,
    known: (&str, &str),
    origin: &str,
    note: String,
) -> Result<DisclosureRequest, AppError> {
    let withdrawn = Withdrawn { why: Withdrawal::Withdrawn, note };
    act(app, known, origin, |request, _, here| Ok(request.withdraw(withdrawn, here)?)).await
}

/// A file that was given with the reply.
///
/// # Errors
/// When code and contact do not belong together, it was not given, or the store fails.
pub async fn given(
    app: &App,
    (typed, contact): (&str, &str),
    digest: &str,
) -> Result<(RequestFile, Bytes), AppError> {
    let tracked = track(app, typed, contact).await?;
    let file = tracked.files.into_iter().find(|file| file.digest == digest);
    let file = file.ok_or(AppError::NotFound("这个文件"))?;
    let content = super::kept::read(app, &mut *app.store.reader().await?, digest).await?;
    Ok((file, content))
}

/// How content the requester of a request was, with the comment opened.
pub(super) async fn rating(
    app: &App,
    db: &mut Db,
    id: &RequestId,
) -> Result<Option<Rating>, AppError> {
    let Some(mut rating) = requests::ratings(db, id).await? else { return Ok(None) };
    if !rating.comment.is_empty() {
        let opened = app.vault.unseal_or_plain(&RATING_COMMENT, id.as_str(), &rating.comment)?;
        rating.comment = opened.to_string();
    }
    Ok(Some(rating))
}

/// Keeps how content the requester was; only after the answer.
///
/// # Errors
/// When it is not closed yet, the stars are none, or the store fails.
pub async fn rate(
    app: &App,
    (typed, contact): (&str, &str),
    origin: &str,
    stars: i64,
    comment: &str,
) -> Result<(), AppError> {
    if !(1..=5).contains(&stars) {
        return Err(AppError::invalid("stars", "请选择一到五星"));
    }
    if 500 < comment.chars().count() {
        return Err(AppError::invalid("comment", "意见最多 500 个字"));
    }
    let mut transaction = app.store.begin().await?;
    let request = find(app, &mut transaction, typed, contact).await?.request;
    if request.is_open() {
        return Err(AppError::Conflict("办结以后才能评价".to_owned()));
    }
    if requests::ratings(&mut transaction, &request.id).await?.is_some() {
        return Err(AppError::Conflict("已经评价过，每件申请只评价一次".to_owned()));
    }
    let now = app.clock.now();
    let comment = match comment.trim() {
        "" => String::new(),
        comment => app.vault.seal(&RATING_COMMENT, request.id.as_str(), comment),
    };
    let rating = Rating { stars, comment, at: now };
    requests::keep_rating(&mut transaction, &request.id, &rating).await?;
    let event = system_event("request.rate", thing(&request), request.organ.as_str(), now);
    let event = gongkai_domain::audit::Event {
        actor: "requester".to_owned(),
        actor_name: "申请人".to_owned(),
        origin: origin.to_owned(),
        after: format!("{stars}"),
        ..event
    };
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}
