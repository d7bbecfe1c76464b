//! 网上提交: a member of the public asks; the answer is a receipt with number and code.

use super::act::{by, due_on, key, state};
use super::{file, kept, seal, thing};
use crate::caller::system_event;
use crate::{App, AppError, Problem, secret};
use gongkai_domain::audit::Event;
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_domain::request::{
    By, DisclosureRequest, Missing, Personal, Receipt as Confirmation, ReceivedChannel,
    Registration, RequestAct, Step, Submission,
};
use gongkai_store::requests::{self, Loaded};
use gongkai_store::{Transaction, events, organs};
use jiff::civil::Date;

/// What the requester takes away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// The request.
    pub id: RequestId,
    /// The organ that is asked.
    pub organ: OrganId,
    /// The number in its register.
    pub number: String,
    /// The code to follow it by.
    pub code: String,
    /// What was asked for, as a line.
    pub title: String,
    /// The day of receipt; none until the organ confirms it.
    pub received_on: Option<Date>,
    /// The day by which it must be answered.
    pub due_on: Option<Date>,
}

fn receipt(app: &App, request: &DisclosureRequest) -> Receipt {
    Receipt {
        id: request.id.clone(),
        organ: request.organ.clone(),
        number: request.number.clone(),
        code: request.code.clone(),
        title: request.wanted.title(),
        received_on: request.received_on,
        due_on: due_on(app, request),
    }
}

/// A ticket that the form carries: sending the form twice asks once.
pub fn ticket() -> String {
    secret::token()
}

const FIELDS: [&str; 14] = [
    "name",
    "document",
    "document_number",
    "representative",
    "contact_person",
    "telephone",
    "address",
    "postcode",
    "email",
    "wanted_name",
    "wanted_number",
    "description",
    "file",
    "arrived_on",
];

/// What the domain finds wrong, by the field of the form.
pub(super) fn problems(missing: Vec<Missing>) -> Result<(), AppError> {
    if missing.is_empty() {
        return Ok(());
    }
    let problem = |each: Missing| {
        let field = FIELDS.into_iter().find(|field| *field == each.field);
        Problem { field: field.unwrap_or("description"), message: each.message }
    };
    Err(AppError::Invalid(missing.into_iter().map(problem).collect()))
}

/// Submits on line. The channel and the day are those of the site, whatever the form says.
///
/// # Errors
/// When what 条例 29 asks for is missing, something cannot be taken, the organ is not there or no
/// longer, or the store fails.
pub async fn submit(
    app: &App,
    organ: OrganId,
    submission: Submission,
    ticket: &str,
    origin: &str,
) -> Result<Receipt, AppError> {
    let arrived_on = app.clock.today();
    let files = seal::unnamed(submission.files, submission.kind, &submission.personal);
    let channel = ReceivedChannel::Online;
    let submission = Submission { channel, arrived_on, files, ..submission };
    problems([submission.faults(), submission.missing()].concat())?;
    if file::MOST < submission.files.len() {
        let message = format!("附件最多 {} 个，请合并后再提交", file::MOST);
        return Err(AppError::invalid("file", message));
    }
    let mut transaction = app.store.begin().await?;
    events::stand_in_line(&mut transaction).await?;
    let code = if ticket.len() < 32 { secret::readable() } else { secret::readable_of(ticket) };
    if let Some(earlier) = requests::of_code(&mut transaction, &code).await? {
        return Ok(receipt(app, &earlier.request));
    }
    let personal = submission.personal.clone();
    let names = names(app, &mut transaction, organ, code).await?;
    let step = DisclosureRequest::register(names, submission, &by(app, By::Requester))?;
    let event = super::act::requester_event(app, &step, origin);
    let request = add(app, &mut transaction, &personal, step, event).await?;
    let request = confirm(app, &mut transaction, request).await?;
    transaction.commit().await?;
    Ok(receipt(app, &request))
}

/// The automatic receipt of the site is what both sides confirm, where the settings say so.
async fn confirm(
    app: &App,
    transaction: &mut Transaction,
    request: DisclosureRequest,
) -> Result<DisclosureRequest, AppError> {
    if !app.config.requests.receipt_confirms {
        return Ok(request);
    }
    let loaded = requests::find(transaction, &request.id).await?;
    let loaded: Loaded = loaded.ok_or(AppError::NotFound("这件申请"))?;
    let confirmation = Confirmation {
        on: request.arrived_on,
        how: "网站自动出具回执，双方确认".to_owned(),
    };
    let step = request.confirm_receipt(confirmation, &by(app, By::System))?;
    let organ = step.request.organ.as_str();
    let event = system_event(key(step.act), thing(&step.request), organ, app.clock.now());
    super::act::save(app, transaction, &loaded, &step, event).await?;
    Ok(step.request)
}

/// The names of a new request: its id, its number in the register of the year, its code.
pub(super) async fn names(
    app: &App,
    transaction: &mut Transaction,
    organ: OrganId,
    code: String,
) -> Result<Registration, AppError> {
    let found = organs::find(transaction, &organ).await?.ok_or(AppError::NotFound("这个机关"))?;
    if let Some((into, on)) = found.merged_into {
        let into = organs::find(transaction, &into).await?;
        let into = into.map(|organ| organ.name).unwrap_or_default();
        let message = format!("{}已于 {on} 并入{into}，请向{into}提出", found.name);
        return Err(AppError::invalid("organ", message));
    }
    let now = app.clock.now();
    let year = app.clock.today().year();
    let serial = requests::next_serial(transaction, &organ, "register", year).await?;
    let id = secret::id(now).parse().expect("digits and small letters");
    Ok(Registration { id, organ, number: format!("{year}-{serial:04}"), code })
}

/// Adds a registered request with its sealed personal data and its event.
pub(super) async fn add(
    app: &App,
    transaction: &mut Transaction,
    personal: &Personal,
    step: Step,
    mut event: Event,
) -> Result<DisclosureRequest, AppError> {
    let request = step.request;
    debug_assert_eq!(step.act, RequestAct::Register);
    event.after = state(&request);
    let sealed = seal::seal(app, &request.id, personal);
    let now = app.clock.now();
    requests::add(transaction, &request, &sealed, due_on(app, &request), now).await?;
    kept::attach(transaction, &request).await?;
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(request)
}
