//! Doing an act: what was typed becomes what the action takes; whether it may be done it decides.

use super::super::typed::Typed;
use super::fields::withdrawal_key;
use axum::body::Bytes;
use gongkai_app::requests::{close, consult, fee, handle, reasons, receipt, reply, supplement};
use gongkai_app::{App, AppError, Caller};
use gongkai_domain::fee::FeeBy;
use gongkai_domain::id::RequestId;
use gongkai_domain::request as verbs;
use gongkai_domain::request::{
    Consulted, Correction, RequestAct, RightOrgan, ServiceWay, Withdrawal,
};

/// Does an act.
///
/// # Errors
/// What is wrong with what was typed, or why it cannot be done.
#[expect(clippy::too_many_lines, reason = "a table: one line for each act")]
pub(super) async fn run(
    app: &App,
    caller: &Caller,
    (id, act): (&RequestId, RequestAct),
    typed: &Typed,
    files: Vec<(String, Bytes)>,
) -> Result<(), AppError> {
    let done = match act {
        RequestAct::ConfirmReceipt => {
            let receipt = verbs::Receipt { on: typed.day("on")?, how: typed.text("how") };
            receipt::confirm(app, caller, id, receipt).await
        }
        RequestAct::AskSupplement => supplement::ask(app, caller, id, ask(typed)?).await,
        RequestAct::ReceiveSupplement => {
            let (on, text) = (typed.day("on")?, typed.text("text"));
            supplement::receive_with(app, caller, id, (on, text), files).await
        }
        RequestAct::CloseUnsupplemented => supplement::close(app, caller, id).await,
        RequestAct::Assign => handle::assign(app, caller, id, assign(typed)?).await,
        RequestAct::ReportPart => {
            let (number, text) = (typed.count("number")?, typed.text("text"));
            handle::report(app, caller, id, verbs::Reporting { number, text }).await
        }
        RequestAct::LogSearch => handle::log_search(app, caller, id, search(typed)?).await,
        RequestAct::NameOrgan => handle::name_organ(app, caller, id, organ(typed)).await,
        RequestAct::Consult => consult::send(app, caller, id, letter(typed)?).await,
        RequestAct::NoteDelivery => {
            let (number, on) = (typed.count("number")?, typed.day("on")?);
            consult::note_delivery(app, caller, id, verbs::Delivered { number, on }).await
        }
        RequestAct::HearOpinion => consult::hear(app, caller, id, opinion(typed)?).await,
        RequestAct::NoteSilence => {
            let number = typed.count("number")?;
            consult::note_silence(app, caller, id, verbs::Silence { number }).await
        }
        RequestAct::Extend => reasons::extend(app, caller, id, extending(typed)?).await,
        RequestAct::AskReasons => {
            let (on, until) = (typed.day("on")?, typed.day("until")?);
            let ask = verbs::AskReasons { on, found: typed.text("found"), until };
            reasons::ask(app, caller, id, ask).await
        }
        RequestAct::HearReasons => {
            let given = verbs::GivenReasons { on: typed.day("on")?, text: typed.text("text") };
            reasons::hear(app, caller, id, given).await
        }
        RequestAct::Delay => {
            let (on, until) = (typed.day("on")?, typed.day("until")?);
            let delaying = verbs::Delaying { on, until, reason: typed.text("reason") };
            reasons::delay(app, caller, id, delaying).await
        }
        RequestAct::ProposeFee => fee::propose(app, caller, id, proposed_fee(typed)?).await,
        RequestAct::NotifyFee => {
            let (on, decided_by) = (typed.day("on")?, typed.text("decided_by"));
            fee::notify(app, caller, id, verbs::NotifyFee { on, decided_by }).await
        }
        RequestAct::WaiveFee => {
            fee::waive(app, caller, id, verbs::Waiving { reason: typed.text("reason") }).await
        }
        RequestAct::ReceivePayment => {
            let paying = verbs::Paying { on: typed.day("on")?, receipt: typed.text("receipt") };
            fee::pay(app, caller, id, paying).await
        }
        RequestAct::CloseUnpaid => fee::close_unpaid(app, caller, id).await,
        RequestAct::Return => {
            let returning = verbs::Returning { comment: typed.text("comment") };
            reply::send_back(app, caller, id, returning).await
        }
        RequestAct::Approve => {
            let (comment, number) = (typed.text("comment"), Some(typed.text("number")));
            reply::approve(app, caller, id, comment, number).await
        }
        RequestAct::Serve => reply::serve(app, caller, id, served(typed)?).await,
        RequestAct::CorrectRecord => close::correct(app, caller, id, correcting(typed)?).await,
        RequestAct::Withdraw => close::withdraw(app, caller, id, withdrawn(typed)?).await,
        RequestAct::Reopen => close::reopen(app, caller, id, reopening(typed)?).await,
        RequestAct::Archive => {
            let archiving = verbs::Archiving { file_number: typed.text("file_number") };
            close::archive(app, caller, id, archiving).await
        }
        RequestAct::Register | RequestAct::Propose => Err(AppError::NotFound("这个办理事项")),
    };
    done.map(drop)
}

fn ask(typed: &Typed) -> Result<verbs::AskSupplement, AppError> {
    let (on, until) = (typed.day("on")?, typed.day("until")?);
    let (items, guidance) = (typed.lines("items"), typed.text("guidance"));
    Ok(verbs::AskSupplement { on, items, guidance, until })
}

fn assign(typed: &Typed) -> Result<verbs::Assign, AppError> {
    let (unit, task) = (typed.text("unit"), typed.text("task"));
    Ok(verbs::Assign { unit, task, until: typed.day("until")? })
}

fn search(typed: &Typed) -> Result<verbs::LogSearch, AppError> {
    Ok(verbs::LogSearch {
        on: typed.day("on")?,
        place: typed.text("place"),
        terms: typed.text("terms"),
        result: typed.text("result"),
        found: yes_or_no(typed, "found", "是否找到")?,
    })
}

fn yes_or_no(typed: &Typed, name: &'static str, what: &str) -> Result<bool, AppError> {
    typed.one(name, what, |key| match key {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    })
}

fn organ(typed: &Typed) -> RightOrgan {
    RightOrgan { name: typed.text("name"), contact: typed.text("contact") }
}

fn letter(typed: &Typed) -> Result<verbs::Consult, AppError> {
    let of = typed.one("of", "征求谁的意见", |key| match key {
        "third_party" => Some(Consulted::ThirdParty),
        "co_maker" => Some(Consulted::CoMaker),
        _ => None,
    })?;
    let (who, about) = (typed.text("who"), typed.text("about"));
    let (sent_on, reached_on) = (typed.day("sent_on")?, typed.day_if_any("reached_on")?);
    Ok(verbs::Consult { of, who, about, sent_on, reached_on })
}

fn opinion(typed: &Typed) -> Result<verbs::Answered, AppError> {
    Ok(verbs::Answered {
        number: typed.count("number")?,
        on: typed.day("on")?,
        agrees: yes_or_no(typed, "agrees", "意见")?,
        reason: typed.text("reason"),
    })
}

fn extending(typed: &Typed) -> Result<verbs::Extending, AppError> {
    let (reason, consented_by) = (typed.text("reason"), typed.text("consented_by"));
    Ok(verbs::Extending { on: typed.day("on")?, reason, consented_by })
}

fn proposed_fee(typed: &Typed) -> Result<verbs::ProposeFee, AppError> {
    let by = typed.one("by", "计收方式", |key| match key {
        "piece" => Some(FeeBy::Piece),
        "page" => Some(FeeBy::Page),
        _ => None,
    })?;
    Ok(verbs::ProposeFee { by, count: typed.count("count")?, reason: typed.text("reason") })
}

fn served(typed: &Typed) -> Result<verbs::Served, AppError> {
    let proof = typed.text("proof");
    let way = typed.one("way", "送达方式", |key| match key {
        "post" => Some(ServiceWay::Post { number: proof.clone() }),
        "counter" => Some(ServiceWay::Counter { receiver: proof.clone() }),
        "net" => Some(ServiceWay::Net { confirmation: proof.clone() }),
        _ => None,
    })?;
    Ok(verbs::Served { on: typed.day("on")?, way })
}

fn correcting(typed: &Typed) -> Result<verbs::Correcting, AppError> {
    let (what, to) = (typed.text("what"), organ(typed));
    let correction = typed.one("how", "办理结果", |key| match key {
        "corrected" => Some(Correction::Corrected { what: what.clone() }),
        "transferred" => Some(Correction::Transferred { to: to.clone() }),
        "directed" => Some(Correction::Directed { to: to.clone() }),
        "unfounded" => Some(Correction::Unfounded { reason: what.clone() }),
        _ => None,
    })?;
    Ok(verbs::Correcting { on: typed.day("on")?, correction })
}

fn withdrawn(typed: &Typed) -> Result<verbs::Withdrawn, AppError> {
    let of = |key: &str| Withdrawal::ALL.into_iter().find(|why| withdrawal_key(*why) == key);
    Ok(verbs::Withdrawn { why: typed.one("why", "终止的原因", of)?, note: typed.text("note") })
}

fn reopening(typed: &Typed) -> Result<verbs::Reopening, AppError> {
    let (document, text) = (typed.text("document"), typed.text("text"));
    let order = verbs::Order { document, text, until: typed.day_if_any("until")? };
    Ok(verbs::Reopening { on: typed.day("on")?, order })
}
