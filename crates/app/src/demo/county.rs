//! The invented county: its organs, who works there, and what they publish.

use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_domain::item::Content;
use gongkai_domain::organ::{Contact, Organ, OrganKind};
use jiff::civil::Date;

/// A person of the demonstration with the one post held.
pub struct DemoPost {
    /// The name for signing in.
    pub login: String,
    /// The name on pages.
    pub name: String,
    /// Who it is, for the list of log-ins.
    pub who: String,
    /// Where.
    pub organ: OrganId,
    /// As what.
    pub role: Role,
}

/// Id, name, short name, kind.
const ORGANS: &[(&str, &str, &str, OrganKind)] = &[
    ("county", "云和示范县人民政府办公室", "县政府办公室", OrganKind::Government),
    ("commerce", "云和示范县商务局", "县商务局", OrganKind::Department),
];

fn id(text: &str) -> OrganId {
    text.parse().expect("the ids of the demonstration are ids")
}

/// The organs; the first one is above the others.
pub fn organs() -> Vec<Organ> {
    let organ =
        |(order, (key, name, short_name, kind)): (usize, &(&str, &str, &str, OrganKind))| Organ {
            id: id(key),
            parent: (0 < order).then(|| id(ORGANS[0].0)),
            kind: *kind,
            name: (*name).to_owned(),
            short_name: (*short_name).to_owned(),
            code: format!("11999900MB{order:07}X"),
            order: i64::try_from(order).unwrap_or(i64::MAX),
            contact: Contact::default(),
            former_names: Vec::new(),
            merged_into: None,
        };
    ORGANS.iter().enumerate().map(organ).collect()
}

/// The people.
pub fn posts() -> impl Iterator<Item = DemoPost> {
    const ROLES: [(&str, &str, Role); 4] = [
        ("clerk", "王某", Role::Clerk),
        ("reviewer", "李某", Role::Reviewer),
        ("secrecy", "赵某", Role::SecrecyReviewer),
        ("leader", "陈某", Role::Leader),
    ];
    let workers = ORGANS.iter().flat_map(|(organ, _, short_name, _)| {
        ROLES.iter().map(move |(login, name, role)| DemoPost {
            login: format!("{organ}-{login}"),
            name: (*name).to_owned(),
            who: format!("{short_name} {}", role.name()),
            organ: id(organ),
            role: *role,
        })
    });
    workers.chain(administrators())
}

/// The three administrators, of the first organ.
fn administrators() -> impl Iterator<Item = DemoPost> {
    const ROLES: [(&str, &str, Role); 3] = [
        ("system-admin", "周某", Role::SystemAdministrator),
        ("security-admin", "吴某", Role::SecurityAdministrator),
        ("auditor", "郑某", Role::Auditor),
    ];
    let (organ, _, short_name, _) = &ORGANS[0];
    ROLES.iter().map(move |(login, name, role)| DemoPost {
        login: (*login).to_owned(),
        name: (*name).to_owned(),
        who: format!("{short_name} {}", role.name()),
        organ: id(organ),
        role: *role,
    })
}

/// What an organ publishes.
pub fn contents(organ: &Organ, today: Date) -> Vec<(String, Content)> {
    let content = |title: String, text: String| Content {
        title,
        html: text.lines().map(|line| format!("<p>{line}</p>")).collect(),
        text,
        attachments: Vec::new(),
        formed_on: today,
        effective_on: None,
        document_number: None,
        subject: None,
        source: None,
        interprets: None,
    };
    vec![(
        "work_news".to_owned(),
        content(
            format!("{}召开政府信息公开工作会议", organ.short_name),
            format!("近日，{}召开会议，研究部署本年度政府信息公开工作。", organ.name),
        ),
    )]
}
