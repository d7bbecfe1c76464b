//! The prose of an invented report: six sections whose numbers agree with the figures.

use crate::truth::Plan;
use gongkai_domain::figure::plain_text;

/// Paragraphs of the six sections, in order.
pub fn sections(plan: &Plan) -> [Vec<String>; 6] {
    [overview(plan), Vec::new(), Vec::new(), Vec::new(), problems(), vec![fees(plan)]]
}

fn overview(plan: &Plan) -> Vec<String> {
    let year = plan.year;
    let received = plan.figure("requests.received.total");
    let requests = if received.is_zero() {
        "全年未收到政府信息公开申请。".to_owned()
    } else {
        format!(
            "全年新收政府信息公开申请{}件，上年结转{}件，办结{}件，结转下年度继续办理{}件。",
            plain_text(received),
            plain_text(plan.figure("requests.brought_forward.total")),
            plain_text(plan.figure("requests.closed_total.total")),
            plain_text(plan.figure("requests.carried_forward.total")),
        )
    };
    vec![
        format!(
            "{year}年，{}认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，扎实推进政府信息公开工作。",
            plan.agency
        ),
        format!(
            "（一）主动公开情况。{year}年办理行政许可{}件、行政处罚{}件。",
            permits(plan),
            penalties(plan)
        ),
        format!("（二）依申请公开情况。{requests}"),
        format!("（三）监督保障情况。{}", remedies(plan)),
    ]
}

fn permits(plan: &Plan) -> String {
    plain_text(plan.figure("proactive.permit.decided"))
}

fn penalties(plan: &Plan) -> String {
    plain_text(plan.figure("proactive.penalty.decided"))
}

fn remedies(plan: &Plan) -> String {
    let total = |block: &str| plan.figure(&format!("remedies.{block}.total"));
    let suits = total("litigation_direct") + total("litigation_after_reconsideration");
    let reconsiderations = total("reconsideration");
    if (reconsiderations + suits).is_zero() {
        return "全年没有因政府信息公开引起的行政复议、行政诉讼。".to_owned();
    }
    format!(
        "全年因政府信息公开被申请行政复议{}件，被提起行政诉讼{}件。",
        plain_text(reconsiderations),
        plain_text(suits)
    )
}

fn problems() -> Vec<String> {
    vec![
        "（一）存在的主要问题。一是政策解读的形式还比较单一；二是栏目更新还不够及时。".to_owned(),
        "（二）改进情况。对上一年度查找的问题逐项整改，丰富图文解读，明确专人每周检查栏目更新。"
            .to_owned(),
    ]
}

fn fees(plan: &Plan) -> String {
    let fee = plan.figure("proactive.fee.amount");
    if fee.is_zero() {
        format!("{}年度没有产生信息处理费。", plan.year)
    } else {
        format!("{}年度行政事业性收费{}万元，没有产生信息处理费。", plan.year, plain_text(fee))
    }
}
