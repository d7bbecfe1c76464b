//! 登记申请: what came over the counter, by post, fax or mail is written down, with what came with it.

use super::field::Field;
use super::typed::Typed;
use crate::answer::{Answer, go, html, mendable};
use crate::current::Signed;
use crate::page::Frame;
use crate::parts::CheckedParts;
use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use gongkai_app::requests::register;
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError, tickets};
use gongkai_domain::organ::Organ;
use gongkai_domain::request::{
    Agent, DeliveryForm, DeliveryWay, ID_CARD, Matter, Personal, ReceivedChannel, RequesterKind,
    Submission, Wanted,
};
use jiff::civil::Date;

/// A group of fields with a heading.
struct Group {
    title: &'static str,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "work/requests/registration.html")]
struct Registration {
    frame: Frame,
    groups: Vec<Group>,
    was_spoken: bool,
    ticket: String,
    problem: Option<String>,
}

fn coming(organs: &[Organ], today: Date) -> Vec<Field> {
    let own = organs.iter().map(|organ| (organ.id.to_string(), organ.name.clone()));
    let ways = ReceivedChannel::ALL.into_iter().filter(|way| *way != ReceivedChannel::Online);
    vec![
        Field::choice("organ", "向哪个机关申请", own),
        Field::choice("channel", "收到方式", ways.map(|way| (way.key(), way.word())))
            .hinted("平常信函、传真、邮箱和寄到其他机构的，登记后还要与申请人确认收到之日"),
        Field::today("arrived_on", "收到的日期", today),
        Field::choice("matter", "申请事项", Matter::ALL.map(|each| (each.key(), each.word()))),
    ]
}

fn asking() -> Vec<Field> {
    let kinds = RequesterKind::ALL.map(|kind| (kind.key(), kind.word()));
    vec![
        Field::choice("kind", "申请人类别", kinds).hinted("年度报告按类别统计"),
        Field::line("name", "姓名或者名称").optional(),
        Field::line("document", "身份证明")
            .with(ID_CARD)
            .optional()
            .hinted("居民身份证、统一社会信用代码等"),
        Field::line("document_number", "证件号码").optional(),
        Field::line("representative", "法定代表人或者负责人").optional(),
        Field::line("contact_person", "联系人").optional(),
        Field::line("telephone", "联系电话").optional(),
        Field::line("address", "通信地址").optional(),
        Field::line("postcode", "邮政编码").optional(),
        Field::line("email", "电子邮箱").optional(),
        Field::line("agent_name", "代理人姓名").optional().hinted("有委托代理人的填写"),
        Field::line("agent_document_number", "代理人身份证件号码").optional(),
        Field::line("agent_telephone", "代理人联系电话").optional(),
    ]
}

fn wanting() -> Vec<Field> {
    vec![
        Field::line("wanted_name", "所需信息的名称").optional(),
        Field::line("wanted_number", "文号").optional(),
        Field::text("description", "其他特征描述").optional(),
        Field::choice("form", "提供方式", DeliveryForm::ALL.map(|each| (each.key(), each.word()))),
        Field::choice("way", "获取途径", DeliveryWay::ALL.map(|each| (each.key(), each.word()))),
    ]
}

fn page(
    (app, current): (&App, &Current),
    organs: &[Organ],
    typed: Option<&Typed>,
    problem: Option<String>,
) -> Answer {
    let group = |(title, fields): (&'static str, Vec<Field>)| {
        let refill = |field: Field| match typed {
            Some(typed) => field.retyped(typed),
            None => field,
        };
        Group { title, fields: fields.into_iter().map(refill).collect() }
    };
    let groups = [
        ("怎样收到的", coming(organs, app.clock.today())),
        ("申请人", asking()),
        ("申请的信息", wanting()),
    ];
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Registration {
        frame: Frame::work(app, current),
        groups: groups.map(group).into(),
        was_spoken: typed.is_some_and(|typed| typed.get("was_spoken") == "yes"),
        ticket: tickets::ticket(),
        problem,
    };
    Ok((status, html(&page)?).into_response())
}

/// The organs for which somebody registers.
async fn own_organs(app: &App, current: &Current) -> Result<Vec<Organ>, AppError> {
    let mut organs = app.organs().await?;
    organs.retain(|organ| current.caller.actor.handles_requests(&organ.id));
    if organs.is_empty() {
        let message = "由机关信息员或者信息公开工作机构登记，您没有这个权限".to_owned();
        return Err(AppError::Forbidden(message));
    }
    Ok(organs)
}

/// Shows the form.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    let organs = own_organs(&app, &current).await?;
    page((&app, &current), &organs, None, None)
}

fn personal(typed: &Typed) -> Personal {
    let agent = Agent {
        name: typed.text("agent_name"),
        document_number: typed.text("agent_document_number"),
        telephone: typed.text("agent_telephone"),
    };
    Personal {
        name: typed.text("name"),
        document: typed.text("document"),
        document_number: typed.text("document_number"),
        representative: typed.text("representative"),
        contact_person: typed.text("contact_person"),
        telephone: typed.text("telephone"),
        address: typed.text("address"),
        postcode: typed.text("postcode"),
        email: typed.text("email"),
        agent: Some(agent).filter(|agent| !agent.name.is_empty()),
    }
}

/// What was written down, without its files.
fn submission(typed: &Typed) -> Result<Submission, AppError> {
    Ok(Submission {
        channel: typed.one("channel", "收到方式", ReceivedChannel::of_key)?,
        arrived_on: typed.day("arrived_on")?,
        matter: typed.one("matter", "申请事项", Matter::of_key)?,
        kind: typed.one("kind", "申请人类别", RequesterKind::of_key)?,
        personal: personal(typed),
        wanted: Wanted {
            name: typed.text("wanted_name"),
            document_number: typed.text("wanted_number"),
            description: typed.text("description"),
        },
        form: typed.one("form", "提供方式", DeliveryForm::of_key)?,
        way: typed.one("way", "获取途径", DeliveryWay::of_key)?,
        files: Vec::new(),
        was_spoken: typed.get("was_spoken") == "yes",
    })
}

/// Registers it, and answers where its case is.
async fn registered(
    app: &App,
    current: &Current,
    typed: &Typed,
    files: Vec<(String, Bytes)>,
) -> Result<String, AppError> {
    let organ = typed.get("organ").parse();
    let organ = organ.map_err(|_| AppError::invalid("organ", "请选择向哪个机关申请"))?;
    let (sent, ticket) = ((submission(typed)?, files), typed.get("ticket"));
    let id = register::register_once(app, &current.caller, organ, sent, ticket).await?;
    Ok(format!("/work/requests/{id}"))
}

/// Takes what was written down.
pub async fn create(State(app): State<App>, parts: CheckedParts) -> Answer {
    let CheckedParts { current, typed, files } = parts;
    let typed = Typed(typed);
    let organs = own_organs(&app, &current).await?;
    match registered(&app, &current, &typed, files).await {
        Ok(address) => go(&address),
        Err(error) => page((&app, &current), &organs, Some(&typed), Some(mendable(error)?)),
    }
}
