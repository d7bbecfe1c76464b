//! 印发: a paper is filled, numbered, written as DOCX and PDF, and kept with its event. One issued again
//! keeps its number and both stay.

use super::super::act::load;
use super::super::word::{Series, word};
use super::super::{kept, seal, thing};
use super::draft::{self, Wanted};
use super::offer::REPLY;
use super::values::{Facts, decision};
use super::{ask_offered, ground};
use crate::caller::Caller;
use crate::organs::stamp;
use crate::{App, AppError, secret};
use bytes::Bytes;
use gongkai_domain::id::RequestId;
use gongkai_domain::organ::Organ;
use gongkai_domain::request::{DisclosureRequest, ERASED};
use gongkai_papers::notice::Values;
use gongkai_papers::official::{OfficialPaper, Pdf, PdfProblem};
use gongkai_store::requests::{self, Paper};
use gongkai_store::sealed::PAPER_TYPED;
use gongkai_store::{Db, Transaction, events};

/// A paper as PDF, in the fonts of the machine; it takes a while and belongs on a thread of its own.
pub(crate) fn pdf(app: &App, paper: &OfficialPaper) -> Result<Pdf, PdfProblem> {
    paper.to_pdf(app.fonts())
}

/// Issues a paper; `replaces` names the issue that it stands in for.
///
/// # Errors
/// When the caller does not handle the request, it needs no such paper, a blank is empty, a reply is not
/// approved yet, or the store fails.
pub async fn issue(
    app: &App,
    caller: &Caller,
    id: &RequestId,
    wanted: &Wanted,
    replaces: Option<&str>,
) -> Result<Paper, AppError> {
    // The fonts of the machine are looked for once, and not while others wait for the store.
    let known = app.clone();
    let fonts = tokio::task::spawn_blocking(move || drop(known.fonts().substitutions()));
    fonts.await.map_err(|error| AppError::Broken(error.to_string()))?;
    let mut transaction = app.store.begin().await?;
    let loaded = load(&mut transaction, caller, id).await?;
    let request = &loaded.request;
    ask_issuer(caller, request, wanted)?;
    ask_known(request)?;
    let ground = ground(app, &mut transaction, request, &wanted.notice).await?;
    let facts = Facts {
        request,
        organ: &ground.organ,
        requester: seal::unseal(app, id, &loaded.personal)?.name,
        remedies: &ground.remedies,
        papers: &ground.papers,
        handled_by: &caller.actor.name,
        may_issue: caller.actor.handles_requests(&request.organ),
        today: app.clock.today(),
    };
    let values = draft::filled(&facts, wanted)?;
    ask_whole(request, wanted, &values)?;
    let earlier = earlier(&ground.papers, wanted, replaces)?;
    let number = match earlier {
        Some(earlier) => earlier.number.clone(),
        None => number(app, &mut transaction, &ground.organ, request, &wanted.notice).await?,
    };
    let mut paper = draft::paper(request, &wanted.notice, &values.text("number", &number))
        .map_err(|problem| AppError::invalid("blank", problem.to_string()))?;
    if let Some(signature) = &mut paper.signature {
        let organ = &request.organ;
        signature.seal = stamp::of(app, &mut transaction, organ, &wanted.notice).await?;
    }
    let issued_on = paper.date;
    let written = written(app, &mut transaction, id, paper).await?;
    let now = app.clock.now();
    let paper_id = secret::id(now);
    let paper = Paper {
        typed: app.vault.seal(&PAPER_TYPED, &paper_id, &typed(wanted)),
        id: paper_id,
        notice: wanted.notice.clone(),
        concerning: wanted.concerning.map(i64::from),
        name: draft::name(&wanted.notice),
        number,
        issued_on,
        docx: written.docx,
        pdf: written.pdf,
        remark: written.remark,
        replaces: earlier.map(|earlier| earlier.id.clone()),
        issued_by: caller.actor.name.clone(),
        at: now,
    };
    keep(app, caller, transaction, request, &paper).await?;
    Ok(paper)
}

/// Refuses a paper for whom nobody knows any more.
fn ask_known(request: &DisclosureRequest) -> Result<(), AppError> {
    if request.requester.shown == ERASED && !request.is_open() {
        let message = "申请人的个人信息已按规定删除，不能再印发文书";
        return Err(AppError::Conflict(message.to_owned()));
    }
    Ok(())
}

/// Blanks that hold personal data of who asks: they stand on the paper and nowhere else.
const PERSONAL: [&str; 1] = ["served_address"];

/// What people typed, as it is kept to issue the paper again.
fn typed(wanted: &Wanted) -> String {
    let mut typed = wanted.typed.clone();
    typed.retain(|name, _| !PERSONAL.contains(&name.as_str()));
    serde_json::to_string(&typed).expect("texts by texts")
}

fn ask_issuer(
    caller: &Caller,
    request: &DisclosureRequest,
    wanted: &Wanted,
) -> Result<(), AppError> {
    if !caller.actor.handles_requests(&request.organ) {
        let message = "文书由本机关信息员或者信息公开工作机构印发，您没有这个权限".to_owned();
        return Err(AppError::Forbidden(message));
    }
    ask_offered(request, wanted)?;
    if wanted.notice == REPLY && decision(request).is_none() {
        let message = "答复还没有批准，不能印发；批准以后才有发文字号和成文日期";
        return Err(AppError::Conflict(message.to_owned()));
    }
    Ok(())
}

/// Fills it once before it takes a number: the series has no gaps.
fn ask_whole(
    request: &DisclosureRequest,
    wanted: &Wanted,
    values: &Values,
) -> Result<(), AppError> {
    let tried = draft::paper(request, &wanted.notice, &values.clone().text("number", "试"));
    tried.map(drop).map_err(|problem| AppError::invalid("blank", problem.to_string()))
}

/// The issue that this one stands in for, the last of its kind.
fn earlier<'a>(
    papers: &'a [Paper],
    wanted: &Wanted,
    replaces: Option<&str>,
) -> Result<Option<&'a Paper>, AppError> {
    let concerning = wanted.concerning.map(i64::from);
    let same = |paper: &&Paper| paper.notice == wanted.notice && paper.concerning == concerning;
    // Several issues may bear one moment: the last is the one that no other stands in for.
    let is_replaced = |id: &String| papers.iter().any(|each| each.replaces.as_ref() == Some(id));
    let last = papers.iter().filter(same).find(|paper| !is_replaced(&paper.id));
    match (last, replaces) {
        (None, None) => Ok(None),
        (Some(last), Some(replaces)) if last.id == replaces => Ok(Some(last)),
        (Some(last), None) => Err(AppError::Conflict(format!(
            "“{}”已于 {} 印发；需要改正的，请从那一份点“重新印发”",
            last.name, last.issued_on
        ))),
        (_, Some(_)) => Err(AppError::NotFound("要替换的那份文书，它可能已经重新印发过")),
    }
}

async fn number(
    app: &App,
    transaction: &mut Transaction,
    organ: &Organ,
    request: &DisclosureRequest,
    notice: &str,
) -> Result<String, AppError> {
    if let Some(decision) = decision(request).filter(|_| notice == REPLY) {
        return Ok(decision.document_number.clone());
    }
    if !draft::is_numbered(notice) {
        return Ok(String::new());
    }
    let year = app.clock.today().year();
    let serial = requests::next_serial(transaction, &organ.id, "notice", year).await?;
    let word = word(transaction, organ, Series::Notice).await?;
    Ok(format!("{word}〔{year}〕{serial}号"))
}

struct Written {
    docx: String,
    pdf: Option<String>,
    remark: String,
}

/// Both files, by their digests. A font that is missing is said; the DOCX stands without it.
async fn written(
    app: &App,
    db: &mut Db,
    of: &RequestId,
    paper: OfficialPaper,
) -> Result<Written, AppError> {
    let known = app.clone();
    let made = tokio::task::spawn_blocking(move || (paper.to_docx(), pdf(&known, &paper))).await;
    let (docx, pdf) = made.map_err(|error| AppError::Broken(error.to_string()))?;
    let docx = docx.map_err(|problem| AppError::Broken(problem.to_string()))?;
    let docx = kept::keep_for(app, db, of, Bytes::from(docx)).await?;
    match pdf {
        Err(problem) => {
            Ok(Written { docx, pdf: None, remark: format!("没有生成 PDF：{problem}") })
        }
        Ok(pdf) => {
            let stands_in = |each: &gongkai_papers::official::Substitution| {
                format!("没有找到“{}”，PDF 的{}用“{}”代替", each.wanted, each.face, each.family)
            };
            let remark = pdf.substitutions.iter().map(stands_in).collect::<Vec<_>>().join("；");
            let pdf = kept::keep_for(app, db, of, Bytes::from(pdf.bytes)).await?;
            Ok(Written { docx, pdf: Some(pdf), remark })
        }
    }
}

async fn keep(
    app: &App,
    caller: &Caller,
    mut transaction: Transaction,
    request: &DisclosureRequest,
    paper: &Paper,
) -> Result<(), AppError> {
    requests::add_paper(&mut transaction, &request.id, paper).await?;
    let organ = request.organ.as_str();
    let mut event = caller.event("request.issue_paper", thing(request), organ, app.clock.now());
    event.reason = format!("{} {}", paper.name, paper.number);
    event.after = paper.docx.clone();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}
