//! Tests of sentences whose numbers are not what the tables count, and of plain ones that are.

use super::checked::findings;
use gongkai_domain::finding::{Finding, Severity, Verdict};

const FIGURES: &[(&str, i64)] = &[
    ("requests.received.total", 74),
    ("requests.brought_forward.total", 1),
    ("requests.closed_total.total", 70),
    ("requests.carried_forward.total", 5),
    ("requests.disclosed.total", 36),
    ("remedies.reconsideration.total", 4),
    ("remedies.reconsideration.upheld", 2),
    ("remedies.reconsideration.corrected", 1),
    ("remedies.litigation_direct.total", 1),
    ("remedies.litigation_after_reconsideration.total", 2),
    ("proactive.normative_document.issued", 3),
    ("proactive.permit.decided", 230),
    ("proactive.penalty.decided", 58),
];

/// The findings of X-1 that accuse or ask.
fn doubts(text: &str) -> Vec<Finding> {
    let is_doubt = |found: &Finding| {
        found.check == "X-1" && matches!(found.verdict, Verdict::Fails | Verdict::Uncertain)
    };
    findings(1, FIGURES, text).into_iter().filter(is_doubt).collect()
}

fn silent(sentences: &[&str]) {
    let loud: Vec<String> = sentences
        .iter()
        .flat_map(|text| {
            doubts(text).into_iter().map(move |found| format!("{text}: {}", found.message))
        })
        .collect();
    assert!(loud.is_empty(), "{loud:#?}");
}

#[test]
fn absence_of_a_part_is_no_absence_of_all() {
    silent(&[
        "全年无行政复议、行政诉讼败诉案件。",
        "未出现被行政复议纠正、行政诉讼败诉的情况。",
        "没有因政府信息公开答复不当引发的行政复议和行政诉讼。",
        "没有因政府信息公开答复不当引发的行政复议被纠错案件。",
        "未发生因信息公开引起的行政复议被纠错案件。",
        "未收到企业提出的重大项目类政府信息公开申请。",
        "未发生申请人因不服答复而申请行政复议后又提起诉讼被撤销的情形。",
        "全年未收到通过传真提交的政府信息公开申请。",
        "未收到当面提交的政府信息公开申请。",
        "没有收到境外公民的政府信息公开申请。",
        "未收到涉及商业秘密的政府信息公开申请。",
        "未收到自然人政府信息公开申请。",
        "未收到法人提出的政府信息公开申请。",
        "未收到重复的政府信息公开申请。",
        "未收到上级转办的政府信息公开申请。",
        "未收到其他申请公开政府信息的情况。",
        "未收到征地拆迁类政府信息公开申请。",
        "未发生行政执法引发的行政复议、行政诉讼。",
        "未因超期答复引发行政复议、行政诉讼。",
        "未因信息公开工作不到位引起行政复议或行政诉讼。",
        "无政府信息公开行政诉讼二审、再审案件。",
        "没有被责令改正的行政复议案件。",
        "乡镇未收到政府信息公开申请。",
        "上半年未收到政府信息公开申请。",
        "未收到政府信息公开申请（传真渠道）。",
        "全年无逾期未答复的政府信息公开申请。",
        "未收到减免费用的政府信息公开申请。",
    ]);
}

#[test]
fn other_organs_other_times_and_parts_are_not_the_total() {
    silent(&[
        "累计制发行政规范性文件86件。",
        "县政府办公室收到政府信息公开申请17件。",
        "县自然资源局收到政府信息公开申请30件，市商务局办结政府信息公开申请9件。",
        "全县乡镇收到政府信息公开申请21件，部门收到36件，县政府本级收到17件。",
        "其中县自然资源局收到政府信息公开申请30件，占40.5%。",
        "共收到政府信息公开申请76件，其中2件申请人撤回。",
        "办理行政许可类事项4.5万件，其中网上办理4.1万件。",
        "政府信息公开类行政复议2件维持，1件纠正。",
        "下属事业单位受理政府信息公开申请6件。",
        "指导乡镇办理政府信息公开申请22件。",
        "比上年度多收到政府信息公开申请16件。",
        "去年同期收到政府信息公开申请58件。",
        "五年来收到政府信息公开申请300件。",
        "“十三五”期间收到政府信息公开申请300件。",
        "前三季度收到政府信息公开申请50件。",
        "截至11月底，收到政府信息公开申请68件。",
        "力争办结政府信息公开申请100件。",
        "明年计划制定规范性文件5件。",
        "拟出台规范性文件6件。",
        "平均每月收到政府信息公开申请6件，日均办结政府信息公开申请1件。",
        "通过网络收到政府信息公开申请40件，信函申请20件，当面申请14件。",
        "收到网上政府信息公开申请40件，收到信函申请34件。",
        "收到政府信息公开申请（不含网上申请）34件。",
        "收到征地拆迁类政府信息公开申请30件。",
        "收到企业政府信息公开申请12件。",
        "收到律师提出的政府信息公开申请12件。",
        "收到上级转来的政府信息公开申请5件，转办政府信息公开申请3件。",
        "收到12345热线关于政府信息公开申请的来电30件。",
        "接受政府信息公开申请咨询50次。",
        "办理人大建议、政协提案30件，均按期答复。",
        "收到12345热线工单2300件，办结2298件。",
        "召开政府信息公开申请办理工作会议2次，开展政府信息公开申请业务培训3次。",
        "就政府信息公开申请办理举办培训班2次。",
        "收到涉及行政处罚的政府信息公开申请8件。",
        "收到政府信息公开申请74件，同比增长27.6%，增加16件。",
        "收到政府信息公开申请74件，其中，县本级收到政府信息公开申请17件。",
        "收到政府信息公开申请74件，办结70件，按期办结率100%。",
        "政府信息公开申请中，涉及土地的30件，涉及住房的12件。",
        "延期答复政府信息公开申请4件。",
        "作为被告的行政诉讼案件31件，出庭应诉率100%。",
        "政府信息公开行政诉讼1件败诉。",
        "因政府信息公开引发的行政复议1件撤回。",
        "通过“双公示”系统公示行政许可229条，行政处罚57条。",
        "合法性审查规范性文件11件，备案规范性文件9件。",
        "下发规范性文件解读6件。",
        "组织行政许可案卷评查30件、行政处罚案卷评查20件。",
        "县行政审批局办理行政许可4000件。",
        "审理政府信息公开行政复议案件20件。",
        "县法院受理政府信息公开行政诉讼案件20件。",
        "协助县政府办公室答复政府信息公开申请9件。",
    ]);
}

#[test]
fn plain_contradictions_are_errors() {
    for text in [
        "未收到政府信息公开申请。",
        "未收到公民、法人或其他组织提出的政府信息公开申请。",
        "全年没有公民、法人和其他组织向我局申请公开政府信息。",
        "我局未收到依申请公开事项。",
        "没有因政府信息公开引发的行政复议。",
        "未发生针对本机关有关政府信息公开事务的行政复议案件。",
        "收到政府信息公开申请5件。",
        "2022年，我局共收到政府信息公开申请5件。",
        "某县商务局全年共受理政府信息公开申请5件。",
        "县商务局收到依申请公开5件。",
        "2022年累计收到政府信息公开申请80件。",
        "办结政府信息公开申请80件。",
        "依申请公开中，予以公开3件。",
        "政府信息公开行政复议1件。",
        "政府信息公开行政诉讼0件。",
        "政府信息公开行政复议3件维持。",
        "制发行政规范性文件9件。",
        "办理行政许可40件。",
        "共收到政府信息公开申请76件，其中予以公开36件。",
    ] {
        let found = doubts(text);
        let errors = found.iter().filter(|found| found.verdict == Verdict::Fails).count();
        assert_eq!(errors, 1, "{text}: {found:#?}");
    }
}

#[test]
fn a_likely_tie_is_a_question() {
    for text in [
        "共收到政府信息公开申请78次，涉及信息112条。",
        "累计收到政府信息公开申请300件。",
        "未发生申请人因不服答复而申请行政复议的情况。",
        "通过门户网站等渠道，收到政府信息公开申请40件。",
        "收到市民政府信息公开申请60件。",
    ] {
        let found = doubts(text);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert_eq!(found[0].verdict, Verdict::Uncertain, "{text}");
        assert_eq!(found[0].severity, Severity::Warning, "{text}");
    }
}

#[test]
fn plain_numbers_that_agree_hold() {
    for (text, holding) in [
        ("收到政府信息公开申请74件，办结70件，结转下年度5件。", 3),
        ("2022年，我局收到政府信息公开申请74件。", 1),
        ("政府信息公开类行政复议2件维持。", 1),
        ("政府信息公开行政复议4件，行政诉讼3件。", 2),
        ("累计收到政府信息公开申请74件。", 1),
        ("收到政府信息公开申请74次。", 1),
    ] {
        let found = findings(1, FIGURES, text);
        let held = found.iter().filter(|f| f.check == "X-1" && f.verdict == Verdict::Holds).count();
        assert_eq!(held, holding, "{text}: {found:#?}");
        assert!(doubts(text).is_empty(), "{text}");
    }
}
