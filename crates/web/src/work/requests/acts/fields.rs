//! The fields of each act's form, filled with what the case knows; what they mean is read in `run`.

use super::super::field::Field;
use gongkai_domain::fee::FeeBy;
use gongkai_domain::request::{
    Consulted, DeliveryWay, DisclosureRequest, RequestAct, RequestState, Withdrawal,
};
use jiff::civil::Date;

/// What a withdrawal is called in the form.
pub(super) fn withdrawal_key(why: Withdrawal) -> &'static str {
    match why {
        Withdrawal::Withdrawn => "withdrawn",
        Withdrawal::Died => "died",
        Withdrawal::Dissolved => "dissolved",
    }
}

/// The ways of service, as the form names them.
pub(super) const SERVICE_WAYS: [(&str, &str); 3] =
    [("post", "邮政寄送"), ("counter", "当面交付"), ("net", "网上送达")];

/// What may come of a correction, as the form names it.
pub(super) const CORRECTIONS: [(&str, &str); 4] = [
    ("corrected", "已更正"),
    ("transferred", "无权更正，已转送有权处理的机关"),
    ("directed", "无权更正，告知申请人向有关机关提出"),
    ("unfounded", "经核实无误，不予更正"),
];

const YES_NO: [(&str, &str); 2] = [("yes", "同意公开"), ("no", "不同意公开")];

/// The fields of an act.
pub(super) fn of(
    act: RequestAct,
    request: &DisclosureRequest,
    today: Date,
    rank: Option<u32>,
) -> Vec<Field> {
    match act {
        RequestAct::ConfirmReceipt => vec![
            Field::today("on", "与申请人确认的日期", today),
            Field::line("how", "怎样确认的").hinted("例如：电话联系申请人本人确认"),
        ],
        RequestAct::AskSupplement => ask_supplement(request, today),
        RequestAct::ReceiveSupplement => vec![
            Field::today("on", "收到补正的日期", today).hinted("答复期限从这一天的次日起重新计算"),
            Field::text("text", "补正的内容").optional().hinted("全在材料里的可以不写，附上扫描件"),
        ],
        RequestAct::Assign
        | RequestAct::ReportPart
        | RequestAct::LogSearch
        | RequestAct::NameOrgan => handling(act, request, today),
        RequestAct::Consult
        | RequestAct::NoteDelivery
        | RequestAct::HearOpinion
        | RequestAct::NoteSilence => consulting(act, request, today),
        RequestAct::Extend
        | RequestAct::AskReasons
        | RequestAct::HearReasons
        | RequestAct::Delay => timing(act, today),
        RequestAct::ProposeFee
        | RequestAct::NotifyFee
        | RequestAct::WaiveFee
        | RequestAct::ReceivePayment => charging(act, today, rank),
        RequestAct::Return => vec![Field::text("comment", "退回的意见")],
        RequestAct::Approve => approve(request),
        RequestAct::Serve => serve(request, today),
        RequestAct::CorrectRecord => correct(today),
        RequestAct::Withdraw => vec![
            Field::choice(
                "why",
                "终止的原因",
                Withdrawal::ALL.map(|why| (withdrawal_key(why), why.word())),
            ),
            Field::text("note", "说明").optional().hinted("例如：申请人于某日书面撤回"),
        ],
        RequestAct::Reopen => vec![
            Field::today("on", "收到决定书、判决书的日期", today),
            Field::line("document", "决定书、判决书的文号"),
            Field::text("text", "责令的内容"),
            Field::day("until", "决定、判决确定的期限")
                .optional()
                .hinted("没有确定期限的不填，按法定期限计算"),
        ],
        RequestAct::Archive => vec![Field::line("file_number", "档号").optional()],
        RequestAct::Register
        | RequestAct::Propose
        | RequestAct::CloseUnsupplemented
        | RequestAct::CloseUnpaid => Vec::new(),
    }
}

/// At the last step the reply gets its number.
fn approve(request: &DisclosureRequest) -> Vec<Field> {
    let mut fields = vec![Field::text("comment", "审核意见").with("同意").optional()];
    if matches!(&request.state, RequestState::InReview(proposal) if proposal.is_at_last()) {
        let hint = "不填的，按本机关本年度的序号自动编号";
        fields.push(Field::line("number", "发文字号").optional().hinted(hint));
    }
    fields
}

fn ask_supplement(request: &DisclosureRequest, today: Date) -> Vec<Field> {
    let missing = request.missing.iter().map(|each| each.message.as_str());
    vec![
        Field::today("on", "告知补正的日期", today),
        Field::text("items", "需要补正的事项")
            .hinted("每行一项；应当一次性告知，只能要求补正一次")
            .with(missing.collect::<Vec<_>>().join("\n")),
        Field::text("guidance", "指导和释明").hinted("告诉申请人怎样写才能查到"),
        Field::day("until", "补正期限").hinted("由本机关确定合理的期限"),
    ]
}

fn handling(act: RequestAct, request: &DisclosureRequest, today: Date) -> Vec<Field> {
    match act {
        RequestAct::Assign => vec![
            Field::line("unit", "交给哪个单位"),
            Field::text("task", "要办理的内容"),
            Field::day("until", "完成期限"),
        ],
        RequestAct::ReportPart => {
            let open = request.assignments.iter().filter(|part| part.report.is_none());
            let list = open.map(|part| (part.number, format!("{}：{}", part.unit, part.task)));
            vec![Field::choice("number", "哪一项分派", list), Field::text("text", "承办意见")]
        }
        RequestAct::LogSearch => vec![
            Field::today("on", "检索的日期", today),
            Field::line("place", "在哪里检索").hinted("档案室、业务系统、承办科室……"),
            Field::line("terms", "检索词、案卷范围"),
            Field::text("result", "检索的结果"),
            Field::choice("found", "是否找到", [("no", "没有找到"), ("yes", "找到")]),
        ],
        _ => vec![Field::line("name", "负责公开的机关"), Field::line("contact", "它的联系方式")],
    }
}

fn consulting(act: RequestAct, request: &DisclosureRequest, today: Date) -> Vec<Field> {
    let open = request.open_consultations();
    let letters: Vec<_> =
        open.map(|each| (each.number, format!("{}：{}", each.of.word(), each.who))).collect();
    let which = Field::choice("number", "哪一份意见书", letters);
    match act {
        RequestAct::Consult => vec![
            Field::choice(
                "of",
                "征求谁的意见",
                [
                    ("third_party", Consulted::ThirdParty.word()),
                    ("co_maker", Consulted::CoMaker.word()),
                ],
            )
            .hinted("第三方逾期不答复不等于同意；共同制作机关逾期不答复视为同意"),
            Field::line("who", "名称"),
            Field::text("about", "涉及哪些信息"),
            Field::today("sent_on", "发出的日期", today)
                .hinted("从次日起，征求意见的时间不计入答复期限"),
            Field::day("reached_on", "送达的日期").optional().hinted("还不知道的，送达后再登记"),
        ],
        RequestAct::NoteDelivery => vec![which, Field::today("on", "送达的日期", today)],
        RequestAct::HearOpinion => vec![
            which,
            Field::today("on", "收到意见的日期", today),
            Field::choice("agrees", "意见", YES_NO),
            Field::text("reason", "理由").optional().hinted("不同意公开的必须写明"),
        ],
        _ => vec![which],
    }
}

fn timing(act: RequestAct, today: Date) -> Vec<Field> {
    match act {
        RequestAct::Extend => vec![
            Field::today("on", "告知申请人的日期", today),
            Field::text("reason", "延长的理由"),
            Field::line("consented_by", "同意延长的工作机构负责人"),
        ],
        RequestAct::AskReasons => vec![
            Field::today("on", "告知的日期", today),
            Field::text("found", "申请的数量、频次"),
            Field::day("until", "说明理由的期限"),
        ],
        RequestAct::HearReasons => vec![
            Field::today("on", "收到理由的日期", today),
            Field::text("text", "申请人说明的理由"),
        ],
        _ => vec![
            Field::today("on", "告知申请人的日期", today),
            Field::day("until", "延迟到哪一天"),
            Field::text("reason", "不能按期答复的原因"),
        ],
    }
}

fn charging(act: RequestAct, today: Date, rank: Option<u32>) -> Vec<Field> {
    match act {
        RequestAct::ProposeFee => {
            let rank = rank.unwrap_or(1);
            let ways =
                FeeBy::ALL.map(|by| (if by == FeeBy::Piece { "piece" } else { "page" }, by.word()));
            vec![
                Field::choice("by", "计收方式", ways).hinted("一件申请只用一种方式"),
                Field::count("count", "件次或者页数")
                    .with(rank)
                    .hinted(format!("这是该申请人本月第 {rank} 件申请；按量计收的改填页数")),
                Field::text("reason", "收费的理由"),
            ]
        }
        RequestAct::NotifyFee => vec![
            Field::today("on", "收费通知送达的日期", today),
            Field::line("decided_by", "决定收费的人"),
        ],
        RequestAct::WaiveFee => vec![Field::text("reason", "不收费的理由")],
        _ => vec![Field::today("on", "缴费的日期", today), Field::line("receipt", "财政票据号码")],
    }
}

fn serve(request: &DisclosureRequest, today: Date) -> Vec<Field> {
    let usual = match request.way {
        DeliveryWay::Post => "post",
        DeliveryWay::Online | DeliveryWay::Email => "net",
        DeliveryWay::Pickup | DeliveryWay::OnSite => "counter",
    };
    vec![
        Field::choice("way", "送达方式", SERVICE_WAYS)
            .with(usual)
            .hinted(format!("申请人选择的方式：{}", request.way.word())),
        Field::today("on", "送达日期", today).hinted("当面交付为签收之日，邮寄为交寄之日"),
        Field::line("proof", "签收人、邮件号码或者网上送达的确认记录")
            .hinted("邮寄的应通过邮政企业，填写挂号信、邮政快递号码"),
    ]
}

fn correct(today: Date) -> Vec<Field> {
    vec![
        Field::today("on", "告知申请人的日期", today),
        Field::choice("how", "办理结果", CORRECTIONS),
        Field::text("what", "更正后的内容，或者不予更正的理由").optional(),
        Field::line("name", "有权处理的机关").optional().hinted("转送或者告知的必须填写"),
        Field::line("contact", "该机关的联系方式").optional(),
    ]
}
