//! What is filled in of the form 依申请公开, each as it was typed, and the submission it makes. It asks
//! only for what 条例 29 allows: never for a purpose.

use gongkai_app::clock::Clock;
use gongkai_domain::audit::digest;
use gongkai_domain::request::{
    Agent, DeliveryForm, DeliveryWay, Matter, Missing, Personal, ReceivedChannel, RequestFile,
    RequesterKind, Submission, Wanted,
};
use serde::{Deserialize, Serialize};

macro_rules! filled {
    ($($field:ident),+ $(,)?) => {
        /// What is filled in, each as it was typed.
        #[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug, Default)]
        #[serde(default)]
        pub struct Filled {
            $(#[doc = concat!("The field `", stringify!($field), "`.")] pub $field: String,)+
        }

        impl Filled {
            /// Sets a field; `false` where there is none of this name.
            pub fn set(&mut self, name: &str, value: String) -> bool {
                match name {
                    $(stringify!($field) => self.$field = value,)+
                    _ => return false,
                }
                true
            }

            /// Every field with its value, for the next page to carry.
            pub fn pairs(&self) -> Vec<(&'static str, &str)> {
                vec![$((stringify!($field), self.$field.as_str())),+]
            }
        }
    };
}

filled! {
    ticket, organ, kind, name, document, document_number, representative, contact_person, telephone,
    email, address, postcode, agent_name, agent_number, agent_telephone, wanted_name, wanted_number,
    description, form, way,
}

impl Filled {
    /// As what somebody asks.
    pub fn kind(&self) -> Option<RequesterKind> {
        RequesterKind::of_key(&self.kind)
    }

    /// What is handed in, with these files.
    pub fn submission(&self, clock: &Clock, files: Vec<RequestFile>) -> Submission {
        let given = |text: &str| text.trim().to_owned();
        let agent = Agent {
            name: given(&self.agent_name),
            document_number: given(&self.agent_number),
            telephone: given(&self.agent_telephone),
        };
        Submission {
            channel: ReceivedChannel::Online,
            arrived_on: clock.today(),
            matter: Matter::Disclosure,
            kind: self.kind().unwrap_or(RequesterKind::Other),
            personal: Personal {
                name: given(&self.name),
                document: given(&self.document),
                document_number: given(&self.document_number),
                representative: given(&self.representative),
                contact_person: given(&self.contact_person),
                telephone: given(&self.telephone),
                address: given(&self.address),
                postcode: given(&self.postcode),
                email: given(&self.email),
                agent: (agent != Agent::default()).then_some(agent),
            },
            wanted: Wanted {
                name: given(&self.wanted_name),
                document_number: given(&self.wanted_number),
                description: given(&self.description).replace("\r\n", "\n"),
            },
            form: DeliveryForm::of_key(&self.form).unwrap_or_default(),
            way: DeliveryWay::of_key(&self.way).unwrap_or_default(),
            files,
            was_spoken: false,
        }
    }

    /// What is missing or cannot be right, by field.
    pub fn problems(&self, clock: &Clock) -> Vec<Missing> {
        let submission = self.submission(clock, Vec::new());
        let mut problems = [submission.faults(), submission.missing()].concat();
        let is_known = |problems: &[Missing], field: &str| {
            problems.iter().any(|problem| problem.field == field)
        };
        let mut say = |field: &str, message: &str| {
            if !is_known(&problems, field) {
                problems.push(Missing { field: field.to_owned(), message: message.to_owned() });
            }
        };
        let personal = &submission.personal;
        if personal.telephone.is_empty() && personal.email.is_empty() {
            say("telephone", "网上提交的，请填写联系电话或者电子邮箱，凭它查询进度");
        }
        if personal.document.is_empty() {
            say("document", "请选择用什么证件或者登记证书证明身份");
        }
        if DeliveryForm::of_key(&self.form).is_none() {
            say("form", "请选择希望得到的形式");
        }
        if DeliveryWay::of_key(&self.way).is_none() {
            say("way", "请选择获取的方式");
        }
        if let Some(agent) = &personal.agent {
            if agent.name.is_empty() {
                say("agent_name", "委托他人办理的，请填写代理人的姓名；没有委托的，请把这一栏清空");
            }
            if agent.telephone.is_empty() {
                say("agent_telephone", "委托他人办理的，请填写代理人的联系电话");
            }
            let lines = [&agent.name, &agent.document_number, &agent.telephone];
            if lines.iter().any(|line| 200 < line.chars().count()) {
                say("agent_name", "代理人一栏太长，每一项最多 200 个字");
            }
        }
        problems
    }

    /// A contact by which the request can be followed.
    pub fn contact(&self) -> &str {
        let telephone = self.telephone.trim();
        if telephone.is_empty() { self.email.trim() } else { telephone }
    }

    /// What is looked for among what is public already.
    pub fn wanted(&self) -> String {
        let given = [&self.wanted_name, &self.wanted_number, &self.description];
        let first = given.into_iter().map(|text| text.trim()).find(|text| !text.is_empty());
        first.unwrap_or_default().chars().take(60).collect()
    }

    /// The ticket of exactly this content: sent twice it asks once, changed it asks anew. Empty where
    /// the form carried none that can only be its own.
    pub fn whole_ticket(&self) -> String {
        if self.ticket.len() < 64 {
            return String::new();
        }
        digest(serde_json::to_string(self).expect("text keys").as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_carried_and_nothing_else() {
        let mut filled = Filled::default();
        assert!(filled.set("name", "王某".to_owned()) && !filled.set("purpose", "x".to_owned()));
        let carried: Vec<_> =
            filled.pairs().into_iter().filter(|(_, value)| !value.is_empty()).collect();
        assert_eq!(carried, [("name", "王某")]);
    }

    #[test]
    fn an_empty_form_is_told_all_at_once_and_half_an_agent_too() {
        let filled = Filled { agent_number: "1".to_owned(), ..Filled::default() };
        let fields: Vec<_> =
            filled.problems(&Clock::Machine).into_iter().map(|problem| problem.field).collect();
        let wanted = [
            "name",
            "document_number",
            "contact_person",
            "telephone",
            "address",
            "description",
            "document",
            "form",
            "way",
            "agent_name",
            "agent_telephone",
        ];
        assert_eq!(fields, wanted);
    }

    #[test]
    fn a_changed_form_has_another_ticket() {
        let one = Filled { ticket: "a".repeat(64), name: "王某".to_owned(), ..Filled::default() };
        let other = Filled { name: "李某".to_owned(), ..one.clone() };
        assert_eq!(one.whole_ticket(), one.clone().whole_ticket());
        assert_ne!(one.whole_ticket(), other.whole_ticket());
        assert_eq!(Filled::default().whole_ticket(), "");
    }
}
