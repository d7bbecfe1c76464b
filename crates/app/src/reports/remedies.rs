//! Reconsiderations and suits: registered, answered, concluded.

use super::act::ground;
use crate::caller::Caller;
use crate::requests::close::reopen_by_order;
use crate::tickets::Sending;
use crate::{App, AppError, secret};
use gongkai_domain::id::{OrganId, RemedyId};
use gongkai_domain::organ::Organ;
use gongkai_domain::refusal::Refusal;
use gongkai_domain::remedy::{Filed, Followed, Following, Remedy, RemedyOutcome};
use gongkai_store::reports::remedies;
use gongkai_store::{Transaction, events, requests};
use jiff::civil::Date;

const NOT_FOUND: AppError = AppError::NotFound("这件复议诉讼");

/// The cases of an organ.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Whose.
    pub organ: Organ,
    /// The cases, the latest first.
    pub cases: Vec<Remedy>,
    /// Whether the caller may write.
    pub can_write: bool,
}

/// The cases of an organ as the caller may see them.
///
/// # Errors
/// When the caller may not.
pub async fn list(app: &App, caller: &Caller, organ: &OrganId) -> Result<Listed, AppError> {
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, organ).await?;
    let cases = remedies::of_organ(&mut reader, organ).await?;
    Ok(Listed {
        organ: ground.organ,
        cases: cases.into_iter().map(|loaded| loaded.remedy).collect(),
        can_write: caller.actor.writes_for(organ),
    })
}

/// Registers a case.
///
/// # Errors
/// When its request is not of the organ, or the rules do not allow it.
pub async fn register(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    filed: Filed,
) -> Result<Remedy, AppError> {
    let mut transaction = app.store.begin().await?;
    let remedy = made(app, caller, &mut transaction, organ, filed).await?;
    transaction.commit().await?;
    Ok(remedy)
}

/// The same for a form that was sent: sent twice, it registers once.
///
/// # Errors
/// As [`register`]; and when the form carries no ticket, or said something else the first time.
pub async fn register_once(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    filed: Filed,
    ticket: &str,
) -> Result<(), AppError> {
    let sending = Sending::of(app, caller, ticket, &format!("remedy\n{organ}\n{filed:?}"))?;
    let mut transaction = app.store.begin().await?;
    if sending.made(&mut transaction).await?.is_some() {
        return Ok(());
    }
    let remedy = made(app, caller, &mut transaction, organ, filed).await?;
    sending.keep(app, &mut transaction, remedy.id.as_str()).await?;
    Ok(transaction.commit().await?)
}

async fn made(
    app: &App,
    caller: &Caller,
    transaction: &mut Transaction,
    organ: &OrganId,
    filed: Filed,
) -> Result<Remedy, AppError> {
    ground(transaction, caller, organ).await?;
    if let Some(request) = &filed.request {
        let found = requests::find(transaction, request).await?;
        if found.is_none_or(|loaded| loaded.request.organ != *organ) {
            return Err(AppError::invalid("request", "没有这件申请；没有登记过的，请留空"));
        }
    }
    let now = app.clock.now();
    let id = secret::id(now).parse().expect("digits and small letters make an id");
    let remedy = Remedy::register(id, organ.clone(), filed, &caller.actor, app.clock.today())?;
    remedies::add(transaction, &remedy).await?;
    let thing = format!("remedy/{}", remedy.id);
    let mut event = caller.event("remedy.register", thing, organ.as_str(), now);
    event.after = state(&remedy);
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(remedy)
}

async fn change(
    app: &App,
    caller: &Caller,
    id: &RemedyId,
    verb: impl FnOnce(Remedy) -> Result<Remedy, Refusal>,
) -> Result<Remedy, AppError> {
    let mut transaction = app.store.begin().await?;
    let loaded = remedies::find(&mut transaction, id).await?.ok_or(NOT_FOUND)?;
    let organ = loaded.remedy.organ.clone();
    ground(&mut transaction, caller, &organ).await.map_err(|_| NOT_FOUND)?;
    let changed = verb(loaded.remedy.clone())?;
    let changed = followed(app, caller, &mut transaction, changed).await?;
    remedies::save(&mut transaction, &changed, loaded.version).await?;
    let thing = format!("remedy/{id}");
    let mut event = caller.event("remedy.change", thing, organ.as_str(), app.clock.now());
    (event.before, event.after) = (state(&loaded.remedy), state(&changed));
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok(changed)
}

/// Opens the request of a corrected decision again, once, or links what answers it already.
async fn followed(
    app: &App,
    caller: &Caller,
    transaction: &mut Transaction,
    remedy: Remedy,
) -> Result<Remedy, AppError> {
    let Some(id) = &remedy.filed.request else { return Ok(remedy) };
    let Some(loaded) = requests::find(transaction, id).await? else { return Ok(remedy) };
    let followed = match remedy.follows(&loaded.request) {
        None => return Ok(remedy),
        Some(Following::Link(round)) => Followed { round, is_opened: false },
        Some(Following::Reopen(reopening)) => {
            let opened = reopen_by_order(app, caller, transaction, &loaded, reopening).await?;
            Followed { round: opened.round_number(), is_opened: true }
        }
    };
    Ok(remedy.follow(followed))
}

/// Notes that the organ answered.
///
/// # Errors
/// When the rules do not allow it.
pub async fn answer(
    app: &App,
    caller: &Caller,
    id: &RemedyId,
    on: Date,
) -> Result<Remedy, AppError> {
    let today = app.clock.today();
    change(app, caller, id, |remedy| remedy.answer(on, &caller.actor, today)).await
}

/// A result as it is filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filled {
    /// The key of a column of table four.
    pub result: String,
    /// The day of the decision.
    pub on: Date,
    /// What was decided.
    pub note: String,
    /// Costs, in 元.
    pub costs: String,
    /// The day the decision reached the organ, where it is another.
    pub received_on: Option<Date>,
    /// The limit that it sets for a new answer, where it sets one.
    pub answer_until: Option<Date>,
}

/// Notes a result; the last one counts. A decision that is corrected opens its request again.
///
/// # Errors
/// When the rules do not allow it.
pub async fn conclude(
    app: &App,
    caller: &Caller,
    id: &RemedyId,
    filled: Filled,
) -> Result<Remedy, AppError> {
    let (now, today) = (app.clock.now(), app.clock.today());
    let outcome = RemedyOutcome {
        result: filled.result,
        on: filled.on,
        note: filled.note.trim().to_owned(),
        costs: filled.costs.trim().to_owned(),
        received_on: filled.received_on,
        answer_until: filled.answer_until,
        by: caller.actor.name.clone(),
        at: now,
    };
    change(app, caller, id, |remedy| remedy.conclude(outcome, &caller.actor, today)).await
}

fn state(remedy: &Remedy) -> String {
    serde_json::to_string(remedy).expect("a case has text keys and finite numbers")
}
