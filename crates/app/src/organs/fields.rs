//! What is filled in of an organ, and what is wrong with it.

use crate::{AppError, Problem};
use gongkai_domain::id::OrganId;
use gongkai_domain::metadata::CreditCode;
use gongkai_domain::organ::{Contact, Organ, OrganKind};

/// What is filled in of an organ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fields {
    /// Its name in addresses; stands for ever.
    pub id: String,
    /// What it is.
    pub kind: OrganKind,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short_name: String,
    /// Its unified social credit code.
    pub code: String,
    /// The order among its siblings.
    pub order: i64,
    /// How to reach its disclosure office.
    pub contact: Contact,
}

/// The longest name. Our own choice: the longest names of organs have some forty signs.
const LONGEST_NAME: usize = 80;

pub(super) fn check_name(
    problems: &mut Vec<Problem>,
    field: &'static str,
    what: &str,
    name: &str,
) -> String {
    let name = name.trim();
    let n_signs = name.chars().count();
    if n_signs == 0 || LONGEST_NAME < n_signs || name.chars().any(char::is_control) {
        let message = format!("请填写{what}，最多 {LONGEST_NAME} 个字");
        problems.push(Problem { field, message });
    }
    name.to_owned()
}

/// The code with its check digit proved; one that stood already is left as it is.
pub(super) fn check_code(problems: &mut Vec<Problem>, code: &str, stood: Option<&str>) -> String {
    let code = code.trim().to_uppercase();
    if stood != Some(code.as_str())
        && let Err(fault) = CreditCode::parse(&code)
    {
        problems.push(Problem {
            field: "code", message: format!("统一社会信用代码有误：{fault}")
        });
    }
    code
}

pub(super) fn trimmed(contact: &Contact, problems: &mut Vec<Problem>) -> Contact {
    let mut take = |text: &String| {
        let text = text.trim();
        if 200 < text.chars().count() {
            let message = "联系方式的每一项最多 200 个字".to_owned();
            problems.push(Problem { field: "contact", message });
        }
        text.to_owned()
    };
    Contact {
        office: take(&contact.office),
        address: take(&contact.address),
        hours: take(&contact.hours),
        telephone: take(&contact.telephone),
        fax: take(&contact.fax),
        internet: take(&contact.internet),
    }
}

/// A new organ under `parent`.
///
/// # Errors
/// Names every field that cannot be taken.
pub(crate) fn organ(fields: &Fields, parent: Option<OrganId>) -> Result<Organ, AppError> {
    let mut problems = Vec::new();
    let id: Option<OrganId> = fields.id.trim().parse().ok();
    if id.is_none() {
        let message = "地址代号用 1 到 64 个小写字母、数字和连字符，如 commerce".to_owned();
        problems.push(Problem { field: "id", message });
    }
    let name = check_name(&mut problems, "name", "机关全称", &fields.name);
    let short_name = check_name(&mut problems, "short_name", "机关简称", &fields.short_name);
    let code = check_code(&mut problems, &fields.code, None);
    let contact = trimmed(&fields.contact, &mut problems);
    match id {
        Some(id) if problems.is_empty() => Ok(Organ {
            id,
            parent,
            kind: fields.kind,
            name,
            short_name,
            code,
            order: fields.order,
            contact,
            former_names: Vec::new(),
            merged_into: None,
        }),
        _ => Err(AppError::Invalid(problems)),
    }
}

/// Refuses a name or code that another organ has, as long as that one stands.
pub(super) fn check_unique(all: &[Organ], organ: &Organ) -> Result<(), AppError> {
    let mut others = all.iter().filter(|other| other.id != organ.id && other.merged_into.is_none());
    match others.find(|other| other.name == organ.name || other.code == organ.code) {
        None => Ok(()),
        Some(other) if other.name == organ.name => {
            Err(AppError::Conflict(format!("已有名为“{}”的机关，请核对", other.name)))
        }
        Some(other) => {
            let message = format!("代码 {} 已由{}使用，请核对", other.code, other.name);
            Err(AppError::Conflict(message))
        }
    }
}
