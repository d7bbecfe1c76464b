//! Mutation of the checks: one seeded fault in an otherwise right report makes exactly its check
//! speak. A check of the data without a fault fails here, so that a new check brings its own.

use gongkai_document::Limits;
use gongkai_domain::check::across::{Digest, between};
use gongkai_domain::check::{catalogue, inside};
use gongkai_domain::finding::{Finding, Verdict};
use gongkai_domain::form::forms;
use gongkai_domain::report::AnnualReport;
use gongkai_papers::annual_report::write::{Draft, Format, write};
use gongkai_papers::annual_report::{keyed, read};
use jiff::civil::date;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

const BUREAU: &str = "云河县商务局";
const NEIGHBOUR: &str = "云河县教育局";
const GOVERNMENT: &str = "云河县人民政府";

/// A bureau's report with last year's, its neighbour's and its government's; all of them right.
struct World {
    own: Draft,
    previous: Draft,
    neighbour: Draft,
    government: Draft,
    /// How the own report comes.
    format: Format,
    /// What is put in the place of what, in the file of the own report.
    edits: Vec<(String, String)>,
}

/// How a fault is put into the world.
type Seed = fn(&mut World);

/// The forms whose reports have the check.
#[derive(Clone, Copy, PartialEq)]
enum In {
    Both,
    F2019,
    F2021,
}

/// Every check with its fault.
const FAULTS: &[(&str, In, Seed)] = &[
    ("T2-1", In::F2021, |world| world.previous.put("proactive.normative_document.in_force", 6)),
    ("T2-2", In::F2019, |world| world.put_all("proactive.rule.published_total", 2)),
    ("T2-2", In::F2021, |world| world.put_all("proactive.rule.in_force", 2)),
    ("T2-3", In::F2019, |world| world.own.put("proactive.normative_document.published_total", 1)),
    ("T2-3Y", In::F2019, |world| world.previous.put("proactive.permit.items_before", 7)),
    ("T2-4", In::F2021, |world| {
        world.previous.put("proactive.normative_document.in_force", 0);
        world.own.put("proactive.normative_document.in_force", 1);
    }),
    ("T3-1", In::Both, |world| {
        world.own.add(&["carried_forward.natural", "carried_forward.total"])
    }),
    ("T3-2", In::Both, |world| world.own.add(&["disclosed.natural", "disclosed.total"])),
    ("T3-3", In::Both, |world| {
        world.own.add(&["disclosed.total"]);
        world.own.put("requests.partly_disclosed.total", 0);
    }),
    ("T3-4", In::Both, |world| {
        let moved = ["received", "carried_forward"];
        for row in moved {
            world.previous.add(&[&format!("{row}.business"), &format!("{row}.total")]);
        }
    }),
    ("T4-1", In::Both, |world| world.own.put("remedies.reconsideration.total", 2)),
    ("T4-2", In::Both, |world| {
        world.previous.put("remedies.litigation_direct.pending", 2);
        world.previous.put("remedies.litigation_direct.total", 2);
    }),
    ("X-1", In::Both, |world| world.say("公开申请4件", "公开申请9件")),
    ("X-2", In::Both, |world| {
        world.say("年度没有产生信息处理费。", "没有其他需要报告的事项。");
        world.say("强化了监督", "收取信息处理费200元，强化了监督");
    }),
    ("X-3", In::Both, |world| world.own.sections[4] = vec!["无。".to_owned()]),
    ("X-3S", In::Both, |world| world.neighbour.sections[4] = world.own.sections[4].clone()),
    ("X-4", In::Both, |world| world.own.unset("requests.withheld.other_law.legal")),
    ("X-5", In::Both, |world| world.own.signed_on = Some(date(world.own.year + 1, 3, 1))),
    ("X-6", In::F2021, |world| {
        world.own.put("proactive.fee.amount", 162);
        world.government.put("proactive.fee.amount", 500);
    }),
    ("X-7", In::Both, |world| world.say("网站发布信息100条", "网站发布信息130条")),
    ("X-8", In::Both, |world| world.say("增长20%", "增长35%")),
    ("X-9", In::Both, |world| world.say("开展培训3次", "开展培训次")),
    ("X-10", In::Both, |world| world.say("本局认真整改", "我镇认真整改")),
    ("X-11", In::Both, |world| {
        world.say(
            "强化了监督",
            "发布公众关心的政务公开信息8条，强化了监督，发布公众关心的政务公开信息9条",
        );
    }),
    ("X-12", In::Both, |world| world.previous.put("proactive.permit.decided", 3000)),
    ("X-13", In::Both, |world| {
        world.format = Format::Json;
        world
            .own
            .figures
            .set(world.own.cell("proactive.coercion.decided"), Some(Decimal::new(15, 1)));
        world.government.put("proactive.coercion.decided", 20);
    }),
    ("ROLL", In::Both, |world| world.government.put("proactive.permit.decided", 1)),
    ("F-sections", In::Both, |world| world.edit("<h2>六、其他需要报告的事项</h2>", "")),
    ("F-numbering", In::Both, |world| world.say("（三）监督", "（五）监督")),
    ("F-title", In::Both, |world| {
        let title = world.own.title();
        world.edit(&format!("<h1>{title}</h1>"), "");
    }),
    ("R-lost", In::Both, |world| world.cut("<th scope=\"row\">2.重复申请</th>", "</tr>", "")),
    ("R-uncertain", In::Both, |world| {
        world.edit("data-key=\"requests.disclosed.legal\">0<", "data-key=\"\">约3<");
    }),
    ("R-repaired", In::Both, |world| {
        let cells = ["natural", "business", "research", "nonprofit", "legal", "other", "total"];
        for (at, column) in cells.iter().enumerate() {
            let value = [3, 1, 0, 0, 0, 0, 4][at];
            let cell = format!("<td data-key=\"requests.received.{column}\">{value}</td>");
            world.edit(&cell, if at == 0 { "<td>3100004</td>" } else { "" });
        }
    }),
    ("R-header", In::Both, |world| {
        world.edit("<th scope=\"col\" rowspan=\"2\">结果维持</th>", "<th rowspan=\"2\"></th>")
    }),
    ("R-table", In::Both, |world| {
        world.cut(
            "<table aria-label=\"政府信息公开行政复议、行政诉讼情况\">",
            "</table>",
            "<table>",
        );
    }),
    ("R-form", In::F2021, |world| {
        world.own.forms = [&forms()[0]; 3];
        for cell in world.own.blanks() {
            world.own.figures.set(cell, Some(Decimal::ZERO));
        }
    }),
    ("R-identity", In::Both, |world| world.edit(BUREAU, "县商务局")),
    ("R-date", In::Both, |world| world.say("年，本局", "0年，本局")),
    ("R-text", In::Both, |world| world.say("强化了监督", "强化了\u{fffd}\u{fffd}\u{fffd}监督")),
];

/// What was repaired holds, and what is not there cannot be assessed: that is how they speak.
const SPEAK_OTHERWISE: [(&str, Verdict); 2] =
    [("R-repaired", Verdict::Holds), ("R-table", Verdict::NotAssessable)];

/// Changes of a report.
trait Change {
    fn cell(&self, key: &str) -> gongkai_domain::figure::CellKey;
    fn put(&mut self, key: &str, value: i64);
    fn unset(&mut self, key: &str);
    fn add(&mut self, keys: &[&str]);
}

impl Change for Draft {
    fn cell(&self, key: &str) -> gongkai_domain::figure::CellKey {
        let found = self.cells().find(|(cell, _)| cell.as_str() == key);
        found.unwrap_or_else(|| panic!("the form has no {key}")).0
    }

    fn put(&mut self, key: &str, value: i64) {
        self.figures.set(self.cell(key), Some(value.into()));
    }

    fn unset(&mut self, key: &str) {
        self.figures.set(self.cell(key), None);
    }

    /// One more in these cells of table three.
    fn add(&mut self, keys: &[&str]) {
        for key in keys {
            let cell = self.cell(&format!("requests.{key}"));
            let value = self.figures.get(cell).unwrap_or_default();
            self.figures.set(cell, Some(value + Decimal::ONE));
        }
    }
}

impl World {
    fn of(form: usize) -> Self {
        let year = forms()[form].first_year + 1;
        let own = report(BUREAU, year, 1);
        let mut previous = report(BUREAU, year - 1, 1);
        previous.put("requests.brought_forward.natural", 0);
        previous.put("requests.brought_forward.total", 0);
        for column in ["natural", "total"] {
            previous.add(&[&format!("received.{column}")]);
        }
        match form {
            0 => previous.put("proactive.permit.items_before", 9),
            _ => previous.put("proactive.normative_document.in_force", 4),
        }
        previous.sections =
            texts("前年以来，各科室分工负责，逐月通报，按季汇总，年底考核", &previous);
        previous.sections[4] = other_problems();
        let mut neighbour = report(NEIGHBOUR, year, 1);
        neighbour.sections[4] = other_problems();
        neighbour.sections[0].insert(0, "教育系统围绕招生入学、办学条件、经费收支等群众关心的事项，编制清单，逐项落实到学校和股室，并请家长代表到校查阅，听取意见后逐条答复，全部答复留存备查。".to_owned());
        let mut government = report(GOVERNMENT, year, 10);
        government.sections[0] = vec!["县人民政府统筹部署，各乡镇、各部门各司其职，围绕重点领域编制目录，开放查阅场所，组织开放日活动，邀请代表委员和群众走进机关，收集意见并反馈办理结果。".to_owned()];
        government.sections[4] = vec!["乡镇之间进展不平衡，基层力量薄弱，下一步按片区组织轮训，逐个乡镇上门指导，把目录编制、查阅点建设和台账管理一并纳入年度督查，半年通报一次进度。".to_owned()];
        Self { own, previous, neighbour, government, format: Format::Html, edits: Vec::new() }
    }

    fn put_all(&mut self, key: &str, value: i64) {
        self.own.put(key, value);
        self.previous.put(key, value);
        self.government.put(key, 10 * value);
    }

    /// Says other words in the own report.
    fn say(&mut self, before: &str, after: &str) {
        let all = self.own.sections.iter_mut().flatten();
        let mut holders: Vec<_> = all.filter(|text| text.contains(before)).collect();
        assert!(!holders.is_empty(), "{before} is not said");
        for text in &mut holders {
            **text = text.replace(before, after);
        }
    }

    /// Changes the file of the own report.
    fn edit(&mut self, before: &str, after: &str) {
        self.edits.push((before.to_owned(), after.to_owned()));
    }

    /// Takes out of the file what stands from here to there.
    fn cut(&mut self, from: &str, to: &str, instead: &str) {
        let html = self.file();
        let begin = html.find(from).expect("it begins");
        let end = begin + html[begin..].find(to).expect("it ends");
        self.edit(&html[begin..end], instead);
    }

    fn file(&self) -> String {
        let bytes = write(&self.own, self.format).expect("as prepared");
        let mut text = String::from_utf8(bytes).expect("a text");
        for (before, after) in &self.edits {
            assert!(text.contains(before), "{before} is not in the file");
            text = text.replace(before, after);
        }
        text
    }

    /// What checks say that do not hold, of the own report and its government's.
    fn said(&self) -> Vec<Finding> {
        let own = match self.format {
            Format::Json => keyed::read(self.file().as_bytes(), "").expect("as prepared").remove(0),
            _ => read_file(self.file().as_bytes()),
        };
        let mut findings = inside(&own);
        findings.extend(own.findings.clone());
        let others = [&self.previous, &self.neighbour, &self.government];
        let others =
            others.map(|draft| read_file(&write(draft, Format::Html).expect("as prepared")));
        let mut digests = vec![Digest::of(&own)];
        digests.extend(others.iter().map(Digest::of));
        findings.extend(between(&digests).into_iter().map(|(_, finding)| finding));
        findings.retain(|each| {
            let speaks = matches!(each.verdict, Verdict::Fails | Verdict::Uncertain);
            speaks || SPEAK_OTHERWISE.contains(&(each.check, each.verdict))
        });
        findings
    }
}

fn read_file(bytes: &[u8]) -> AnnualReport {
    read(&gongkai_document::read(bytes, &Limits::default()).expect("as prepared"), "")
}

/// A right report whose figures are so many times the least ones.
fn report(agency: &str, year: i16, times: i64) -> Draft {
    let mut draft = Draft::new(agency, year).expect("as prepared");
    draft.signed_on = Some(date(year + 1, 1, 20));
    let cells: Vec<_> = draft.cells().map(|(cell, _)| cell).collect();
    for cell in cells {
        draft.figures.set(cell, Some(Decimal::ZERO));
    }
    let figures = [
        ("received.natural", 3),
        ("received.business", 1),
        ("received.total", 4),
        ("brought_forward.natural", 1),
        ("brought_forward.total", 1),
        ("disclosed.natural", 2),
        ("disclosed.business", 1),
        ("disclosed.total", 3),
        ("partly_disclosed.natural", 1),
        ("partly_disclosed.total", 1),
        ("closed_total.natural", 3),
        ("closed_total.business", 1),
        ("closed_total.total", 4),
        ("carried_forward.natural", 1),
        ("carried_forward.total", 1),
    ];
    for (key, value) in figures {
        draft.put(&format!("requests.{key}"), times * value);
    }
    let is_new = draft.cells().any(|(cell, _)| cell.as_str().ends_with("in_force"));
    let proactive: &[(&str, i64)] = match is_new {
        true => &[
            ("normative_document.issued", 2),
            ("normative_document.repealed", 1),
            ("normative_document.in_force", 5),
        ],
        false => &[
            ("normative_document.published", 2),
            ("normative_document.published_total", 5),
            ("permit.items_before", 10),
            ("permit.items_change", 1),
        ],
    };
    for (key, value) in proactive.iter().chain(&[("permit.decided", 20), ("penalty.decided", 10)]) {
        draft.put(&format!("proactive.{key}"), times * value);
    }
    draft.put("remedies.reconsideration.upheld", times);
    draft.put("remedies.reconsideration.total", times);
    draft.sections = texts("全县商务工作围绕稳外贸、促消费、惠民生的目标", &draft);
    draft
}

fn texts(theme: &str, draft: &Draft) -> [Vec<String>; 6] {
    let year = draft.year;
    let figure = |key: &str| draft.figures.get(draft.cell(key)).unwrap_or_default();
    [
        vec![
            format!("{year}年，本局认真贯彻《中华人民共和国政府信息公开条例》，{theme}，扎实推进政府信息公开工作。"),
            format!(
                "（一）主动公开情况。办理行政许可{}件、行政处罚{}件。公开政府信息120条，其中：网站发布信息100条，微信发布信息20条。发布图文动态60条，上年50条，增长20%。",
                figure("proactive.permit.decided"),
                figure("proactive.penalty.decided"),
            ),
            format!("（二）依申请公开情况。新收政府信息公开申请{}件。", figure("requests.received.total")),
            "（三）监督保障情况。强化了监督，开展培训3次。".to_owned(),
        ],
        Vec::new(),
        Vec::new(),
        Vec::new(),
        vec![
            "存在的主要问题：一是对促消费政策的解读形式单一，企业看得懂、用得上的内容不多；二是栏目更新不够及时，个别栏目一个季度没有内容。".to_owned(),
            "改进情况：本局认真整改，制作图文解读，明确专人每周检查栏目，逾期未更新的在局务会上通报，并把政务公开列入新任职人员培训的必修内容。".to_owned(),
        ],
        vec![format!("{year}年度没有产生信息处理费。")],
    ]
}

fn other_problems() -> Vec<String> {
    vec!["对照年初计划还有差距：窗口人员轮换频繁，答复口径前后不一，档案移交拖延。今后实行首问负责，编印常见问题手册，由法制审核人员逐件把关，按月移交档案并登记造册，年底组织一次互查。".to_owned()]
}

fn spoken(findings: &[Finding]) -> BTreeSet<&'static str> {
    findings.iter().map(|finding| finding.check).collect()
}

fn told(findings: &[Finding]) -> String {
    findings.iter().map(|each| format!("  {}: {}\n", each.check, each.message)).collect()
}

#[test]
fn a_right_report_is_right_in_both_forms() {
    for form in [0, 1] {
        let found = World::of(form).said();
        assert!(found.is_empty(), "form {form}:\n{}", told(&found));
    }
}

#[test]
fn one_fault_makes_exactly_its_check_speak() {
    let mut wrong = String::new();
    for (check, wanted, seed) in FAULTS {
        for form in [0, 1] {
            if *wanted == In::F2019 && form == 1 || *wanted == In::F2021 && form == 0 {
                continue;
            }
            let mut world = World::of(form);
            seed(&mut world);
            let found = world.said();
            let right = World { format: world.format, ..World::of(form) }.said();
            let new: BTreeSet<_> = spoken(&found).difference(&spoken(&right)).copied().collect();
            if new != BTreeSet::from([*check]) {
                wrong += &format!("{check}, form {form}:\n{}", told(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_check_of_the_data_has_its_fault() {
    let known: BTreeSet<&str> = FAULTS.iter().map(|(check, ..)| *check).collect();
    let declared: BTreeSet<&str> = catalogue().iter().map(|check| check.id.as_str()).collect();
    assert_eq!(known, declared);
}
