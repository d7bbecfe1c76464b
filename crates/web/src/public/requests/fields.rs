//! The fields of the form 依申请公开 for each kind of requester, with labels, hints and problems.

use super::filled::Filled;
use crate::choice::Choice;
use gongkai_domain::request::{DeliveryForm, DeliveryWay, ID_CARD, Missing, RequesterKind};

/// How a field is filled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A line of this type: `text`, `tel`, `email`.
    Line(&'static str),
    /// Some lines.
    Text,
    /// One of these.
    Choice(Vec<Choice>),
}

/// A field as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// The name that the form sends.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// What is in it.
    pub value: String,
    /// What helps to fill it in.
    pub hint: &'static str,
    /// Whether 条例 29 asks for it.
    pub required: bool,
    /// What the browser may fill in.
    pub autocomplete: &'static str,
    /// How it is filled in.
    pub shape: Shape,
    /// What is wrong with it.
    pub problem: Option<String>,
}

impl Field {
    /// The ids of what is said to the field, for those who do not see it.
    pub fn described(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("h-{}", self.name));
        let problem = self.problem.is_some().then(|| format!("e-{}", self.name));
        [hint, problem].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// Fields under one heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// What stands under it.
    pub note: &'static str,
    /// The fields.
    pub fields: Vec<Field>,
}

/// What proves who a natural person is.
const DOCUMENTS: [&str; 6] = [
    ID_CARD,
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "外国人永久居留身份证",
    "其他有效证件",
];
/// What proves what an organisation is.
const CODES: [&str; 3] = ["统一社会信用代码", "登记证书", "其他有效证件"];

/// The form for a kind of requester.
pub fn sections(filled: &Filled, kind: RequesterKind, problems: &[Missing]) -> Vec<Section> {
    let mut sections = vec![
        Section {
            title: "申请人",
            note: "只用来办理这件申请、与您联系和送达答复；依照《政府信息公开条例》第二十九条填写，不需要说明用途。",
            fields: who(filled, kind),
        },
        Section {
            title: "联系方式",
            note: "电话和电子邮箱至少填写一项，查询进度时要用到。",
            fields: contacts(filled),
        },
        Section {
            title: "委托代理人",
            note: "本人办理的不用填写。委托他人办理的，请在下一步附上授权委托书。",
            fields: agent(filled),
        },
        Section {
            title: "所需的政府信息",
            note: "名称、文号、其他特征至少写明一项；写得越具体，找得越快。",
            fields: wanted(filled),
        },
        Section { title: "希望怎样得到", note: "", fields: delivery(filled) },
    ];
    for field in sections.iter_mut().flat_map(|section| &mut section.fields) {
        let own = problems.iter().filter(|problem| problem.field == field.name);
        let said: Vec<_> = own.map(|problem| problem.message.as_str()).collect();
        field.problem = (!said.is_empty()).then(|| said.join("；"));
    }
    sections
}

fn line(name: &'static str, label: &'static str, value: &str) -> Field {
    Field {
        name,
        label,
        value: value.to_owned(),
        hint: "",
        required: false,
        autocomplete: "off",
        shape: Shape::Line("text"),
        problem: None,
    }
}

fn choice(name: &'static str, label: &'static str, choices: Vec<Choice>) -> Field {
    Field { shape: Shape::Choice(choices), required: true, ..line(name, label, "") }
}

fn choices<'a>(all: impl IntoIterator<Item = (&'a str, &'a str)>, chosen: &str) -> Vec<Choice> {
    let one = |(value, label): (&str, &str)| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: value == chosen,
    };
    all.into_iter().map(one).collect()
}

fn who(filled: &Filled, kind: RequesterKind) -> Vec<Field> {
    let same = |word: &'static str| (word, word);
    let number = line("document_number", "证件号码", &filled.document_number);
    if kind == RequesterKind::Natural {
        let documents = choices(DOCUMENTS.map(same), &filled.document);
        let name = line("name", "姓名", &filled.name);
        return vec![
            Field { required: true, autocomplete: "name", ..name },
            choice("document", "身份证明", documents),
            Field { required: true, hint: "居民身份证号码为 18 位", ..number },
        ];
    }
    let codes = choices(CODES.map(same), &filled.document);
    let name = line("name", "单位名称", &filled.name);
    let person = line("contact_person", "联系人", &filled.contact_person);
    vec![
        Field { required: true, autocomplete: "organization", ..name },
        choice("document", "身份证明", codes),
        Field { required: true, label: "代码或者证件号码", ..number },
        line("representative", "法定代表人或者负责人", &filled.representative),
        Field { required: true, autocomplete: "name", ..person },
    ]
}

fn contacts(filled: &Filled) -> Vec<Field> {
    let telephone = line("telephone", "联系电话", &filled.telephone);
    let email = line("email", "电子邮箱", &filled.email);
    let address = line("address", "通信地址", &filled.address);
    let postcode = line("postcode", "邮政编码", &filled.postcode);
    vec![
        Field { shape: Shape::Line("tel"), autocomplete: "tel", ..telephone },
        Field { shape: Shape::Line("email"), autocomplete: "email", ..email },
        Field { hint: "选择邮寄的必须填写", autocomplete: "street-address", ..address },
        Field { autocomplete: "postal-code", ..postcode },
    ]
}

fn agent(filled: &Filled) -> Vec<Field> {
    let telephone = line("agent_telephone", "代理人联系电话", &filled.agent_telephone);
    vec![
        line("agent_name", "代理人姓名", &filled.agent_name),
        line("agent_number", "代理人证件号码", &filled.agent_number),
        Field { shape: Shape::Line("tel"), ..telephone },
    ]
}

fn wanted(filled: &Filled) -> Vec<Field> {
    let name = line("wanted_name", "文件或者信息的名称", &filled.wanted_name);
    let number = line("wanted_number", "文号", &filled.wanted_number);
    let description = line("description", "其他特征描述", &filled.description);
    vec![
        Field { hint: "例如：某年某项目的年度计划", ..name },
        Field { hint: "知道文号的请填写", ..number },
        Field {
            shape: Shape::Text,
            hint: "例如涉及的时间、地点、事项、制作的机关，最多 8000 字",
            ..description
        },
    ]
}

fn delivery(filled: &Filled) -> Vec<Field> {
    let forms = DeliveryForm::ALL.map(|each| (each.key(), each.word()));
    let ways = DeliveryWay::ALL.map(|each| (each.key(), each.word()));
    let way = choice("way", "获取的方式", choices(ways, &filled.way));
    vec![
        choice("form", "信息的形式", choices(forms, &filled.form)),
        Field {
            hint: "选择网上获取的，凭查询码和联系方式在本网站下载", ..way
        },
    ]
}

/// The label of a field that was filled in, and what stands in it, for the page before submitting.
pub fn summary(sections: &[Section]) -> Vec<(&'static str, String)> {
    let shown = |field: &Field| match &field.shape {
        Shape::Choice(choices) => {
            let chosen = choices.iter().find(|choice| choice.chosen);
            chosen.map(|choice| choice.label.clone()).unwrap_or_default()
        }
        _ => field.value.clone(),
    };
    let fields = sections.iter().flat_map(|section| &section.fields);
    let rows = fields.map(|field| (field.label, shown(field)));
    rows.filter(|(_, value)| !value.trim().is_empty()).collect()
}
