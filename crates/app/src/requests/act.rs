//! The frame of every act on a request: load, decide, save state and event together.

use super::{kept, thing};
use crate::app::lineage;
use crate::caller::{Caller, system_event};
use crate::{App, AppError};
use gongkai_domain::audit::Event;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::id::RequestId;
use gongkai_domain::refusal::Refusal;
use gongkai_domain::request::{By, DisclosureRequest, Occasion, RequestAct, Step};
use gongkai_store::requests::{self, Loaded};
use gongkai_store::{Db, Transaction, events, organs};
use jiff::civil::Date;

const NOT_FOUND: AppError = AppError::NotFound("这件申请");

/// The occasion of somebody who acts now.
pub(super) fn occasion<'a>(app: &App, caller: &'a Caller) -> Occasion<'a> {
    by(app, By::Staff(&caller.actor))
}

/// The same for whoever acts.
pub(super) fn by<'a>(app: &App, by: By<'a>) -> Occasion<'a> {
    Occasion { by, now: app.clock.now(), calendar: Calendar::embedded() }
}

/// The request as the caller may see it.
pub(super) async fn load(db: &mut Db, caller: &Caller, id: &RequestId) -> Result<Loaded, AppError> {
    let loaded = requests::find(db, id).await?.ok_or(NOT_FOUND)?;
    let organs = organs::all(db).await?;
    if caller.actor.sees(&lineage(&organs, &loaded.request.organ)) {
        Ok(loaded)
    } else {
        Err(NOT_FOUND)
    }
}

/// Loads a request, lets the verb decide, and saves what came of it with its event.
pub(super) async fn act(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    verb: impl FnOnce(DisclosureRequest, &Occasion<'_>) -> Result<Step, Refusal>,
) -> Result<DisclosureRequest, AppError> {
    let mut transaction = app.store.begin().await?;
    let loaded = load(&mut transaction, caller, id).await?;
    let step = verb(loaded.request.clone(), &occasion(app, caller))?;
    let event = caller.event(
        key(step.act),
        thing(&step.request),
        step.request.organ.as_str(),
        app.clock.now(),
    );
    finish(app, transaction, &loaded, step, event).await
}

/// The event of what the requester does on line: nobody's name stands in it.
pub(super) fn requester_event(app: &App, step: &Step, origin: &str) -> Event {
    let organ = step.request.organ.as_str();
    let event = system_event(key(step.act), thing(&step.request), organ, app.clock.now());
    Event {
        actor: "requester".to_owned(),
        actor_name: "申请人".to_owned(),
        origin: origin.to_owned(),
        ..event
    }
}

/// Saves the step with this event, and makes both last.
pub(super) async fn finish(
    app: &App,
    mut transaction: Transaction,
    loaded: &Loaded,
    step: Step,
    event: Event,
) -> Result<DisclosureRequest, AppError> {
    save(app, &mut transaction, loaded, &step, event).await?;
    transaction.commit().await?;
    Ok(step.request)
}

/// Saves the step with this event; the caller of it commits.
pub(super) async fn save(
    app: &App,
    transaction: &mut Transaction,
    loaded: &Loaded,
    step: &Step,
    mut event: Event,
) -> Result<(), AppError> {
    event.before = state(&loaded.request);
    event.after = state(&step.request);
    event.reason = step.reason.clone().unwrap_or_default();
    let now = app.clock.now();
    let due = due_on(app, &step.request);
    let before = loaded.request.state_key();
    requests::save(transaction, &step.request, before, loaded.version, due, now).await?;
    if step.act == RequestAct::ReceiveSupplement {
        kept::attach(transaction, &step.request).await?;
    }
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(())
}

/// The day by which a request must be answered, as lists keep it: of a closed one the day it had.
pub(crate) fn due_on(app: &App, request: &DisclosureRequest) -> Option<Date> {
    let deadline = request.deadline(Calendar::embedded(), app.clock.today());
    deadline.and_then(|deadline| deadline.due)
}

/// What the audit log keeps of a state: the whole request, which holds no personal data.
pub(crate) fn state(request: &DisclosureRequest) -> String {
    serde_json::to_string(request).expect("a request has text keys and finite numbers")
}

/// The stable key of an act in the audit log.
pub fn key(act: RequestAct) -> &'static str {
    macro_rules! keys {
        ($($variant:ident => $key:literal),+ $(,)?) => {
            match act { $(RequestAct::$variant => $key),+ }
        };
    }
    keys! {
        Register => "request.register",
        ConfirmReceipt => "request.confirm_receipt",
        AskSupplement => "request.ask_supplement",
        ReceiveSupplement => "request.receive_supplement",
        CloseUnsupplemented => "request.close_unsupplemented",
        Assign => "request.assign",
        ReportPart => "request.report_part",
        LogSearch => "request.log_search",
        NameOrgan => "request.name_organ",
        Consult => "request.consult",
        NoteDelivery => "request.note_delivery",
        HearOpinion => "request.hear_opinion",
        NoteSilence => "request.note_silence",
        Extend => "request.extend",
        AskReasons => "request.ask_reasons",
        HearReasons => "request.hear_reasons",
        Delay => "request.delay",
        ProposeFee => "request.propose_fee",
        NotifyFee => "request.notify_fee",
        WaiveFee => "request.waive_fee",
        ReceivePayment => "request.receive_payment",
        CloseUnpaid => "request.close_unpaid",
        Propose => "request.propose",
        Return => "request.return",
        Approve => "request.approve",
        Serve => "request.serve",
        CorrectRecord => "request.correct_record",
        Withdraw => "request.withdraw",
        Reopen => "request.reopen",
        Archive => "request.archive",
    }
}

/// What people call the act with this key.
pub fn name(wanted: &str) -> &'static str {
    let others = [
        ("request.reveal", "查看个人信息"),
        ("request.recompute", "重算答复期限"),
        ("request.rate", "评价"),
        ("request.note", "批注"),
        ("request.issue_paper", "印发文书"),
        ("request.expire", "到期删除个人信息"),
        ("request.open_file", "下载文件"),
        ("request.open_paper", "下载文书"),
        ("request.package", "下载归档包"),
        ("request.bring_file", "上传待处理文件"),
        ("request.redact", "区分处理"),
        ("request.let_out", "确认无需区分处理"),
        ("request.set_word", "设置发文代字"),
    ];
    let act = RequestAct::ALL.into_iter().find(|act| key(*act) == wanted).map(RequestAct::name);
    let other = others.iter().find(|(key, _)| *key == wanted).map(|(_, name)| *name);
    act.or(other).unwrap_or("其他")
}
