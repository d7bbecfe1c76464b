//! Tests of the claims on invented prose, and on the real samples where they are at hand.

mod checked;
mod narrow;

use super::extract;
use gongkai_domain::claim::{Claim, Exactness, Link, Scope};
use gongkai_domain::figure::{Figures, Place};
use gongkai_domain::form::{TableKind, forms};
use gongkai_domain::report::{AnnualReport, Paragraph, Section, TableForms};

/// A report of a form whose figures are all unknown, with sections given by `## 3` lines.
fn report(form: usize, text: &str) -> AnnualReport {
    let form = &forms()[form];
    let mut sections = vec![section(1)];
    for (line, words) in (1..).zip(text.lines()) {
        match words.strip_prefix("## ") {
            Some(number) => sections.push(section(number.parse().unwrap())),
            None => sections.last_mut().unwrap().paragraphs.push(Paragraph {
                text: words.to_owned(),
                place: Place { line: Some(line), column: Some(1), ..Place::default() },
                ..Paragraph::default()
            }),
        }
    }
    let cells = TableKind::ALL.into_iter().flat_map(|kind| form.table(kind).cells.iter().flatten());
    let year = if form.key.as_str() == "2019" { 2020 } else { 2022 };
    AnnualReport {
        agency: Some("某县商务局".to_owned()),
        year: Some(year),
        form: Some(form.key),
        forms: TableForms::default(),
        figures: cells.map(|cell| (*cell, None)).collect::<Figures>(),
        sections,
        ..AnnualReport::default()
    }
}

fn section(number: u8) -> Section {
    Section {
        number: Some(number),
        title: String::new(),
        paragraphs: Vec::new(),
        place: Place::default(),
        printed_number: None,
    }
}

fn claims(text: &str) -> Vec<Claim> {
    extract(&report(1, text))
}

/// `value unit qualifier` of every claim.
fn amounts(text: &str) -> Vec<String> {
    let short = |claim: &Claim| {
        let sign = match claim.qualifier {
            Exactness::Exact => "",
            Exactness::About => "~",
            Exactness::AtLeast => "+",
            Exactness::AtMost => "-",
        };
        format!("{}{}{sign}", claim.value.normalize(), claim.unit)
    };
    claims(text).iter().map(short).collect()
}

/// The keys that the claims of a text mean, one list a claim, in the form of the given number.
fn means(form: usize, text: &str) -> Vec<Vec<&'static str>> {
    let keys = |claim: &Claim| claim.means.iter().map(|cell| cell.as_str()).collect();
    extract(&report(form, text)).iter().map(keys).collect()
}

#[test]
fn numbers_have_unit_and_exactness() {
    for (text, expected) in [
        ("发布政务信息164条,累计点击42900余次。", vec!["164条", "42900次+"]),
        ("办理市长热线20余起，公告、信息共计600余条", vec!["20起+", "600条+"]),
        ("实现交易金额13713.89万元。", vec!["13713.89万元"]),
        ("公开信息1,234件，阅读1.2万次、3万余次。", vec!["1234件", "12000次", "30000次+"]),
        ("发放资金3万余元，7.7亿元", vec!["3万元+", "7.7亿元"]),
        ("约100条，近200条，300条左右，超过400条", vec!["100条~", "200条~", "300条~", "400条+"]),
        ("不足50件，60件以上", vec!["50件-", "60件+"]),
        ("公开率达98.5%，提高2个百分点", vec!["98.5%", "2百分点"]),
        ("收到 5 件，出资13万元为机关配备29台电脑", vec!["5件", "13万元", "29台"]),
        ("全年共收到0，办结12。", vec!["0", "12"]),
        ("全年12345政府热线回应群众诉求1件次", vec!["1件次"]),
        ("某局通过门户网站主动公开政府各类信息共204条,", vec!["204条"]),
    ] {
        assert_eq!(amounts(text), expected, "{text}");
    }
}

#[test]
fn chinese_numerals_count_when_a_unit_follows() {
    for (text, expected) in [
        ("公开信息一百二十三件", vec!["123件"]),
        ("召开会议十余次、培训两次", vec!["10次+", "2次"]),
        ("公开一百零五条，二十五份", vec!["105条", "25份"]),
        ("收到依申请公开一件。", vec!["1件"]),
        ("占百分之三十。", vec!["30%"]),
        ("发布三万余条", vec!["30000条+"]),
    ] {
        assert_eq!(amounts(text), expected, "{text}");
    }
}

#[test]
fn what_counts_nothing_is_no_claim() {
    for text in [
        "本报告所列数据为2020年1月1日至2020年12月31日。",
        "根据《条例》(国务院令第711号)、国办发〔2020〕17号、(国办函〔2020〕109 号)要求",
        "依照第二十条、二十一条和第 36 条",
        "一是加强领导；二是抓好落实；三是完善制度。(一)一方面，",
        "一次性告知、一站式、一网通办、“三公”经费、“五公开”、两微一端、三安全一稳定",
        "进一步统一思想，作为一系列重要措施之一，双随机一公开，十四五规划",
        "现场办理“最多只跑一次”，录制了一期节目，做好平台二期建设应用",
        "拨打12345政府热线，“5.15”政务公开日，8:30至17:30，版本2.0",
        "每批3至5个工作日，20个工作日内，3-5个，三至五个",
        "把它作为一项重要措施，一个单位在一个平台，第二次会议，一起推进",
        "2021, 市商务局在市委、市政府的领导下",
        "二〇二〇年，近三年来，数十件，几十次",
        "1.主动公开。2.依申请公开。",
    ] {
        assert_eq!(amounts(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn absence_is_a_claim_of_zero() {
    let received = "requests.received.total";
    let reconsideration = "remedies.reconsideration.total";
    let litigation =
        vec!["remedies.litigation_direct.total", "remedies.litigation_after_reconsideration.total"];
    for (text, expected) in [
        ("2022年，无依申请公开情况。", vec![vec![received]]),
        ("我局未接到申请公开的请求。", vec![vec![received]]),
        ("截至目前,某局暂未接收到依申请公开事项。", vec![vec![received]]),
        ("全年未收到公民、法人或其他组织的政府信息公开申请。", vec![vec![received]]),
        ("依申请公开实现零申请", vec![vec![received]]),
        (
            "没有因政府信息公开被申请行政复议、提起行政诉讼。",
            vec![vec![reconsideration], litigation.clone()],
        ),
        ("未发生行政复议、行政诉讼案件。", vec![vec![reconsideration], litigation.clone()]),
        ("2022年度没有产生信息公开处理费。", vec![vec![]]),
        ("全年未出现检查不合格情况。", vec![vec![]]),
    ] {
        assert_eq!(means(1, text), expected, "{text}");
        assert!(claims(text).iter().all(|claim| claim.value.is_zero()), "{text}");
    }
}

#[test]
fn other_absence_is_no_claim() {
    for text in [
        "暂无其他需要报告事项。",
        "无正当理由大量反复申请",
        "没有现成信息需要另行制作",
        "无障碍阅读，无法提供",
        "对未收到答复的申请人",
        "无。",
    ] {
        assert_eq!(claims(text).len(), 0, "{text}");
    }
}

#[test]
fn a_number_is_tied_by_its_words() {
    for (text, expected) in [
        ("处理依法申请公开1起", "requests.received.total"),
        ("共收到政府信息公开申请5件", "requests.received.total"),
        ("2022年收到依申请公开申请，共5件", "requests.received.total"),
        ("受理5件政府信息公开申请", "requests.received.total"),
        ("上年结转政府信息公开申请2件", "requests.brought_forward.total"),
        ("依申请公开中，结转下年度办理1件", "requests.carried_forward.total"),
        ("办结政府信息公开申请6件", "requests.closed_total.total"),
        ("依申请公开中，予以公开3件", "requests.disclosed.total"),
        ("依申请公开中，部分公开3件", "requests.partly_disclosed.total"),
        ("政府信息公开引发的行政复议3件", "remedies.reconsideration.total"),
        ("制发行政规范性文件4件", "proactive.normative_document.issued"),
        ("现行有效规范性文件12件", "proactive.normative_document.in_force"),
        ("废止规范性文件1件", "proactive.normative_document.repealed"),
        ("作出行政处罚决定15件", "proactive.penalty.decided"),
        ("办理行政许可39件", "proactive.permit.decided"),
        ("行政事业性收费162万元", "proactive.fee.amount"),
    ] {
        assert_eq!(means(1, text), [[expected]], "{text}");
    }
}

#[test]
fn groups_of_results_and_of_requesters_are_sums() {
    let keys = |text| means(1, text).remove(0);
    assert_eq!(keys("依申请公开中，不予公开2件").len(), 8);
    assert_eq!(keys("依申请公开中，无法提供2件").len(), 3);
    assert_eq!(keys("依申请公开中，其他处理2件").len(), 3);
    assert_eq!(means(0, "依申请公开中，其他处理2件"), [["requests.otherwise_closed.total"]]);
    let text = "收到政府信息公开申请5件，其中自然人3件，法人或其他组织2件";
    let of_requesters = means(1, text);
    assert_eq!(of_requesters[1], ["requests.received.natural"]);
    assert_eq!(of_requesters[2].len(), 5);
}

#[test]
fn a_number_of_something_else_is_tied_to_nothing() {
    for text in [
        "发布政务信息164条",
        "收到来信5件",
        "受理行政许可申请30件",
        "通过网络收到政府信息公开申请3件",
        "审查规范性文件10件",
        "公开行政许可信息39条",
        "作为复议机关审理行政复议案件30件",
        "收到政府信息公开申请比上年增加3件",
        "办理市长热线20余起",
    ] {
        assert_eq!(means(1, text).concat(), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn the_scope_is_told_by_the_words_before() {
    for (text, expected) in [
        ("收到依申请公开5件", Scope::Own),
        ("2022年收到依申请公开5件", Scope::Own),
        ("2021年收到依申请公开5件", Scope::OtherPeriod),
        ("上半年收到依申请公开5件", Scope::OtherPeriod),
        ("2022年1月至6月收到依申请公开5件", Scope::OtherPeriod),
        ("自2008年以来收到依申请公开5件", Scope::OtherPeriod),
        ("今年以来收到依申请公开5件", Scope::Own),
        ("截至2022年12月31日，收到依申请公开5件", Scope::Own),
        ("2022年1月1日至12月31日，收到依申请公开5件", Scope::Own),
        ("全区收到依申请公开95件", Scope::Wider),
        ("全县各单位收到依申请公开95件", Scope::Wider),
        ("局机关收到依申请公开17件", Scope::OwnLevel),
        ("收到依申请公开75件（含上年结转1件）", Scope::WithBroughtForward),
        ("收到依申请公开（含上年结转）75件", Scope::WithBroughtForward),
        ("与上年相比，收到依申请公开75件", Scope::Own),
    ] {
        let claims = claims(text);
        assert_eq!(claims[0].scope, expected, "{text}");
        let tied = matches!(expected, Scope::Own | Scope::OwnLevel | Scope::WithBroughtForward);
        assert_eq!(!claims[0].means.is_empty(), tied, "{text}");
    }
    let both = ["requests.received.total", "requests.brought_forward.total"];
    let of_both = means(1, "收到依申请公开75件（含上年结转1件）");
    assert_eq!((of_both[0].as_slice(), of_both[1].as_slice()), (&both[..], &both[1..]));
}

#[test]
fn a_government_reports_for_its_whole_area() {
    let mut report = report(1, "全县收到政府信息公开申请95件，其中县本级17件。");
    report.agency = Some("某县人民政府".to_owned());
    let claims = extract(&report);
    assert_eq!((claims[0].scope, claims[1].scope), (Scope::Own, Scope::OwnLevel));
    assert_eq!(claims[0].means.len(), 1);
}

#[test]
fn matters_of_the_2019_form_are_tied_to_its_cells() {
    let text = "公开办理行政许可、行政处罚和其他对外管理服务事项依据、条件、程序以及结果信息23项；全年共办理679件。";
    let claims = extract(&report(0, text));
    assert_eq!(claims[0].means.len(), 0);
    assert_eq!(claims[0].beside.len(), 6);
    let keys: Vec<&str> = claims[1].means.iter().map(|cell| cell.as_str()).collect();
    assert_eq!(keys, ["proactive.permit.decided", "proactive.other_service.decided"]);
    assert_eq!(claims[1].text, "全年共办理679件");
    let text = "主动公开招标采购信息条、政府集中采购项目45个,实现交易金额13713.89万元。";
    let expected = [["proactive.procurement.projects"], ["proactive.procurement.amount"]];
    assert_eq!(means(0, text), expected);
}

#[test]
fn the_place_is_that_of_the_number() {
    let claims = claims("第一行\n2022年，某局主动公开政府信息907条。");
    let place = Place { line: Some(2), column: Some(17), ..Place::default() };
    assert_eq!(claims[0].place, place);
    assert_eq!(claims[0].noun, "某局主动公开政府信息");
    assert_eq!(claims[0].section, Some(1));
}

#[test]
fn parts_shares_growth_and_channels_are_linked() {
    let links = |text: &str| -> Vec<Link> { claims(text).iter().map(|claim| claim.link).collect() };
    assert_eq!(
        links("公开政府信息907条，其中：规范性文件3条，其他信息904条。"),
        [Link::None, Link::Part { of: 0, all: true }, Link::Part { of: 0, all: true }]
    );
    assert_eq!(
        links("收到申请100件，其中网上申请42件，占42%。"),
        [Link::None, Link::Part { of: 0, all: false }, Link::Share { part: 1, whole: 0 }]
    );
    assert_eq!(
        links("发布信息60条，上年50条，增长20%。")[2],
        Link::GrowthFrom { previous: 1, current: 0, down: false }
    );
    assert_eq!(
        links("发布信息60条，比上年增加10条，增长20%。")[2],
        Link::GrowthBy { change: 1, current: 0, down: false }
    );
    let text = "主动公开政府信息907条。\n一是通过政府网站公开信息294条。二是通过微博、微信公开政府信息613条。三是通过新闻媒体发布政府信息76条。";
    assert_eq!(links(text)[1..], [Link::Channel { of: 0 }; 3]);
    assert_eq!(
        links("网站发布100条，微信发布50条，共计150条。")[..2],
        [Link::PartBefore { of: 2 }; 2]
    );
}

/// The prose of a sample, roughly: long lines by the headings, no tables.
fn sample(name: &str, form: usize, year: i16) -> Option<AnnualReport> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/samples");
    let Ok(text) = std::fs::read_to_string(format!("{folder}/{name}")) else {
        eprintln!("sample {name} is not at hand; skipped");
        return None;
    };
    let mut report = report(form, "");
    report.year = Some(year);
    for (line, words) in (1..).zip(text.lines()) {
        let heads = ["一、", "二、", "三、", "四、", "五、", "六、"];
        if let Some(at) = heads.iter().position(|head| words.starts_with(head))
            && words.chars().count() < 30
        {
            report.sections.push(section(at as u8 + 1));
        } else if 25 < words.chars().count() && !words.contains(['|', '\t']) {
            let place = Place { line: Some(line), column: Some(1), ..Place::default() };
            let paragraph = Paragraph { text: words.to_owned(), place, ..Paragraph::default() };
            report.sections.last_mut().unwrap().paragraphs.push(paragraph);
        }
    }
    Some(report)
}

#[test]
fn the_samples_claim_what_they_say() {
    let claimed = |name: &str, form: usize, year: i16| -> Option<Vec<String>> {
        let claims = extract(&sample(name, form, year)?);
        let line = |claim: &Claim| {
            let means: Vec<&str> = claim.means.iter().map(|cell| cell.as_str()).collect();
            format!("{}{} {}", claim.value, claim.unit, means.join("+")).trim().to_owned()
        };
        Some(claims.iter().map(line).collect())
    };
    let zero = "0 requests.received.total";
    for (name, form, year, expected) in [
        ("lixin_commerce_2020.txt", 0, 2020, vec!["164条", "42900次", zero, "0"]),
        ("county_industry_2022.txt", 1, 2022, vec!["4条", "0"]),
        (
            "luohe_commerce_2021.txt",
            1,
            2021,
            vec!["20起", "1起 requests.received.total", "600条", "0", "13万元", "29台"],
        ),
        (
            "fushun_commerce_2020.txt",
            0,
            2020,
            vec![
                "907条",
                "3条",
                "904条",
                "23项",
                "679件 proactive.permit.decided+proactive.other_service.decided",
                "294条",
                "613条",
                "76条",
                zero,
                "0件 remedies.reconsideration.total",
                "0件 remedies.litigation_direct.total+remedies.litigation_after_reconsideration.total",
                "613条",
                "0",
                "294条",
                "3项",
            ],
        ),
    ] {
        if let Some(claimed) = claimed(name, form, year) {
            assert_eq!(claimed, expected, "{name}");
        }
    }
}

#[test]
fn no_mixture_of_words_makes_it_stumble() {
    let pieces = [
        "收到",
        "依申请公开",
        "5",
        "件",
        "，",
        "。",
        "其中",
        "：",
        "（",
        "）",
        "含",
        "上年结转",
        "3,456",
        "万",
        "元",
        "百",
        "一",
        "二十",
        "至",
        "余",
        "占",
        "%",
        "无",
        "未发生",
        "行政复议",
        "、",
        "行政诉讼",
        "通过",
        "网站",
        "增长",
        "2021年",
        "1月",
        "第",
        "条",
        " ",
        "没有",
        "以上",
        "999999999999999999",
        "亿",
        "共",
        "1.5.2",
        "百分之",
        "第二十条",
        "情况",
        "（",
        "0",
    ];
    let mut state = 7_u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..14 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        let claims = claims(&text);
        assert!(claims.iter().all(|claim| claim.place.line == Some(1)), "{text}");
    }
}
