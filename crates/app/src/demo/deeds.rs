//! What the people of the demonstration do to one request: an act by its key, with invented words.

use crate::caller::Caller;
use crate::requests::{
    close, consult, fee, handle, reasons, receipt, register, reply, submit, supplement,
};
use crate::{App, AppError};
use gongkai_domain::fee::FeeBy;
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_domain::outcome::{BasisKey, FieldKey, OutcomeKey};
use gongkai_domain::request as verbs;
use gongkai_domain::request::{
    DeliveryForm, DeliveryWay, Matter, Part, Personal, ReceivedChannel, Reply, RequesterKind,
    RightOrgan, ServiceWay, Submission, Wanted, Withdrawal,
};
use jiff::civil::Date;
use serde::Deserialize;

/// A request of the demonstration.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub organ: OrganId,
    kind: RequesterKind,
    channel: ReceivedChannel,
    name: String,
    wanted: String,
    #[serde(default)]
    description: String,
    pub ago: u16,
    outcome: Option<OutcomeKey>,
    basis: Option<BasisKey>,
    who: Option<String>,
    matter: Option<Matter>,
    pub course: String,
}

/// An act by its key.
#[derive(Clone, Copy)]
pub(super) struct Deed(pub &'static str);

fn submission(entry: &Entry, on: Date) -> Submission {
    let number: String = entry.name.chars().map(|sign| u32::from(sign).to_string()).collect();
    let tail: String = number.chars().rev().take(8).collect();
    let is_person = entry.kind == RequesterKind::Natural;
    let contact = if is_person { String::new() } else { "联系人某".to_owned() };
    let digital = matches!(entry.channel, ReceivedChannel::Online | ReceivedChannel::Email);
    Submission {
        channel: entry.channel,
        arrived_on: on,
        matter: entry.matter.unwrap_or(Matter::Disclosure),
        kind: entry.kind,
        personal: Personal {
            name: entry.name.clone(),
            document: if is_person { "其他证件" } else { "统一社会信用代码" }.to_owned(),
            document_number: format!("SF{tail}"),
            contact_person: contact,
            telephone: format!("000{tail}"),
            address: "青禾示范县文昌路某号".to_owned(),
            postcode: "000000".to_owned(),
            email: format!("u{tail}@example.org"),
            ..Personal::default()
        },
        wanted: Wanted {
            name: entry.wanted.clone(),
            description: entry.description.clone(),
            ..Wanted::default()
        },
        form: if digital { DeliveryForm::Electronic } else { DeliveryForm::Paper },
        way: if digital { DeliveryWay::Online } else { DeliveryWay::Post },
        files: Vec::new(),
        was_spoken: false,
    }
}

fn part(about: &str, outcome: OutcomeKey, basis: Option<BasisKey>) -> Part {
    let words = |field: FieldKey| {
        let text = match field.as_str() {
            "content" => "见附件",
            "way" => "已在本县政府信息公开平台公开，可通过网站查阅、下载",
            "search" => "经检索本机关档案室、公文系统，没有制作或者保存相关信息",
            "consultation" => "经书面征求意见，第三方不同意公开",
            "kind" => "属于条例所列的该类信息",
            "earlier" => "此前已作出答复并送达",
            "other_law" => "有关法律的保密条款",
            "special_law" => "按照有关登记资料查询的规定，向登记机构申请查询",
            "where" => "可向出版单位或者公共图书馆获取",
            "unclear" => "补正后仍未写明名称、文号或者其他特征",
            "channel" => "可以通过政务服务便民热线反映",
            "right_organ" => "县自然资源主管部门，联系电话 0000-5550000",
            _ => "经审查，该信息符合依据条款规定的情形（示范理由）",
        };
        (field, text.to_owned())
    };
    let says = outcome.needs(basis).into_iter().map(words).collect();
    Part { about: about.to_owned(), outcome, basis, says }
}

fn proposal(entry: &Entry, partly: bool) -> Reply {
    let known = |key: &str| OutcomeKey::of(key).unwrap_or(OutcomeKey::DISCLOSED);
    if partly {
        let given = part("批准文件", OutcomeKey::DISCLOSED, BasisKey::of("ogi-36-2"));
        let kept = part("内部流转单", known("withheld.internal_affairs"), BasisKey::of("ogi-16-1"));
        return Reply {
            row: OutcomeKey::PARTLY_DISCLOSED,
            parts: vec![given, kept],
            separation: Some("删去内部流转单后提供其余内容".to_owned()),
            public_interest: None,
            files: Vec::new(),
        };
    }
    let row = entry.outcome.unwrap_or(OutcomeKey::DISCLOSED);
    let parts = vec![part(&entry.wanted, row, entry.basis)];
    Reply { row, parts, separation: None, public_interest: None, files: Vec::new() }
}

/// Does it; answers the id where the request is new.
#[expect(clippy::too_many_lines, reason = "the acts of a life, one after the other")]
pub(super) async fn does(
    app: &App,
    (clerk, leader): (&Caller, &Caller),
    entry: &Entry,
    deed: Deed,
    id: Option<&RequestId>,
) -> Result<Option<RequestId>, AppError> {
    let today = app.clock.today();
    let later = |days: i64| today.saturating_add(jiff::Span::new().days(days));
    let text = str::to_owned;
    let Some(id) = id else {
        let submission = submission(entry, today);
        let organ = entry.organ.clone();
        let id = match entry.channel {
            ReceivedChannel::Online => {
                submit::submit(app, organ, submission, "", "local").await?.id
            }
            _ => register::register(app, clerk, organ, submission).await?.id,
        };
        return Ok(Some(id));
    };
    let who = entry.who.clone().unwrap_or_else(|| text("青禾某有限公司"));
    let opinion = |agrees, reason: &str| verbs::Answered {
        number: 1,
        on: today,
        agrees,
        reason: reason.to_owned(),
    };
    match deed.0 {
        "confirm_receipt" => {
            let receipt = verbs::Receipt { on: today, how: text("电话与申请人确认") };
            receipt::confirm(app, clerk, id, receipt).await?
        }
        "assign" => {
            let (unit, task) = (text("业务股"), text("查找信息并提出公开意见"));
            handle::assign(app, clerk, id, verbs::Assign { unit, task, until: later(7) }).await?
        }
        "report_part" => {
            let text = text("已找到相关信息，提出公开属性建议");
            handle::report(app, clerk, id, verbs::Reporting { number: 1, text }).await?
        }
        "log_search" => {
            let search = verbs::LogSearch {
                on: today,
                place: text("档案室、公文系统"),
                terms: entry.wanted.clone(),
                result: text("没有找到"),
                found: false,
            };
            handle::log_search(app, clerk, id, search).await?
        }
        "name_organ" => {
            let organ = RightOrgan {
                name: text("县自然资源主管部门"),
                contact: text("0000-5550000"),
            };
            handle::name_organ(app, clerk, id, organ).await?
        }
        "ask_supplement" => {
            let ask = verbs::AskSupplement {
                on: today,
                items: vec![text("所需信息的名称、年份或者文号不明确")],
                guidance: text("请写明信息的名称、形成的年份，或者涉及的项目"),
                until: later(14),
            };
            supplement::ask(app, clerk, id, ask).await?
        }
        "receive_supplement" => {
            let (on, text) = (today, text("需要全部材料"));
            let received = verbs::SupplementReceived { on, text, files: Vec::new() };
            supplement::receive(app, clerk, id, received).await?
        }
        "close_unsupplemented" => supplement::close(app, clerk, id).await?,
        "consult" => {
            let letter = verbs::Consult {
                of: verbs::Consulted::ThirdParty,
                who,
                about: entry.wanted.clone(),
                sent_on: today,
                reached_on: None,
            };
            consult::send(app, clerk, id, letter).await?
        }
        "note_delivery" => {
            let delivered = verbs::Delivered { number: 1, on: today };
            consult::note_delivery(app, clerk, id, delivered).await?
        }
        "hear_yes" => consult::hear(app, clerk, id, opinion(true, "")).await?,
        "hear_no" => consult::hear(app, clerk, id, opinion(false, "涉及本公司商业秘密")).await?,
        "extend" => {
            let extending = verbs::Extending {
                on: today,
                reason: text("涉及材料较多，需要核对"),
                consented_by: text("信息公开工作机构负责人"),
            };
            reasons::extend(app, clerk, id, extending).await?
        }
        "ask_reasons" => {
            let found = text("本月向本机关提交同类申请数量明显超过合理范围（示范）");
            let ask = verbs::AskReasons { on: today, found, until: later(7) };
            reasons::ask(app, clerk, id, ask).await?
        }
        "hear_reasons" => {
            let given = verbs::GivenReasons { on: today, text: text("想了解情况") };
            reasons::hear(app, clerk, id, given).await?
        }
        "propose_fee" => {
            let reason = text("申请的页数明显超过合理范围");
            let proposed = verbs::ProposeFee { by: FeeBy::Page, count: 68, reason };
            fee::propose(app, clerk, id, proposed).await?
        }
        "notify_fee" => {
            let notify = verbs::NotifyFee { on: today, decided_by: text("分管领导") };
            fee::notify(app, clerk, id, notify).await?
        }
        "receive_payment" => {
            let paying = verbs::Paying { on: today, receipt: text("示范票据 0001") };
            fee::pay(app, clerk, id, paying).await?
        }
        "close_unpaid" => fee::close_unpaid(app, clerk, id).await?,
        "propose" => reply::propose(app, clerk, id, proposal(entry, false)).await?,
        "propose_partly" => reply::propose(app, clerk, id, proposal(entry, true)).await?,
        "approve" => reply::approve(app, leader, id, text("同意"), None).await?,
        "send_back" => {
            let comment = text("请补充附件并核对日期");
            reply::send_back(app, leader, id, verbs::Returning { comment }).await?
        }
        "serve" => {
            let way = match entry.channel {
                ReceivedChannel::Online | ReceivedChannel::Email => {
                    ServiceWay::Net { confirmation: text("网站送达，申请人已查收") }
                }
                ReceivedChannel::Counter => ServiceWay::Counter { receiver: entry.name.clone() },
                _ => ServiceWay::Post { number: text("XA00000000099") },
            };
            reply::serve(app, clerk, id, verbs::Served { on: today, way }).await?
        }
        "correct_record" => {
            let correction = verbs::Correction::Corrected { what: text("登记号码") };
            let correcting = verbs::Correcting { on: today, correction };
            close::correct(app, clerk, id, correcting).await?
        }
        "withdraw" => {
            let note = text("已通过其他途径获取");
            let withdrawn = verbs::Withdrawn { why: Withdrawal::Withdrawn, note };
            close::withdraw(app, clerk, id, withdrawn).await?
        }
        "reopen" => {
            let order = verbs::Order {
                document: text("示范复议决定书"),
                text: text("撤销原答复，责令重新答复"),
                until: None,
            };
            close::reopen(app, clerk, id, verbs::Reopening { on: today, order }).await?
        }
        "archive" => {
            let archiving = verbs::Archiving { file_number: String::new() };
            close::archive(app, clerk, id, archiving).await?
        }
        other => return Err(AppError::Broken(format!("演示数据中没有“{other}”这一步"))),
    };
    Ok(None)
}
