//! What a requester hands in (条例 29), and what of it is missing or wrong; no purpose is ever asked.

use super::{Matter, ReceivedChannel, RequestFile, RequesterKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who asks, in full: it never stands in a request, which knows only what may be shown.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Personal {
    /// 姓名或者名称.
    pub name: String,
    /// What proves who it is: 居民身份证, 统一社会信用代码.
    pub document: String,
    /// Its number.
    pub document_number: String,
    /// 法定代表人或者负责人, of an organisation.
    pub representative: String,
    /// 联系人, of an organisation.
    pub contact_person: String,
    /// 联系电话.
    pub telephone: String,
    /// 通信地址.
    pub address: String,
    /// 邮政编码.
    pub postcode: String,
    /// 电子邮箱.
    pub email: String,
    /// Who acts for the requester (委托代理人).
    pub agent: Option<Agent>,
}

impl Personal {
    /// Every text that tells who it is, those of the agent too; no empty ones.
    pub fn texts(&self) -> Vec<&str> {
        let own = [
            &self.name,
            &self.document_number,
            &self.representative,
            &self.contact_person,
            &self.telephone,
            &self.address,
            &self.email,
        ];
        let agent = self
            .agent
            .iter()
            .flat_map(|agent| [&agent.name, &agent.document_number, &agent.telephone]);
        own.into_iter()
            .chain(agent)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect()
    }
}

/// Who acts for the requester.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Agent {
    /// 姓名.
    pub name: String,
    /// 身份证件号码.
    pub document_number: String,
    /// 联系电话.
    pub telephone: String,
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// 名称.
    pub name: String,
    /// 文号.
    pub document_number: String,
    /// 其他特征性描述.
    pub description: String,
}

impl Wanted {
    /// How long a title in a list may be, in characters: about a line.
    const TITLE: usize = 60;

    /// What stands for it in lists.
    pub fn title(&self) -> String {
        let given = [&self.name, &self.document_number, &self.description];
        let text = given.into_iter().map(|each| each.trim()).find(|each| !each.is_empty());
        let text = text.unwrap_or("（未写明所需信息）").replace(['\n', '\r'], " ");
        if text.chars().count() <= Self::TITLE {
            return text;
        }
        text.chars().take(Self::TITLE - 1).chain(['…']).collect()
    }

    fn is_empty(&self) -> bool {
        [&self.name, &self.document_number, &self.description]
            .iter()
            .all(|each| each.trim().is_empty())
    }
}

/// The form in which information is wanted (条例 29(3), 40).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryForm {
    /// 纸质.
    #[default]
    Paper,
    /// 电子文件.
    Electronic,
    /// 光盘等载体.
    Medium,
    /// 查阅、抄录.
    Reading,
}

/// The way in which it is to come.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryWay {
    /// 邮寄.
    #[default]
    Post,
    /// 网上获取.
    Online,
    /// 电子邮件.
    Email,
    /// 自行领取.
    Pickup,
    /// 当场查阅、抄录.
    OnSite,
}

macro_rules! words {
    ($name:ident { $($variant:ident = $key:literal, $word:literal;)+ }) => {
        impl $name {
            /// Every one, in the order of the form.
            pub const ALL: [Self; [$(Self::$variant),+].len()] = [$(Self::$variant),+];

            /// The word for people.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The stable key.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The one with this key.
            pub fn of_key(key: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|each| each.key() == key)
            }
        }
    };
}

words!(DeliveryForm {
    Paper = "paper", "纸质";
    Electronic = "electronic", "电子文件";
    Medium = "medium", "光盘等载体";
    Reading = "reading", "查阅、抄录";
});
words!(DeliveryWay {
    Post = "post", "邮寄";
    Online = "online", "网上获取";
    Email = "email", "电子邮件";
    Pickup = "pickup", "自行领取";
    OnSite = "on_site", "当场查阅、抄录";
});
words!(RequesterKind {
    Natural = "natural", "自然人";
    Business = "business", "商业企业";
    Research = "research", "科研机构";
    Nonprofit = "nonprofit", "社会公益组织";
    Legal = "legal", "法律服务机构";
    Other = "other", "其他组织";
});
words!(ReceivedChannel {
    Counter = "counter", "当面提交";
    RegisteredPost = "registered_post", "挂号信、邮政快递";
    OrdinaryPost = "ordinary_post", "平常信函";
    OtherOffice = "other_office", "寄送到其他内设机构";
    Fax = "fax", "传真";
    Email = "email", "电子邮箱";
    Online = "online", "网上提交";
});
words!(Matter {
    Disclosure = "disclosure", "申请公开信息";
    Rectification = "rectification", "申请更正与自身相关的信息";
});

/// What is handed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Submission {
    /// By which way.
    pub channel: ReceivedChannel,
    /// The day it came in: handed over, signed for, in the letter box, on the server.
    pub arrived_on: Date,
    /// Asks for information, or to correct a record.
    pub matter: Matter,
    /// As what, for the columns of the report.
    pub kind: RequesterKind,
    /// Who.
    pub personal: Personal,
    /// What is asked for.
    pub wanted: Wanted,
    /// In which form.
    pub form: DeliveryForm,
    /// By which way it is to come.
    pub way: DeliveryWay,
    /// What came with it.
    pub files: Vec<RequestFile>,
    /// Whether it was spoken and written down by the office (条例 29).
    pub was_spoken: bool,
}

/// Something missing or wrong in what was handed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Missing {
    /// The name of the field.
    pub field: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// How long texts may be, in characters: our own choice, ten pages of writing.
const LONGEST: usize = 8_000;
const LONGEST_LINE: usize = 200;

impl Submission {
    /// What 条例 29 asks for and is not there, and what cannot be right. On line all of it is asked
    /// for at once; on paper it is a matter for the supplement.
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        let mut say = |field: &str, message: &str| {
            missing.push(Missing { field: field.to_owned(), message: message.to_owned() });
        };
        let personal = &self.personal;
        let is_blank = |text: &str| text.trim().is_empty();
        if is_blank(&personal.name) {
            say("name", "请填写姓名或者名称");
        }
        if is_blank(&personal.document_number) {
            say("document_number", "请填写身份证明的号码");
        }
        if self.kind != RequesterKind::Natural && is_blank(&personal.contact_person) {
            say("contact_person", "请填写联系人");
        }
        if is_blank(&personal.telephone) && is_blank(&personal.email) && is_blank(&personal.address)
        {
            say("telephone", "请填写联系电话、电子邮箱或者通信地址");
        }
        if self.way == DeliveryWay::Post && is_blank(&personal.address) {
            say("address", "选择邮寄的，请填写通信地址");
        }
        if self.way == DeliveryWay::Email && is_blank(&personal.email) {
            say("email", "选择电子邮件的，请填写电子邮箱");
        }
        if self.wanted.is_empty() {
            say("description", "请写明所需信息的名称、文号或者便于查询的其他特征");
        }
        missing
    }

    /// What cannot be taken, by whichever way it came: too long, or no possible number.
    pub fn faults(&self) -> Vec<Missing> {
        let mut faults = Vec::new();
        let mut say = |field: &str, message: String| {
            faults.push(Missing { field: field.to_owned(), message });
        };
        let personal = &self.personal;
        let lines = [
            ("name", &personal.name),
            ("document", &personal.document),
            ("document_number", &personal.document_number),
            ("representative", &personal.representative),
            ("contact_person", &personal.contact_person),
            ("telephone", &personal.telephone),
            ("address", &personal.address),
            ("postcode", &personal.postcode),
            ("email", &personal.email),
            ("wanted_name", &self.wanted.name),
            ("wanted_number", &self.wanted.document_number),
        ];
        for (field, text) in lines {
            if LONGEST_LINE < text.chars().count() {
                say(field, format!("这一项太长，最多 {LONGEST_LINE} 个字"));
            }
        }
        if LONGEST < self.wanted.description.chars().count() {
            say("description", format!("描述太长，最多 {LONGEST} 个字，其余请作为附件提交"));
        }
        let is_card = personal.document == ID_CARD && !personal.document_number.trim().is_empty();
        if is_card && !is_id_card(personal.document_number.trim()) {
            say("document_number", "身份证号码应为 18 位且校验位正确，请核对".to_owned());
        }
        let email = personal.email.trim();
        let is_address = email.contains('@') && !email.contains(char::is_whitespace);
        if !email.is_empty() && !is_address {
            say("email", "电子邮箱的写法不对，请核对".to_owned());
        }
        faults
    }
}

/// The document of most natural persons.
pub const ID_CARD: &str = "居民身份证";

/// Whether a text can be the number of an identity card (GB 11643): 18 signs, the last one fitting.
fn is_id_card(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let Some((body, check)) = number.split_at_checked(17) else { return false };
    let digits: Option<Vec<u32>> = body.chars().map(|each| each.to_digit(10)).collect();
    let Some(digits) = digits else { return false };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let wanted = CHECKS.get((sum % 11) as usize).copied().map(char::from);
    check.chars().count() == 1
        && check.chars().next().map(|each| each.to_ascii_uppercase()) == wanted
}

/// A name as lists show it: of a natural person the family name only.
pub fn shown_name(kind: RequesterKind, name: &str) -> String {
    let name = name.trim();
    if name.is_empty() {
        return "（未写明）".to_owned();
    }
    if kind != RequesterKind::Natural {
        return name.to_owned();
    }
    let first: String = name.chars().take(1).collect();
    let hidden = name.chars().count().saturating_sub(1).clamp(1, 3);
    first + &"＊".repeat(hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Submission {
        Submission {
            channel: ReceivedChannel::Online,
            arrived_on: Date::constant(2025, 3, 3),
            matter: Matter::Disclosure,
            kind: RequesterKind::Natural,
            personal: Personal {
                name: "王某".to_owned(),
                document: ID_CARD.to_owned(),
                document_number: "110101190001010009".to_owned(),
                telephone: "000".to_owned(),
                address: "某路 1 号".to_owned(),
                ..Personal::default()
            },
            wanted: Wanted { name: "某规划".to_owned(), ..Wanted::default() },
            form: DeliveryForm::Paper,
            way: DeliveryWay::Post,
            files: Vec::new(),
            was_spoken: false,
        }
    }

    fn fields(of: &[Missing]) -> Vec<&str> {
        of.iter().map(|each| each.field.as_str()).collect()
    }

    #[test]
    fn a_whole_submission_lacks_nothing() {
        assert_eq!(whole().missing(), []);
    }

    #[test]
    fn an_empty_one_lacks_all_that_the_regulation_asks_for() {
        let empty = Submission {
            personal: Personal::default(),
            wanted: Wanted::default(),
            kind: RequesterKind::Business,
            ..whole()
        };
        let expected =
            ["name", "document_number", "contact_person", "telephone", "address", "description"];
        assert_eq!(fields(&empty.missing()), expected);
        assert_eq!(empty.faults(), []);
    }

    #[test]
    fn what_cannot_be_is_a_fault() {
        let mut wrong = whole();
        wrong.personal.document_number = "110101190001010001".to_owned();
        wrong.personal.email = "a b@c".to_owned();
        wrong.personal.name = "长".repeat(201);
        wrong.wanted.description = "长".repeat(8_001);
        assert_eq!(fields(&wrong.faults()), ["name", "description", "document_number", "email"]);
    }

    #[test]
    fn the_check_digit_of_a_card_counts() {
        let body = "11010119000101000";
        let fitting: Vec<_> =
            "0123456789X".chars().filter(|each| is_id_card(&format!("{body}{each}"))).collect();
        assert_eq!(fitting.len(), 1);
        assert!(!is_id_card("") && !is_id_card("一二三") && !is_id_card(body));
    }

    #[test]
    fn a_natural_person_is_shown_by_the_family_name() {
        assert_eq!(shown_name(RequesterKind::Natural, " 王小明 "), "王＊＊");
        assert_eq!(shown_name(RequesterKind::Natural, "王"), "王＊");
        assert_eq!(shown_name(RequesterKind::Business, "某公司"), "某公司");
        assert_eq!(shown_name(RequesterKind::Natural, ""), "（未写明）");
    }

    #[test]
    fn a_title_is_a_line() {
        let wanted = Wanted { description: "字".repeat(100), ..Wanted::default() };
        assert_eq!(wanted.title().chars().count(), 60);
        assert_eq!(Wanted::default().title(), "（未写明所需信息）");
    }
}
